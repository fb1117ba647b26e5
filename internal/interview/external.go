package interview

import (
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// Adopt takes in what others changed in the review, which is now from here on. The walk
// stays where it is. What was done in it can still be undone; that takes back nothing
// that others did.
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

// applyDiff makes what changed from one state of a review to another in a third one.
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

// SetDetails keeps what was said of the current stop before it is answered; nothing where a
// has no details. It can be undone.
func (w *Walk) SetDetails(a review.Answer) error {
	s, err := w.changeableStop()
	if err != nil {
		return err
	}
	w.sign(&a.By, &a.At)
	c := w.newChange("what was said of " + s.Practice.ID)
	if w.review.PutDetails(s.Practice.ID, a) {
		w.recordChange(c)
	}
	return nil
}

// Resolve takes ours of conflicts: what mine has of the fields. It can be undone.
func (w *Walk) Resolve(mine *review.Review, conflicts ...review.Conflict) error {
	if w.ReadOnly {
		return ErrReadOnly
	}
	c := w.newChange("the choice between two changes")
	for _, conflict := range conflicts {
		w.review.Resolve(conflict, mine)
	}
	w.recordChange(c)
	if !reflect.DeepEqual(c.review.Workload, w.review.Workload) {
		w.profileChanged()
	}
	return nil
}
