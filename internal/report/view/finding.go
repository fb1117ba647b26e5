package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// HorizonOrWaived returns the horizon of a finding, or "waived". It names the finding that
// closes it, if another one does.
func HorizonOrWaived(f scoring.Finding) string {
	if f.Waived {
		return "waived"
	}
	if f.ClosedBy != "" {
		return string(f.Horizon) + ", with " + f.ClosedBy
	}
	return string(f.Horizon)
}

// OwnerOrNone returns the owner of a finding, or "no owner".
func OwnerOrNone(f scoring.Finding) string { return OrDefault(f.Owner, "no owner") }

// dueOrNone returns the due date of a finding, or "no date".
func dueOrNone(f scoring.Finding) string { return OrDefault(f.Due, "no date") }

// DueWords returns the due date of a finding and, if it does not fit the day of the report or
// the plan, why.
func DueWords(f scoring.Finding) string {
	switch f.DueState {
	case scoring.DueOverdue:
		return f.Due + " (overdue)"
	case scoring.DueAfter:
		return f.Due + " (after " + upperFirst(string(f.Horizon)) + " ends)"
	case scoring.DueBefore:
		return f.Due + " (before " + upperFirst(string(f.Horizon)) + " begins)"
	}
	return dueOrNone(f)
}

// effortWords returns the effort of closing a finding: "low effort".
func effortWords(f scoring.Finding) string { return f.Effort.String() + " effort" }

// metaLine returns status, effort, quadrant and horizon of a finding in a line, and the risk
// that it holds its question at.
func metaLine(f scoring.Finding) string {
	facts := []string{f.Words(), effortWords(f)}
	if !f.Waived {
		facts = append(facts, string(f.Quadrant))
	}
	facts = append(facts, HorizonOrWaived(f))
	if f.Holds != "" {
		facts = append(facts, "holds "+f.Question+" at "+RiskBadge(f.Holds).Words)
	}
	return strings.Join(facts, " · ")
}

// pillarAndLayers returns the names of the pillar and the layers of a best practice.
func pillarAndLayers(p *scoring.Practice) string {
	return strings.Join(append([]string{p.PillarName}, p.LayerNames...), ", ")
}

// LabelWhatCanHappen is the label of the longest text of a finding.
const LabelWhatCanHappen = "What can happen"

// whyText returns what the lens says on why a best practice matters. In an imported lens this
// can be any description, so that the label is neutral.
func whyText(p *scoring.Practice, words string) Text {
	if p.RatedBy == "rules" {
		return Text{Label: "About", Text: words, NotInTerminal: true}
	}
	return Text{Label: LabelWhatCanHappen, Text: words, NotInTerminal: true}
}

// firstStepText returns the first step that closes a finding, with all steps as items. It is
// empty if the only step repeats the title.
func firstStepText(f scoring.Finding) Text {
	first := f.Guide.FirstStep()
	if len(f.Guide.How) == 1 && strings.TrimRight(first, ". ") == strings.TrimRight(f.Title, ". ") {
		return Text{}
	}
	return Text{Label: "Do first", Text: first, Ordered: true, Items: Steps(f.Practice)}
}

// FindingTexts returns the longer texts of a finding. FindingFacts returns the rest.
func FindingTexts(f scoring.Finding) []Text {
	waiver := ""
	if f.Waiver != nil {
		waiver = WaiverText(*f.Waiver)
	}
	return nonBlank(
		Text{Label: "Our severity", Text: ownSeverityText(f)},
		Text{Label: "Why here", Text: sentence(strings.ReplaceAll(strings.Join(f.Reasons, "; "), ".;", ";"))},
		whyText(f.Practice, f.Guide.Why),
		Text{Label: "Waiver", Text: waiver},
		Text{Label: "Not confirmed", Text: f.Origin()},
		Text{Label: "Note", Text: f.Note},
		Text{Label: "Evidence", Text: strings.Join(f.Evidence, "; "), Items: f.Evidence, MayLink: true},
		firstStepText(f),
	)
}

// ownSeverityText returns our severity of a finding if it differs from AWS's, with the reason
// unless the finding lists it already.
func ownSeverityText(f scoring.Finding) string {
	own := f.OwnSeverity
	if own.Level == "" || slices.Contains(f.Reasons, own.Why) {
		return string(own.Level)
	}
	return string(own.Level) + ": " + own.Why
}

// Steps returns the steps that close a gap.
func Steps(p *scoring.Practice) []string {
	return Map(p.Guide.How, func(h lens.HowStep) string { return h.Do })
}

