package card

import (
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// Lens returns an overview of a lens as text for a terminal.
func Lens(l *lens.Lens) string {
	p := &text.Page{}
	p.Line("%s, version %s", text.Clean(l.Name, false), text.Clean(l.Version, false))
	p.Line("")
	writeParagraphs(p, "", l.Description)
	title := func(s string, n int) {
		if n > 0 {
			p.Section("%s", s)
		}
	}
	title("Pillars", len(l.Pillars))
	for _, e := range l.Pillars {
		p.Line("  %-26s %s", e.ID, text.Clean(e.Name, false))
	}
	title("Layers", len(l.Layers))
	for _, e := range l.Layers {
		p.Line("  %-26s %s", e.ID, text.Clean(e.Name, false))
	}
	title("Parts", len(l.Parts))
	for _, e := range l.Parts {
		p.Line("  %-26s %s", e.ID, text.Clean(e.Name, false))
	}
	title("Scenarios", len(l.Scenarios))
	for _, e := range l.Scenarios {
		p.Line("  %-26s %s, %d steps", e.ID, text.Clean(e.Name, false), len(e.Steps))
	}
	ended := slices.DeleteFunc(slices.Clone(l.Services), func(s lens.Service) bool { return s.Status == lens.Available })
	title("AWS services that have ended, or take no new customers", len(ended))
	for _, s := range ended {
		p.Wrapped("  ", "    ", fmt.Sprintf("%s: %s since %s. Instead: %s.", s.Name, s.Status, s.Date, s.Successor))
	}
	title("Reading list", len(l.Resources))
	for _, r := range l.Resources {
		p.Wrapped("  ", "    ", r.Title)
		p.Line("    %s", text.Clean(r.URL, false))
	}
	return p.String()
}

// ByID returns the card of the pillar, layer, part, scenario or term with an id, and whether
// there is one.
func ByID(l *lens.Lens, id string) (string, bool) {
	p := &text.Page{}
	for _, e := range l.Pillars {
		if lens.SameID(e.ID, id) {
			writePillar(p, l, e)
			return p.String(), true
		}
	}
	for _, e := range l.Layers {
		if lens.SameID(e.ID, id) {
			writeTerm(p, e.Name+" layer", e.Description)
			writePractices(p, l, func(b *lens.Practice) bool { return slices.Contains(b.Layers, e.ID) })
			return p.String(), true
		}
	}
	for _, e := range l.Parts {
		if lens.SameID(e.ID, id) {
			writeTerm(p, e.Name+" questions", e.Description)
			writePractices(p, l, func(b *lens.Practice) bool { return b.Part == e.ID })
			return p.String(), true
		}
	}
	for _, e := range l.Scenarios {
		if lens.SameID(e.ID, id) {
			writeScenario(p, l, e)
			return p.String(), true
		}
	}
	for _, e := range slices.Concat(l.Lifecycle, l.DeviceClasses, l.Protocols, l.Segments, l.Power, l.Connectivity, l.Stages, l.Markets, l.Audiences, l.ProductClasses) {
		if lens.SameID(e.ID, id) {
			writeTerm(p, e.Name, e.Description)
			return p.String(), true
		}
	}
	return "", false
}

func writeTerm(p *text.Page, name, description string) {
	p.Line("%s", text.Clean(name, false))
	if description != "" {
		p.Line("")
		p.Wrapped("", "", description)
	}
}

func writePillar(p *text.Page, l *lens.Lens, e lens.Pillar) {
	writeTerm(p, e.Name, e.Description)
	var principles []string
	for _, d := range e.Principles {
		principles = append(principles, d.Title+": "+d.Text)
	}
	writeList(p, "Design principles", principles)
	var room []string
	for _, r := range e.Room {
		room = append(room, r.Role+": "+r.Why)
	}
	writeList(p, "Who should be in the room", room)
	writePractices(p, l, func(b *lens.Practice) bool { return b.Pillar == e.ID })
}

func writeScenario(p *text.Page, l *lens.Lens, e lens.Scenario) {
	writeTerm(p, e.Name, e.Description)
	for i, s := range e.Steps {
		p.Line("")
		p.Wrapped(fmt.Sprintf("%2d. ", i+1), "    ", s.Title)
		p.Wrapped("    ", "    ", s.Text)
		for _, id := range s.Practices {
			if b, ok := l.Practice(id); ok {
				p.Items(fmt.Sprintf("    %-14s ", b.ID), []string{TitleWithKind(b)})
			}
		}
	}
}

func writePractices(p *text.Page, l *lens.Lens, keep func(*lens.Practice) bool) {
	p.Section("Best practices")
	for i := range l.Questions {
		for j := range l.Questions[i].Practices {
			if b := &l.Questions[i].Practices[j]; keep(b) {
				p.Items(fmt.Sprintf("  %-16s %-6s ", b.ID, b.Severity), []string{b.Title})
			}
		}
	}
}
