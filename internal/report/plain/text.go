// Package plain writes reports, verdicts and comparisons as text for a terminal
// and as Markdown, and a review as a table for spreadsheets.
package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Text writes a report for a terminal. Whatever came from a file or a person
// passes text.Clean on its way, so that a note can't drive the terminal.
func Text(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("%s", text.Clean(a.Workload.Name, false))
	p.Line("%s %s, as of %s", text.Clean(a.LensName, false), text.Clean(a.LensVersion, false), a.Today)
	p.Line("")
	p.Wrapped("", "", view.Verdict(a))
	p.Line("")
	for _, t := range view.Totals(a) {
		p.Line("%-18s  score %-12s  coverage %-12s  %s", text.Clean(t.Name, false), view.Score(t.Tally), view.Coverage(t.Tally), view.Answered(t.Tally))
	}
	textPillars(p, a)
	textMap(p, a)
	textFindings(p, a)
	textPlan(p, a)
	for _, s := range []view.Section{view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.RulesDiffer(a)} {
		textSection(p, s)
	}
	p.Line("")
	p.Line("  How scores and priorities come about: docs/scoring.md")
	_, err := io.WriteString(w, p.String())
	return err
}

func textHead(p *text.Page, title string) {
	p.Line("")
	p.Line("%s", strings.ToUpper(text.Clean(title, false)))
	p.Line("")
}

func textPillars(p *text.Page, a *scoring.Assessment) {
	textHead(p, "Pillars")
	p.Line("  %-24s %-12s  %-12s %4s %6s %4s %4s", "", "score", "coverage", "high", "medium", "none", "open")
	for _, row := range view.Pillars(a) {
		p.Line("  %s %-12s  %-12s %4d %6d %4d %4d", rowName(p, row.Name), view.Score(row.Tally), view.Coverage(row.Tally),
			row.Risks[scoring.RiskHigh], row.Risks[scoring.RiskMedium], row.Risks[scoring.RiskNone], row.Risks[scoring.RiskUnanswered])
	}
	for _, r := range []scoring.Risk{scoring.RiskHigh, scoring.RiskMedium} {
		if qs := view.AtRisk(a, r); len(qs) > 0 {
			p.Line("")
			p.Wrapped("  "+view.Risk(r).String()+": ", "    ", view.QuestionIDs(qs))
		}
	}
}

// rowName is the first cell of a row. A longer name, as other lenses have them,
// stands in the line above, so that the columns stay columns.
func rowName(p *text.Page, name string) string {
	const width = 24
	name = text.Clean(name, false)
	if utf8.RuneCountInString(name) > width {
		p.Wrapped("  ", "  ", name)
		name = ""
	}
	return fmt.Sprintf("%-*s", width, name)
}

func textMap(p *text.Page, a *scoring.Assessment) {
	if len(a.Layers) == 0 {
		return
	}
	textHead(p, view.MapTitle)
	row := fmt.Sprintf("  %-24s", "")
	for _, pillar := range a.Pillars {
		row += fmt.Sprintf(" %-8s", short(pillar.Name))
	}
	p.Line("%s", row)
	for _, layer := range a.Layers {
		row := "  " + rowName(p, layer.Name)
		for _, pillar := range a.Pillars {
			c := view.MapCell(a, layer.ID, pillar.ID)
			shown := c.Shown
			if c.Findings > 0 {
				shown += fmt.Sprintf(" %d%s", c.Findings, view.Severity(c.Worst).Mark)
			}
			row += fmt.Sprintf(" %-8s", shown)
		}
		p.Line("%s", row)
	}
	p.Line("")
	p.Wrapped("  ", "  ", view.MapNote+" ▲ high, ■ medium, ● low. – nothing asked, ? not assessed.")
}

func short(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if len(word) > 8 {
		return word[:7] + "."
	}
	return word
}

func textFindings(p *text.Page, a *scoring.Assessment) {
	textHead(p, fmt.Sprintf("Findings by priority (%d)", len(a.Findings)))
	if len(a.Findings) == 0 {
		p.Line("  None.")
	}
	for _, f := range a.Findings {
		p.Wrapped(fmt.Sprintf("  %3d  %-14s ", f.Priority, f.ID), "       ", view.Severity(f.Severity).String()+" severity · "+view.Meta(f))
		p.Wrapped("       ", "       ", f.Title)
		for _, t := range view.FindingTexts(f) {
			if t.Label != view.WhatCanHappen {
				p.Wrapped("       "+t.Label+": ", "         ", t.Text)
			}
		}
		p.Line("       Owner: %s   Due: %s", text.Clean(view.Owner(f), false), view.Due(f))
		p.Line("")
	}
}

func textPlan(p *text.Page, a *scoring.Assessment) {
	list := func(fs []scoring.Finding) {
		if len(fs) == 0 {
			p.Line("  None.")
		}
		for _, f := range fs {
			textItem(p, view.Item{ID: f.ID, Title: f.Title, Texts: []view.Text{{Label: "Owner", Text: f.Owner}}})
		}
	}
	textHead(p, "Quick wins")
	list(view.QuickWins(a))
	textHead(p, "Plan")
	for i, h := range view.Plan(a) {
		if i > 0 {
			p.Line("")
		}
		p.Line("  %s (%s)", h.Name, h.When)
		list(h.Findings)
	}
}

// textSection writes a section; one that says nothing has no heading.
func textSection(p *text.Page, s view.Section) {
	if s.Intro == "" && len(s.Groups) == 0 {
		return
	}
	title := s.Title
	if s.Count != "" {
		title += " (" + s.Count + ")"
	}
	textHead(p, title)
	if s.Intro != "" {
		p.Wrapped("  ", "  ", s.Intro)
	}
	for i, g := range s.Groups {
		if i > 0 || s.Intro != "" {
			p.Line("")
		}
		if g.Title != "" && g.Title != s.Title {
			p.Wrapped("  ", "  ", view.Titled(g))
		}
		for _, item := range g.Items {
			textItem(p, item)
		}
	}
	if s.Note != "" {
		p.Line("")
		p.Wrapped("  ", "  ", s.Note)
	}
}

func textItem(p *text.Page, item view.Item) {
	blanks := strings.Repeat(" ", 17)
	first := blanks
	switch {
	case item.ID == "":
		first, blanks = "  ", "    "
	case utf8.RuneCountInString(item.ID) < 3:
		first, blanks = fmt.Sprintf("  %2s. ", item.ID), "      "
	default:
		first = fmt.Sprintf("  %-14s ", item.ID)
	}
	p.Wrapped(first, blanks, view.Line(item))
}
