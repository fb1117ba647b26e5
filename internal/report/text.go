package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func head(p *text.Page, title string) {
	p.Line("")
	p.Line("%s", strings.ToUpper(title))
	p.Line("")
}

func writeText(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Grow(pageSize)
	p.Line("%s", text.Clean(a.Workload.Name, false))
	p.Line("%s %s, as of %s", text.Clean(a.LensName, false), text.Clean(a.LensVersion, false), a.Today)
	p.Line("")
	p.Wrapped("", "", Verdict(a))
	p.Line("")
	for _, t := range tallies(a) {
		p.Line("%-18s  score %-12s  coverage %-12s  %d of %d answered", text.Clean(t.name, false), score(t.Tally), coverage(t.Tally), t.Answered, t.Applicable())
	}

	head(p, "Pillars")
	p.Line("  %-24s %-12s  %-12s %4s %6s %4s %4s", "", "score", "coverage", "high", "medium", "none", "open")
	for _, part := range a.Pillars {
		if part.Lens.InScope > 0 {
			p.Line("  %s %-12s  %-12s %4d %6d %4d %4d", rowName(p, part.Name), score(part.Lens), coverage(part.Lens),
				part.Risks[scoring.RiskHigh], part.Risks[scoring.RiskMedium], part.Risks[scoring.RiskNone], part.Risks[scoring.RiskUnanswered])
		}
	}
	textQuestions(p, a)
	textMatrix(p, a)
	textFindings(p, a)
	textPlan(p, a)
	textScenarios(p, a)
	textWaivers(p, a)
	textOpen(p, a)
	_, err := io.WriteString(w, p.String())
	return err
}

// rowName is the first cell of a row. A name that is longer, as other lenses have
// them, stands in the line above, so that the columns stay columns.
func rowName(p *text.Page, name string) string {
	const width = 24
	name = text.Clean(name, false)
	if utf8.RuneCountInString(name) > width {
		p.Wrapped("  ", "  ", name)
		name = ""
	}
	return fmt.Sprintf("%-*s", width, name)
}

func textQuestions(p *text.Page, a *scoring.Assessment) {
	for _, r := range []struct {
		risk scoring.Risk
		name string
	}{{scoring.RiskHigh, "High risk"}, {scoring.RiskMedium, "Medium risk"}} {
		if qs := atRisk(a, r.risk); len(qs) > 0 {
			p.Line("")
			p.Wrapped("  "+r.name+": ", "    ", questionIDs(qs))
		}
	}
}

func textMatrix(p *text.Page, a *scoring.Assessment) {
	if len(a.Layers) == 0 {
		return
	}
	head(p, "Layers by pillars: score, and findings with the gravest severity")
	row := fmt.Sprintf("  %-24s", "")
	for _, pillar := range a.Pillars {
		row += fmt.Sprintf(" %-8s", short(pillar.Name))
	}
	p.Line("%s", row)
	for _, layer := range a.Layers {
		row := "  " + rowName(p, layer.Name)
		for _, pillar := range a.Pillars {
			row += fmt.Sprintf(" %-8s", cellText(cellOf(a, layer.ID, pillar.ID)))
		}
		p.Line("%s", row)
	}
	p.Line("")
	p.Line("  57 2H: score 57, two findings, the gravest of high severity. - nothing asked, ? not assessed.")
}

func short(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if len(word) > 8 {
		return word[:7] + "."
	}
	return word
}

func cellOf(a *scoring.Assessment, layer, pillar string) scoring.Cell {
	for _, c := range a.Matrix {
		if c.Layer == layer && c.Pillar == pillar {
			return c
		}
	}
	return scoring.Cell{Layer: layer, Pillar: pillar}
}

func cellText(c scoring.Cell) string {
	s := "?"
	if n, ok := c.Lens.Score(); ok {
		s = fmt.Sprint(int(n + 1e-9))
	} else if c.Lens.Applicable() == 0 {
		s = "-"
	}
	if c.Findings > 0 {
		s += fmt.Sprintf(" %d%s", c.Findings, letter(c.Worst))
	}
	return s
}

func letter(l lens.Level) string { return strings.ToUpper(string(l))[:1] }

func textFindings(p *text.Page, a *scoring.Assessment) {
	head(p, fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.Line("  None.")
	}
	for _, f := range a.Findings {
		state := ""
		if f.Waived {
			state = ", waived until " + f.Waiver.Expires
		}
		p.Line("  %3d  %-14s %s severity, %s, effort %s, %s%s", f.Priority, f.ID, f.Severity, f.Status.Words(), f.Effort, f.Quadrant, state)
		p.Wrapped("       ", "       ", f.Title)
		p.Wrapped("       Why here: ", "         ", strings.Join(f.Because, "; ")+".")
		if first := f.Guide.FirstStep(); first != "" {
			p.Wrapped("       First: ", "         ", first)
		}
		if f.Note != "" {
			p.Wrapped("       Note: ", "         ", f.Note)
		}
		p.Line("       Owner: %s   Due: %s", text.Clean(or(f.Owner, "nobody yet"), false), or(f.Due, "no date"))
		p.Line("")
	}
}

