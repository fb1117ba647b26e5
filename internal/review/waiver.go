package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check returns why a review with this waiver would not load: a missing owner, approver,
// reason or expiry, an invalid date, a control character.
func (w Waiver) Check() error {
	var errs []error
	for _, f := range waiverFields {
		if f.Required && strings.TrimSpace(f.Text(w)) == "" {
			errs = append(errs, fieldError{f.Key, fmt.Sprintf("the waiver of %s needs %s", w.Practice, f.Key)})
		}
	}
	return checkFields(errs, waiverFields, w)
}

// CheckWaiver returns why a waiver can't be given on a day, YYYY-MM-DD, for an answer as it
// counts: it would not load, the answer is no finding, or the waiver expires at once.
func CheckWaiver(w Waiver, a Answer, today string) error {
	errs := []error{w.Check()}
	if !a.IsFinding() {
		errs = append(errs, fmt.Errorf("%s is %s, which is not a finding: there is nothing to waive", w.Practice, a.Status.Words()))
	}
	if CheckDate(w.Expires, false) == nil && w.Expires <= today {
		errs = append(errs, fmt.Errorf("a waiver that expires on %s has no effect: today is %s", w.Expires, today))
	}
	return errors.Join(errs...)
}

// Waiver returns the waiver of a best practice and its index.
func (r *Review) Waiver(practice string) (Waiver, int, bool) {
	for i, w := range r.Waivers {
		if w.Practice == practice {
			return w, i, true
		}
	}
	return Waiver{}, 0, false
}

// PutWaiver adds a waiver, and returns the one of the same best practice that it replaces.
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

// RemoveWaiver removes the waiver of a best practice; false if there is none.
func (r *Review) RemoveWaiver(practice string) bool {
	_, i, exists := r.Waiver(practice)
	if exists {
		r.Waivers = slices.Delete(slices.Clone(r.Waivers), i, i+1)
	}
	return exists
}
