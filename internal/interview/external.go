package interview

import (
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// Adopt replaces the review by now, which has changes that others made. The walk stays at
// the same stop, and its changes can still be undone without undoing those of others.
func (w *Walk) Adopt(now *review.Review) {
	before := w.review.Clone()
	for _, changes := range [][]change{w.undo, w.redo} {
		for i := range changes {
			applyDiff(changes[i].review, before, now)
		}
	}
	*w.review = *now.Clone()
	if !reflect.DeepEqual(before.Workload, now.Workload) || !before.Scope.Equal(now.Scope) {
		w.profileChanged()
	}
}

// applyDiff applies the difference between two states of a review to a third one.
func applyDiff(r, from, to *review.Review) {
	practices := func(r *map[string]review.Answer, from, to map[string]review.Answer) {
		for id, a := range to {
			if b, ok := from[id]; ok && reflect.DeepEqual(a, b) {
				continue
			}
			if *r == nil {
				*r = map[string]review.Answer{}
			}
			(*r)[id] = a.Clone()
		}
		for id := range from {
			if _, ok := to[id]; !ok {
				delete(*r, id)
			}
		}
	}
	practices(&r.Answers, from.Answers, to.Answers)
	practices(&r.UnansweredDetails, from.UnansweredDetails, to.UnansweredDetails)
	if !reflect.DeepEqual(from.Workload, to.Workload) || !slices.Equal(from.Parked, to.Parked) || !slices.Equal(from.Waivers, to.Waivers) {
		merged, _ := review.Merge(from, to, r)
		r.Workload, r.Parked, r.Waivers = merged.Workload, merged.Parked, merged.Waivers
	}
}

// SetDetails sets the details of the current stop, which has no answer yet; without any, it
// removes them. It can be undone.
func (w *Walk) SetDetails(a review.Answer) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	w.sign(&a.By, &a.At)
	c := w.newChange("the details of " + s.Practice.ID)
	if w.review.PutDetails(s.Practice.ID, a) {
		w.recordChange(c)
	}
	return nil
}

// Resolve decides conflicts by taking the values of another review; see review.Resolve. It
// can be undone.
func (w *Walk) Resolve(from *review.Review, conflicts ...review.Conflict) error {
	if w.ReadOnly {
		return ErrReadOnly
	}
	c := w.newChange("the choice between two changes")
	for _, conflict := range conflicts {
		w.review.Resolve(conflict, from)
	}
	w.recordChange(c)
	if !reflect.DeepEqual(c.review.Workload, w.review.Workload) {
		w.profileChanged()
	}
	return nil
}
