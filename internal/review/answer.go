package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Finding tells whether an answer is a gap: partially implemented, not
// implemented, or "don't know".
func (a Answer) Finding() bool {
	switch a.Status {
	case PartiallyImplemented, NotImplemented, CannotDetermine:
		return true
	}
	return false
}

// Clone returns a copy that shares nothing with a.
func (a Answer) Clone() Answer {
	a.Evidence = slices.Clone(a.Evidence)
	a.History = slices.Clone(a.History)
	for i := range a.History {
		a.History[i].Evidence = slices.Clone(a.History[i].Evidence)
	}
	return a
}

// Same tells whether two answers say the same, whoever said it when and whatever
// they replaced.
func (a Answer) Same(b Answer) bool {
	return a.Status == b.Status && a.Reason == b.Reason && a.Note == b.Note && slices.Equal(a.Evidence, b.Evidence) &&
		a.Owner == b.Owner && a.Due == b.Due
}

// Put answers a best practice and keeps the answer that it replaces in the
// history of the new one; what the caller put into its History is passed over.
//
// Nothing is kept, as nothing is lost, where the same person on the same day only
// adds to what was said: a note, an owner, a date where there was none, more
// evidence. An answer that says the same again confirms: By and At become those
// of today, unless they are of that day and person already. changed is false
// where nothing happened at all.
func (r *Review) Put(practice string, a Answer) (changed bool) {
	a = a.Clone()
	before, answered := r.Answers[practice]
	a.History = before.Clone().History
	again := a.By == before.By && day(a.At) == day(before.At)
	switch {
	case !answered:
	case a.Same(before) && again:
		return false
	case a.Same(before), again && a.adds(before):
	default:
		a.History = append(a.History, before.past())
	}
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	r.Answers[practice] = a
	return true
}

// adds tells whether a says all that b said.
func (a Answer) adds(b Answer) bool {
	for _, f := range [][2]string{{a.Reason, b.Reason}, {a.Note, b.Note}, {a.Owner, b.Owner}, {a.Due, b.Due}} {
		if f[0] != f[1] && f[1] != "" {
			return false
		}
	}
	return a.Status == b.Status && !slices.ContainsFunc(b.Evidence, func(e string) bool { return !slices.Contains(a.Evidence, e) })
}

// day is the day of a date or time.
func day(at string) string { return at[:min(len(at), len("2006-01-02"))] }

func (a Answer) past() Past {
	return Past{a.Status, a.Reason, a.Note, slices.Clone(a.Evidence), a.Owner, a.Due, a.By, a.At}
}

func (p Past) answer() Answer {
	return Answer{p.Status, p.Reason, p.Note, p.Evidence, p.Owner, p.Due, p.By, p.At, nil}
}

// A fault is what is wrong with an answer or a waiver, and under which key.
type fault struct{ key, text string }

// Check says why a review with this answer would not load: no status,
// not_applicable without a reason, dates that are none, control characters.
func (a Answer) Check() error {
	list := a.faults("this answer")
	list = append(list, plain("reason", a.Reason, "note", a.Note, "owner", a.Owner, "due", a.Due, "by", a.By, "at", a.At)...)
	for _, e := range a.Evidence {
		list = append(list, plain("evidence", e)...)
	}
	return join(list)
}

func (a Answer) faults(id string) []fault {
	var list []fault
	switch {
	case a.Status == Unanswered:
		list = append(list, fault{"", fmt.Sprintf("%s has no status; known: %s", id, strings.Join(Status("").Values(), ", "))})
	case a.Status == NotApplicable && strings.TrimSpace(a.Reason) == "":
		list = append(list, fault{"status", id + " is not_applicable and needs a reason"})
	}
	list = append(list, dated("due", a.Due, false)...)
	return append(list, dated("at", a.At, true)...)
}

// Check says why a review with this waiver would not load: owner, approver,
// reason or expiry is missing, dates that are none, control characters.
func (w Waiver) Check() error {
	return join(append(w.faults(), plain("owner", w.Owner, "approver", w.Approver, "reason", w.Reason, "control", w.Control, "expires", w.Expires, "by", w.By, "at", w.At)...))
}

func (w Waiver) faults() []fault {
	var list []fault
	for _, f := range []fault{{"owner", w.Owner}, {"approver", w.Approver}, {"reason", w.Reason}, {"expires", w.Expires}} {
		if strings.TrimSpace(f.text) == "" {
			list = append(list, fault{f.key, fmt.Sprintf("the waiver of %s needs %s", w.Practice, f.key)})
		}
	}
	list = append(list, dated("expires", w.Expires, false)...)
	return append(list, dated("at", w.At, true)...)
}

// Check says why a review with this topic would not load.
func (t Topic) Check() error {
	var list []fault
	if strings.TrimSpace(t.Topic) == "" {
		list = append(list, fault{"", "a parked topic needs a text"})
	}
	list = append(list, dated("at", t.At, true)...)
	return join(append(list, plain("topic", t.Topic, "owner", t.Owner, "by", t.By)...))
}

func dated(key, text string, withTime bool) []fault {
	if text == "" {
		return nil
	}
	if err := CheckDate(text, withTime); err != nil {
		return []fault{{key, fmt.Sprintf("%s: %v", key, err)}}
	}
	return nil
}

// plain refuses what a file can't hold (docs/adr/0005-control-characters-are-refused.md).
// Keys and texts take turns.
func plain(keysAndTexts ...string) []fault {
	var list []fault
	for i := 0; i+1 < len(keysAndTexts); i += 2 {
		bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
		if text := keysAndTexts[i+1]; !utf8.ValidString(text) || strings.ContainsFunc(text, bad) {
			list = append(list, fault{keysAndTexts[i], keysAndTexts[i] + " holds a character that is no text"})
		}
	}
	return list
}

func join(list []fault) error {
	errs := make([]error, len(list))
	for i, f := range list {
		errs[i] = errors.New(f.text)
	}
	return errors.Join(errs...)
}
