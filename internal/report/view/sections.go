package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Sections returns the whole report as sections, for text and Markdown.
func Sections(a *scoring.Assessment) []Section {
	return slices.Concat(NewPageOne(a).Sections(), []Section{
		Scores(a), Pillars(a), HighRiskQuestions(a), heatMapTable(a), Plan(a), Owners(a), Findings(a), quickWins(a),
		Scenarios(a), Waivers(a), Parked(a), NotAssessed(a), NotApplicable(a), SetAside(a), nonMonotoneQuestions(a),
	}, Frameworks(a), NoPlace(a))
}

// Scores shows score and coverage of the whole review.
func Scores(a *scoring.Assessment) Section {
	out := Section{
		Title: "Scores", Table: Table{Header: []string{"", "score", "coverage", "answered"}},
		Note: "A score is the weighted share of what was assessed that is in place; coverage is how much of what applies was answered.",
	}
	for _, row := range totalRows(a) {
		out.Table.Rows = append(out.Table.Rows, []string{row.name, scoreText(row.tally), coverageText(row.tally), fmt.Sprintf("%d of %d", row.tally.Answered, row.tally.Applicable())})
	}
	if a.LayerBanks.InScope > 0 {
		out.Note += " " + ownBanksTitle(a) + " are questions beyond " + publisherPossessive(a) + " own."
	}
	return out
}

// WhatToDoFirst lists the findings to close first: the first ones of Now.
func WhatToDoFirst(a *scoring.Assessment) Section {
	out := Section{Title: "What to do first"}
	out.addGroup(Group{Items: Map(a.DoFirst(), findingItem)})
	return out
}

func findingItem(f scoring.Finding) Item {
	facts := []string{fmt.Sprintf("priority %v", f.Priority)}
	if own := f.OwnSeverity.Level; own != "" {
		facts = append(facts, "our severity "+string(own))
	}
	if f.Quadrant == scoring.QuickWin {
		facts = append(facts, "quick win")
	}
	facts = append(facts, OwnerOrNone(f), DueWords(f), effortWords(f))
	if f.Closes != "" {
		facts = append(facts, "also closes "+f.Closes)
	}
	return Item{Badge: SeverityBadge(f.Severity), ID: f.ID, Title: f.Title, IsFinding: true, Texts: []Text{{Text: strings.Join(facts, " · ")}}}
}

