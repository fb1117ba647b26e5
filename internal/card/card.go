// Package card returns everything that a bank has about a lens, a question or a best practice
// as text for a terminal: why, how, what to ask, evidence, red flags.
package card

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// kindTexts explains the kinds of choices other than best practices.
var kindTexts = map[lens.ChoiceKind]string{
	lens.Alternative: "An alternative: one of several ways. It is needed only until the question needs no more.",
	lens.Negative:    "A negative: a finding where it is true. Its answer is true or not true, in the review file implemented or not_implemented.",
	lens.FactChoice:  "A fact: neither good nor bad, without a score. Its answer is true or not true, in the review file implemented or not_implemented.",
}

// KindText explains the kind of a choice; empty for a best practice.
func KindText(p *lens.Practice) string { return kindTexts[p.Kind] }

// TitleWithKind returns the title of a best practice, or that of another choice with its kind.
func TitleWithKind(p *lens.Practice) string {
	if p.Kind == lens.BestPractice {
		return p.Title
	}
	return p.Title + " (" + string(p.Kind) + ")"
}

// Practice returns the card of a best practice of a lens, as text for a terminal.
func Practice(l *lens.Lens, p *lens.Practice) string {
	c := &text.Page{}
	c.Line("%s", p.ID)
	c.Wrapped("", "", p.Title)
	c.Line("")
	if s := KindText(p); s != "" {
		c.Wrapped("", "", s)
	}
	about := fmt.Sprintf("Severity %s (%s), effort %s", p.Severity, RatedByText(p.RatedBy), p.Effort)
	if p.Fix != "" {
		about += "; a gap can be closed by " + FixText(p.Fix)
	}
	c.Wrapped("", "", about+".")
	if own := p.OwnSeverity; own.Level != "" {
		c.Wrapped("", "", fmt.Sprintf("We rank it as %s: %s", own.Level, own.Why))
	}
	if s := StakeNames(l, p); s != "" {
		c.Wrapped("", "", "At stake: "+s+".")
	}
	where := l.PillarName(p.Pillar) + " pillar"
	if layers := LayerNames(l, p); layers != "" {
		where += "; layers: " + layers
	}
	c.Wrapped("", "", where+".")
	named := func(lead string, words []string) string {
		if len(words) == 0 {
			return ""
		}
		return lead + strings.Join(words, ", ") + ". "
	}
	if s := named("Scenarios: ", p.Scenarios) + named("Lifecycle: ", p.Lifecycle); s != "" {
		c.Wrapped("", "", s)
	}
	if s := ConditionText(l, p.AppliesTo); s != "" {
		c.Wrapped("", "", "Applies to: "+s+".")
	}
	if s := ConditionText(l, p.AskedOf); s != "" {
		c.Wrapped("", "", "Asked only on demand unless: "+s+".")
	}
	if s := FactNames(l, p.Worse); s != "" {
		c.Wrapped("", "", "Worse where "+s+".")
	}
	if s := named("Deepens: ", p.Relates); s != "" {
		c.Wrapped("", "", s)
	}
	for _, s := range Sections(p) {
		c.Section("%s", s.Title)
		switch s.Kind {
		case Prose:
			for _, part := range s.Texts {
				c.Wrapped("  ", "  ", part)
			}
		case Steps:
			for i, step := range s.Texts {
				c.Wrapped(fmt.Sprintf("  %d. ", i+1), "     ", step)
			}
		case Points:
			c.Items("  - ", s.Texts)
		}
	}
	if len(p.Services) > 0 {
		c.Line("")
		c.Wrapped("", "", "AWS services: "+strings.Join(p.Services, ", "))
	}
	writeResources(c, p.Resources)
	return c.String()
}

func writeList(c *text.Page, title string, texts []string) {
	if len(texts) > 0 {
		c.Section("%s", title)
		c.Items("  - ", texts)
	}
}

