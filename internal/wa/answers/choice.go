package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// choiceUpdate returns the update of a choice; whole is false if its notes were cut.
func choiceUpdate(a review.Answer) (u ChoiceUpdate, whole bool) {
	var text string
	switch a.Status {
	case review.Implemented:
		u.Status, text = ChoiceSelected, strings.TrimSpace(a.Note)
	case review.NotApplicable:
		u.Status, text = ChoiceNotApplicable, strings.TrimSpace(a.Reason)
		u.Reason = reasonOf(a)
		if text == u.Reason.words() {
			text = ""
		}
	default:
		u.Status, text = ChoiceUnselected, withStatusPrefix(a.Status, strings.TrimSpace(a.Note))
	}
	var short bool
	u.Notes, short = cut(text, choiceNotesLimit)
	return u, !short
}

// reasonOf returns the Reason of an answer. A review has a text as its reason, the WA Tool a
// Reason and a text. A text that begins with the words of a Reason stands for it (see
// docs/wa-tool.md), and an import writes these words if the tool has no text. What the
// profile ruled out is ARCHITECTURE_CONSTRAINTS; anything else is OTHER, with the text in
// the notes.
func reasonOf(a review.Answer) Reason {
	for _, r := range []Reason{OutOfScope, BusinessPriorities, ArchitectureConstraints} {
		if strings.HasPrefix(strings.ToLower(a.Reason), strings.ToLower(strings.TrimSuffix(r.words(), "."))) {
			return r
		}
	}
	if a.By == review.ByProfile {
		return ArchitectureConstraints
	}
	return OtherReason
}

// commonReason returns the reason of all choices that have one if they agree, else OTHER.
func commonReason(updates map[string]ChoiceUpdate) Reason {
	var common Reason
	for _, u := range updates {
		switch {
		case u.Reason == "" || u.Reason == common:
		case common == "":
			common = u.Reason
		default:
			return OtherReason
		}
	}
	return common
}

// notesOf returns the part of the question notes for a best practice, and whether it is
// needed: its choice cannot hold all of it. whole tells that the notes of the choice were
// not cut, unseen that the WA Tool shows the question as unanswered.
func notesOf(id string, a review.Answer, whole, unseen bool) (practiceNotes, bool) {
	d := practiceNotes{practice: id, status: a.Status}
	inChoice := "note"
	if a.Status == review.NotApplicable {
		inChoice = "reason"
	}
	for _, f := range review.AnswerFields() {
		if !f.InWANotes || f.Key == inChoice && whole || f.Key == "reason" && f.Key != inChoice {
			continue
		}
		for _, text := range f.Values(a) {
			if text = strings.TrimSpace(text); text != "" {
				d.fields = append(d.fields, field{f.Key, text})
			}
		}
	}
	switch a.Status {
	case review.PartiallyImplemented, review.CannotDetermine, review.Unanswered:
		return d, true
	case review.NotImplemented:
		return d, unseen || len(d.fields) > 0
	}
	return d, len(d.fields) > 0
}
