package view

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// HorizonOrWaived is the horizon of a finding, or that it is waived.
func HorizonOrWaived(f scoring.Finding) string {
	if f.Waived {
		return "waived"
	}
	if f.ClosedBy != "" {
		return string(f.Horizon) + ", with " + f.ClosedBy
	}
	return string(f.Horizon)
}

// OwnerOrNone names who closes a finding.
func OwnerOrNone(f scoring.Finding) string { return OrDefault(f.Owner, "no owner") }

// dueOrNone is when a finding is to be closed.
func dueOrNone(f scoring.Finding) string { return OrDefault(f.Due, "no date") }

// DueWords is when a finding is to be closed, and where that day doesn't fit today or
// the plan.
func DueWords(f scoring.Finding) string {
	switch f.DueState {
	case scoring.DueOverdue:
		return f.Due + " (overdue)"
	case scoring.DueAfter:
		return f.Due + " (after " + capitalize(string(f.Horizon)) + " ends)"
	case scoring.DueBefore:
		return f.Due + " (before " + capitalize(string(f.Horizon)) + " begins)"
	}
	return dueOrNone(f)
}

// effortWords is what closing a finding takes.
func effortWords(f scoring.Finding) string { return f.Effort.String() + " effort" }

// metaLine is a finding in a line: status, effort, quadrant, horizon, what it holds.
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

// pillarAndLayers names the pillar and the layers of a best practice.
func pillarAndLayers(p *scoring.Practice) string {
	return strings.Join(append([]string{p.PillarName}, p.LayerNames...), ", ")
}

// LabelWhatCanHappen is the label of the longest text of a finding.
const LabelWhatCanHappen = "What can happen"

// whyText is what the lens says about a best practice: what can happen, but of an
// imported one, whose authors write there what they like.
func whyText(p *scoring.Practice, words string) Text {
	if p.RatedBy == "rules" {
		return Text{Label: "About", Text: words, NotInTerminal: true}
	}
	return Text{Label: LabelWhatCanHappen, Text: words, NotInTerminal: true}
}

// firstStepText is the first step of a finding, and all of them; nothing where the lens only says
// again what the best practice is.
func firstStepText(f scoring.Finding) Text {
	first := f.Guide.FirstStep()
	if len(f.Guide.How) == 1 && strings.TrimRight(first, ". ") == strings.TrimRight(f.Title, ". ") {
		return Text{}
	}
	return Text{Label: "Do first", Text: first, Ordered: true, Items: Steps(f.Practice)}
}

// FindingTexts lists the texts of a finding beside its facts.
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

// ownSeverityText is the bank's own severity of a finding where it has one, with its reason where
// that does not stand among those of the finding.
func ownSeverityText(f scoring.Finding) string {
	own := f.OwnSeverity
	if own.Level == "" || slices.Contains(f.Reasons, own.Why) {
		return string(own.Level)
	}
	return string(own.Level) + ": " + own.Why
}

// Steps lists what to do to close a gap.
func Steps(p *scoring.Practice) []string {
	var out []string
	for _, h := range p.Guide.How {
		out = append(out, h.Do)
	}
	return out
}

// NumberedSteps lists what to do to close a gap, one step a line.
func NumberedSteps(p *scoring.Practice) string {
	steps := Steps(p)
	for i, s := range steps {
		steps[i] = fmt.Sprintf("%d. %s", i+1, strings.TrimSpace(s))
	}
	return strings.Join(steps, "\n")
}

// FindingFacts lists the facts of a finding.
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

// fixedBy is what it takes to close the gap; empty where the bank doesn't say.
func fixedBy(f scoring.Finding) Text {
	if f.Fix == "" {
		return Text{}
	}
	return Text{Label: "Fixed by", Text: card.FixWords(f.Fix)}
}

// answeredBy is who answered, and when; of what was copied from a template and is not
// confirmed, where it came from, too.
func answeredBy(a review.Answer) string {
	s := strings.TrimSpace(a.By + " " + a.At)
	if a.Unconfirmed() {
		s = strings.TrimPrefix(s+", "+a.Origin()+", not confirmed", ", ")
	}
	return s
}

// Headline is the status and title of a best practice that is not in place: "Not implemented: Perform certificate lifecycle management".
func Headline(p *scoring.Practice) string {
	what := "Not assessed"
	if p.Status != review.Unanswered {
		what = capitalize(p.Words())
	}
	return what + ": " + p.Title
}

// FindingSummary is a finding in a few sentences, for a reader who sees no more of it:
// priority, note, what to do first, who and by when, the waiver. What people wrote is
// cut.
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

// foldSize is how many bytes of a text are shown at once.
const foldSize = 1200

// Fold cuts a very long text into what is shown at once and the rest, at a blank
// where there is one.
func Fold(t string) (shown, rest string) {
	if len(t) <= foldSize+foldSize/4 {
		return t, ""
	}
	at := foldSize
	for !utf8.RuneStart(t[at]) {
		at--
	}
	if blank := strings.LastIndexAny(t[:at], " \n"); blank > foldSize/2 {
		at = blank
	}
	return t[:at], t[at:]
}
