package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// PageOne is page one of a report: what a reader decides by who sees no more of it. It is the
// same in every format, in this order; a format lays it out.
type PageOne struct {
	Conclusion Conclusion
	Risks      Section // the findings that matter most, in the words of the team
	Decisions  Section // what is asked of the reader
	Effect     Section // what the plan buys; empty where there is no plan
	Changes    Section // what changed since an earlier state; empty where none was named
}

// NewPageOne makes page one of an assessment.
func NewPageOne(a *scoring.Assessment) PageOne {
	return PageOne{Conclusion: Conclude(a), Risks: TopRisks(a), Decisions: Decisions(a), Effect: PlanEffect(a), Changes: Changes(a)}
}

// Sections lists what stands below the verdict.
func (f PageOne) Sections() []Section {
	return filter([]Section{f.Risks, f.Decisions, f.Effect, f.Changes}, func(s Section) bool { return !s.Empty() })
}

// maxRisks is how many findings stand under "what is wrong".
const maxRisks = 5

// The labels of a risk on page one.
const (
	LabelSaid     = "What was said"
	LabelOwner    = "Owner"
	LabelDecision = "Asked of you"
)

// TopFindings lists the open findings that page one names, by priority: the one to start with,
// those that hold a question at high risk or are of high severity, and where that is few
// the next ones.
func TopFindings(a *scoring.Assessment) []scoring.Finding {
	first := a.DoFirst()
	open := OpenFindings(a)
	rank := func(f scoring.Finding) int {
		switch {
		case len(first) > 0 && f.ID == first[0].ID:
			return 0
		case f.Holds == scoring.RiskHigh || f.Severity == lens.High:
			return 1
		}
		return 2
	}
	chosen := slices.Clone(open)
	slices.SortStableFunc(chosen, func(x, y scoring.Finding) int { return rank(x) - rank(y) })
	chosen = chosen[:min(maxRisks, len(chosen))]
	return filter(open, func(f scoring.Finding) bool {
		return slices.ContainsFunc(chosen, func(c scoring.Finding) bool { return c.ID == f.ID })
	})
}

// TopRisks says what is wrong in the team's own words: of each of the findings that matter
// most what was said, what can happen, who closes it by when, and what is asked of the
// reader.
func TopRisks(a *scoring.Assessment) Section {
	out := Section{ID: "risks", Title: "What is wrong", Details: true}
	shown := TopFindings(a)
	if open := len(OpenFindings(a)); open > len(shown) {
		out.Count = fmt.Sprintf("%d of %d open findings", len(shown), open)
	}
	out.addGroup(Group{Items: Map(shown, func(f scoring.Finding) Item {
		return Item{Badge: SeverityBadge(f.Severity), ID: f.ID, Title: Headline(f.Practice), IsFinding: true, Texts: nonBlank(
			Text{Label: LabelSaid, Text: noteText(f)},
			Text{Label: whyText(f.Practice, "").Label, Text: firstSentences(f.Guide.Why, 240)},
			Text{Label: LabelOwner, Text: OrDefault(f.Owner, "none") + ", " + dueText(f)},
			Text{Label: LabelDecision, Text: strings.Join(FindingDecisions(a, f), " ")},
		)}
	})})
	return out.introIfEmpty(noFindingText(a))
}

// noteText is what the team said of a finding, in short.
func noteText(f scoring.Finding) string {
	if strings.TrimSpace(f.Note) == "" {
		return "Nothing was noted."
	}
	return text.Shorten(strings.Join(strings.Fields(f.Note), " "), 280)
}

// dueText is by when a finding is to be closed, with its deadline.
func dueText(f scoring.Finding) string {
	s := "no date"
	if f.Due != "" {
		s = "due: " + DueWords(f)
	}
	if f.Deadline != "" {
		s += "; deadline: " + f.Deadline
	}
	return s
}

// firstSentences is the first sentence of a text, with the second one where the first is short,
// since what follows may lead over to something else; cut where it is longer than most.
func firstSentences(s string, most int) string {
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
	case first < short && first < len(s):
		return text.Shorten(s, most)
	}
	return s[:first]
}

// noFindingText says why there is no open finding.
func noFindingText(a *scoring.Assessment) string {
	switch {
	case nothingAssessed(a) != "":
		return nothingAssessed(a)
	case len(a.Findings) > 0:
		return "Every finding is waived."
	}
	return "There is no open finding."
}
