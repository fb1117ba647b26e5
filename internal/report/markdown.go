package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// md makes text safe inside a line of Markdown or a cell of a table.
func md(s string) string { return text.Markdown(s) }

var sign = map[lens.Level]string{lens.High: "▲ high", lens.Medium: "■ medium", lens.Low: "· low"}

func writeMarkdown(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Grow(pageSize)
	p.Line("# %s review: %s", md(a.LensShort), md(a.Workload.Name))
	p.Line("")
	p.Line("**%s**", md(Verdict(a)))
	p.Line("")
	if a.Workload.Description != "" {
		p.Line("%s", md(a.Workload.Description))
		p.Line("")
	}
	p.Line("| | score | coverage | answered |")
	p.Line("| --- | ---: | ---: | ---: |")
	for _, t := range tallies(a) {
		p.Line("| %s | %s | %s | %d of %d |", md(t.name), score(t.Tally), coverage(t.Tally), t.Answered, t.Applicable())
	}
	p.Line("")
	beyond := ""
	if len(a.Layers) > 0 {
		beyond = " Layer banks are questions beyond " + md(or(a.LensBy, "the lens")) + "'s own."
	}
	p.Line("%s, version %s, assessed as of %s. A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered.%s", md(a.LensName), md(a.LensVersion), a.Today, beyond)

	mdSummary(p, a)
	mdPillars(p, a)
	mdMatrix(p, a)
	mdFindings(p, a)
	mdPlan(p, a)
	mdScenarios(p, a)
	mdWaivers(p, a)
	mdOpen(p, a)
	_, err := io.WriteString(w, p.String())
	return err
}

func section(p *text.Page, title string) {
	p.Line("")
	p.Line("## %s", title)
	p.Line("")
}

func mdSummary(p *text.Page, a *scoring.Assessment) {
	open := filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
	if len(open) == 0 {
		return
	}
	section(p, "What to do first")
	p.Line("| | priority | finding | owner | due |")
	p.Line("| ---: | ---: | --- | --- | --- |")
	for i, f := range open[:min(5, len(open))] {
		p.Line("| %d | %d | **%s** %s | %s | %s |", i+1, f.Priority, f.ID, md(f.Title), md(or(f.Owner, "nobody yet")), or(f.Due, "no date"))
	}
}

func mdPillars(p *text.Page, a *scoring.Assessment) {
	section(p, "Pillars")
	p.Line("| pillar | score | coverage | high risk | medium risk | no risk | unanswered |")
	p.Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
	for _, part := range a.Pillars {
		if part.Lens.InScope > 0 {
			p.Line("| %s | %s | %s | %d | %d | %d | %d |", md(part.Name), score(part.Lens), coverage(part.Lens),
				part.Risks[scoring.RiskHigh], part.Risks[scoring.RiskMedium], part.Risks[scoring.RiskNone], part.Risks[scoring.RiskUnanswered])
		}
	}
	p.Line("")
	p.Line("Risks count %s questions, as the AWS Well-Architected Tool does.", md(or(a.LensBy, "the lens"))+"'s")
	if high := atRisk(a, scoring.RiskHigh); len(high) > 0 {
		p.Line("")
		p.Line("At high risk:")
		p.Line("")
		for _, q := range high {
			p.Line("- **%s** %s", q.ID, md(q.Title))
		}
	}
	if medium := atRisk(a, scoring.RiskMedium); len(medium) > 0 {
		p.Line("")
		p.Line("At medium risk: %s.", questionIDs(medium))
	}
	if d := differing(a); len(d) > 0 {
		p.Line("")
		var parts []string
		for _, q := range d {
			parts = append(parts, fmt.Sprintf("%s (to the letter %s, here %s)", q.ID, strings.ToLower(string(q.AWSRisk)), strings.ToLower(string(q.Risk))))
		}
		p.Line("Some of %s give a higher risk for doing more. Questions where that shows: %s.", md(a.TheirRules()), strings.Join(parts, ", "))
	}
}

