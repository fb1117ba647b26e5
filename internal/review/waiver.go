package review

import (
	"errors"
	"fmt"
	"slices"
)

// CheckWaiver says why a waiver can't be given in this review on a day,
// YYYY-MM-DD: it would not load, there is no finding, or it ends at once.
func (r *Review) CheckWaiver(w Waiver, today string) error {
	errs := []error{w.Check()}
	if a := r.Answers[w.Practice]; !a.Finding() {
		errs = append(errs, fmt.Errorf("%s is %s, which is no finding: there is nothing to waive", w.Practice, a.Status.Words()))
	}
	if CheckDate(w.Expires, false) == nil && w.Expires <= today {
		errs = append(errs, fmt.Errorf("a waiver that ends on %s holds on no day: it is %s", w.Expires, today))
	}
	return errors.Join(errs...)
}

// PutWaiver takes a waiver in; one that is there for the practice is replaced and
// returned.
func (r *Review) PutWaiver(w Waiver) (before Waiver, replaced bool) {
	before, i, replaced := r.Waiver(w.Practice)
	r.Waivers = slices.Clone(r.Waivers)
	if replaced {
		r.Waivers[i] = w
	} else {
		r.Waivers = append(r.Waivers, w)
	}
	return before, replaced
}

// DropWaiver takes the waiver of a best practice away; false where there is none.
func (r *Review) DropWaiver(practice string) bool {
	_, i, there := r.Waiver(practice)
	if there {
		r.Waivers = slices.Delete(slices.Clone(r.Waivers), i, i+1)
	}
	return there
}
