package interview

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// Why a change is refused. Nothing is changed then.
var (
	ErrReadOnly = errors.New("this review is open read-only; nothing can be changed")
	ErrAtEnd    = errors.New("the walk is at its end; go to a best practice first")
)

// A change was made at a stop, and can be undone or redone.
type change struct {
	description string         // such as "the answer to IOTSEC01-BP01"
	practice    string         // best practice of which it changed the answer and nothing else; else empty
	stop        string         // best practice at which it was made; empty at the end of the walk
	review      *review.Review // the review on the other side of it: before it to undo, after it to redo
}

const anAnswer = "the answer to "

// SetAnswer answers the current stop, signs the answer, keeps the one before in its
// history (review.PutAnswer), stays there, and can be undone. An answer that would not
// load again is refused. The same answer with the same signature is not a change.
func (w *Walk) SetAnswer(a review.Answer) error { return w.set(a, false) }

// AmendAnswer is Set for keys that are pressed until the answer is right: where the
// last change answered this stop since the walk came here, the new answer takes
// its place, in the history and for Undo.
func (w *Walk) AmendAnswer(a review.Answer) error { return w.set(a, true) }

func (w *Walk) set(a review.Answer, amend bool) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	if w.Stamp != nil {
		a.Sign(w.Stamp())
	}
	if err := a.Check(); err != nil {
		return fmt.Errorf("%s: %w", s.Practice.ID, err)
	}
	c := w.newChange("")
	c.practice = s.Practice.ID
	if last := len(w.undo) - 1; amend && last >= w.undoOnArrival && w.undo[last].practice == c.practice {
		c.review, w.undo = w.undo[last].review, w.undo[:last]
		w.restore(c.review)
	}
	c.description = describeChange(c.practice, c.review.Answers[c.practice], a)
	delete(w.skipped, s.Practice.ID)
	if w.review.PutAnswer(s.Practice.ID, a) {
		w.recordChange(c)
	}
	return nil
}

// describeChange names what of an answer is another in a than it was: the answer where the
// status is, else its fields.
func describeChange(practice string, was, a review.Answer) string {
	var names []string
	for _, f := range a.DifferingFields(was) {
		if f.Kind == review.KindStatus {
			return anAnswer + practice
		}
		name := f.Key
		if f.Key == "due" {
			name = "due date"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return anAnswer + practice
	}
	return "the " + strings.Join(names, " and ") + " of " + practice
}

// Park sets a topic aside at the current stop, signed. It can be undone.
func (w *Walk) Park(t review.Topic) error {
	if s, ok := w.Current(); ok {
		t.Practice = s.Practice.ID
	}
	w.sign(&t.By, &t.At)
	return w.putTopic(len(w.review.Parked), t)
}

// UpdateTopic changes a parked topic, as to give it an owner; i is its place in the
// review. Where it came up, and who parked it when, stays.
func (w *Walk) UpdateTopic(i int, t review.Topic) error {
	if i < 0 || i >= len(w.review.Parked) {
		return fmt.Errorf("parked topic %d does not exist", i+1)
	}
	was := w.review.Parked[i]
	t.Practice, t.By, t.At = was.Practice, was.By, was.At
	if t == was {
		return nil
	}
	return w.putTopic(i, t)
}

// putTopic sets the parked topic at a place of the list; the end of the list adds one.
func (w *Walk) putTopic(i int, t review.Topic) error {
	if w.ReadOnly {
		return ErrReadOnly
	}
	if err := t.Check(); err != nil {
		return err
	}
	c := w.newChange("the parked topic")
	parked := slices.Clone(w.review.Parked)
	if i == len(parked) {
		parked = append(parked, t)
	}
	parked[i] = t
	w.review.Parked = parked
	w.recordChange(c)
	return nil
}

// SetWaiver accepts the finding at the current stop for a time, signed. It replaces an
// existing waiver, and can be undone. Only a finding can be waived.
func (w *Walk) SetWaiver(v review.Waiver) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	v.Practice = s.Practice.ID
	w.sign(&v.By, &v.At)
	if err := review.CheckWaiver(v, w.CountedAnswerOf(s).Answer, review.DayOf(v.At)); err != nil {
		return err
	}
	if was, _, exists := w.review.Waiver(v.Practice); exists && was == v {
		return nil
	}
	c := w.newChange("the waiver of " + v.Practice)
	w.review.PutWaiver(v)
	w.recordChange(c)
	return nil
}

// RemoveWaiver removes the waiver of the current stop. It can be undone.
func (w *Walk) RemoveWaiver() error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	c := w.newChange("the waiver of " + s.Practice.ID)
	if !w.review.RemoveWaiver(s.Practice.ID) {
		return fmt.Errorf("%s has no waiver", s.Practice.ID)
	}
	w.recordChange(c)
	return nil
}

// sign sets who makes a change, and when.
func (w *Walk) sign(by, at *string) {
	if w.Stamp != nil {
		*by, *at = w.Stamp()
	}
}

// changeableStop is the current stop, or why nothing can be changed there.
func (w *Walk) changeableStop() (Stop, error) {
	s, ok := w.Current()
	switch {
	case w.ReadOnly:
		return s, ErrReadOnly
	case !ok:
		return s, ErrAtEnd
	}
	return s, nil
}

// Undo undoes the last change, goes to the stop at which it was made, if that is on
// the walk, and names what was changed; false where there is nothing to undo.
func (w *Walk) Undo() (what string, ok bool) { return w.undoOrRedo(&w.undo, &w.redo) }

// Redo makes the change again that was undone last, and names it; false where there
// is none, or another change was made since.
func (w *Walk) Redo() (what string, ok bool) { return w.undoOrRedo(&w.redo, &w.undo) }

func (w *Walk) undoOrRedo(from, to *[]change) (what string, ok bool) {
	last := len(*from) - 1
	if last < 0 || w.ReadOnly {
		return "", false
	}
	c := (*from)[last]
	*from = (*from)[:last]
	*to = append(*to, change{description: c.description, practice: c.practice, stop: c.stop, review: w.review.Clone()})
	w.restore(c.review)
	w.GoToID(c.stop)
	w.undoOnArrival = len(w.undo)
	return c.description, true
}

// newChange begins a change: it keeps the review as it is before it.
func (w *Walk) newChange(what string) change {
	c := change{description: what, review: w.review.Clone()}
	if s, ok := w.Current(); ok {
		c.stop = s.Practice.ID
	}
	return c
}

// recordChange ends a change: it can be undone, and there is nothing left to redo.
func (w *Walk) recordChange(c change) { w.undo, w.redo = append(w.undo, c), nil }

// restore brings back what a walk can change of a review.
func (w *Walk) restore(was *review.Review) {
	was = was.Clone()
	before := w.review.Workload
	w.review.Workload, w.review.Answers, w.review.UnansweredDetails, w.review.Parked, w.review.Waivers = was.Workload, was.Answers, was.UnansweredDetails, was.Parked, was.Waivers
	if !reflect.DeepEqual(before, was.Workload) {
		w.profileChanged()
	}
}