// NumberedSteps returns the steps that close a gap, numbered and one on each line.
func NumberedSteps(p *scoring.Practice) string {
	steps := Steps(p)
	for i, s := range steps {
		steps[i] = fmt.Sprintf("%d. %s", i+1, strings.TrimSpace(s))
	}
	return strings.Join(steps, "\n")
}

// FindingFacts returns the short facts of a finding: severity, effort, owner, dates.
func FindingFacts(a *scoring.Assessment, f scoring.Finding) []Text {
	rated := map[string]string{"aws": "rated by AWS", "rules": "from the question's rules"}[f.RatedBy]
	compensate, source := "", ""
	if f.Compensate {
		compensate = "not fixable on shipped devices: look for a compensating control"
	}
	if a.File != "" && f.Line > 0 {
		source = fmt.Sprintf("%s, line %d", a.File, f.Line)
	}
	return nonBlank(
		Text{Label: "Severity", Text: string(f.Severity) + ", " + OrDefault(rated, "rated by this lens")},
		Text{Label: "Effort", Text: f.Effort.String()},
		Text{Label: "Plan", Text: strings.TrimPrefix(string(f.Quadrant)+", "+HorizonOrWaived(f), ", ")},
		Text{Label: "Also closes", Text: f.Closes},
		Text{Label: "Question", Text: f.Question},
		Text{Label: "Pillar", Text: f.PillarName},
		Text{Label: "Layers", Text: strings.Join(f.LayerNames, ", ")},
		Text{Label: "Owner", Text: OwnerOrNone(f)},
		Text{Label: "Due", Text: DueWords(f)},
		Text{Label: "Deadline", Text: f.Deadline},
		Text{Label: "Extent", Text: f.Extent},
		Text{Label: "Answered", Text: answeredBy(f.Answer)},
		Text{Label: "AWS services", Text: strings.Join(f.Guide.Services, ", ")},
		fixedBy(f),
		Text{Label: "Compensate", Text: compensate},
		Text{Label: "Source", Text: source},
	)
}

// fixedBy says where the gap can be closed; empty if the bank does not say.
func fixedBy(f scoring.Finding) Text {
	if f.Fix == "" {
		return Text{}
	}
	return Text{Label: "Fixed by", Text: card.FixText(f.Fix)}
}

// answeredBy says who gave an answer and when and, if it was copied from a template and is
// not confirmed, its origin.
func answeredBy(a review.Answer) string {
	s := strings.TrimSpace(a.By + " " + a.At)
	if a.Unconfirmed() {
		s = strings.TrimPrefix(s+", "+a.Origin()+", not confirmed", ", ")
	}
	return s
}

// Headline returns status and title of a best practice that is not in place: "Not
// implemented: Perform certificate lifecycle management".
func Headline(p *scoring.Practice) string {
	what := "Not assessed"
	if p.Status != review.Unanswered {
		what = upperFirst(p.Words())
	}
	return what + ": " + p.Title
}

// FindingSummary describes a finding in a few sentences, for formats that show nothing else
// of it: priority, note, first step, owner, due date and waiver. Long texts are shortened.
func FindingSummary(f *scoring.Finding) string {
	brief := func(s string) string { return text.Shorten(s, 600) }
	parts := []string{fmt.Sprintf("Priority %v, %s severity, effort %s.", f.Priority, f.Severity, f.Effort)}
	if n := strings.TrimSpace(f.Note); n != "" {
		parts = append(parts, "Note: "+WithFullStop(brief(n)))
	}
	if first := f.Guide.FirstStep(); first != "" {
		parts = append(parts, "Do first: "+WithFullStop(first))
	}
	if f.Owner != "" || f.Due != "" {
		parts = append(parts, fmt.Sprintf("Owner %s, due %s.", brief(OwnerOrNone(*f)), dueOrNone(*f)))
	}
	if f.Waiver != nil {
		parts = append(parts, "Waiver: "+brief(WaiverText(*f.Waiver)))
	}
	return strings.Join(parts, " ")
}

// foldSize is how many bytes of a very long text are shown at first.
const foldSize = 1200

// Fold splits a very long text into what is shown at first and the rest, at white space if
// there is any.
func Fold(t string) (shown, rest string) {
	if len(t) <= foldSize+foldSize/4 {
		return t, ""
	}
	cut := foldSize
	for !utf8.RuneStart(t[cut]) {
		cut--
	}
	if blank := strings.LastIndexAny(t[:cut], " \n"); blank > foldSize/2 {
		cut = blank
	}
	return t[:cut], t[cut:]
}

// Thousands writes a number with a comma between groups of three digits.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
