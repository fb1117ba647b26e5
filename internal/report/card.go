package report

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// Card is everything that the bank says about a best practice, as text for a
// terminal. l gives the names.
func Card(l *lens.Lens, p *lens.Practice) string {
	c := &page{}
	c.line("%s", p.ID)
	c.wrapped("", "", p.Title)
	c.line("")
	rated := "rated by AWS"
	if p.RatedBy != "aws" {
		rated = "rated by us: AWS publishes none"
	}
	var layers []string
	for _, id := range p.Layers {
		layers = append(layers, l.LayerName(id))
	}
	c.line("Severity %s (%s), effort %s; a gap can be closed by %s.", p.Severity, rated, p.Effort, fixWords(p.Fix))
	c.wrapped("", "", fmt.Sprintf("%s pillar; layers: %s.", l.PillarName(p.Pillar), strings.Join(layers, ", ")))
	c.wrapped("", "", "Scenarios: "+strings.Join(p.Scenarios, ", ")+". Lifecycle: "+strings.Join(p.Lifecycle, ", ")+".")
	if s := appliesTo(p.AppliesTo); s != "" {
		c.wrapped("", "", "Applies to: "+s+".")
	}
	if len(p.Relates) > 0 {
		c.wrapped("", "", "Deepens: "+strings.Join(p.Relates, ", ")+".")
	}
	c.line("")
	c.line("Why it matters")
	c.wrapped("  ", "  ", p.Why)
	c.line("")
	c.line("How to do it")
	for i, h := range p.How {
		c.wrapped(fmt.Sprintf("  %d. ", i+1), "     ", h.Do)
	}
	for _, part := range []struct {
		title string
		texts []string
	}{{"Ask", p.Probes}, {"Ask to be shown", p.Evidence}, {"Red flags", p.RedFlags}} {
		c.line("")
		c.line("%s", part.title)
		for _, t := range part.texts {
			c.wrapped("  - ", "    ", t)
		}
	}
	if len(p.Services) > 0 {
		c.line("")
		c.wrapped("", "", "AWS services: "+strings.Join(p.Services, ", "))
	}
	if len(p.Resources) > 0 {
		c.line("")
		c.line("Read")
		for _, r := range p.Resources {
			c.wrapped("  - ", "    ", r.Title)
			c.line("    %s", Clean(r.URL, false))
		}
	}
	return c.b.String()
}

func appliesTo(a lens.AppliesTo) string {
	var parts []string
	for _, f := range []struct {
		what  string
		words []string
	}{
		{"device class", a.DeviceClasses}, {"protocol", a.Protocols}, {"segment", a.Segments},
		{"power", a.Power}, {"connectivity", a.Connectivity},
	} {
		if len(f.words) > 0 {
			parts = append(parts, f.what+" "+strings.Join(f.words, " or "))
		}
	}
	return strings.Join(parts, "; ")
}

// QuestionCard is everything that the bank says about a question and its best
// practices, as text for a terminal.
func QuestionCard(l *lens.Lens, q *lens.Question) string {
	c := &page{}
	c.line("%s", q.ID)
	c.wrapped("", "", q.Ask)
	c.line("")
	if q.AWS() {
		area := q.Area
		for _, p := range l.Pillars {
			for _, a := range p.Areas {
				if p.ID == q.Pillar && a.ID == q.Area {
					area = a.Name
				}
			}
		}
		c.wrapped("AWS asks: ", "  ", q.Title)
		c.wrapped("", "", fmt.Sprintf("%s pillar, %s. Plan %d minutes.", l.PillarName(q.Pillar), area, q.Minutes))
	} else {
		c.wrapped("In full: ", "  ", q.Title)
		c.wrapped("", "", fmt.Sprintf("A question of our own on the layer %s. Plan %d minutes.", l.LayerName(q.Layer), q.Minutes))
	}
	c.line("")
	c.line("Risk, the first line that holds:")
	for _, r := range q.Rules {
		when := "if " + r.When
		if r.When == "default" {
			when = "otherwise"
		}
		c.wrapped(fmt.Sprintf("  %-7s", r.Risk), "         ", when)
	}
	for i := range q.Practices {
		c.line("")
		c.line("%s", strings.Repeat("-", 72))
		c.line("")
		c.b.WriteString(Card(l, &q.Practices[i]))
	}
	return c.b.String()
}