func textPlan(p *text.Page, a *scoring.Assessment) {
	head(p, "Quick wins")
	list := func(fs []scoring.Finding) {
		if len(fs) == 0 {
			p.Line("  None.")
		}
		for _, f := range fs {
			p.Wrapped(fmt.Sprintf("  %-14s ", f.ID), strings.Repeat(" ", 17), f.Title+ownerSuffix(f))
		}
	}
	list(quickWins(a))
	head(p, "Plan")
	for _, h := range scoring.Horizons() {
		p.Line("  %s", horizonWords[h])
		list(inHorizon(a, h))
	}
}

func ownerSuffix(f scoring.Finding) string {
	if f.Owner == "" {
		return ""
	}
	return " (" + f.Owner + ")"
}

func textScenarios(p *text.Page, a *scoring.Assessment) {
	if len(a.Scenarios) == 0 {
		return
	}
	head(p, "Scenarios")
	for _, s := range a.Scenarios {
		p.Line("  %s", text.Clean(s.Name, false))
		for i, step := range s.Steps {
			p.Wrapped(fmt.Sprintf("  %2d. ", i+1), "      ", fmt.Sprintf("%s: %s%s", step.Title, step.State, because(step)))
		}
		p.Line("")
	}
}

// because names what puts a step at risk or leaves it open.
func because(s scoring.Step) string {
	switch s.State {
	case scoring.StepAtRisk:
		return " (" + strings.Join(s.Findings, ", ") + ")"
	case scoring.StepUnassessed:
		return " (" + strings.Join(s.Unassessed, ", ") + ")"
	}
	return ""
}

func textWaivers(p *text.Page, a *scoring.Assessment) {
	head(p, "Waivers")
	if len(a.Waivers) == 0 {
		p.Line("  None.")
	}
	for _, w := range a.Waivers {
		p.Wrapped(fmt.Sprintf("  %-14s ", w.Practice), strings.Repeat(" ", 17), waiverText(w))
	}
	head(p, "Parked topics")
	if len(a.Parked) == 0 {
		p.Line("  None.")
	}
	for _, t := range a.Parked {
		p.Wrapped("  ", "    ", topicText(t.Topic, t.Practice, t.Owner))
	}
}

func waiverText(w scoring.Waiver) string {
	state := map[scoring.WaiverState]string{
		scoring.WaiverActive:   "holds until " + w.Expires,
		scoring.WaiverExpiring: fmt.Sprintf("ends in %s, on %s", text.Count(w.Days, "day"), w.Expires),
		scoring.WaiverExpired:  "expired on " + w.Expires,
		scoring.WaiverUnused:   "covers nothing: there is no such finding",
	}[w.State]
	s := fmt.Sprintf("%s: %s. %s Owner %s, approved by %s.", w.Title, state, full(w.Reason), w.Owner, w.Approver)
	if w.Control != "" {
		s += " Meanwhile: " + full(w.Control)
	}
	return s
}

// full ends a text with a full stop.
func full(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func topicText(topic, practice, owner string) string {
	s := topic
	if practice != "" {
		s += " (at " + practice + ")"
	}
	if owner != "" {
		s += ", owner " + owner
	}
	return s
}

func textOpen(p *text.Page, a *scoring.Assessment) {
	head(p, fmt.Sprintf("Not assessed (%d)", len(a.Unassessed)))
	if len(a.Unassessed) == 0 {
		p.Line("  Everything in scope was answered.")
	}
	for _, u := range a.Unassessed {
		p.Wrapped(fmt.Sprintf("  %-14s ", u.ID), strings.Repeat(" ", 17), u.Title)
	}
	head(p, fmt.Sprintf("Not applicable (%d)", len(a.Excluded)))
	if len(a.Excluded) == 0 {
		p.Line("  None.")
	}
	for _, e := range a.Excluded {
		p.Wrapped(fmt.Sprintf("  %-14s ", e.ID), strings.Repeat(" ", 17), e.Title+": "+e.Reason)
	}
	if a.OutOfScope > 0 {
		p.Line("")
		p.Line("  The scope of the review leaves out %s.", text.Count(a.OutOfScope, "best practice"))
	}
	if d := differing(a); len(d) > 0 {
		head(p, "Where "+text.Clean(a.TheirRules(), false)+" punish doing more")
		for _, q := range d {
			p.Line("  %s: to the letter %s, without the fault %s", q.ID, q.AWSRisk, q.MonotoneRisk)
		}
	}
	p.Line("")
	p.Line("  How scores and priorities come about: docs/scoring.md")
}
