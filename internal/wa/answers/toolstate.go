package answers

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A toolState is the state of a best practice in the WA Tool.
type toolState struct {
	state   ChoiceStatus
	inNotes bool // status was read from notes
	status  review.Status
	answer  review.Answer // texts only
	reason  string
}

// toolStateOf reads the state of a best practice. The status of an unselected choice without
// a status in its notes is left empty.
func toolStateOf(p *lens.Practice, g *ToolAnswer, c ToolChoice, notes []practiceNotes) toolState {
	s := toolState{state: c.Status}
	fromChoice, note, worded := cutStatusPrefix(c.Notes)
	var own practiceNotes
	if i := slices.IndexFunc(notes, func(d practiceNotes) bool { return d.practice == p.ID }); i >= 0 {
		own = notes[i]
	}
	switch {
	case !g.Applicable:
		s.state, s.status, s.reason = ChoiceNotApplicable, review.NotApplicable, "the question is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, g.Reason)
		if c.Status != ChoiceNotApplicable {
			s.answer.Reason = reasonText("", g.Reason)
		}
	case c.Status == ChoiceNotApplicable:
		s.status, s.reason = review.NotApplicable, "the choice is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, c.Reason)
	case c.Status == ChoiceSelected:
		s.status, s.reason = review.Implemented, "the choice is selected"
		s.answer.Note = c.Notes
	case worded:
		s.inNotes, s.status, s.reason = true, fromChoice, "from the notes of the choice"
		s.answer.Note = note
	case own.practice != "" && own.status != review.Implemented && own.status != review.NotApplicable:
		s.inNotes, s.status, s.reason = true, own.status, "from the notes of the question"
		s.answer.Note = c.Notes
	default:
		s.answer.Note = c.Notes
	}
	for _, f := range review.AnswerFields() {
		given := own.validValues(f)
		if len(given) > 0 && (f.Key != "reason" || s.status == review.NotApplicable) {
			f.Set(&s.answer, given...)
		}
	}
	return s
}

// validValues lists the valid values of a field.
func (d practiceNotes) validValues(of review.Field[review.Answer]) []string {
	var out []string
	for _, f := range d.fields {
		if f.key == of.Key && of.Check(f.text) == nil {
			out = append(out, f.text)
		}
	}
	return out
}

// reasonText returns why something does not apply: the notes, else the words of the reason,
// else a sentence that there is no reason.
func reasonText(notes string, r Reason) string {
	if notes != "" {
		return notes
	}
	if words := r.words(); words != "" {
		return words
	}
	return "Marked as not applicable in the WA Tool, without a reason."
}

// addsTo reports whether a text of the WA Tool adds to a text of the review: it is not
// empty, differs, and is not a cut copy. With reason, the words of a Reason add nothing to
// a reason of the review.
func addsTo(theirs, ours string, reason bool) bool {
	theirs, ours = strings.TrimSpace(theirs), strings.TrimSpace(ours)
	if theirs == "" || theirs == ours {
		return false
	}
	if head, ok := wasCut(theirs); ok && strings.HasPrefix(ours, head) {
		return false
	}
	if reason && ours != "" {
		for _, r := range []Reason{OutOfScope, BusinessPriorities, ArchitectureConstraints, OtherReason, NoReason} {
			if theirs == reasonText("", r) {
				return false
			}
		}
	}
	return true
}

// stateOf returns the state of a choice for a status.
func stateOf(s review.Status) ChoiceStatus {
	switch s {
	case review.Implemented:
		return ChoiceSelected
	case review.NotApplicable:
		return ChoiceNotApplicable
	}
	return ChoiceUnselected
}
