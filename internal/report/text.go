package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// textWidth is the column at which text for a terminal is wrapped.
const textWidth = 100

// A page is text for a terminal that is being written.
type page struct{ b strings.Builder }

func (p *page) line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.b.WriteByte('\n')
}

func (p *page) head(title string) {
	p.line("")
	p.line("%s", strings.ToUpper(title))
	p.line("")
}

// wrapped writes text with a first and a further indent.
func (p *page) wrapped(first, rest, text string) {
	for i, l := range Wrap(Clean(text, false), textWidth-len(rest)) {
		if i == 0 {
			p.line("%s%s", first, l)
		} else {
			p.line("%s%s", rest, l)
		}
	}
}

// Wrap breaks text at blanks into lines of at most width characters; a longer
// word has a line of its own.
func Wrap(text string, width int) []string {
	var lines []string
	var cur []string
	n := 0
	for _, w := range strings.Fields(text) {
		size := len([]rune(w))
		if n > 0 && n+1+size > width {
			lines = append(lines, strings.Join(cur, " "))
			cur, n = nil, 0
		}
		if n > 0 {
			n++
		}
		cur = append(cur, w)
		n += size
	}
	if len(cur) > 0 || len(lines) == 0 {
		lines = append(lines, strings.Join(cur, " "))
	}
	return lines
}

func writeText(w io.Writer, a *scoring.Assessment) error {
	p := &page{}
	p.line("%s", Clean(a.Workload.Name, false))
	p.line("%s %s, as of %s", a.LensName, a.LensVersion, a.Today)
	p.line("")
	p.wrapped("", "", Verdict(a))
	p.line("")
	p.line("AWS best practices   score %-12s coverage %-12s %d of %d answered", score(a.Lens), coverage(a.Lens), a.Lens.Answered, a.Lens.Applicable())
	p.line("Layer banks          score %-12s coverage %-12s %d of %d answered", score(a.LayerBanks), coverage(a.LayerBanks), a.LayerBanks.Answered, a.LayerBanks.Applicable())

	p.head("Pillars")
	p.line("  %-24s %-13s %-13s %5s %7s %5s %5s", "", "score", "coverage", "high", "medium", "none", "open")
	for _, part := range a.Pillars {
		if part.Lens.InScope > 0 {
			p.line("  %-24s %-13s %-13s %5d %7d %5d %5d", part.Name, score(part.Lens), coverage(part.Lens),
				part.Risks[scoring.RiskHigh], part.Risks[scoring.RiskMedium], part.Risks[scoring.RiskNone], part.Risks[scoring.RiskUnanswered])
		}
	}
	textMatrix(p, a)
	textFindings(p, a)
	textPlan(p, a)
	textScenarios(p, a)
	textWaivers(p, a)
	textOpen(p, a)
	_, err := io.WriteString(w, p.b.String())
	return err
}

func textMatrix(p *page, a *scoring.Assessment) {
	p.head("Layers by pillars: score, and findings with the gravest severity")
	row := fmt.Sprintf("  %-25s", "")
	for _, pillar := range a.Pillars {
		row += fmt.Sprintf(" %-12s", short(pillar.Name))
	}
	p.line("%s", row)
	for _, layer := range a.Layers {
		row := fmt.Sprintf("  %-25s", layer.Name)
		for _, pillar := range a.Pillars {
			row += fmt.Sprintf(" %-12s", cellText(cellOf(a, layer.ID, pillar.ID)))
		}
		p.line("%s", row)
	}
	p.line("")
	p.line("  57 2H: score 57, two findings, the gravest of high severity. - nothing asked, ? not assessed.")
}

