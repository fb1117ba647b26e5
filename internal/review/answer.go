package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// IsFinding tells whether a status makes a finding: partially implemented, not
// implemented, or "don't know".
func (s Status) IsFinding() bool { return s.IsGap() || s == CannotDetermine }

// IsGap tells whether a best practice of this status is known to be missing, in
// part or as a whole.
func (s Status) IsGap() bool { return s == PartiallyImplemented || s == NotImplemented }

// RuledOut tells whether the profile of the workload gave the answer.
func (a Answer) RuledOut() bool { return a.By == ByProfile && a.Status == NotApplicable }

// IsFinding tells whether an answer is a finding; see Status.Finding.
func (a Answer) IsFinding() bool { return a.Status.IsFinding() }

// DifferingFields lists the fields in which two answers differ. Who gave them when, and what
// they replaced, makes no difference.
func (a Answer) DifferingFields(b Answer) []Field[Answer] { return differingFields(answerFields, a, b) }

// SameContent tells whether two answers have the same content, whoever gave them when and
// whatever they replaced.
func (a Answer) SameContent(b Answer) bool { return len(a.DifferingFields(b)) == 0 }

// SetStatus gives an answer a status, and removes what goes with another one: the
// reason of not_applicable, the extent of partially_implemented, and the evidence, which
// showed something else. Put keeps it in the history, and who goes back to a status on the
// same day has its evidence back.
func (a *Answer) SetStatus(s Status) {
	if a.Status != s && a.Status != Unanswered {
		a.Evidence = nil
		for _, before := range slices.Backward(a.History) {
			if before.Status == s && before.By == a.By && DayOf(before.At) == DayOf(a.At) {
				a.Evidence = slices.Clone(before.Evidence)
				break
			}
		}
	}
	a.Status = s
	for _, f := range answerFields {
		if f.OnlyWithStatus != Unanswered && f.OnlyWithStatus != s {
			f.Set(a)
		}
	}
}

// PutAnswer answers a best practice and keeps the answer that it replaces in the
// history of the new one; the History of the given answer is ignored.
//
// Nothing is kept, as nothing is lost, where the same person on the same day only
// adds to an answer: a note, an owner, a date where there was none, more
// evidence. What was said before there was an answer (Review.Open) becomes part of it.
// The same answer again confirms: By and At become those
// of today, unless they are of that day and person already; the history has the answer as a
// template gave it. changed is false where nothing happened at all.
func (r *Review) PutAnswer(practice string, a Answer) (changed bool) {
	before, answered := r.Answers[practice]
	before = before.Clone()
	a.History = nil
	a = a.Clone()
	a.History, before.History = before.History, nil
	r.moveDetailsInto(practice, &a)
	again := a.By == before.By && DayOf(a.At) == DayOf(before.At) && a.sameOrigin(before)
	switch {
	case !answered:
	case a.SameContent(before) && again:
		return false
	case a.SameContent(before) && (!before.Unconfirmed() || a.Unconfirmed()), again && a.hasValuesOf(before):
	default:
		a.History = append(a.History, before)
	}
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	r.Answers[practice] = a
	return true
}

// hasValuesOf tells whether a has all values of b.
func (a Answer) hasValuesOf(b Answer) bool {
	return !slices.ContainsFunc(a.DifferingFields(b), func(f Field[Answer]) bool {
		values := f.Values(a)
		return slices.ContainsFunc(f.Values(b), func(s string) bool { return !slices.Contains(values, s) })
	})
}

// A Change is a change of an answer that is proposed, as by an import.
type Change struct {
	Practice, Title string
	Before, After   Answer // of no status where there is no answer
	Reason          string // the reason that the source gives, for people; may be empty
}

// Apply makes changes, each as Put does; one to no status removes the answer, with its
// history.
func (r *Review) Apply(changes []Change) {
	for _, c := range changes {
		if c.After.Status == Unanswered {
			delete(r.Answers, c.Practice)
			continue
		}
		r.PutAnswer(c.Practice, c.After)
	}
}

// DayOf is the day of a date or time, YYYY-MM-DD.
func DayOf(at string) string { return at[:min(len(at), len("2006-01-02"))] }

// Check returns why a review with this answer would not load: no status,
// not_applicable without a reason, invalid dates, control characters.
func (a Answer) Check() error { return a.check("this answer") }

func (a Answer) check(id string) error {
	var errs []error
	switch {
	case a.Status == Unanswered:
		errs = append(errs, fmt.Errorf("%s has no status; known: %s", id, strings.Join(Status("").Values(), ", ")))
	case a.Status == NotApplicable && strings.TrimSpace(a.Reason) == "":
		errs = append(errs, fieldError{"status", id + " is not_applicable and needs a reason"})
	case a.Extent != "" && a.Status != PartiallyImplemented:
		errs = append(errs, fieldError{"extent", fmt.Sprintf("%s is %s, but extent can only be set with %s", id, a.Status, PartiallyImplemented)})
	}
	return checkFields(append(errs, a.checkOrigin(id)...), answerFields, a)
}

// Check returns why a review with this topic would not load.
func (t Topic) Check() error {
	var errs []error
	if strings.TrimSpace(t.Topic) == "" {
		errs = append(errs, errors.New("a parked topic needs a text"))
	}
	return checkFields(errs, topicFields, t)
}

// EarlierEvidence lists the evidence of the answers that this one replaced and that it
// does not have itself, the latest first, each once.
func (a Answer) EarlierEvidence() []string {
	var out []string
	for _, before := range slices.Backward(a.History) {
		for _, e := range before.Evidence {
			if !slices.Contains(a.Evidence, e) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// CountDroppedEvidence counts the evidence of an answer that this one, of another status, has not.
func (a Answer) CountDroppedEvidence(before Answer) int {
	if a.Status == before.Status {
		return 0
	}
	left := 0
	for _, e := range before.Evidence {
		if !slices.Contains(a.Evidence, e) {
			left++
		}
	}
	return left
}
