package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Sections is the whole report as tables and lists, for the formats without
// drawings.
func Sections(a *scoring.Assessment) []Section {
	return slices.Concat(PageOne(a).Sections(), []Section{
		Scores(a), Pillars(a), HighRisk(a), layers(a), Plan(a), Owners(a), Findings(a), quickWins(a),
		Scenarios(a), Waivers(a), Parked(a), NotAssessed(a), NotApplicable(a), SetAside(a), rulesDiffer(a),
	}, Frameworks(a), NoPlace(a))
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
	if a.LayerBanks.InScope > 0 {
		out.Note += " " + banksOf(a) + " are questions beyond " + publisher(a) + " own."
	}
	return out
}

// WhatFirst is the heading of the findings to close first, in every report and on
// the screen.
const WhatFirst = "What to do first"

// WhatToDoFirst lists the findings to close first: the head of Now.
func WhatToDoFirst(a *scoring.Assessment) Section {
	out := Section{Title: WhatFirst}
	out.add(Group{Items: List(a.DoFirst(), item)})
	return out
}

func item(f scoring.Finding) Item {
	facts := []string{fmt.Sprintf("priority %v", f.Priority)}
	if own := f.OwnSeverity.Level; own != "" {
		facts = append(facts, "our severity "+string(own))
	}
	if f.Quadrant == scoring.QuickWin {
		facts = append(facts, "quick win")
	}
	facts = append(facts, Owner(f), DueWords(f), effortWords(f))
	if f.Closes != "" {
		facts = append(facts, "also closes "+f.Closes)
	}
	return Item{Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Finding: true, Texts: []Text{{Text: strings.Join(facts, " · ")}}}
}

// Pillars lists the scores of each pillar and of the layer banks.
func Pillars(a *scoring.Assessment) Section {
	out := Section{
		ID: "scores", Title: "Scores by pillar", Table: Table{Heads: []string{"", "score", "coverage", "high", "medium", "none", "open"}},
		Note: "High, medium, none and open count questions by their risk.",
	}
	counted := scoring.Risks()[:4]
	if numberAt(a, scoring.RiskUndetermined) > 0 {
		counted = scoring.Risks()[:5]
		out.Table.Heads = append(out.Table.Heads, "undetermined")
	}
	for _, row := range parts(a) {
		cells := []string{row.name, score(row.tally), coverage(row.tally)}
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

// HighRisk lists the questions at high risk, and the ids of those at medium risk.
func HighRisk(a *scoring.Assessment) Section {
	out := Section{Title: "Questions at high risk"}
	out.add(Group{Items: List(atRisk(a, scoring.RiskHigh), func(q scoring.Question) Item { return Item{ID: q.ID, Title: topic(q)} })})
	if len(out.Groups) > 0 {
		out.Intro = highRiskIn(a)
	}
	var others []string
	if qs := atRisk(a, scoring.RiskMedium); len(qs) > 0 {
		others = append(others, "At medium risk: "+questionIDs(qs)+".")
	}
	if qs := atRisk(a, scoring.RiskUndetermined); len(qs) > 0 {
		others = append(others, "Undetermined: "+questionIDs(qs)+".")
	}
	out.Note = strings.Join(others, " ")
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
		out.Intro = "None. " + cmp.Or(nothing(a), "Everything that was assessed is in place.")
	}
	return out
}

// Findings lists every finding with all that is known of it.
func Findings(a *scoring.Assessment) Section {
	out := FindingsHead(a)
	out.add(Group{Items: List(a.Findings, func(f scoring.Finding) Item {
		lead := Text{Text: fmt.Sprintf("Priority %v · %s · %s", f.Priority, meta(f), where(f.Practice))}
		owner := Text{Label: "Owner", Text: Owner(f) + ", due: " + DueWords(f)}
		return Item{
			Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Finding: true, Read: f.Guide.Resources,
			Texts: texts(slices.Concat([]Text{lead}, FindingTexts(f), []Text{fixedBy(f), owner})...),
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
		g := Group{Title: h.Name, Note: h.note(), Items: List(h.Findings, item)}
		if len(g.Items) == 0 {
			g.Items = []Item{{Title: "None."}}
		}
		out.add(g)
	}
	out.Intro = effectSentence(a)
	var notes []string
	if n := len(a.Findings) - len(Open(a)); n > 0 {
		notes = append(notes, text.Plural(n, "finding is waived and stands", "findings are waived and stand")+" in no horizon.")
	}
	if n := count(Open(a), func(f scoring.Finding) bool { return f.DueState == scoring.DueBefore }); n > 0 {
		notes = append(notes, text.Plural(n, "finding is due before its horizon begins.", "findings are due before their horizon begins."))
	}
	out.Note = strings.Join(notes, " ")
	return out
}
