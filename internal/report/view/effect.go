package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// PlanEffect lists how many questions are at high risk today and once each horizon of
// the plan is closed, and what that takes.
func PlanEffect(a *scoring.Assessment) Section {
	if a.Effect == nil || len(a.Findings) == 0 {
		return Section{}
	}
	out := Section{ID: "buys", Title: "What the plan buys", Table: Table{Header: []string{"", "high", "items", "until"}}}
	out.Table.Rows = append(out.Table.Rows, []string{"Today", fmt.Sprint(a.Effect.Today), "", a.Today})
	for i, h := range planHorizons(a)[:2] {
		out.Table.Rows = append(out.Table.Rows, []string{"After " + h.Name, fmt.Sprint(h.HighRiskAfter), fmt.Sprint(len(h.Findings)), a.HorizonEnd(scoring.Horizons()[i])})
	}
	out.Note = WithFullStop("High counts questions at high risk, items what the plan closes by then. " + strings.Join(effortNotes(a), ". "))
	return out
}

// maxChanges is how many changes of a kind stand on page one.
const maxChanges = 5

// Changes lists what changed since an earlier state; empty where none was named.
func Changes(a *scoring.Assessment) Section {
	s := a.Since
	if s == nil {
		return Section{}
	}
	out := Section{ID: "changes", Title: "What changed since " + s.Name, Count: s.AsOf, Table: Table{Header: []string{"", "then", "now", ""}}}
	count := func(name string, w scoring.CountChange) {
		out.Table.Rows = append(out.Table.Rows, []string{name, fmt.Sprint(w.Was), fmt.Sprint(w.Is), deltaText(w.Is - w.Was)})
	}
	share := func(name string, w scoring.PercentChange) {
		row := []string{name, shareText(w.Was), shareText(w.Is), ""}
		if w.Was != nil && w.Is != nil {
			row[3] = deltaText(text.WholePercent(*w.Is) - text.WholePercent(*w.Was))
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	count("Questions at high risk", s.High)
	count("At medium risk", s.Medium)
	count("Open findings", s.Open)
	share("Score", s.Score)
	share("Coverage", s.Coverage)
	for _, part := range []struct {
		title string
		list  []scoring.PracticeChange
	}{{"Regressed", s.Regressed}, {"New", s.New}, {"Not known any more", s.NoLongerKnown}, {"Closed", s.Closed}} {
		g := Group{Title: part.title, Note: text.Count(len(part.list), "finding")}
		for _, c := range part.list[:min(maxChanges, len(part.list))] {
			g.Items = append(g.Items, Item{ID: c.Practice, Title: c.Title, Texts: []Text{{Text: fromTo(c.Was.Words(), c.Is.Words())}}})
		}
		if rest := len(part.list) - len(g.Items); rest > 0 {
			g.Items = append(g.Items, Item{Title: fmt.Sprintf("and %d more", rest)})
		}
		out.addGroup(g)
	}
	if len(s.Regressed)+len(s.New)+len(s.NoLongerKnown)+len(s.Closed) == 0 {
		out.Note = "No finding is new, regressed or closed."
	}
	if s.Note != "" {
		out.Note = strings.TrimSpace(out.Note + " " + s.Note)
	}
	return out
}

// deltaText shows where a number went, and by how much.
func deltaText(by int) string {
	switch {
	case by > 0:
		return fmt.Sprintf("↑ %d", by)
	case by < 0:
		return fmt.Sprintf("↓ %d", -by)
	}
	return "="
}

func shareText(p *float64) string {
	if p == nil {
		return "none"
	}
	return text.Percent(*p)
}