// writeResources lists links.
func writeResources(c *text.Page, links []lens.Resource) {
	if len(links) > 0 {
		c.Section("Read")
	}
	for _, r := range links {
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

// writeParagraphs writes the paragraphs of a text.
func writeParagraphs(c *text.Page, indent, s string) {
	for _, part := range splitParagraphs(s) {
		c.Wrapped(indent, indent, part)
	}
}

// RatedByText says who rated a severity: "rated by AWS".
func RatedByText(who lens.Rater) string {
	switch who {
	case lens.RatedByAWS:
		return "rated by AWS"
	case lens.RatedByUs:
		return "rated by us: AWS publishes none"
	case lens.RatedByRules:
		return "from the question's rules: the lens publishes none"
	}
	return "rated by the lens"
}

// StakeNames returns the names of what is at stake for a best practice; empty for none.
func StakeNames(l *lens.Lens, p *lens.Practice) string {
	var names []string
	for _, id := range p.AtStake {
		for _, s := range l.Stakes {
			if s.ID == id {
				names = append(names, s.Name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// FactNames returns the names of facts, separated by semicolons; empty for none.
func FactNames(l *lens.Lens, ids []string) string {
	var names []string
	for _, f := range l.Facts {
		if slices.Contains(ids, f.ID) {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, "; ")
}

// ConditionText returns a condition on the profile in words; empty for none.
func ConditionText(l *lens.Lens, c lens.Condition) string {
	var parts []string
	add := func(what string, words []string) {
		if len(words) > 0 {
			parts = append(parts, what+" "+strings.Join(words, " or "))
		}
	}
	add("device class", c.DeviceClasses)
	add("protocol", c.Protocols)
	add("segment", c.Segments)
	add("power", c.Power)
	add("connectivity", c.Connectivity)
	add("scenario", c.Scenarios)
	add("stage", c.Stages)
	add("market", c.Markets)
	add("audience", c.Audiences)
	add("product class", c.ProductClasses)
	if c.FleetSize > 0 {
		parts = append(parts, fmt.Sprintf("%d devices or more", c.FleetSize))
	}
	if c.ServiceLife > 0 {
		parts = append(parts, fmt.Sprintf("%d years of service or more", c.ServiceLife))
	}
	if s := FactNames(l, c.Is); s != "" {
		parts = append(parts, s)
	}
	for _, f := range l.Facts {
		if slices.Contains(c.Not, f.ID) {
			parts = append(parts, f.Otherwise)
		}
	}
	return strings.Join(parts, "; ")
}

// Question returns the card of a question with those of its best practices, as text for a
// terminal.
func Question(l *lens.Lens, q *lens.Question) string {
	c := &text.Page{}
	c.Wrapped("", "", strings.TrimSuffix(q.ID+": "+q.Topic, ": "))
	c.Wrapped("", "", q.Ask)
	for _, w := range q.Asks {
		c.Wrapped("For "+strings.Join(w.Segments, ", ")+": ", "  ", w.Ask)
	}
	for _, f := range q.FollowUps {
		c.Wrapped("- ", "  ", f)
	}
	if q.Core.Why != "" {
		c.Wrapped("Core of every workshop: ", "  ", q.Core.Why)
	}
	c.Line("")
	if q.Title != q.Ask {
		label := "In full: "
		if q.AWS() && l.By != "" {
			label = l.By + " asks: "
		}
		c.Wrapped(label, "  ", q.Title)
	}
	c.Wrapped("", "", PlaceText(l, q)+".")
	for _, s := range []string{q.Description, q.Help} {
		if s != "" {
			c.Line("")
			writeParagraphs(c, "", s)
		}
	}
	writeResources(c, q.Resources)
	c.Section("Risk, the first line that holds:")
	if len(q.Rules) == 0 {
		c.Line("  the lens has no rules for it")
	}
	for _, r := range q.Rules {
		c.Wrapped(fmt.Sprintf("  %-7s", r.Risk), "         ", RuleCondition(r))
	}
	for i := range q.Practices {
		c.Section("%s", strings.Repeat("-", 72))
		c.Line("")
		c.Raw(Practice(l, &q.Practices[i]))
	}
	return c.String()
}

// RuleCondition returns the condition of a risk rule: "if ..." or "otherwise".
func RuleCondition(r lens.Rule) string {
	if r.When == "default" {
		return "otherwise"
	}
	return "if " + r.When
}

// PlaceText says which pillar, area, layer or part a question belongs to, and how many minutes
// to plan for it.
func PlaceText(l *lens.Lens, q *lens.Question) string {
	where := l.PillarName(q.Pillar) + " pillar"
	switch {
	case q.Layer != "":
		where = "A question of our own on the layer " + l.LayerName(q.Layer)
	case q.Part != "":
		where = "A question of our own: " + l.PartName(q.Part)
	}
	for _, p := range l.Pillars {
		for _, a := range p.Areas {
			if q.AWS() && p.ID == q.Pillar && a.ID == q.Area {
				where += ", " + a.Name
			}
		}
	}
	if q.Minutes > 0 {
		where += fmt.Sprintf(". Plan %d minutes", q.Minutes)
	}
	return where
}

// LayerNames returns the names of the layers of a best practice; empty for none.
func LayerNames(l *lens.Lens, p *lens.Practice) string {
	var names []string
	for _, id := range p.Layers {
		names = append(names, l.LayerName(id))
	}
	return strings.Join(names, ", ")
}

// FixText says what closes a gap once devices have shipped.
func FixText(f lens.Fix) string {
	switch f {
	case lens.Process:
		return "a decision, a contract or a way of working"
	case lens.OverTheAir:
		return "an update over the air"
	case lens.FieldVisit:
		return "a visit to the site"
	case lens.Hardware:
		return "new hardware"
	}
	return "a change in the cloud"
}
