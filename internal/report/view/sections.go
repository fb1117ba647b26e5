package view

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/scoring"
)

// Sections is the whole report as tables and lists, for the formats without
// drawings.
func Sections(a *scoring.Assessment) []Section {
	return []Section{
		Scores(a), WhatToDoFirst(a, FirstShown), pillars(a), highRisk(a), layers(a), findings(a), quickWins(a), plan(a),
		Scenarios(a), Waivers(a), Parked(a), NotAssessed(a), NotApplicable(a), RulesDiffer(a),
	}
}

// Scores lists score and coverage of the whole.
func Scores(a *scoring.Assessment) Section {
	out := Section{
		Title: "Scores", Table: Table{Heads: []string{"", "score", "coverage", "answered"}},
		Note: "A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered.",
	}
	for _, row := range Totals(a) {
		out.Table.Rows = append(out.Table.Rows, []string{row.Name, Score(row.Tally), Coverage(row.Tally), fmt.Sprintf("%d of %d", row.Tally.Answered, row.Tally.Applicable())})
	}
	if len(a.Layers) > 0 {
		out.Note += " " + LayerBanks + " are questions beyond " + Publisher(a) + " own."
	}
	return out
}

// WhatToDoFirst lists the findings to close first.
func WhatToDoFirst(a *scoring.Assessment, n int) Section {
	out := Section{Title: WhatFirst}
	out.add(Group{Items: List(First(a, n), item)})
	return out
}

// item is a finding as an entry of a list.
func item(f scoring.Finding) Item {
	return Item{Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Texts: []Text{{Text: fmt.Sprintf("priority %d · %s", f.Priority, Who(f))}}}
}

func pillars(a *scoring.Assessment) Section {
	out := Section{
		Title: "Pillars", Table: Table{Heads: []string{"", "score", "coverage", "high", "medium", "none", "open"}},
		Note: "High, medium, none and open count questions by their risk.",
	}
	for _, row := range Pillars(a) {
		cells := []string{row.Name, Score(row.Tally), Coverage(row.Tally)}
		for _, r := range scoring.Risks()[:4] {
			cells = append(cells, fmt.Sprint(row.Risks[r]))
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	return out
}

func highRisk(a *scoring.Assessment) Section {
	out := Section{Title: "Questions at high risk"}
	out.add(Group{Items: List(AtRisk(a, scoring.RiskHigh), func(q scoring.Question) Item { return Item{ID: q.ID, Title: Ask(q)} })})
	if medium := AtRisk(a, scoring.RiskMedium); len(medium) > 0 {
		out.Note = "At medium risk: " + QuestionIDs(medium) + "."
	}
	return out
}

func layers(a *scoring.Assessment) Section {
	out := Section{Title: MapTitle, Table: Table{Heads: []string{""}}, Note: MapNote + " ▲ high, ■ medium, ● low. – nothing asked, ? not assessed."}
	for _, p := range a.Pillars {
		out.Table.Heads = append(out.Table.Heads, p.Name)
	}
	for _, l := range a.Layers {
		cells := []string{l.Name}
		for _, p := range a.Pillars {
			c := MapCell(a, l.ID, p.ID)
			if c.Findings > 0 {
				c.Shown += fmt.Sprintf(" %d%s", c.Findings, Severity(c.Worst).Mark)
			}
			cells = append(cells, c.Shown)
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	return out
}

func findings(a *scoring.Assessment) Section {
	out := Section{Title: "Findings by priority", Count: fmt.Sprint(len(a.Findings)), Details: true}
	out.add(Group{Items: List(a.Findings, func(f scoring.Finding) Item {
		texts := []Text{{Text: fmt.Sprintf("Priority %d · %s · %s", f.Priority, Meta(f), Where(f.Practice))}}
		texts = append(texts, FindingTexts(f)...)
		due := Due(f)
		if Overdue(a, f) {
			due += " (overdue)"
		}
		return Item{Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Texts: append(texts, Text{Label: "Owner", Text: Owner(f) + ", due: " + due})}
	})})
	return out.orElse("None.")
}

func quickWins(a *scoring.Assessment) Section {
	out := Section{Title: "Quick wins"}
	out.add(Group{Items: List(QuickWins(a), item)})
	return out.orElse("None.")
}

func plan(a *scoring.Assessment) Section {
	out := Section{Title: "Plan"}
	for _, h := range Plan(a) {
		out.add(Group{Title: h.Name, Note: h.When, Items: List(h.Findings, item)})
	}
	return out.orElse("None.")
}
