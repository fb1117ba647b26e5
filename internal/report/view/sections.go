package view

import (
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Sections is the whole report as tables and lists, for the formats without
// drawings.
func Sections(a *scoring.Assessment) []Section {
	return []Section{
		Scores(a), WhatToDoFirst(a, FirstShown), Pillars(a), HighRisk(a), layers(a), Findings(a), quickWins(a), Plan(a),
		Scenarios(a), Waivers(a), Parked(a), NotAssessed(a), NotApplicable(a), SetAside(a), rulesDiffer(a),
	}
}

// Scores lists score and coverage of the whole.
func Scores(a *scoring.Assessment) Section {
	out := Section{
		Title: "Scores", Table: Table{Heads: []string{"", "score", "coverage", "answered"}},
		Note: "A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered.",
	}
	for _, row := range totals(a) {
		out.Table.Rows = append(out.Table.Rows, []string{row.name, score(row.tally), coverage(row.tally), fmt.Sprintf("%d of %d", row.tally.Answered, row.tally.Applicable())})
	}
	if len(a.Layers) > 0 {
		out.Note += " " + LayerBanks + " are questions beyond " + publisher(a) + " own."
	}
	return out
}

// FirstShown is how many findings stand under WhatFirst.
const FirstShown = 5

// WhatFirst is the heading of the findings to close first, in every report and on
// the screen.
const WhatFirst = "What to do first"

// WhatToDoFirst lists the findings to close first: the open ones of highest
// priority, at most n.
func WhatToDoFirst(a *scoring.Assessment, n int) Section {
	out := Section{Title: WhatFirst}
	open := Open(a)
	out.add(Group{Items: List(open[:min(n, len(open))], item)})
	return out
}

// item is a finding as an entry of a list.
func item(f scoring.Finding) Item {
	quick := ""
	if f.Quadrant == scoring.QuickWin {
		quick = "quick win · "
	}
	return Item{
		Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Finding: true,
		Texts: []Text{{Text: fmt.Sprintf("priority %v · %s%s", f.Priority, quick, who(f))}},
	}
}

// Front answers what is at risk, what to do first and what closing the gaps takes,
// side by side.
func Front(a *scoring.Assessment) Section {
	risk := Group{Title: "What is at risk", Note: text.Count(len(a.Questions), "question")}
	for _, r := range scoring.Risks() {
		if n := numberAt(a, r); n > 0 || r == scoring.RiskHigh || r == scoring.RiskMedium {
			risk.Items = append(risk.Items, Item{Sign: Risk(r), Value: fmt.Sprint(n)})
		}
	}
	if in := highRiskIn(a); in != "" {
		risk.Items = append(risk.Items, Item{Texts: []Text{{Text: in}}})
	}
	first := Group{Title: WhatFirst, Ordered: true, Items: []Item{{Title: "There is no open finding."}}}
	if open := WhatToDoFirst(a, FirstShown); !open.Empty() {
		first.Items = open.Groups[0].Items
	}
	takes := Group{Title: "What it takes"}
	for _, h := range plan(a) {
		takes.Items = append(takes.Items, Item{Title: h.Name + ", " + h.When, Value: fmt.Sprint(len(h.Findings))})
	}
	for _, line := range effort(a) {
		takes.Items = append(takes.Items, Item{Texts: []Text{{Text: line}}})
	}
	return Section{Columns: true, Groups: []Group{risk, first, takes}}
}

// Pillars lists the scores of each pillar and of the layer banks.
func Pillars(a *scoring.Assessment) Section {
	out := Section{
		ID: "scores", Title: "Scores by pillar", Table: Table{Heads: []string{"", "score", "coverage", "high", "medium", "none", "open"}},
		Note: "High, medium, none and open count questions by their risk.",
	}
	for _, row := range parts(a) {
		cells := []string{row.name, score(row.tally), coverage(row.tally)}
		for _, r := range scoring.Risks()[:4] {
			cells = append(cells, fmt.Sprint(row.risks[r]))
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	return out
}

// HighRisk lists the questions at high risk, and the ids of those at medium risk.
func HighRisk(a *scoring.Assessment) Section {
	out := Section{Title: "Questions at high risk"}
	out.add(Group{Items: List(atRisk(a, scoring.RiskHigh), func(q scoring.Question) Item { return Item{ID: q.ID, Title: topic(q)} })})
	if medium := atRisk(a, scoring.RiskMedium); len(medium) > 0 {
		out.Note = "At medium risk: " + questionIDs(medium) + "."
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

// FindingsHead is what Findings has beside its list.
func FindingsHead(a *scoring.Assessment) Section {
	out := Section{ID: "findings", Title: "Findings by priority", Count: fmt.Sprint(len(a.Findings)), Details: true}
	if len(a.Findings) == 0 {
		out.Intro = "None. Everything that was assessed is in place."
	}
	return out
}

// Findings lists every finding with all that is known of it.
func Findings(a *scoring.Assessment) Section {
	out := FindingsHead(a)
	out.add(Group{Items: List(a.Findings, func(f scoring.Finding) Item {
		lead := Text{Text: fmt.Sprintf("Priority %v · %s · %s", f.Priority, meta(f), where(f.Practice))}
		owner := Text{Label: "Owner", Text: Owner(f) + ", due: " + DueWords(a, f)}
		return Item{
			Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Finding: true,
			Texts: slices.Concat([]Text{lead}, FindingTexts(f), []Text{owner}),
		}
	})})
	return out
}

func quickWins(a *scoring.Assessment) Section {
	out := Section{Title: "Quick wins"}
	out.add(Group{Items: List(QuickWins(a), item)})
	return out.orElse("None.")
}

// Plan lists the open findings by when to close them, three horizons side by side.
func Plan(a *scoring.Assessment) Section {
	out := Section{ID: "plan", Title: "Plan", Columns: true}
	for _, h := range plan(a) {
		g := Group{Title: h.Name, Note: h.When + ", " + text.Count(len(h.Findings), "finding"), Items: List(h.Findings, item)}
		if len(g.Items) == 0 {
			g.Items = []Item{{Title: "None."}}
		}
		out.add(g)
	}
	if n := len(a.Findings) - len(Open(a)); n > 0 {
		out.Note = text.CountOf(n, "finding is waived and stands", "findings are waived and stand") + " in no horizon."
	}
	return out
}
