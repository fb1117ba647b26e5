package card

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// Lens is an overview of the lens.
func Lens(l *lens.Lens) string {
	p := &text.Page{}
	p.Line("%s, version %s", l.Name, l.Version)
	p.Line("")
	p.Wrapped("", "", l.Description)
	p.Line("")
	p.Line("Pillars")
	for _, e := range l.Pillars {
		p.Line("  %-26s %s", e.ID, e.Name)
	}
	p.Line("")
	p.Line("Layers")
	for _, e := range l.Layers {
		p.Line("  %-26s %s", e.ID, e.Name)
	}
	p.Line("")
	p.Line("Scenarios")
	for _, e := range l.Scenarios {
		p.Line("  %-26s %s, %d steps", e.ID, e.Name, len(e.Steps))
	}
	p.Line("")
	p.Line("AWS services that have ended, or take no new customers")
	for _, s := range l.Services {
		if s.Status != lens.Available {
			p.Wrapped("  ", "    ", fmt.Sprintf("%s: %s since %s. Instead: %s.", s.Name, s.Status, s.Date, s.Successor))
		}
	}
	p.Line("")
	p.Line("Reading list")
	for _, r := range l.Resources {
		p.Wrapped("  ", "    ", r.Title)
		p.Line("    %s", text.Clean(r.URL, false))
	}
	return p.String()
}

// Named is everything about the pillar, layer, scenario or term with an id.
func Named(l *lens.Lens, id string) (string, bool) {
	p := &text.Page{}
	id = strings.ToLower(id)
	for _, e := range l.Pillars {
		if e.ID == id {
			pillar(p, l, e)
			return p.String(), true
		}
	}
	for _, e := range l.Layers {
		if e.ID == id {
			term(p, e.Name+" layer", e.Description)
			practices(p, l, func(b *lens.Practice) bool { return slices.Contains(b.Layers, id) })
			return p.String(), true
		}
	}
	for _, e := range l.Scenarios {
		if e.ID == id {
			scenario(p, l, e)
			return p.String(), true
		}
	}
	for _, terms := range [][]lens.Term{l.Lifecycle, l.DeviceClasses, l.Protocols, l.Segments, l.Power, l.Connectivity, l.Stages} {
		for _, e := range terms {
			if e.ID == id {
				term(p, e.Name, e.Description)
				return p.String(), true
			}
		}
	}
	return "", false
}

func term(p *text.Page, name, description string) {
	p.Line("%s", name)
	p.Line("")
	p.Wrapped("", "", description)
}

func pillar(p *text.Page, l *lens.Lens, e lens.Pillar) {
	term(p, e.Name, e.Description)
	p.Line("")
	p.Line("Design principles")
	for _, d := range e.Principles {
		p.Wrapped("  - ", "    ", d.Title+": "+d.Text)
	}
	p.Line("")
	p.Line("Who should be in the room")
	for _, r := range e.Room {
		p.Wrapped("  - ", "    ", r)
	}
	practices(p, l, func(b *lens.Practice) bool { return b.Pillar == e.ID })
}

func scenario(p *text.Page, l *lens.Lens, e lens.Scenario) {
	term(p, e.Name, e.Description)
	for i, s := range e.Steps {
		p.Line("")
		p.Wrapped(fmt.Sprintf("%2d. ", i+1), "    ", s.Title)
		p.Wrapped("    ", "    ", s.Text)
		for _, id := range s.Practices {
			if b, ok := l.Practice(id); ok {
				p.Wrapped(fmt.Sprintf("    %-14s ", b.ID), strings.Repeat(" ", 19), b.Title)
			}
		}
	}
}

func practices(p *text.Page, l *lens.Lens, keep func(*lens.Practice) bool) {
	p.Line("")
	p.Line("Best practices")
	for i := range l.Questions {
		for j := range l.Questions[i].Practices {
			if b := &l.Questions[i].Practices[j]; keep(b) {
				p.Wrapped(fmt.Sprintf("  %-16s %-6s ", b.ID, b.Severity), strings.Repeat(" ", 26), b.Title)
			}
		}
	}
}