func mdMatrix(p *text.Page, a *scoring.Assessment) {
	if len(a.Layers) == 0 {
		return
	}
	section(p, "Layers by pillars")
	row, rule := "| |", "| --- |"
	for _, pillar := range a.Pillars {
		row += " " + md(pillar.Name) + " |"
		rule += " :---: |"
	}
	p.Line("%s", row)
	p.Line("%s", rule)
	for _, layer := range a.Layers {
		row := "| " + md(layer.Name) + " |"
		for _, pillar := range a.Pillars {
			row += " " + mdCell(cellOf(a, layer.ID, pillar.ID)) + " |"
		}
		p.Line("%s", row)
	}
	p.Line("")
	p.Line("Score in percent; below it the number of findings with the gravest severity (▲ high, ■ medium, · low). – nothing asked, ? not assessed.")
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

func mdFindings(p *text.Page, a *scoring.Assessment) {
	section(p, fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.Line("None.")
		return
	}
	for i, f := range a.Findings {
		p.Line("### %d. %s %s", i+1, f.ID, md(f.Title))
		p.Line("")
		p.Line("Priority **%d** · %s severity · %s · effort %s · %s · %s", f.Priority, sign[f.Severity], f.Status.Words(), f.Effort, f.Quadrant, md(strings.Join(append([]string{f.PillarName}, f.LayerNames...), ", ")))
		p.Line("")
		if f.Waived {
			p.Line("- **Waived** until %s: %s", f.Waiver.Expires, md(f.Waiver.Reason))
		}
		p.Line("- **Why here:** %s.", md(strings.Join(f.Because, "; ")))
		if f.Guide.Why != "" {
			p.Line("- **What can happen:** %s", md(f.Guide.Why))
		}
		if first := strings.TrimSpace(md(f.Guide.FirstStep()) + takes(f.Fix)); first != "" {
			p.Line("- **Do first:** %s", first)
		}
		p.Line("- **Owner:** %s, **due:** %s", md(or(f.Owner, "nobody yet")), or(f.Due, "no date"))
		if f.Note != "" {
			p.Line("- **Noted:** %s", md(f.Note))
		}
		if len(f.Evidence) > 0 {
			var shown []string
			for _, e := range f.Evidence {
				shown = append(shown, md(e))
			}
			p.Line("- **Shown:** %s", strings.Join(shown, "; "))
		}
		p.Line("")
	}
}

// takes says what it takes to close a gap, where that is known.
func takes(f lens.Fix) string {
	if f == "" {
		return ""
	}
	return " It takes " + card.FixWords(f) + "."
}

func mdPlan(p *text.Page, a *scoring.Assessment) {
	section(p, "Quick wins")
	mdList(p, quickWins(a))
	section(p, "Plan")
	for _, h := range scoring.Horizons() {
		p.Line("**%s**", horizonWords[h])
		p.Line("")
		mdList(p, inHorizon(a, h))
		p.Line("")
	}
}

func mdList(p *text.Page, fs []scoring.Finding) {
	if len(fs) == 0 {
		p.Line("None.")
	}
	for _, f := range fs {
		p.Line("- **%s** %s (priority %d, effort %s)%s", f.ID, md(f.Title), f.Priority, f.Effort, md(ownerSuffix(f)))
	}
}

func mdScenarios(p *text.Page, a *scoring.Assessment) {
	if len(a.Scenarios) == 0 {
		return
	}
	section(p, "Scenarios")
	for _, s := range a.Scenarios {
		p.Line("**%s**", md(s.Name))
		p.Line("")
		p.Line("| | step | state | findings |")
		p.Line("| ---: | --- | --- | --- |")
		for i, step := range s.Steps {
			state := string(step.State)
			if step.State == scoring.StepAtRisk {
				state = "**at risk** (" + sign[step.Worst] + ")"
			}
			p.Line("| %d | %s | %s | %s |", i+1, md(step.Title), state, strings.Join(slices.Concat(step.Findings, opened(step)), ", "))
		}
		p.Line("")
	}
}

func opened(s scoring.Step) []string {
	var out []string
	for _, id := range s.Unassessed {
		out = append(out, id+" (open)")
	}
	return out
}

func mdWaivers(p *text.Page, a *scoring.Assessment) {
	section(p, "Waivers")
	if len(a.Waivers) == 0 {
		p.Line("None.")
	}
	for _, w := range a.Waivers {
		p.Line("- **%s** %s", w.Practice, md(waiverText(w)))
	}
	section(p, "Parked topics")
	if len(a.Parked) == 0 {
		p.Line("None.")
	}
	for _, t := range a.Parked {
		p.Line("- %s", md(topicText(t.Topic, t.Practice, t.Owner)))
	}
}

func mdOpen(p *text.Page, a *scoring.Assessment) {
	section(p, fmt.Sprintf("Not assessed (%d)", len(a.Unassessed)))
	if len(a.Unassessed) == 0 {
		p.Line("Everything in scope was answered.")
	}
	for _, u := range a.Unassessed {
		p.Line("- **%s** %s (%s severity)", u.ID, md(u.Title), u.Severity)
	}
	if a.OutOfScope > 0 {
		p.Line("")
		p.Line("The scope of the review leaves out %s.", text.Count(a.OutOfScope, "best practice"))
	}
	section(p, fmt.Sprintf("Not applicable (%d)", len(a.Excluded)))
	if len(a.Excluded) == 0 {
		p.Line("None.")
	}
	for _, e := range a.Excluded {
		p.Line("- **%s** %s: %s", e.ID, md(e.Title), md(e.Reason))
	}
}
