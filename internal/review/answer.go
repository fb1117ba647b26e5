package review

import (
	"fmt"
	"slices"
	"strings"
)

// Finding tells whether a status makes a finding: partially implemented, not
// implemented, or "don't know".
func (s Status) Finding() bool { return s.Gap() || s == CannotDetermine }

// Gap tells whether a best practice of this status is known to be missing, in
// part or as a whole.
func (s Status) Gap() bool { return s == PartiallyImplemented || s == NotImplemented }

// Finding tells whether an answer is a finding; see Status.Finding.
func (a Answer) Finding() bool { return a.Status.Finding() }

// Clone returns a copy that shares nothing with a.
func (a Answer) Clone() Answer {
	for _, f := range answerFields {
		if f.list != nil {
			*f.list(&a) = slices.Clone(*f.list(&a))
		}
	}
	a.History = slices.Clone(a.History)
	for i := range a.History {
		a.History[i] = a.History[i].Clone()
	}
	return a
}

// Differs lists the fields in which two answers say something else. Who said it
// when, and what they replaced, makes no difference.
func (a Answer) Differs(b Answer) []Field[Answer] {
	var out []Field[Answer]
	for _, f := range answerFields {
		if !f.Signature && !slices.Equal(f.Values(a), f.Values(b)) {
			out = append(out, f)
		}
	}
	return out
}

// Same tells whether two answers say the same, whoever said it when and whatever
// they replaced.
func (a Answer) Same(b Answer) bool { return len(a.Differs(b)) == 0 }

// Put answers a best practice and keeps the answer that it replaces in the
// history of the new one; what the caller put into its History is passed over.
//
// Nothing is kept, as nothing is lost, where the same person on the same day only
// adds to what was said: a note, an owner, a date where there was none, more
// evidence. An answer that says the same again confirms: By and At become those
// of today, unless they are of that day and person already. changed is false
// where nothing happened at all.
func (r *Review) Put(practice string, a Answer) (changed bool) {
	before, answered := r.Answers[practice]
	before = before.Clone()
	a.History = nil
	a = a.Clone()
	a.History, before.History = before.History, nil
	again := a.By == before.By && DayOf(a.At) == DayOf(before.At)
	switch {
	case !answered:
	case a.Same(before) && again:
		return false
	case a.Same(before), again && a.adds(before):
	default:
		a.History = append(a.History, before)
	}
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	r.Answers[practice] = a
	return true
}

// A Change is an answer that something else than a person at the review would
// change.
type Change struct {
	Practice, Title string
	Was, Is         Answer // of no status where there is no answer
	Because         string // what the source says, for people; may be empty
}

// Take makes changes, each as Put does; one to no status takes the answer out,
// with its history.
func (r *Review) Take(changes []Change) {
	for _, c := range changes {
		if c.Is.Status == Unanswered {
			delete(r.Answers, c.Practice)
			continue
		}
		r.Put(c.Practice, c.Is)
	}
}

// adds tells whether a says all that b said.
func (a Answer) adds(b Answer) bool {
	return !slices.ContainsFunc(a.Differs(b), func(f Field[Answer]) bool {
		said := f.Values(a)
		return slices.ContainsFunc(f.Values(b), func(s string) bool { return !slices.Contains(said, s) })
	})
}

// DayOf is the day of a date or time, YYYY-MM-DD.
func DayOf(at string) string { return at[:min(len(at), len("2006-01-02"))] }

// Check says why a review with this answer would not load: no status,
// not_applicable without a reason, dates that are none, control characters.
func (a Answer) Check() error { return joined(a.faults("this answer")) }

func (a Answer) faults(id string) []fault {
	var list []fault
	switch {
	case a.Status == Unanswered:
		list = append(list, fault{"", fmt.Sprintf("%s has no status; known: %s", id, strings.Join(Status("").Values(), ", "))})
	case a.Status == NotApplicable && strings.TrimSpace(a.Reason) == "":
		list = append(list, fault{"status", id + " is not_applicable and needs a reason"})
	}
	return append(list, faults(answerFields, a)...)
}

// Check says why a review with this waiver would not load: owner, approver,
// reason or expiry is missing, dates that are none, control characters.
func (w Waiver) Check() error { return joined(w.faults()) }

func (w Waiver) faults() []fault {
	var list []fault
	for _, f := range waiverFields {
		if f.Required && strings.TrimSpace(f.Text(w)) == "" {
			list = append(list, fault{f.Key, fmt.Sprintf("the waiver of %s needs %s", w.Practice, f.Key)})
		}
	}
	return append(list, faults(waiverFields, w)...)
}

// Check says why a review with this topic would not load.
func (t Topic) Check() error { return joined(t.faults()) }

func (t Topic) faults() []fault {
	var list []fault
	if strings.TrimSpace(t.Topic) == "" {
		list = append(list, fault{"", "a parked topic needs a text"})
	}
	return append(list, faults(topicFields, t)...)
}
