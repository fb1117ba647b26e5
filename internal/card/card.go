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
	about := fmt.Sprintf("Severity %s (%s), effort %s", p.Severity, ratedBy(string(p.RatedBy)), p.Effort)
	if p.Fix != "" {
		about += "; a gap can be closed by " + FixWords(p.Fix)
	}
	c.Wrapped("", "", about+".")
	where := l.PillarName(p.Pillar) + " pillar"
	var layers []string
	for _, id := range p.Layers {
		layers = append(layers, l.LayerName(id))
	}
	if len(layers) > 0 {
		where += "; layers: " + strings.Join(layers, ", ")
	}
	c.Wrapped("", "", where+".")
	if s := named("Scenarios: ", p.Scenarios) + named("Lifecycle: ", p.Lifecycle); s != "" {
		c.Wrapped("", "", s)
	}
	if s := appliesTo(p.AppliesTo); s != "" {
		c.Wrapped("", "", "Applies to: "+s+".")
	}
	if len(p.Relates) > 0 {
		c.Wrapped("", "", "Deepens: "+strings.Join(p.Relates, ", ")+".")
	}
	if p.Why != "" {
		c.Line("")
		c.Line("Why it matters")
		paragraphs(c, "  ", "  ", p.Why)
	}
	if len(p.How) > 0 {
		c.Line("")
		c.Line("How to do it")
	}
	for i, h := range p.How {
		if len(p.How) == 1 {
			paragraphs(c, "  ", "  ", h.Do)
			continue
		}
		c.Wrapped(fmt.Sprintf("  %d. ", i+1), "     ", h.Do)
	}
	for _, part := range []struct {
		title string
		texts []string
	}{{"Ask", p.Probes}, {"Ask to be shown", p.Evidence}, {"Red flags", p.RedFlags}} {
		if len(part.texts) > 0 {
			c.Line("")
			c.Line("%s", part.title)
		}
		for _, t := range part.texts {
			c.Wrapped("  - ", "    ", t)
		}
	}
	if len(p.Services) > 0 {
		c.Line("")
		c.Wrapped("", "", "AWS services: "+strings.Join(p.Services, ", "))
	}
	read(c, p.Resources)
	return c.String()
}

// read lists links.
func read(c *text.Page, list []lens.Resource) {
	if len(list) == 0 {
		return
	}
	c.Line("")
	c.Line("Read")
	for _, r := range list {
		dash := "  - "
		if strings.TrimSpace(r.Title) != "" {
			c.Wrapped(dash, "    ", r.Title)
			dash = "    "
		}
		if r.URL != "" {
			c.Line("%s%s", dash, text.Clean(r.URL, false))
		}
	}
}

// paragraphs writes a text that may have several.
func paragraphs(c *text.Page, first, rest, s string) {
	for _, part := range strings.Split(s, "\n") {
		if strings.TrimSpace(part) != "" {
			c.Wrapped(first, rest, part)
			first = rest
		}
	}
}

func named(what string, words []string) string {
	if len(words) == 0 {
		return ""
	}
	return what + strings.Join(words, ", ") + ". "
}

func ratedBy(who string) string {
	switch who {
	case "aws":
		return "rated by AWS"
	case "iotlens":
		return "rated by us: AWS publishes none"
	case "rules":
		return "from the question's rules: the lens publishes none"
	}
	return "rated by the lens"
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
	if q.Title != q.Ask {
		label := "In full: "
		if q.AWS() && l.By != "" {
			label = l.By + " asks: "
		}
		c.Wrapped(label, "  ", q.Title)
	}
	where := "A question of our own on the layer " + l.LayerName(q.Layer)
	if q.AWS() {
		where = l.PillarName(q.Pillar) + " pillar"
		for _, p := range l.Pillars {
			for _, a := range p.Areas {
				if p.ID == q.Pillar && a.ID == q.Area {
					where += ", " + a.Name
				}
			}
		}
	}
	if q.Minutes > 0 {
		where += fmt.Sprintf(". Plan %d minutes", q.Minutes)
	}
	c.Wrapped("", "", where+".")
	for _, s := range []string{q.Description, q.Help} {
		if s != "" {
			c.Line("")
			paragraphs(c, "", "", s)
		}
	}
	read(c, q.Resources)
	c.Line("")
	c.Line("Risk, the first line that holds:")
	if len(q.Rules) == 0 {
		c.Line("  the lens has no rules for it")
	}
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
	case "":
		return "what nobody has said yet"
	case lens.OverTheAir:
		return "an update over the air"
	case lens.FieldVisit:
		return "a visit to the site"
	case lens.Hardware:
		return "new hardware"
	}
	return "a change in the cloud or in the way of working"
}
