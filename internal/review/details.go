package review

import (
	"fmt"
	"slices"
	"strings"
)

// DetailFields lists the fields of an answer that can be recorded before it has a status,
// in Review.UnansweredDetails.
func DetailFields() []Field[Answer] {
	return slices.DeleteFunc(slices.Clone(answerFields), func(f Field[Answer]) bool {
		return f.Kind == KindStatus || f.Signature || f.OnlyWithStatus == NotApplicable
	})
}

func (a Answer) hasNoDetails() bool {
	return !slices.ContainsFunc(DetailFields(), func(f Field[Answer]) bool { return len(f.Values(a)) > 0 })
}

// PutDetails sets the details of a best practice that has no answer; without any, it
// removes them. changed is false if nothing changed.
func (r *Review) PutDetails(practice string, a Answer) (changed bool) {
	a = a.Clone()
	a.Status, a.Reason, a.History = Unanswered, "", nil
	a.setOrigin(Answer{})
	before, exists := r.UnansweredDetails[practice]
	switch {
	case a.hasNoDetails():
		delete(r.UnansweredDetails, practice)
		if len(r.UnansweredDetails) == 0 {
			r.UnansweredDetails = nil
		}
		return exists
	case exists && a.SameContent(before):
		return false
	case r.UnansweredDetails == nil:
		r.UnansweredDetails = map[string]Answer{}
	}
	r.UnansweredDetails[practice] = a
	return true
}

// checkDetails returns why a review with these details of an unanswered best practice would
// not load.
func (a Answer) checkDetails(id string) error {
	var errs []error
	switch {
	case a.Status != Unanswered:
		errs = append(errs, fieldError{"status", fmt.Sprintf("%s has a status here; an answer belongs under answers", id)})
	case a.Reason != "":
		errs = append(errs, fieldError{"reason", fmt.Sprintf("%s has a reason, but a reason can only be set with %s", id, NotApplicable)})
	case a.Unconfirmed():
		errs = append(errs, fieldError{"template", id + " has no answer here that a template could give"})
	case len(a.History) > 0:
		errs = append(errs, fieldError{"history", id + " has no answer here, and so no history"})
	}
	return checkFields(errs, answerFields, a)
}

// moveDetailsInto moves the details of an unanswered best practice into its answer, which
// keeps its own values. Notes are joined.
func (r *Review) moveDetailsInto(practice string, a *Answer) {
	details, ok := r.UnansweredDetails[practice]
	if !ok {
		return
	}
	for _, f := range DetailFields() {
		switch values := f.Values(details); {
		case len(values) == 0, f.OnlyWithStatus != Unanswered && f.OnlyWithStatus != a.Status:
		case f.Kind == KindList:
			list := slices.Clone(f.Values(*a))
			for _, s := range values {
				if !slices.Contains(list, s) {
					list = append(list, s)
				}
			}
			f.Set(a, list...)
		case f.Key == "note":
			a.Note = joinNotes(details.Note, a.Note)
		case len(f.Values(*a)) == 0:
			f.Set(a, values...)
		}
	}
	delete(r.UnansweredDetails, practice)
	if len(r.UnansweredDetails) == 0 {
		r.UnansweredDetails = nil
	}
}

// joinNotes appends a note to another one, unless one contains the other.
func joinNotes(a, b string) string {
	switch {
	case strings.Contains(a, b):
		return a
	case strings.Contains(b, a):
		return b
	}
	return a + "\n" + b
}

// hasAllLines reports whether a note has every line of another one.
func hasAllLines(note, other string) bool {
	lines := strings.Split(note, "\n")
	for line := range strings.SplitSeq(other, "\n") {
		if !slices.Contains(lines, line) {
			return false
		}
	}
	return true
}

// moveDetailsToAnswers moves the details of all best practices that have an answer by now.
func (r *Review) moveDetailsToAnswers() {
	for id := range r.UnansweredDetails {
		if a, ok := r.Answers[id]; ok {
			r.moveDetailsInto(id, &a)
			r.Answers[id] = a
		}
	}
}
