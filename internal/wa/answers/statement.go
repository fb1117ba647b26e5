package answers

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A statement is what the WA Tool has on a best practice.
type statement struct {
	state   ChoiceStatus
	worded  bool // the status is in the notes
	status  review.Status
	answer  review.Answer // the texts
	because string
}

// statementOf reads what the WA Tool has on a best practice, before an unselected
// choice is interpreted.
func statementOf(p *lens.Practice, g *ToolAnswer, c ToolChoice, notes []details) statement {
	s := statement{state: c.Status}
	fromChoice, note, worded := readChoiceNotes(c.Notes)
	var own details
	if i := slices.IndexFunc(notes, func(d details) bool { return d.practice == p.ID }); i >= 0 {
		own = notes[i]
	}
	switch {
	case !g.Applicable:
		s.state, s.status, s.because = ChoiceNotApplicable, review.NotApplicable, "the question is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, g.Reason)
		if c.Status != ChoiceNotApplicable {
			s.answer.Reason = reasonText("", g.Reason)
		}
	case c.Status == ChoiceNotApplicable:
		s.status, s.because = review.NotApplicable, "the choice is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, c.Reason)
	case c.Status == ChoiceSelected:
		s.status, s.because = review.Implemented, "the choice is selected"
		s.answer.Note = c.Notes
	case worded:
		s.worded, s.status, s.because = true, fromChoice, "from the notes of the choice"
		s.answer.Note = note
	case own.practice != "" && own.status != review.Implemented && own.status != review.NotApplicable:
		s.worded, s.status, s.because = true, own.status, "from the notes of the question"
		s.answer.Note = c.Notes
	default:
		s.answer.Note = c.Notes
	}
	for _, f := range review.AnswerFields() {
		given := own.values(f)
		if len(given) > 0 && (f.Key != "reason" || s.status == review.NotApplicable) {
			f.Set(&s.answer, given...)
		}
	}
	return s
}

// values lists the valid values that the details have for a field.
func (d details) values(of review.Field[review.Answer]) []string {
	var out []string
	for _, f := range d.fields {
		if f.key == of.Key && of.Check(f.text) == nil {
			out = append(out, f.text)
		}
	}
	return out
}

// reasonText is why something does not apply: the notes, else the word of the
// WA Tool's list, else a sentence that there is none.
func reasonText(notes string, r Reason) string {
	if notes != "" {
		return notes
	}
	if words := r.words(); words != "" {
		return words
	}
	return "Marked as not applicable in the WA Tool, without a reason."
}

// richer reports whether a text of the WA Tool adds to ours: it is not empty, differs,
// and is not a cut copy of ours. A reason of the WA Tool's list adds nothing to a
// reason in ours.
func richer(theirs, ours string, reason bool) bool {
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

// stateOf is the state that a choice has for a status.
func stateOf(s review.Status) ChoiceStatus {
	switch s {
	case review.Implemented:
		return ChoiceSelected
	case review.NotApplicable:
		return ChoiceNotApplicable
	}
	return ChoiceUnselected
}
