package interview

import (
	"errors"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// Why a change is refused. Nothing is changed then.
var (
	ErrReadOnly = errors.New("this review is open read-only; nothing can be changed")
	ErrNowhere  = errors.New("the walk is at its end: go to a best practice first")
)

// What tells what kind of change a Change is.
type What string

// The kinds of change.
const (
	AnAnswer What = "answer"
	ATopic   What = "parked topic"
	AWaiver  What = "waiver"
)

// A Change is one thing that was changed, taken back or done again.
type Change struct {
	What     What
	Practice string // id of the best practice that it concerns; of a topic, where it came up; may be empty
}

// String names what was changed: "the answer to IOTSEC01-BP01".
func (c Change) String() string {
	switch c.What {
	case ATopic:
		return "the parked topic"
	case AWaiver:
		return "the waiver of " + c.Practice
	}
	return "the answer to " + c.Practice
}

// A change keeps what stood before and after it. Only what it is about is set.
type change struct {
	Change
	stop          string // practice at which it was made; empty at the end
	before, after state
}

// A state is a part of a review.
type state struct {
	answer   review.Answer
	answered bool
	parked   []review.Topic
	waivers  []review.Waiver
}

// Set answers the current stop, signs the answer, keeps the one before in its
// history (review.Put), stays there, and can be taken back. An answer that would
// not load again is refused. An answer that says and is signed as the one before
// is no change.
func (w *Walk) Set(a review.Answer) error { return w.set(a, false) }

// Amend is Set for keys that are pressed until the answer is right: where the
// last change answered this stop since the walk came here, the new answer takes
// its place, in the history and for Undo.
func (w *Walk) Amend(a review.Answer) error { return w.set(a, true) }

func (w *Walk) set(a review.Answer, amend bool) error {
	s, err := w.changeable()
	if err != nil {
		return err
	}
	if w.Stamp != nil {
		a.By, a.At = w.Stamp()
	}
	if err := a.Check(); err != nil {
		return fmt.Errorf("%s: %w", s.Practice.ID, err)
	}
	last := len(w.undo) - 1
	amend = amend && last >= w.arrived && w.undo[last].What == AnAnswer && w.undo[last].Practice == s.Practice.ID
	c := w.before(AnAnswer, s.Practice.ID)
	if amend {
		c.before = w.undo[last].before
		w.restore(c, c.before)
	}
	changed := w.review.Put(s.Practice.ID, a)
	if amend {
		w.undo = w.undo[:last]
	}
	delete(w.skipped, s.Practice.ID)
	if changed {
		w.done(c)
	}
	return nil
}

// Park sets a topic aside at the current stop, signed. It can be taken back.
func (w *Walk) Park(t review.Topic) error {
	if s, ok := w.Current(); ok {
		t.Practice = s.Practice.ID
	}
	if w.Stamp != nil {
		t.By, t.At = w.Stamp()
	}
	return w.topics(t, t.Practice, func(list []review.Topic) []review.Topic { return append(list, t) })
}

// Repark changes a parked topic, as to give it an owner; i is its place in the
// review. Where it came up, and who parked it when, stays.
func (w *Walk) Repark(i int, t review.Topic) error {
	if i < 0 || i >= len(w.review.Parked) {
		return fmt.Errorf("there is no parked topic %d", i+1)
	}
	was := w.review.Parked[i]
	t.Practice, t.By, t.At = was.Practice, was.By, was.At
	if t == was {
		return nil
	}
	return w.topics(t, t.Practice, func(list []review.Topic) []review.Topic { list[i] = t; return list })
}

func (w *Walk) topics(t review.Topic, practice string, edit func([]review.Topic) []review.Topic) error {
	if w.ReadOnly {
		return ErrReadOnly
	}
	if err := t.Check(); err != nil {
		return err
	}
	c := w.before(ATopic, practice)
	w.review.Parked = edit(slices.Clone(w.review.Parked))
	w.done(c)
	return nil
}

// Waive accepts the finding at the current stop for a time, signed; a waiver that
// is there is replaced. It can be taken back. What is no finding can't be waived.
func (w *Walk) Waive(v review.Waiver) error {
	s, err := w.changeable()
	if err != nil {
		return err
	}
	v.Practice = s.Practice.ID
	if w.Stamp != nil {
		v.By, v.At = w.Stamp()
	}
	if err := w.review.CheckWaiver(v, review.DayOf(v.At)); err != nil {
		return err
	}
	if was, _, there := w.review.Waiver(v.Practice); there && was == v {
		return nil
	}
	c := w.before(AWaiver, v.Practice)
	w.review.PutWaiver(v)
	w.done(c)
	return nil
}

// Unwaive takes the waiver of the current stop away. It can be taken back.
func (w *Walk) Unwaive() error {
	s, err := w.changeable()
	if err != nil {
		return err
	}
	c := w.before(AWaiver, s.Practice.ID)
	if !w.review.DropWaiver(s.Practice.ID) {
		return fmt.Errorf("%s has no waiver", s.Practice.ID)
	}
	w.done(c)
	return nil
}

// changeable is the current stop, or why nothing can be changed there.
func (w *Walk) changeable() (Stop, error) {
	s, ok := w.Current()
	switch {
	case w.ReadOnly:
		return s, ErrReadOnly
	case !ok:
		return s, ErrNowhere
	}
	return s, nil
}

// Undo takes the last change back, goes to where it was made, if that is on the
// walk, and says what it was; false where nothing is left to take back.
func (w *Walk) Undo() (Change, bool) {
	return w.shift(&w.undo, &w.redo, func(c change) state { return c.before })
}

// Redo does again what was taken back last, unless something else was changed
// since; false where there is nothing.
func (w *Walk) Redo() (Change, bool) {
	return w.shift(&w.redo, &w.undo, func(c change) state { return c.after })
}

func (w *Walk) shift(from, to *[]change, wanted func(change) state) (Change, bool) {
	if len(*from) == 0 || w.ReadOnly {
		return Change{}, false
	}
	c := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, c)
	w.restore(c, wanted(c))
	w.Go(c.stop)
	w.arrived = len(w.undo)
	return c.Change, true
}

// before remembers what stands before a change.
func (w *Walk) before(what What, practice string) change {
	c := change{Change: Change{what, practice}}
	if s, ok := w.Current(); ok {
		c.stop = s.Practice.ID
	}
	c.before = w.state(c)
	return c
}

// done ends a change that before began: it can be taken back, and nothing done again.
func (w *Walk) done(c change) {
	c.after = w.state(c)
	w.undo, w.redo = append(w.undo, c), nil
}

// state is what the review says of what a change is about.
func (w *Walk) state(c change) state {
	switch c.What {
	case ATopic:
		return state{parked: slices.Clone(w.review.Parked)}
	case AWaiver:
		return state{waivers: slices.Clone(w.review.Waivers)}
	}
	a, answered := w.review.Answers[c.Practice]
	return state{answer: a.Clone(), answered: answered}
}

// restore makes the review say s of what a change is about.
func (w *Walk) restore(c change, s state) {
	switch {
	case c.What == ATopic:
		w.review.Parked = slices.Clone(s.parked)
	case c.What == AWaiver:
		w.review.Waivers = slices.Clone(s.waivers)
	case s.answered:
		w.review.Answers[c.Practice] = s.answer.Clone()
	default:
		delete(w.review.Answers, c.Practice)
	}
}
