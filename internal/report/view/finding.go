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

// When is the horizon of a finding, or that it is waived.
func When(f scoring.Finding) string {
	if f.Waived {
		return "waived"
	}
	if f.ClosedBy != "" {
		return string(f.Horizon) + ", with " + f.ClosedBy
	}
	return string(f.Horizon)
}

// Owner names who closes a finding.
func Owner(f scoring.Finding) string { return Or(f.Owner, "no owner") }

// due is when a finding is to be closed.
func due(f scoring.Finding) string { return Or(f.Due, "no date") }

// DueWords is when a finding is to be closed, and where that day doesn't fit today or
// the plan.
func DueWords(f scoring.Finding) string {
	switch f.DueState {
	case scoring.DueOverdue:
		return f.Due + " (overdue)"
	case scoring.DueAfter:
		return f.Due + " (after " + capital(string(f.Horizon)) + " ends)"
	case scoring.DueBefore:
		return f.Due + " (before " + capital(string(f.Horizon)) + " begins)"
	}
	return due(f)
}

// effortWords is what closing a finding takes.
func effortWords(f scoring.Finding) string { return f.Effort.String() + " effort" }

// meta is a finding in a line: status, effort, quadrant, horizon, what it holds.
func meta(f scoring.Finding) string {
	facts := []string{f.Words(), effortWords(f)}
	if !f.Waived {
		facts = append(facts, string(f.Quadrant))
	}
	facts = append(facts, When(f))
	if f.Holds != "" {
		facts = append(facts, "holds "+f.Question+" at "+Risk(f.Holds).Words)
	}
	return strings.Join(facts, " · ")
}

// where names the pillar and the layers of a best practice.
func where(p *scoring.Practice) string {
	return strings.Join(append([]string{p.PillarName}, p.LayerNames...), ", ")
}

// WhatCanHappen is the label of the longest text of a finding.
const WhatCanHappen = "What can happen"

// fromLens is what the lens says about a best practice: what can happen, but of an
// imported one, whose authors write there what they like.
func fromLens(p *scoring.Practice, words string) Text {
	if p.RatedBy == "rules" {
		return Text{Label: "About", Text: words, Long: true}
	}
	return Text{Label: WhatCanHappen, Text: words, Long: true}
}

// doFirst is the first step of a finding, and all of them; nothing where the lens only says
// again what the best practice is.
func doFirst(f scoring.Finding) Text {
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
		waiver = Waiver(*f.Waiver)
	}
	return texts(
		Text{Label: "Our severity", Text: ours(f)},
		Text{Label: "Why here", Text: sentence(strings.ReplaceAll(strings.Join(f.Reasons, "; "), ".;", ";"))},
		fromLens(f.Practice, f.Guide.Why),
		Text{Label: "Waiver", Text: waiver},
		Text{Label: "Not confirmed", Text: f.Origin()},
		Text{Label: "Note", Text: f.Note},
		Text{Label: "Evidence", Text: strings.Join(f.Evidence, "; "), Items: f.Evidence, Linked: true},
		doFirst(f),
	)
}

// ours is the bank's own severity of a finding where it has one, with its reason where
// that does not stand among those of the finding.
func ours(f scoring.Finding) string {
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
	return texts(
		Text{Label: "Severity", Text: string(f.Severity) + ", " + Or(rated, "rated by this lens")},
		Text{Label: "Effort", Text: f.Effort.String()},
		Text{Label: "Plan", Text: strings.TrimPrefix(string(f.Quadrant)+", "+When(f), ", ")},
		Text{Label: "Also closes", Text: f.Closes},
		Text{Label: "Question", Text: f.Question},
		Text{Label: "Pillar", Text: f.PillarName},
		Text{Label: "Layers", Text: strings.Join(f.LayerNames, ", ")},
		Text{Label: "Owner", Text: Owner(f)},
		Text{Label: "Due", Text: DueWords(f)},
		Text{Label: "Deadline", Text: f.Deadline},
		Text{Label: "Extent", Text: f.Extent},
		Text{Label: "Answered", Text: signed(f.Answer)},
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

// signed is who answered, and when; of what was copied from a template and is not
// confirmed, where it came from, too.
func signed(a review.Answer) string {
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
		what = capital(p.Words())
	}
	return what + ": " + p.Title
}

// Story is a finding in a few sentences, for a reader who sees no more of it:
// priority, note, what to do first, who and by when, the waiver. What people wrote is
// cut.
func Story(f *scoring.Finding) string {
	brief := func(s string) string { return text.Shorten(s, 600) }
	parts := []string{fmt.Sprintf("Priority %v, %s severity, effort %s.", f.Priority, f.Severity, f.Effort)}
	if n := strings.TrimSpace(f.Note); n != "" {
		parts = append(parts, "Note: "+Full(brief(n)))
	}
	if first := f.Guide.FirstStep(); first != "" {
		parts = append(parts, "Do first: "+Full(first))
	}
	if f.Owner != "" || f.Due != "" {
		parts = append(parts, fmt.Sprintf("Owner %s, due %s.", brief(Owner(*f)), due(*f)))
	}
	if f.Waiver != nil {
		parts = append(parts, "Waiver: "+brief(Waiver(*f.Waiver)))
	}
	return strings.Join(parts, " ")
}

// fold is how many bytes of a text are shown at once.
const fold = 1200

// Fold cuts a very long text into what is shown at once and the rest, at a blank
// where there is one.
func Fold(t string) (shown, rest string) {
	if len(t) <= fold+fold/4 {
		return t, ""
	}
	at := fold
	for !utf8.RuneStart(t[at]) {
		at--
	}
	if blank := strings.LastIndexAny(t[:at], " \n"); blank > fold/2 {
		at = blank
	}
	return t[:at], t[at:]
}
