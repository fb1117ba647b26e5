package gate

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Trust is how far a policy trusts those who write the review. Each setting is off by
// default; what it would have found is then noted.
type Trust struct {
	FullScope bool
	// Answers
	Approvers []string   // who may say that a best practice does not apply; empty: anybody
	Never     []string   // best practices that may never be not applicable
	MaxAge    int        // days after which an answer is out of date; 0: never
	Evidence  lens.Level // lowest severity of what needs evidence where it is in place; empty: none
	By        bool       // each answer says who gave it
	Overdue   MissingPolicy
	// Unconfirmed is the outcome of an answer from a template that nobody confirmed, as
	// long as somebody vouches for it; empty is MissingNote. After that it is at least
	// incomplete.
	Unconfirmed MissingPolicy
	// Waivers
	MaxDays         int  // longest time, from the day on which it was given; 0: any
	FourEyes        bool // the approver is not the owner
	WaiverApprovers []string
	Refused         []string // best practices that may not be waived
	Unused          MissingPolicy

	Relaxations MissingPolicy // outcome of what makes passing easier than the baseline; empty is MissingIncomplete
}

// usualDays is the age of an answer, and the time of a waiver, from which on they are
// noted where the policy has no limit.
const usualDays = 365

// A trustRule is one rule of a Trust on records of a type.
type trustRule[T any] struct {
	setting string
	on      bool
	outcome Outcome        // of a breach
	breach  func(T) string // what is wrong; empty where nothing is
	note    string         // what is noted of those that breach it while it is off; empty: nothing
}

// checkTrust checks who answered and waived what, and when.
func (j *judge) checkTrust() {
	t := j.p.Trust
	if t.FullScope {
		j.v.check(ruleScope, "full", "")
		if j.a.OutOfScope > 0 {
			j.v.add(Incomplete, ruleScope, "", "the scope of the review leaves out %s, and the policy requires the full scope", text.Count(j.a.OutOfScope, "best practice"))
		}
	}
	overdue := map[string]bool{}
	for _, f := range j.a.Findings {
		overdue[f.ID] = f.Due != "" && f.Due < j.a.Today && !f.Waived
	}
	var answered []*scoring.Practice
	for i := range j.a.Practices {
		if p := &j.a.Practices[i]; p.Status != review.Unanswered && !p.Settled && !p.Ruled || slices.Contains(t.Never, p.ID) {
			answered = append(answered, p)
		}
	}
	j.noteUnsigned(answered)
	j.checkTemplates(answered)
	apply(j, j.answerRules(overdue), answered, func(p *scoring.Practice) string { return p.ID })
	apply(j, j.waiverRules(), j.a.Waivers, func(w scoring.Waiver) string { return w.Practice })
}

// noteUnsigned notes what no answer of the review has, so that nobody can check it.
func (j *judge) noteUnsigned(answered []*scoring.Practice) {
	if len(answered) > 0 && !slices.ContainsFunc(answered, func(p *scoring.Practice) bool { return p.By != "" || p.At != "" || len(p.Evidence) > 0 }) {
		j.v.note("", "no answer says who gave it or when, and none has evidence")
	}
}

// apply checks records against rules. A rule that is off is noted.
func apply[T any](j *judge, rules []trustRule[T], records []T, id func(T) string) {
	for _, r := range rules {
		if j.v.silent && !r.on {
			continue // it could be noted at most
		}
		key := Rule{Setting: r.setting}
		if part, setting, ok := strings.Cut(r.setting, "."); ok {
			key = Rule{part, setting}
		}
		var off []string
		for _, record := range records {
			switch breach := r.breach(record); {
			case breach == "":
			case r.on:
				j.v.add(r.outcome, key, id(record), "%s", breach)
			default:
				off = append(off, id(record))
			}
		}
		switch {
		case r.on:
			j.v.check(key, "required", fmt.Sprintf("%d checked", len(records)))
		case r.note != "":
			j.noteIDs(r.note, off)
		}
	}
}

