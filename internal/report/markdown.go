package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// md makes text safe inside a line of Markdown or a cell of a table: nothing in
// it is read as markup, HTML, a mention or a link.
// Source: CommonMark 0.31, section 2.4; any ASCII punctuation can be escaped.
func md(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(Clean(s, false)) {
		if strings.ContainsRune("\\`*_{}[]<>#|~$!^", r) {
			b.WriteByte('\\')
			b.WriteRune(r)
			continue
		}
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '@': // GitHub would notify the person
			b.WriteString("@\u200b")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var sign = map[lens.Level]string{lens.High: "▲ high", lens.Medium: "■ medium", lens.Low: "· low"}

func writeMarkdown(w io.Writer, a *scoring.Assessment) error {
	p := &page{}
	p.line("# IoT Lens review: %s", md(a.Workload.Name))
	p.line("")
	p.line("**%s**", md(Verdict(a)))
	p.line("")
	if a.Workload.Description != "" {
		p.line("%s", md(a.Workload.Description))
		p.line("")
	}
	p.line("| | score | coverage | answered |")
	p.line("| --- | ---: | ---: | ---: |")
	p.line("| AWS best practices | %s | %s | %d of %d |", score(a.Lens), coverage(a.Lens), a.Lens.Answered, a.Lens.Applicable())
	p.line("| Layer banks | %s | %s | %d of %d |", score(a.LayerBanks), coverage(a.LayerBanks), a.LayerBanks.Answered, a.LayerBanks.Applicable())
	p.line("")
	p.line("%s, version %s, assessed as of %s. A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered. Layer banks are questions beyond AWS's own.", md(a.LensName), md(a.LensVersion), a.Today)

	mdSummary(p, a)
	mdPillars(p, a)
	mdMatrix(p, a)
	mdFindings(p, a)
	mdPlan(p, a)
	mdScenarios(p, a)
	mdWaivers(p, a)
	mdOpen(p, a)
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (p *page) section(title string) {
	p.line("")
	p.line("## %s", title)
	p.line("")
}

func mdSummary(p *page, a *scoring.Assessment) {
	open := filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
	if len(open) == 0 {
		return
	}
	p.section("What to do first")
	p.line("| | priority | finding | owner | due |")
	p.line("| ---: | ---: | --- | --- | --- |")
	for i, f := range open[:min(5, len(open))] {
		p.line("| %d | %d | **%s** %s | %s | %s |", i+1, f.Priority, f.ID, md(f.Title), md(or(f.Answer.Owner, "nobody yet")), or(f.Answer.Due, "no date"))
	}
}

func mdPillars(p *page, a *scoring.Assessment) {
	p.section("Pillars")
	p.line("| pillar | score | coverage | high risk | medium risk | no risk | unanswered |")
	p.line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
	for _, part := range a.Pillars {
		if part.Lens.InScope > 0 {
			p.line("| %s | %s | %s | %d | %d | %d | %d |", md(part.Name), score(part.Lens), coverage(part.Lens),
				part.Risks[scoring.RiskHigh], part.Risks[scoring.RiskMedium], part.Risks[scoring.RiskNone], part.Risks[scoring.RiskUnanswered])
		}
	}
	p.line("")
	p.line("Risks count AWS's questions, as the AWS Well-Architected Tool does.")
	if d := differing(a); len(d) > 0 {
		p.line("")
		var parts []string
		for _, q := range d {
			parts = append(parts, fmt.Sprintf("%s (to the letter %s, here %s)", q.ID, strings.ToLower(string(q.AWSRisk)), strings.ToLower(string(q.Risk))))
		}
		p.line("Some of AWS's rules give a higher risk for doing more. Questions where that shows: %s.", strings.Join(parts, ", "))
	}
}

func mdMatrix(p *page, a *scoring.Assessment) {
	p.section("Layers by pillars")
	row, rule := "| |", "| --- |"
	for _, pillar := range a.Pillars {
		row += " " + md(pillar.Name) + " |"
		rule += " :---: |"
	}
	p.line("%s", row)
	p.line("%s", rule)
	for _, layer := range a.Layers {
		row := "| " + md(layer.Name) + " |"
		for _, pillar := range a.Pillars {
			row += " " + mdCell(cellOf(a, layer.ID, pillar.ID)) + " |"
		}
		p.line("%s", row)
	}
	p.line("")
	p.line("Score in percent; below it the number of findings with the gravest severity (▲ high, ■ medium, · low). – nothing asked, ? not assessed.")
}

func mdCell(c scoring.Cell) string {
	s := "?"
	if n, ok := c.Lens.Score(); ok {
		s = fmt.Sprint(int(n + 1e-9))
	} else if c.Lens.Applicable() == 0 {
		s = "–"
	}
	if c.Findings > 0 {
		mark, _, _ := strings.Cut(sign[c.Worst], " ")
		s += fmt.Sprintf("<br>%d %s", c.Findings, mark)
	}
	return s
}

func mdFindings(p *page, a *scoring.Assessment) {
	p.section(fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.line("None.")
		return
	}
	for i, f := range a.Findings {
		p.line("### %d. %s %s", i+1, f.ID, md(f.Title))
		p.line("")
		p.line("Priority **%d** · %s severity · %s · effort %s · %s · %s, %s", f.Priority, sign[f.Severity], f.Status.Words(), f.Effort, f.Quadrant, md(f.PillarName), md(strings.Join(f.LayerNames, ", ")))
		p.line("")
		if f.Waived {
			p.line("- **Waived** until %s: %s", f.Waiver.Expires, md(f.Waiver.Reason))
		}
		p.line("- **Why here:** %s.", md(strings.Join(f.Because, "; ")))
		p.line("- **What can happen:** %s", md(f.Why))
		p.line("- **Do first:** %s It takes %s.", md(f.FirstStep), fixWords(f.Fix))
		p.line("- **Owner:** %s, **due:** %s", md(or(f.Answer.Owner, "nobody yet")), or(f.Answer.Due, "no date"))
		if f.Answer.Note != "" {
			p.line("- **Noted:** %s", md(f.Answer.Note))
		}
		if len(f.Answer.Evidence) > 0 {
			var shown []string
			for _, e := range f.Answer.Evidence {
				shown = append(shown, md(e))
			}
			p.line("- **Shown:** %s", strings.Join(shown, "; "))
		}
		p.line("")
	}
}

func mdPlan(p *page, a *scoring.Assessment) {
	p.section("Quick wins")
	mdList(p, quickWins(a))
	p.section("Plan")
	for _, h := range scoring.Horizons() {
		p.line("**%s**", horizonWords[h])
		p.line("")
		mdList(p, inHorizon(a, h))
		p.line("")
	}
}

func mdList(p *page, fs []scoring.Finding) {
	if len(fs) == 0 {
		p.line("None.")
	}
	for _, f := range fs {
		p.line("- **%s** %s (priority %d, effort %s)%s", f.ID, md(f.Title), f.Priority, f.Effort, md(ownerSuffix(f)))
	}
}

func mdScenarios(p *page, a *scoring.Assessment) {
	p.section("Scenarios")
	for _, s := range a.Scenarios {
		p.line("**%s**", md(s.Name))
		p.line("")
		p.line("| | step | state | findings |")
		p.line("| ---: | --- | --- | --- |")
		for i, step := range s.Steps {
			state := string(step.State)
			if step.State == scoring.StepAtRisk {
				state = "**at risk** (" + sign[step.Worst] + ")"
			}
			p.line("| %d | %s | %s | %s |", i+1, md(step.Title), state, strings.Join(slices.Concat(step.Findings, opened(step)), ", "))
		}
		p.line("")
	}
}

func opened(s scoring.Step) []string {
	var out []string
	for _, id := range s.Unassessed {
		out = append(out, id+" (open)")
	}
	return out
}

func mdWaivers(p *page, a *scoring.Assessment) {
	p.section("Waivers")
	if len(a.Waivers) == 0 {
		p.line("None.")
	}
	for _, w := range a.Waivers {
		p.line("- **%s** %s", w.Practice, md(waiverText(w)))
	}
	p.section("Parked topics")
	if len(a.Parked) == 0 {
		p.line("None.")
	}
	for _, t := range a.Parked {
		p.line("- %s", md(topicText(t.Topic, t.Practice, t.Owner)))
	}
}

func mdOpen(p *page, a *scoring.Assessment) {
	p.section(fmt.Sprintf("Not assessed (%d)", len(a.Unassessed)))
	if len(a.Unassessed) == 0 {
		p.line("Everything in scope was answered.")
	}
	for _, u := range a.Unassessed {
		p.line("- **%s** %s (%s severity)", u.ID, md(u.Title), u.Severity)
	}
	if a.OutOfScope > 0 {
		p.line("")
		p.line("The scope of the review leaves out %s.", count(a.OutOfScope, "best practice", "best practices"))
	}
	p.section(fmt.Sprintf("Not applicable (%d)", len(a.Excluded)))
	if len(a.Excluded) == 0 {
		p.line("None.")
	}
	for _, e := range a.Excluded {
		p.line("- **%s** %s: %s", e.ID, md(e.Title), md(e.Reason))
	}
}
