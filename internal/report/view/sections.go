package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Sections is the whole report as tables and lists, for the formats without
// drawings.
func Sections(a *scoring.Assessment) []Section {
	return append([]Section{
		TopRisks(a), WhatToDoFirst(a), WhatThatBuys(a), Scores(a), Pillars(a), HighRisk(a), layers(a), Findings(a), quickWins(a), Plan(a),
		Scenarios(a), Waivers(a), Parked(a), NotAssessed(a), NotApplicable(a), SetAside(a), rulesDiffer(a),
	}, NoPlace(a)...)
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

// risksShown is how many findings stand under "what is wrong".
const risksShown = 3

// TopRisks says what is wrong in the team's own words: of the open findings of highest
// priority what was said, what can happen, and who closes it by when. Those that hold a
// question at high risk or are of high severity come first.
func TopRisks(a *scoring.Assessment) Section {
	out := Section{ID: "risks", Title: "What is wrong"}
	open := Open(a)
	weighty := func(f scoring.Finding) bool { return f.Holds == scoring.RiskHigh || f.Severity == lens.High }
	open = append(filter(open, weighty), filter(open, func(f scoring.Finding) bool { return !weighty(f) })...)
	out.add(Group{Items: List(open[:min(risksShown, len(open))], func(f scoring.Finding) Item {
		title := Headline(f.Practice)
		if note := strings.TrimSpace(f.Note); note != "" {
			title = strings.TrimSuffix(text.Shorten(note, 280), ".")
		}
		return Item{Sign: Severity(f.Severity), ID: f.ID, Title: title, Finding: true, Texts: texts(
			Text{Label: WhatCanHappen, Text: opening(f.Guide.Why, 240)},
			Text{Label: "Owner", Text: ownerAndDate(f)},
		)}
	})})
	return out
}

// ownerAndDate is who closes a finding and by when, as far as the team has said.
func ownerAndDate(f scoring.Finding) string {
	if f.Due == "" {
		return Or(f.Owner, "none yet")
	}
	return Owner(f) + ", due: " + DueWords(f)
}

// opening is the first sentence of a text, with the second one where the first is short,
// since what follows may lead over to something else; cut where it is longer than most.
func opening(s string, most int) string {
	const short = 60
	s = strings.Join(strings.Fields(s), " ")
	first, second := 0, 0
	for end := text.SentenceEnd(s, min(most, len(s))); end > 0; end = text.SentenceEnd(s, end-1) {
		first, second = end, first
	}
	switch {
	case first == 0:
		return text.Shorten(s, most)
	case first < short && second > 0:
		return s[:second]
	}
	return s[:first]
}

// WhatFirst is the heading of the findings to close first, in every report and on
// the screen.
const WhatFirst = "What to do first"

// WhatToDoFirst lists the findings to close first: the head of Now.
func WhatToDoFirst(a *scoring.Assessment) Section {
	out := Section{Title: WhatFirst}
	out.add(Group{Items: List(a.First(), item)})
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

// WhatThatBuys lists how many questions are at high risk today and once each horizon of
// the plan is closed, and what that takes.
func WhatThatBuys(a *scoring.Assessment) Section {
	if a.Effect == nil || len(a.Findings) == 0 {
		return Section{}
	}
	out := Section{Title: "What that buys", Table: Table{Heads: []string{"", "high", "items", "until"}}}
	out.Table.Rows = append(out.Table.Rows, []string{"Today", fmt.Sprint(a.Effect.Today), "", a.Today})
	for i, h := range plan(a)[:2] {
		out.Table.Rows = append(out.Table.Rows, []string{"After " + h.Name, fmt.Sprint(h.High), fmt.Sprint(len(h.Findings)), a.Ends(scoring.Horizons()[i])})
	}
	out.Note = Full("High counts questions at high risk, items what the plan closes by then. " + strings.Join(effort(a), ". "))
	return out
}

// Front answers what to do first, what that buys, and what is at risk, side by side.
func Front(a *scoring.Assessment) Section {
	first := Group{Title: WhatFirst, Ordered: true, Items: []Item{{Title: noFinding(a)}}}
	if open := WhatToDoFirst(a); !open.Empty() {
		first.Items = open.Groups[0].Items
	}
	buys := Group{Title: "What that buys", Note: "questions at high risk"}
	if e := a.Effect; e != nil {
		buys.Items = append(buys.Items, Item{Title: "Today", Value: fmt.Sprint(e.Today)})
		for _, h := range plan(a)[:2] {
			buys.Items = append(buys.Items, Item{Title: "After " + h.Name, Value: fmt.Sprint(h.High), Texts: []Text{{Text: h.note()}}})
		}
	}
	for _, line := range effort(a) {
		buys.Items = append(buys.Items, Item{Texts: []Text{{Text: line}}})
	}
	risk := Group{Title: "What is at risk", Note: text.Count(len(a.Questions), "question")}
	for _, r := range scoring.Risks() {
		if n := numberAt(a, r); n > 0 || r == scoring.RiskHigh || r == scoring.RiskMedium {
			risk.Items = append(risk.Items, Item{Sign: Risk(r), Value: fmt.Sprint(n)})
		}
	}
	if in := highRiskIn(a); in != "" {
		risk.Items = append(risk.Items, Item{Texts: []Text{{Text: in}}})
	}
	return Section{Columns: true, Groups: []Group{first, buys, risk}}
}

// noFinding says why there is no open finding.
func noFinding(a *scoring.Assessment) string {
	switch {
	case nothing(a) != "":
		return nothing(a)
	case len(a.Findings) > 0:
		return "Every finding is waived."
	}
	return "There is no open finding."
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
			Sign: Severity(f.Severity), ID: f.ID, Title: f.Title, Finding: true,
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
	if n := len(a.Findings) - len(Open(a)); n > 0 {
		out.Note = text.CountOf(n, "finding is waived and stands", "findings are waived and stand") + " in no horizon."
	}
	return out
}
