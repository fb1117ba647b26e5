package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// IsFinding reports whether a best practice with this status is a finding: partially
// implemented, not implemented, or "don't know".
func (s Status) IsFinding() bool { return s.IsGap() || s == CannotDetermine }

// IsGap reports whether a best practice with this status is known to be missing, partly or
// completely.
func (s Status) IsGap() bool { return s == PartiallyImplemented || s == NotImplemented }

// RuledOut reports whether the profile of the workload gave the answer, as not applicable.
func (a Answer) RuledOut() bool { return a.By == ByProfile && a.Status == NotApplicable }

// IsFinding reports whether the answer is a finding; see Status.IsFinding.
func (a Answer) IsFinding() bool { return a.Status.IsFinding() }

// DifferingFields lists the fields whose values differ, without signature and history.
func (a Answer) DifferingFields(b Answer) []Field[Answer] { return differingFields(answerFields, a, b) }

// SameContent reports whether two answers are equal but for signature and history.
func (a Answer) SameContent(b Answer) bool { return len(a.DifferingFields(b)) == 0 }

// SetStatus changes the status and clears what belongs to the previous one: the reason, the
// extent and the evidence. If the same person returns to a status on the same day, its
// evidence is restored from the history.
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

// PutAnswer sets the answer to a best practice and adds the answer that it replaces to its
// history; the History of a is ignored. Details recorded before there was an answer become
// part of it. changed is false if nothing changed.
//
// Nothing goes to the history if the same person adds details on the same day, or if the
// content stays the same: that confirms the answer and only updates By and At. The answer
// of a template is kept in the history when it is confirmed.
func (r *Review) PutAnswer(practice string, a Answer) (changed bool) {
	before, answered := r.Answers[practice]
	before = before.Clone()
	a.History = nil
	a = a.Clone()
	a.History, before.History = before.History, nil
	r.moveDetailsInto(practice, &a)
	sameSigner := a.By == before.By && DayOf(a.At) == DayOf(before.At) && a.sameOrigin(before)
	switch {
	case !answered:
	case a.SameContent(before) && sameSigner:
		return false
	case a.SameContent(before) && (!before.Unconfirmed() || a.Unconfirmed()), sameSigner && a.hasValuesOf(before):
	default:
		a.History = append(a.History, before)
	}
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	r.Answers[practice] = a
	return true
}

// hasValuesOf reports whether a has all values of b.
func (a Answer) hasValuesOf(b Answer) bool {
	return !slices.ContainsFunc(a.DifferingFields(b), func(f Field[Answer]) bool {
		values := f.Values(a)
		return slices.ContainsFunc(f.Values(b), func(s string) bool { return !slices.Contains(values, s) })
	})
}

// A Change is a proposed change of an answer, such as by an import.
type Change struct {
	Practice, Title string
	Before, After   Answer // without a status if there is no answer
	Reason          string // given by the source, for people; may be empty
}

// Apply makes the changes with PutAnswer. A change to no status removes the answer and its
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

// DayOf returns the day, YYYY-MM-DD, of a date or time as files have them.
func DayOf(at string) string { return at[:min(len(at), len("2006-01-02"))] }

// Check returns why a review with this answer would not load: no status, not_applicable
// without a reason, an invalid date, a control character.
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

// EarlierEvidence lists the evidence of replaced answers that this one does not have, the
// latest first, without duplicates.
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

// CountDroppedEvidence counts the evidence of a replaced answer that this one lacks; 0 if
// the status is the same.
func (a Answer) CountDroppedEvidence(before Answer) int {
	if a.Status == before.Status {
		return 0
	}
	dropped := 0
	for _, e := range before.Evidence {
		if !slices.Contains(a.Evidence, e) {
			dropped++
		}
	}
	return dropped
}