// answerRules are the rules on answers.
func (j *judge) answerRules(overdue map[string]bool) []trustRule[*scoring.Practice] {
	t := j.p.Trust
	is := func(s review.Status, p *scoring.Practice) bool { return p.Status == s }
	limit := func(days int) int {
		if days == 0 {
			return usualDays
		}
		return days
	}
	return []trustRule[*scoring.Practice]{
		{"not_applicable.never", len(t.Never) > 0, Failed, func(p *scoring.Practice) string {
			if is(review.NotApplicable, p) && slices.Contains(t.Never, p.ID) {
				return "said not to apply, which the policy does not allow here: " + p.Title
			}
			return ""
		}, ""},
		{"not_applicable.approvers", len(t.Approvers) > 0, Failed, func(p *scoring.Practice) string {
			if is(review.NotApplicable, p) && !p.Ruled && !anyPerson(t.Approvers, p.By) {
				return "said not to apply by " + nobody(p.By) + ", and not by " + strings.Join(t.Approvers, " or ") + ": " + p.Title
			}
			return ""
		}, ""},
		{"max_age", t.MaxAge > 0, Incomplete, func(p *scoring.Practice) string {
			day := review.DayOf(p.At)
			switch old := daysBetween(day, j.a.Today); {
			case day == "" && t.MaxAge > 0:
				return "the answer has no date: " + p.Title
			case day > j.a.Today && t.MaxAge > 0:
				return "the answer is dated " + day + ", later than this verdict: " + p.Title
			case day != "" && old > limit(t.MaxAge):
				return fmt.Sprintf("answered on %s, %s ago: %s", day, text.Count(old, "day"), p.Title)
			}
			return ""
		}, "answered more than a year ago"},
		{"evidence", t.Evidence != "", Incomplete, func(p *scoring.Practice) string {
			if is(review.Implemented, p) && len(p.Evidence) == 0 && (failLevel{level: t.Evidence}).includes(j.severity(p)) {
				return "implemented, and no evidence is recorded: " + p.Title
			}
			return ""
		}, ""},
		{"by", t.By, Incomplete, func(p *scoring.Practice) string {
			if t.By && p.By == "" {
				return "the answer does not say who gave it: " + p.Title
			}
			return ""
		}, ""},
		{"overdue", t.Overdue != "" && t.Overdue != MissingNote, t.Overdue.outcome(), func(p *scoring.Practice) string {
			if overdue[p.ID] {
				return "due on " + p.Due + ", and still open: " + p.Title
			}
			return ""
		}, "overdue"},
	}
}

// waiverRules are the rules on waivers. One that has expired fails anyway.
func (j *judge) waiverRules() []trustRule[scoring.Waiver] {
	t := j.p.Trust
	holds := func(breach func(scoring.Waiver) string) func(scoring.Waiver) string {
		return func(w scoring.Waiver) string {
			if !w.Holds() {
				return ""
			}
			return breach(w)
		}
	}
	return []trustRule[scoring.Waiver]{
		{"waivers.max_days", t.MaxDays > 0, Failed, holds(func(w scoring.Waiver) string {
			limit, from := t.MaxDays, review.DayOf(w.At)
			if limit == 0 {
				limit = usualDays
			}
			if from == "" || from > j.a.Today {
				from = j.a.Today
			}
			if n := daysBetween(from, w.Expires); n > limit {
				return fmt.Sprintf("the waiver lasts %s, until %s; at most %d are allowed", text.Count(n, "day"), w.Expires, limit)
			}
			return ""
		}), "waivers for more than a year"},
		{"waivers.four_eyes", t.FourEyes, Failed, holds(func(w scoring.Waiver) string {
			if person(w.Owner) == person(w.Approver) {
				return "the waiver is approved by its own owner, " + w.Owner
			}
			return ""
		}), "waivers approved by their own owners"},
		{"waivers.approvers", len(t.WaiverApprovers) > 0, Failed, holds(func(w scoring.Waiver) string {
			if !anyPerson(t.WaiverApprovers, w.Approver) {
				return "the waiver is approved by " + w.Approver + ", and not by " + strings.Join(t.WaiverApprovers, " or ")
			}
			return ""
		}), ""},
		{"waivers.refused", len(t.Refused) > 0, Failed, holds(func(w scoring.Waiver) string {
			if slices.Contains(t.Refused, w.Practice) {
				return "waived, which the policy does not allow here: " + w.Title
			}
			return ""
		}), ""},
		{"waivers.unused", t.Unused != "" && t.Unused != MissingNote, t.Unused.outcome(), func(w scoring.Waiver) string {
			if w.State == scoring.WaiverUnused {
				return "there is no finding that the waiver covers; iotlens waive --remove removes it"
			}
			return ""
		}, "waivers without a finding"},
	}
}

// person is a name without case, punctuation and blanks, so that "Ana" and "ana." are
// one person.
func person(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

func anyPerson(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return person(n) == person(name) })
}

func nobody(name string) string {
	if name == "" {
		return "nobody"
	}
	return name
}

// daysBetween counts the days from one day to another, YYYY-MM-DD; 0 where one is none.
func daysBetween(from, to string) int {
	a, err1 := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) // a Duration ends after 292 years
}
