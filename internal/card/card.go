// Package card writes what the bank says about a question or a best practice, as
// text for a terminal: why, how, what to ask, what to be shown, red flags.
package card

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// Practice is everything that the bank says about a best practice, as text for a
// terminal. l gives the names.
func Practice(l *lens.Lens, p *lens.Practice) string {
	c := &text.Page{}
	c.Line("%s", p.ID)
	c.Wrapped("", "", p.Title)
	c.Line("")
	rated := "rated by AWS"
	if p.RatedBy != "aws" {
		rated = "rated by us: AWS publishes none"
	}
	var layers []string
	for _, id := range p.Layers {
		layers = append(layers, l.LayerName(id))
	}
	c.Wrapped("", "", fmt.Sprintf("Severity %s (%s), effort %s; a gap can be closed by %s.", p.Severity, rated, p.Effort, FixWords(p.Fix)))
	c.Wrapped("", "", fmt.Sprintf("%s pillar; layers: %s.", l.PillarName(p.Pillar), strings.Join(layers, ", ")))
	c.Wrapped("", "", "Scenarios: "+strings.Join(p.Scenarios, ", ")+". Lifecycle: "+strings.Join(p.Lifecycle, ", ")+".")
	if s := appliesTo(p.AppliesTo); s != "" {
		c.Wrapped("", "", "Applies to: "+s+".")
	}
	if len(p.Relates) > 0 {
		c.Wrapped("", "", "Deepens: "+strings.Join(p.Relates, ", ")+".")
	}
	c.Line("")
	c.Line("Why it matters")
	c.Wrapped("  ", "  ", p.Why)
	c.Line("")
	c.Line("How to do it")
	for i, h := range p.How {
		c.Wrapped(fmt.Sprintf("  %d. ", i+1), "     ", h.Do)
	}
	for _, part := range []struct {
		title string
		texts []string
	}{{"Ask", p.Probes}, {"Ask to be shown", p.Evidence}, {"Red flags", p.RedFlags}} {
		c.Line("")
		c.Line("%s", part.title)
		for _, t := range part.texts {
			c.Wrapped("  - ", "    ", t)
		}
	}
	if len(p.Services) > 0 {
		c.Line("")
		c.Wrapped("", "", "AWS services: "+strings.Join(p.Services, ", "))
	}
	if len(p.Resources) > 0 {
		c.Line("")
		c.Line("Read")
		for _, r := range p.Resources {
			c.Wrapped("  - ", "    ", r.Title)
			c.Line("    %s", text.Clean(r.URL, false))
		}
	}
	return c.String()
}

func appliesTo(a lens.AppliesTo) string {
	var parts []string
	for _, f := range []struct {
		what  string
		words []string
	}{
		{"device class", a.DeviceClasses},
		{"protocol", a.Protocols},
		{"segment", a.Segments},
		{"power", a.Power},
		{"connectivity", a.Connectivity},
	} {
		if len(f.words) > 0 {
			parts = append(parts, f.what+" "+strings.Join(f.words, " or "))
		}
	}
	return strings.Join(parts, "; ")
}

// Question is everything that the bank says about a question and its best
// practices, as text for a terminal.
func Question(l *lens.Lens, q *lens.Question) string {
	c := &text.Page{}
	c.Line("%s", q.ID)
	c.Wrapped("", "", q.Ask)
	c.Line("")
	if q.AWS() {
		area := q.Area
		for _, p := range l.Pillars {
			for _, a := range p.Areas {
				if p.ID == q.Pillar && a.ID == q.Area {
					area = a.Name
				}
			}
		}
		c.Wrapped("AWS asks: ", "  ", q.Title)
		c.Wrapped("", "", fmt.Sprintf("%s pillar, %s. Plan %d minutes.", l.PillarName(q.Pillar), area, q.Minutes))
	} else {
		c.Wrapped("In full: ", "  ", q.Title)
		c.Wrapped("", "", fmt.Sprintf("A question of our own on the layer %s. Plan %d minutes.", l.LayerName(q.Layer), q.Minutes))
	}
	c.Line("")
	c.Line("Risk, the first line that holds:")
	for _, r := range q.Rules {
		when := "if " + r.When
		if r.When == "default" {
			when = "otherwise"
		}
		c.Wrapped(fmt.Sprintf("  %-7s", r.Risk), "         ", when)
	}
	for i := range q.Practices {
		c.Line("")
		c.Line("%s", strings.Repeat("-", 72))
		c.Line("")
		c.Raw(Practice(l, &q.Practices[i]))
	}
	return c.String()
}

// FixWords says what it takes to close a gap once devices are in the field.
func FixWords(f lens.Fix) string {
	switch f {
	case lens.OverTheAir:
		return "an update over the air"
	case lens.FieldVisit:
		return "a visit to the site"
	case lens.Hardware:
		return "new hardware"
	}
	return "a change in the cloud or in the way of working"
}