// Pillars shows the scores and the questions by risk of each pillar and of the layer banks.
func Pillars(a *scoring.Assessment) Section {
	out := Section{
		ID: "scores", Title: "Scores by pillar", Table: Table{Header: []string{"", "score", "coverage", "high", "medium", "none", "open"}},
		Note: "High, medium, none and open count questions by their risk.",
	}
	counted := scoring.Risks()[:4]
	if countAtRisk(a, scoring.RiskUndetermined) > 0 {
		counted = scoring.Risks()[:5]
		out.Table.Header = append(out.Table.Header, "undetermined")
	}
	for _, row := range scoreRows(a) {
		cells := []string{row.name, scoreText(row.tally), coverageText(row.tally)}
		if row.name == "All questions" {
			cells = []string{row.name, "", ""}
		}
		for _, r := range counted {
			cells = append(cells, fmt.Sprint(row.risks[r]))
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	if a.LayerBanks.InScope > 0 {
		out.Note += " A question of a layer bank counts in each pillar in which it has a best practice."
	}
	return out
}

// HighRiskQuestions lists the questions at high risk, and the ids of those at medium risk.
func HighRiskQuestions(a *scoring.Assessment) Section {
	out := Section{Title: "Questions at high risk"}
	out.addGroup(Group{Items: Map(questionsAtRisk(a, scoring.RiskHigh), func(q scoring.Question) Item { return Item{ID: q.ID, Title: topic(q)} })})
	if len(out.Groups) > 0 {
		out.Intro = highRiskAreas(a)
	}
	var others []string
	if qs := questionsAtRisk(a, scoring.RiskMedium); len(qs) > 0 {
		others = append(others, "At medium risk: "+questionIDs(qs)+".")
	}
	if qs := questionsAtRisk(a, scoring.RiskUndetermined); len(qs) > 0 {
		others = append(others, "Undetermined: "+questionIDs(qs)+".")
	}
	out.Note = strings.Join(others, " ")
	return out
}

func heatMapTable(a *scoring.Assessment) Section {
	out := Section{Title: HeatMapTitle, Table: Table{Header: []string{""}}, Note: HeatMapNote + " ▲ high, ■ medium, ● low. – nothing asked, ? not assessed."}
	for _, p := range a.Pillars {
		out.Table.Header = append(out.Table.Header, p.Name)
	}
	for _, l := range a.Layers {
		cells := []string{l.Name}
		for _, p := range a.Pillars {
			c := HeatMapCellAt(a, l.ID, p.ID)
			if c.Findings > 0 {
				c.Text += fmt.Sprintf(" %d%s", c.Findings, SeverityBadge(c.WorstSeverity).Symbol)
			}
			cells = append(cells, c.Text)
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	return out
}

// FindingsHeader returns the section of the findings without its list.
func FindingsHeader(a *scoring.Assessment) Section {
	out := Section{ID: "findings", Title: "Findings by priority", Count: fmt.Sprint(len(a.Findings)), Details: true}
	if len(a.Findings) == 0 {
		out.Intro = "None. " + cmp.Or(nothingAssessed(a), "Everything that was assessed is in place.")
	}
	return out
}

// Findings lists every finding with all its texts.
func Findings(a *scoring.Assessment) Section {
	out := FindingsHeader(a)
	out.addGroup(Group{Items: Map(a.Findings, func(f scoring.Finding) Item {
		lead := Text{Text: fmt.Sprintf("Priority %v · %s · %s", f.Priority, metaLine(f), pillarAndLayers(f.Practice))}
		owner := Text{Label: "Owner", Text: OwnerOrNone(f) + ", due: " + DueWords(f)}
		return Item{
			Badge: SeverityBadge(f.Severity), ID: f.ID, Title: f.Title, IsFinding: true, Resources: f.Guide.Resources,
			Texts: nonBlank(slices.Concat([]Text{lead}, FindingTexts(f), []Text{fixedBy(f), owner})...),
		}
	})})
	return out
}

func quickWins(a *scoring.Assessment) Section {
	out := Section{Title: "Quick wins"}
	out.addGroup(Group{Items: Map(QuickWins(a), findingItem)})
	return out.introIfEmpty("None.")
}

// Plan lists the open findings by horizon.
func Plan(a *scoring.Assessment) Section {
	out := Section{ID: "plan", Title: "Plan", Columns: true}
	for _, h := range planHorizons(a) {
		g := Group{Title: h.Name, Note: h.note(), Items: Map(h.Findings, findingItem)}
		if len(g.Items) == 0 {
			g.Items = []Item{{Title: "None."}}
		}
		out.addGroup(g)
	}
	out.Intro = effectSentence(a)
	var notes []string
	if n := len(a.Findings) - openCount(a); n > 0 {
		notes = append(notes, text.Plural(n, "finding is", "findings are")+" waived and in no horizon.")
	}
	if n := count(a.Findings, func(f scoring.Finding) bool { return isOpen(f) && f.DueState == scoring.DueBefore }); n > 0 {
		notes = append(notes, text.Plural(n, "finding is due before its horizon begins.", "findings are due before their horizon begins."))
	}
	out.Note = strings.Join(notes, " ")
	return out
}

// highRiskAreas names the pillars and layer banks with questions at high risk, most
// first; empty where there are none.
func highRiskAreas(a *scoring.Assessment) string {
	type area struct {
		name string
		n    int
	}
	var areas []area
	high := questionsAtRisk(a, scoring.RiskHigh)
	add := func(name string, in func(scoring.Question) bool) {
		if n := count(high, in); n > 0 {
			areas = append(areas, area{name, n})
		}
	}
	for _, p := range a.Pillars {
		add(p.Name, func(q scoring.Question) bool { return q.AWS() && q.Pillar == p.ID })
	}
	for _, l := range a.Layers {
		add(l.Name+" bank", func(q scoring.Question) bool { return q.Layer == l.ID })
	}
	for _, name := range partNames(a) {
		add(name+" questions", func(q scoring.Question) bool { return q.Part == name })
	}
	if len(areas) == 0 {
		return ""
	}
	slices.SortStableFunc(areas, func(x, y area) int { return y.n - x.n })
	names := Map(areas, func(a area) string { return fmt.Sprintf("%s (%d)", a.name, a.n) })
	return "High risk in " + strings.Join(names, ", ") + "."
}
