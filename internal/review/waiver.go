package review

import "slices"

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
