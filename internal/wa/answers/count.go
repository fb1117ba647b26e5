package answers

import (
	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A count is how the best practices of a question are answered.
type count struct{ all, answered, implemented, notApplicable int }

// needless tells whether a choice has no answer and needs none, as a selected one decides.
// Only what the WA Tool can show counts, so that an export and an import agree.
func needless(q *lens.Question, id string, answers map[string]review.Answer) bool {
	shown, selected := map[string]review.Answer{}, false
	for _, p := range q.PracticeIDs() {
		if a := answers[p]; stateOf(a.Status) != ChoiceUnselected {
			shown[p] = a
			selected = selected || a.Status == review.Implemented
		}
	}
	return selected && answers[id].Status == review.Unanswered && choice.Of(q, id, shown).Settled()
}

// tally counts the answers to a question. A choice that needs none is answered.
func tally(q *lens.Question, answers map[string]review.Answer) count {
	c := count{all: len(q.Practices)}
	for i := range q.Practices {
		a, ok := answers[q.Practices[i].ID]
		if ok || needless(q, q.Practices[i].ID, answers) {
			c.answered++
		}
		switch a.Status {
		case review.Implemented:
			c.implemented++
		case review.NotApplicable:
			c.notApplicable++
		}
	}
	return c
}

// none reports whether the answers are "None of these".
func (c count) none() bool {
	return c.answered == c.all && c.implemented == 0 && c.notApplicable < c.all
}

// shown reports whether the question counts as answered in the WA Tool.
func (c count) shown(hasNone bool) bool {
	return c.implemented > 0 || c.notApplicable > 0 || c.none() && hasNone
}
