package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// PlanEffect shows how many questions are at high risk today, after Now and after Next, and
// what closing the findings takes.
func PlanEffect(a *scoring.Assessment) Section {
	if a.Effect == nil || len(a.Findings) == 0 {
		return Section{}
	}
	out := Section{ID: "buys", Title: "Effect of the plan", Table: Table{Header: []string{"", "high", "items", "until"}}}
	out.Table.Rows = append(out.Table.Rows, []string{"Today", fmt.Sprint(a.Effect.Today), "", a.Today})
	for i, h := range planHorizons(a)[:2] {
		out.Table.Rows = append(out.Table.Rows, []string{"After " + h.Name, fmt.Sprint(h.HighRiskAfter), fmt.Sprint(len(h.Findings)), a.HorizonEnd(scoring.Horizons()[i])})
	}
	out.Note = WithFullStop("High is the number of questions at high risk, items the number of items that the plan closes by then. " + strings.Join(effortNotes(a), ". "))
	return out
}

// maxChanges is how many changes of a kind page one lists.
const maxChanges = 5

// Changes shows what changed since the earlier state that the assessment was compared with;
// empty if there is none.
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
	for _, changes := range ChangeGroups(s) {
		g := Group{Title: changes.Title, Note: text.Count(len(changes.Changes), "finding")}
		for _, c := range changes.Changes[:min(maxChanges, len(changes.Changes))] {
			g.Items = append(g.Items, Item{ID: c.Practice, Title: c.Title, Texts: []Text{{Text: fromTo(c.Was.Words(), c.Is.Words())}}})
		}
		if rest := len(changes.Changes) - len(g.Items); rest > 0 {
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

// A ChangeGroup has the changes of one kind, with their heading.
type ChangeGroup struct {
	Title   string
	Changes []scoring.PracticeChange
}

// ChangeGroups returns the findings that changed since an earlier state: regressed, new, no
// longer known, closed.
func ChangeGroups(s *scoring.ChangesSince) []ChangeGroup {
	return []ChangeGroup{{"Regressed", s.Regressed}, {"New", s.New}, {"No longer known", s.NoLongerKnown}, {"Closed", s.Closed}}
}

// deltaText returns the direction and size of a change: "↑ 3", "↓ 1" or "=".
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

// effortNotes lists what the plan leaves at high risk, and what closing the open findings takes.
func effortNotes(a *scoring.Assessment) []string {
	open := OpenFindings(a)
	var efforts, places, out []string
	if a.Effect != nil && len(a.Effect.Left) > 0 {
		out = append(out, "Still at high risk after Next, waived or unanswered: "+strings.Join(a.Effect.Left, ", "))
	}
	add := func(to *[]string, n int, one, many string) {
		if n > 0 {
			*to = append(*to, text.Plural(n, one, many))
		}
	}
	for _, l := range []lens.Level{lens.Low, lens.Medium, lens.High, ""} {
		add(&efforts, count(open, func(f scoring.Finding) bool { return f.Effort == l }), l.String(), l.String())
	}
	for _, p := range []struct {
		fix   lens.Fix
		words string
	}{{lens.Process, "way of working"}, {lens.Cloud, "in the cloud"}, {lens.OverTheAir, "over the air"}, {lens.FieldVisit, "on site"}, {lens.Hardware, "new hardware"}} {
		add(&places, count(open, func(f scoring.Finding) bool { return f.Fix == p.fix }), p.words, p.words)
	}
	for _, list := range []struct {
		lead  string
		parts []string
	}{{"By effort: ", efforts}, {"By place: ", places}} {
		if len(list.parts) > 0 {
			out = append(out, list.lead+strings.Join(list.parts, ", "))
		}
	}
	return out
}