func short(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if len(word) > 12 {
		return word[:11] + "."
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

func textFindings(p *page, a *scoring.Assessment) {
	p.head(fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.line("  None.")
	}
	for _, f := range a.Findings {
		state := ""
		if f.Waived {
			state = ", waived until " + f.Waiver.Expires
		}
		p.line("  %3d  %-14s %s severity, %s, effort %s, %s%s", f.Priority, f.ID, f.Severity, f.Status.Words(), f.Effort, f.Quadrant, state)
		p.wrapped("       ", "       ", f.Title)
		p.wrapped("       Why here: ", "         ", strings.Join(f.Because, "; ")+".")
		p.wrapped("       First: ", "         ", f.FirstStep)
		if f.Answer.Note != "" {
			p.wrapped("       Note: ", "         ", f.Answer.Note)
		}
		p.line("       Owner: %s   Due: %s", Clean(or(f.Answer.Owner, "nobody yet"), false), or(f.Answer.Due, "no date"))
		p.line("")
	}
}

func textPlan(p *page, a *scoring.Assessment) {
	p.head("Quick wins")
	list := func(fs []scoring.Finding) {
		if len(fs) == 0 {
			p.line("  None.")
		}
		for _, f := range fs {
			p.wrapped(fmt.Sprintf("  %-14s ", f.ID), strings.Repeat(" ", 17), f.Title+ownerSuffix(f))
		}
	}
	list(quickWins(a))
	p.head("Plan")
	for _, h := range scoring.Horizons() {
		p.line("  %s", horizonWords[h])
		list(inHorizon(a, h))
	}
}

func ownerSuffix(f scoring.Finding) string {
	if f.Answer.Owner == "" {
		return ""
	}
	return " (" + f.Answer.Owner + ")"
}

func textScenarios(p *page, a *scoring.Assessment) {
	p.head("Scenarios")
	for _, s := range a.Scenarios {
		p.line("  %s", s.Name)
		for i, step := range s.Steps {
			p.wrapped(fmt.Sprintf("  %2d. ", i+1), "      ", fmt.Sprintf("%s: %s%s", step.Title, step.State, because(step)))
		}
		p.line("")
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

func textWaivers(p *page, a *scoring.Assessment) {
	p.head("Waivers")
	if len(a.Waivers) == 0 {
		p.line("  None.")
	}
	for _, w := range a.Waivers {
		p.wrapped(fmt.Sprintf("  %-14s ", w.Practice), strings.Repeat(" ", 17), waiverText(w))
	}
	p.head("Parked topics")
	if len(a.Parked) == 0 {
		p.line("  None.")
	}
	for _, t := range a.Parked {
		p.wrapped("  ", "    ", topicText(t.Topic, t.Practice, t.Owner))
	}
}

func waiverText(w scoring.Waiver) string {
	state := map[scoring.WaiverState]string{
		scoring.WaiverActive:   "holds until " + w.Expires,
		scoring.WaiverExpiring: fmt.Sprintf("ends in %s, on %s", count(w.Days, "day", "days"), w.Expires),
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

func textOpen(p *page, a *scoring.Assessment) {
	p.head(fmt.Sprintf("Not assessed (%d)", len(a.Unassessed)))
	if len(a.Unassessed) == 0 {
		p.line("  Everything in scope was answered.")
	}
	for _, u := range a.Unassessed {
		p.wrapped(fmt.Sprintf("  %-14s ", u.ID), strings.Repeat(" ", 17), u.Title)
	}
	p.head(fmt.Sprintf("Not applicable (%d)", len(a.Excluded)))
	if len(a.Excluded) == 0 {
		p.line("  None.")
	}
	for _, e := range a.Excluded {
		p.wrapped(fmt.Sprintf("  %-14s ", e.ID), strings.Repeat(" ", 17), e.Title+": "+e.Reason)
	}
	if a.OutOfScope > 0 {
		p.line("")
		p.line("  The scope of the review leaves out %s.", count(a.OutOfScope, "best practice", "best practices"))
	}
	if d := differing(a); len(d) > 0 {
		p.head("Where AWS's rules punish doing more")
		for _, q := range d {
			p.line("  %s: to the letter %s, without the fault %s", q.ID, q.AWSRisk, q.MonotoneRisk)
		}
	}
	p.line("")
	p.line("  How scores and priorities come about: docs/scoring.md")
}
