package interview

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Choice is the alternatives of a question, which are asked together: which of these is
// it?
type Choice struct {
	Stops   []Stop
	First   int  // index of the first in Walk.Stops
	Several bool // several of them can be picked
}

// sameChoice reports whether two stops are asked together.
func sameChoice(a, b Stop) bool {
	return a == b || sameQuestion(a, b) && a.Practice.Kind == lens.Alternative && b.Practice.Kind == lens.Alternative
}

// Choice returns the alternatives that are asked together with the current stop; false if
// it is asked by itself.
func (w *Walk) Choice() (Choice, bool) { return w.ChoiceAt(w.position) }

// ChoiceAt is Choice for an index of Stops.
func (w *Walk) ChoiceAt(i int) (Choice, bool) {
	first, end := w.groupAround(i, sameChoice)
	if end-first < 2 {
		return Choice{}, false
	}
	return Choice{w.stops[first:end], first, choice.NeedsSeveral(w.stops[first].Question, w.review.Answers)}, true
}

// GoToPicked moves to the first alternative of the current choice that is in use, if there
// is one.
func (w *Walk) GoToPicked() {
	first, end := w.groupAround(w.position, sameChoice)
	for _, wanted := range []review.Status{review.Implemented, review.PartiallyImplemented} {
		for i := first; i < end; i++ {
			if w.review.Answers[w.stops[i].Practice.ID].Status == wanted {
				w.GoTo(i)
				return
			}
		}
	}
}

// PickAlternatives answers alternatives of the current choice, by id, and signs the
// answers. The others become not implemented if they were answered otherwise or still need
// an answer. This is one change, which can be undone. The walk moves to the first picked
// alternative unless it is at one.
func (w *Walk) PickAlternatives(picked map[string]review.Answer) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	var by, at string
	w.sign(&by, &at)
	first, end := w.groupAround(w.position, sameChoice)
	for i := first; i < end; i++ {
		id := w.stops[i].Practice.ID
		if a, ok := picked[id]; ok && a.Check() != nil {
			return fmt.Errorf("%s: %w", id, a.Check())
		}
	}
	c, changed := w.newChange(anAnswer+s.Question.ID), false
	put := func(answer func(Stop) (review.Answer, bool)) {
		for i := first; i < end; i++ {
			stop := w.stops[i]
			a, ok := answer(stop)
			if !ok {
				continue
			}
			if w.Stamp != nil {
				a.Sign(by, at)
			}
			delete(w.skipped, stop.Practice.ID)
			changed = w.review.PutAnswer(stop.Practice.ID, a) || changed
		}
	}
	put(func(s Stop) (review.Answer, bool) {
		a, ok := picked[s.Practice.ID]
		return a, ok
	})
	answerOthers := func(when func(Stop, review.Status) bool) {
		put(func(s Stop) (review.Answer, bool) {
			a := w.review.Answers[s.Practice.ID]
			_, ok := picked[s.Practice.ID]
			ok = !ok && when(s, a.Status)
			a.SetStatus(review.NotImplemented)
			return a, ok
		})
	}
	answerOthers(func(_ Stop, s review.Status) bool {
		return s == review.Implemented || s == review.PartiallyImplemented || s == review.CannotDetermine
	})
	answerOthers(func(s Stop, _ review.Status) bool { return !w.answered(s) })
	answerOthers(func(s Stop, status review.Status) bool { // confirm it
		return status == review.NotImplemented && w.review.Answers[s.Practice.ID].Unconfirmed()
	})
	if _, ok := picked[s.Practice.ID]; !ok {
		w.GoToPicked()
	}
	if changed {
		w.recordChange(c)
	}
	return nil
}
