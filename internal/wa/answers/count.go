package answers

import (
	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// An answerCount counts the answers to the best practices of a question.
type answerCount struct{ all, answered, implemented, notApplicable int }

// isSettled reports whether a choice has no answer and needs none, because a selected choice
// settles its question. Only answers that the WA Tool can store count, so that an export
// and an import agree.
func isSettled(q *lens.Question, id string, answers map[string]review.Answer) bool {
	shown, selected := map[string]review.Answer{}, false
	for _, p := range q.PracticeIDs() {
		if a := answers[p]; stateOf(a.Status) != ChoiceUnselected {
			shown[p] = a
			selected = selected || a.Status == review.Implemented
		}
	}
	return selected && answers[id].Status == review.Unanswered && choice.Of(q, id, shown).Settled()
}

// countAnswers counts the answers to a question. A settled choice counts as answered.
func countAnswers(q *lens.Question, answers map[string]review.Answer) answerCount {
	c := answerCount{all: len(q.Practices)}
	for i := range q.Practices {
		a, ok := answers[q.Practices[i].ID]
		if ok || isSettled(q, q.Practices[i].ID, answers) {
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

// isNone reports whether the answers mean "None of these".
func (c answerCount) isNone() bool {
	return c.answered == c.all && c.implemented == 0 && c.notApplicable < c.all
}

// isAnswered reports whether the WA Tool shows the question as answered.
func (c answerCount) isAnswered(hasNone bool) bool {
	return c.implemented > 0 || c.notApplicable > 0 || c.isNone() && hasNone
}
