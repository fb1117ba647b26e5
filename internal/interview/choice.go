package interview

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Choice is the alternatives of a question, which are asked as one: which of these is
// it?
type Choice struct {
	Stops   []Stop
	First   int  // place of the first in Stops of the walk
	Several bool // the question needs more than one of them
}

// sameChoice tells whether two stops are asked as one.
func sameChoice(a, b Stop) bool {
	return a == b || sameQuestion(a, b) && a.Practice.Kind == lens.Alternative && b.Practice.Kind == lens.Alternative
}

// Choice is what is asked as one with the current stop; false where that is asked by
// itself.
func (w *Walk) Choice() (Choice, bool) { return w.ChoiceAt(w.position) }

// ChoiceAt is Choice for a place in Stops.
func (w *Walk) ChoiceAt(i int) (Choice, bool) {
	first, end := w.groupAround(i, sameChoice)
	if end-first < 2 {
		return Choice{}, false
	}
	return Choice{w.stops[first:end], first, choice.NeedsSeveral(w.stops[first].Question, w.review.Answers)}, true
}

// GoToPicked moves to the first alternative of the current choice that is taken, if any is.
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

// PickAlternatives answers alternatives of the current choice at once, by id, and signs the answers.
// The others are not taken then: an answer that says otherwise becomes not implemented, as
// does one that the question still needs. All of it is one change, which can be undone.
// The walk goes to the first that was picked, unless it is at one.
func (w *Walk) PickAlternatives(picked map[string]review.Answer) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	by, at := "", ""
	if w.Stamp != nil {
		by, at = w.Stamp()
	}
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
	untaken := func(when func(Stop, review.Status) bool) {
		put(func(s Stop) (review.Answer, bool) {
			a := w.review.Answers[s.Practice.ID]
			_, ok := picked[s.Practice.ID]
			ok = !ok && when(s, a.Status)
			a.SetStatus(review.NotImplemented)
			return a, ok
		})
	}
	untaken(func(_ Stop, s review.Status) bool {
		return s == review.Implemented || s == review.PartiallyImplemented || s == review.CannotDetermine
	})
	untaken(func(s Stop, _ review.Status) bool { return !w.answered(s) })
	untaken(func(s Stop, status review.Status) bool { // which confirms it
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
