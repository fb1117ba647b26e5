package plain

import (
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// md makes text safe inside a line of Markdown or a cell of a table.
func md(s string) string { return text.Markdown(s) }

// Markdown writes a report for GitHub, a wiki or a mail.
func Markdown(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("# %s review: %s", md(a.LensShort), md(a.Workload.Name))
	p.Line("")
	p.Line("**%s**", md(view.Verdict(a)))
	p.Line("")
	if a.Workload.Description != "" {
		p.Line("%s", md(a.Workload.Description))
		p.Line("")
	}
	Totals(p, a)
	p.Line("")
	beyond := ""
	if len(a.Layers) > 0 {
		beyond = " " + view.LayerBanks + " are questions beyond " + md(view.Publisher(a)) + " own."
	}
	p.Line("%s, version %s, assessed as of %s. A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered.%s",
		md(a.LensName), md(a.LensVersion), a.Today, beyond)

	mdFirst(p, a)
	mdPillars(p, a)
	mdMap(p, a)
	mdFindings(p, a)
	mdPlan(p, a)
	for _, s := range []view.Section{view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.RulesDiffer(a)} {
		mdSection(p, s)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func mdHead(p *text.Page, title string) {
	p.Line("")
	p.Line("## %s", md(title))
	p.Line("")
}

// Totals writes the table of scores of the whole.
func Totals(p *text.Page, a *scoring.Assessment) {
	p.Line("| | score | coverage | answered |")
	p.Line("| --- | ---: | ---: | ---: |")
	for _, t := range view.Totals(a) {
		p.Line("| %s | %s | %s | %d of %d |", md(t.Name), view.Score(t.Tally), view.Coverage(t.Tally), t.Tally.Answered, t.Tally.Applicable())
	}
}

// Findings writes findings as a table.
func Findings(p *text.Page, fs []scoring.Finding) {
	p.Line("| priority | severity | finding | status | owner | due |")
	p.Line("| ---: | --- | --- | --- | --- | --- |")
	for _, f := range fs {
		p.Line("| %d | %s | **%s** %s | %s | %s | %s |", f.Priority, view.Severity(f.Severity), md(f.ID), md(f.Title), f.Status.Words(),
			md(view.Brief(view.Owner(f))), md(view.Due(f)))
	}
}

func mdFirst(p *text.Page, a *scoring.Assessment) {
	if first := view.First(a, view.FirstShown); len(first) > 0 {
		mdHead(p, view.WhatFirst)
		Findings(p, first)
	}
}

func mdPillars(p *text.Page, a *scoring.Assessment) {
	mdHead(p, "Pillars")
	p.Line("| pillar | score | coverage | high risk | medium risk | no risk | unanswered |")
	p.Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
	for _, row := range view.Pillars(a) {
		p.Line("| %s | %s | %s | %d | %d | %d | %d |", md(row.Name), view.Score(row.Tally), view.Coverage(row.Tally),
			row.Risks[scoring.RiskHigh], row.Risks[scoring.RiskMedium], row.Risks[scoring.RiskNone], row.Risks[scoring.RiskUnanswered])
	}
	p.Line("")
	p.Line("Risks count questions, as the AWS Well-Architected Tool does.")
	if high := view.AtRisk(a, scoring.RiskHigh); len(high) > 0 {
		p.Line("")
		p.Line("At high risk:")
		p.Line("")
		for _, q := range high {
			p.Line("- **%s** %s", md(q.ID), md(q.Title))
		}
	}
	if medium := view.AtRisk(a, scoring.RiskMedium); len(medium) > 0 {
		p.Line("")
		p.Line("At medium risk: %s.", md(view.QuestionIDs(medium)))
	}
}

func mdMap(p *text.Page, a *scoring.Assessment) {
	if len(a.Layers) == 0 {
		return
	}
	mdHead(p, view.MapTitle)
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
			c := view.MapCell(a, layer.ID, pillar.ID)
			row += " " + c.Shown
			if c.Findings > 0 {
				row += fmt.Sprintf("<br>%d %s", c.Findings, view.Severity(c.Worst).Mark)
			}
			row += " |"
		}
		p.Line("%s", row)
	}
	p.Line("")
	p.Line("%s ▲ high, ■ medium, ● low. – nothing asked, ? not assessed.", view.MapNote)
}

func mdFindings(p *text.Page, a *scoring.Assessment) {
	mdHead(p, fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.Line("None.")
		return
	}
	for i, f := range a.Findings {
		p.Line("### %d. %s %s", i+1, md(f.ID), md(f.Title))
		p.Line("")
		p.Line("Priority **%d** · %s severity · %s · %s", f.Priority, view.Severity(f.Severity), view.Meta(f), md(view.Where(f.Practice)))
		p.Line("")
		for _, t := range view.FindingTexts(f) {
			p.Line("- **%s:** %s", t.Label, md(t.Text))
		}
		p.Line("- **Owner:** %s, **due:** %s", md(view.Owner(f)), md(view.Due(f)))
		p.Line("")
	}
}

func mdPlan(p *text.Page, a *scoring.Assessment) {
	list := func(fs []scoring.Finding) {
		if len(fs) == 0 {
			p.Line("None.")
		}
		for _, f := range fs {
			p.Line("- **%s** %s (priority %d, effort %s, %s)", md(f.ID), md(f.Title), f.Priority, f.Effort, md(view.Owner(f)))
		}
	}
	mdHead(p, "Quick wins")
	list(view.QuickWins(a))
	mdHead(p, "Plan")
	for _, h := range view.Plan(a) {
		p.Line("**%s** (%s)", h.Name, h.When)
		p.Line("")
		list(h.Findings)
		p.Line("")
	}
}

// mdSection writes a section; one that says nothing has no heading.
func mdSection(p *text.Page, s view.Section) {
	if s.Intro == "" && len(s.Groups) == 0 {
		return
	}
	title := s.Title
	if s.Count != "" {
		title += " (" + s.Count + ")"
	}
	mdHead(p, title)
	if s.Intro != "" {
		p.Line("%s", md(s.Intro))
	}
	for _, g := range s.Groups {
		if g.Title != "" && g.Title != s.Title {
			p.Line("")
			p.Line("**%s**", md(view.Titled(g)))
		}
		if s.Intro != "" || g.Title != "" {
			p.Line("")
		}
		for _, item := range g.Items {
			p.Line("- %s", strings.TrimSpace(mdID(item.ID)+md(view.Line(item))))
		}
	}
	if s.Note != "" {
		p.Line("")
		p.Line("%s", md(s.Note))
	}
}

func mdID(id string) string {
	if id == "" {
		return ""
	}
	return "**" + md(id) + "** "
}
