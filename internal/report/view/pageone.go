package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// PageOne is page one of a report, for readers who read no further. Its content and order
// are the same in every format.
type PageOne struct {
	Conclusion Conclusion
	Risks      Section // the findings that matter most
	Decisions  Section // what the reader is asked to decide
	Effect     Section // the effect of the plan; empty if there is no plan
	Changes    Section // since an earlier state; empty if there is none
}

// NewPageOne returns page one of a report.
func NewPageOne(a *scoring.Assessment) PageOne {
	return PageOne{Conclusion: Conclude(a), Risks: TopRisks(a), Decisions: Decisions(a), Effect: PlanEffect(a), Changes: Changes(a)}
}

// Sections returns the sections below the conclusion that are not empty.
func (f PageOne) Sections() []Section {
	return filter([]Section{f.Risks, f.Decisions, f.Effect, f.Changes}, func(s Section) bool { return !s.Empty() })
}

// maxRisks is how many findings page one lists.
const maxRisks = 5

// Labels of the texts of a risk on page one, besides LabelNote and LabelWhatCanHappen.
const (
	LabelOwner    = "Owner"
	LabelDecision = "Decision needed"
)

// TopFindings returns the open findings that page one lists, by priority: the one to start
// with, those that hold a question at high risk or are of high severity, and if these are
// few the next ones.
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

// TopRisks shows the findings that matter most: the note of the team, what can happen, who
// closes it by when, and which decisions it needs.
func TopRisks(a *scoring.Assessment) Section {
	out := Section{ID: "risks", Title: "What is wrong", Details: true}
	shown := TopFindings(a)
	if open := openCount(a); open > len(shown) {
		out.Count = fmt.Sprintf("%d of %d open findings", len(shown), open)
	}
	out.addGroup(Group{Items: Map(shown, func(f scoring.Finding) Item {
		return Item{Badge: SeverityBadge(f.Severity), ID: f.ID, Title: Headline(f.Practice), IsFinding: true, Texts: nonBlank(
			Text{Label: LabelNote, Text: noteText(f)},
			Text{Label: whyText(f.Practice, "").Label, Text: firstSentences(f.Guide.Why, 240)},
			Text{Label: LabelOwner, Text: OrDefault(f.Owner, "none") + ", " + dueText(f)},
			Text{Label: LabelDecision, Text: strings.Join(FindingDecisions(a, f), " ")},
		)}
	})})
	return out.introIfEmpty(noFindingText(a))
}

// noteText returns the note of a finding, shortened.
func noteText(f scoring.Finding) string {
	if strings.TrimSpace(f.Note) == "" {
		return "None."
	}
	return text.Shorten(strings.Join(strings.Fields(f.Note), " "), 280)
}

// dueText returns the due date of a finding with its deadline.
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

// firstSentences returns the first sentence of a text, and the second one if the first is
// short. The rest often leads over to something else. The result is shortened to maxLen
// bytes.
func firstSentences(s string, maxLen int) string {
	const short = 60
	s = strings.Join(strings.Fields(s), " ")
	first, second := 0, 0
	for end := text.SentenceEnd(s, min(maxLen, len(s))); end > 0; end = text.SentenceEnd(s, end-1) {
		first, second = end, first
	}
	switch {
	case first == 0:
		return text.Shorten(s, maxLen)
	case first < short && second > 0:
		return s[:second]
	case first < short && first < len(s):
		return text.Shorten(s, maxLen)
	}
	return s[:first]
}

// noFindingText says why a report has no open finding.
func noFindingText(a *scoring.Assessment) string {
	switch {
	case nothingAssessed(a) != "":
		return nothingAssessed(a)
	case len(a.Findings) > 0:
		return "Every finding is waived."
	}
	return "There is no open finding."
}
