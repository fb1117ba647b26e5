package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// choiceUpdate is the state of a choice, and whether its notes hold the whole of
// the text that belongs there.
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
		u.Status, text = ChoiceUnselected, choiceNotes(a.Status, strings.TrimSpace(a.Note))
	}
	var short bool
	u.Notes, short = cut(text, choiceNotesLimit)
	return u, !short
}

// reasonOf finds the reason of an answer in the WA Tool's list. A review has one text
// for a reason, the tool an element of its list and a text: a text that begins with the
// words of an element stands for it, as docs/wa-tool.md describes, and an import writes
// those words where the tool has nothing else. They are a format like that of the notes
// (see words.go), made of the element itself. What the profile ruled out is the
// architecture's; anything else is OTHER, with its text in the notes.
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

// commonReason is the reason that all choices with one share, else OTHER.
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

// detailsOf is what the notes of the question have on a best practice, and whether
// its choice lacks any of it. unseen: the WA Tool shows the
// question as unanswered.
func detailsOf(id string, a review.Answer, whole, unseen bool) (details, bool) {
	d := details{practice: id, status: a.Status}
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
