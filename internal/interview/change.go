package interview

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// Errors for changes that are refused. Nothing changes then.
var (
	ErrReadOnly = errors.New("this review is open read-only; nothing can be changed")
	ErrAtEnd    = errors.New("the walk is at its end; go to a best practice first")
)

// A change can be undone or redone.
type change struct {
	description string         // such as "the answer to IOTSEC01-BP01"
	practice    string         // whose answer it changed, if it changed nothing else
	stop        string         // best practice where it was made; empty at the end of the walk
	review      *review.Review // before the change to undo it, after it to redo it
}

const anAnswer = "the answer to "

// SetAnswer signs an answer to the current stop and stores it with review.PutAnswer. The
// walk stays there, and the change can be undone. An answer that would not load is an
// error. The same answer with the same signature is no change.
func (w *Walk) SetAnswer(a review.Answer) error { return w.set(a, false) }

// AmendAnswer is SetAnswer for keys that are pressed several times: if the last change
// answered this stop since the walk arrived, the new answer replaces it, in the history and
// for Undo.
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

// describeChange names what differs between two answers: the answer if its status does,
// else the fields.
func describeChange(practice string, before, a review.Answer) string {
	var names []string
	for _, f := range a.DifferingFields(before) {
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

// Park adds a parked topic at the current stop, signed. It can be undone.
func (w *Walk) Park(t review.Topic) error {
	if s, ok := w.Current(); ok {
		t.Practice = s.Practice.ID
	}
	w.sign(&t.By, &t.At)
	return w.putTopic(len(w.review.Parked), t)
}

// UpdateTopic changes the parked topic with an index, for example to set its owner. Its
// best practice and signature stay. It can be undone.
func (w *Walk) UpdateTopic(i int, t review.Topic) error {
	if i < 0 || i >= len(w.review.Parked) {
		return fmt.Errorf("parked topic %d does not exist", i+1)
	}
	before := w.review.Parked[i]
	t.Practice, t.By, t.At = before.Practice, before.By, before.At
	if t == before {
		return nil
	}
	return w.putTopic(i, t)
}

// putTopic sets the parked topic with an index; the length of the list appends one.
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

// SetWaiver waives the finding at the current stop, signed, and replaces its waiver if it
// has one. It can be undone. It is an error if there is no finding.
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
	if before, _, exists := w.review.Waiver(v.Practice); exists && before == v {
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

// sign sets who makes a change, and when, if the walk has a Stamp.
func (w *Walk) sign(by, at *string) {
	if w.Stamp != nil {
		*by, *at = w.Stamp()
	}
}

// changeableStop returns the current stop, or why it can't be changed.
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

// Undo undoes the last change, goes to the stop where it was made if the walk has it, and
// returns what was changed; false if there is nothing to undo.
func (w *Walk) Undo() (what string, ok bool) { return w.undoOrRedo(&w.undo, &w.redo) }

// Redo repeats the change that was undone last and returns what it changed; false if there
// is none or another change was made since.
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

// newChange begins a change with a copy of the review.
func (w *Walk) newChange(what string) change {
	c := change{description: what, review: w.review.Clone()}
	if s, ok := w.Current(); ok {
		c.stop = s.Practice.ID
	}
	return c
}

// recordChange adds a change to the ones that can be undone, and clears those to redo.
func (w *Walk) recordChange(c change) { w.undo, w.redo = append(w.undo, c), nil }

// restore resets everything that a walk can change to an earlier state of the review.
func (w *Walk) restore(earlier *review.Review) {
	earlier = earlier.Clone()
	workload := w.review.Workload
	w.review.Workload, w.review.Answers, w.review.UnansweredDetails, w.review.Parked, w.review.Waivers = earlier.Workload, earlier.Answers, earlier.UnansweredDetails, earlier.Parked, earlier.Waivers
	if !reflect.DeepEqual(workload, earlier.Workload) {
		w.profileChanged()
	}
}
