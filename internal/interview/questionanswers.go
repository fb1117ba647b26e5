package interview

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/review"
)

// QuestionPractices returns the best practices of the current question in the scope of the
// review, whatever the filter: those that need an answer, and the others. It returns none
// at the end of the walk.
func (w *Walk) QuestionPractices() (open, answered []Stop) {
	s, ok := w.Current()
	if !ok {
		return nil, nil
	}
	for q, p := range inScope(w.lens, w.review, w.setAside) {
		switch stop := (Stop{q, p}); {
		case q != s.Question:
		case w.answered(stop):
			answered = append(answered, stop)
		default:
			open = append(open, stop)
		}
	}
	return open, answered
}

// SetAnswers answers best practices of the current question, by id, and signs the answers.
// This is one change, which can be undone. If one answer is invalid, nothing changes.
func (w *Walk) SetAnswers(answers map[string]review.Answer) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	var by, at string
	w.sign(&by, &at)
	c, changed := w.newChange("the answers to "+s.Question.ID), false
	for _, p := range s.Question.Practices {
		if a, ok := answers[p.ID]; ok && a.Check() != nil {
			return fmt.Errorf("%s: %w", p.ID, a.Check())
		}
	}
	for _, p := range s.Question.Practices {
		a, ok := answers[p.ID]
		if !ok {
			continue
		}
		if w.Stamp != nil {
			a.Sign(by, at)
		}
		delete(w.skipped, p.ID)
		changed = w.review.PutAnswer(p.ID, a) || changed
	}
	if changed {
		w.recordChange(c)
	}
	return nil
}
