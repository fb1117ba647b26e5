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

// Safeguards is how far a policy trusts those who write the review. Each setting is off by
// default; what it would have found is then noted.
type Safeguards struct {
	FullScope bool
	// Answers
	NotApplicableApprovers []string   // who may say that a best practice does not apply; empty: anybody
	AlwaysApplicable       []string   // best practices that may never be not applicable
	MaxAnswerAge           int        // days after which an answer is out of date; 0: never
	EvidenceFrom           lens.Level // lowest severity of what needs evidence where it is in place; empty: none
	AuthorRequired         bool       // each answer says who gave it
	OverdueFindings        Enforcement
	// Unconfirmed is the outcome of an answer from a template that nobody confirmed, as
	// long as somebody vouches for it; empty is MissingNote. After that it is at least
	// incomplete.
	UnconfirmedAnswers Enforcement
	// Waivers
	MaxWaiverDays   int  // longest time, from the day on which it was given; 0: any
	FourEyes        bool // the approver is not the owner
	WaiverApprovers []string
	NeverWaived     []string // best practices that may not be waived
	UnusedWaivers   Enforcement

	Relaxations Enforcement // outcome of what makes passing easier than the baseline; empty is MissingIncomplete
}

// noteAfterDays is the age of an answer, and the time of a waiver, from which on they are
// noted where the policy has no limit.
const noteAfterDays = 365

// A safeguardRule is one rule of a Trust on records of a type.
type safeguardRule[T any] struct {
	setting string
	on      bool
	outcome Outcome        // of a breach
	breach  func(T) string // what is wrong; empty where nothing is
	note    string         // what is noted of those that breach it while it is off; empty: nothing
}

// checkSafeguards checks who answered and waived what, and when.
func (eval *evaluator) checkSafeguards() {
	t := eval.policy.Safeguards
	if t.FullScope {
		eval.verdict.addCheck(ruleScope, "full", "")
		if eval.assessment.OutOfScope > 0 {
			eval.verdict.addReason(Incomplete, ruleScope, "", "the scope of the review leaves out %s, and the policy requires the full scope", text.Count(eval.assessment.OutOfScope, "best practice"))
		}
	}
	overdue := map[string]bool{}
	for _, f := range eval.assessment.Findings {
		overdue[f.ID] = f.Due != "" && f.Due < eval.assessment.Today && !f.Waived
	}
	var answered []*scoring.Practice
	for i := range eval.assessment.Practices {
		if p := &eval.assessment.Practices[i]; p.Status != review.Unanswered && !p.Settled && !p.RuledOutByProfile || slices.Contains(t.AlwaysApplicable, p.ID) {
			answered = append(answered, p)
		}
	}
	eval.noteUnsigned(answered)
	eval.checkTemplates(answered)
	apply(eval, eval.answerRules(overdue), answered, func(p *scoring.Practice) string { return p.ID })
	apply(eval, eval.waiverRules(), eval.assessment.Waivers, func(w scoring.Waiver) string { return w.Practice })
}

// noteUnsigned notes what no answer of the review has, so that nobody can check it.
func (eval *evaluator) noteUnsigned(answered []*scoring.Practice) {
	if len(answered) > 0 && !slices.ContainsFunc(answered, func(p *scoring.Practice) bool { return p.By != "" || p.At != "" || len(p.Evidence) > 0 }) {
		eval.verdict.addNote("", "no answer says who gave it or when, and none has evidence")
	}
}

// apply checks records against rules. A rule that is off is noted.
func apply[T any](j *evaluator, rules []safeguardRule[T], records []T, id func(T) string) {
	for _, r := range rules {
		if j.verdict.outcomeOnly && !r.on {
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
				j.verdict.addReason(r.outcome, key, id(record), "%s", breach)
			default:
				off = append(off, id(record))
			}
		}
		switch {
		case r.on:
			j.verdict.addCheck(key, "required", fmt.Sprintf("%d checked", len(records)))
		case r.note != "":
			j.noteIDs(r.note, off)
		}
	}
}

// answerRules are the rules on answers.
func (eval *evaluator) answerRules(overdue map[string]bool) []safeguardRule[*scoring.Practice] {
	t := eval.policy.Safeguards
	is := func(s review.Status, p *scoring.Practice) bool { return p.Status == s }
	limit := func(days int) int {
		if days == 0 {
			return noteAfterDays
		}
		return days
	}
	return []safeguardRule[*scoring.Practice]{
		{"not_applicable.never", len(t.AlwaysApplicable) > 0, Failed, func(p *scoring.Practice) string {
			if is(review.NotApplicable, p) && slices.Contains(t.AlwaysApplicable, p.ID) {
				return "said not to apply, which the policy does not allow here: " + p.Title
			}
			return ""
		}, ""},
		{"not_applicable.approvers", len(t.NotApplicableApprovers) > 0, Failed, func(p *scoring.Practice) string {
			if is(review.NotApplicable, p) && !p.RuledOutByProfile && !containsPerson(t.NotApplicableApprovers, p.By) {
				return "said not to apply by " + orNobody(p.By) + ", and not by " + strings.Join(t.NotApplicableApprovers, " or ") + ": " + p.Title
			}
			return ""
		}, ""},
		{"max_age", t.MaxAnswerAge > 0, Incomplete, func(p *scoring.Practice) string {
			day := review.DayOf(p.At)
			switch old := daysBetween(day, eval.assessment.Today); {
			case day == "" && t.MaxAnswerAge > 0:
				return "the answer has no date: " + p.Title
			case day > eval.assessment.Today && t.MaxAnswerAge > 0:
				return "the answer is dated " + day + ", later than this verdict: " + p.Title
			case day != "" && old > limit(t.MaxAnswerAge):
				return fmt.Sprintf("answered on %s, %s ago: %s", day, text.Count(old, "day"), p.Title)
			}
			return ""
		}, "answered more than a year ago"},
		{"evidence", t.EvidenceFrom != "", Incomplete, func(p *scoring.Practice) string {
			if is(review.Implemented, p) && len(p.Evidence) == 0 && (failLevel{level: t.EvidenceFrom}).fails(eval.severity(p)) {
				return "implemented, and no evidence is recorded: " + p.Title
			}
			return ""
		}, ""},
		{"by", t.AuthorRequired, Incomplete, func(p *scoring.Practice) string {
			if t.AuthorRequired && p.By == "" {
				return "the answer does not say who gave it: " + p.Title
			}
			return ""
		}, ""},
		{"overdue", t.OverdueFindings != "" && t.OverdueFindings != EnforceNote, t.OverdueFindings.outcome(), func(p *scoring.Practice) string {
			if overdue[p.ID] {
				return "due on " + p.Due + ", and still open: " + p.Title
			}
			return ""
		}, "overdue"},
	}
}

// waiverRules are the rules on waivers. One that has expired fails anyway.
func (eval *evaluator) waiverRules() []safeguardRule[scoring.Waiver] {
	t := eval.policy.Safeguards
	holds := func(breach func(scoring.Waiver) string) func(scoring.Waiver) string {
		return func(w scoring.Waiver) string {
			if !w.Active() {
				return ""
			}
			return breach(w)
		}
	}
	return []safeguardRule[scoring.Waiver]{
		{"waivers.max_days", t.MaxWaiverDays > 0, Failed, holds(func(w scoring.Waiver) string {
			limit, from := t.MaxWaiverDays, review.DayOf(w.At)
			if limit == 0 {
				limit = noteAfterDays
			}
			if from == "" || from > eval.assessment.Today {
				from = eval.assessment.Today
			}
			if n := daysBetween(from, w.Expires); n > limit {
				return fmt.Sprintf("the waiver lasts %s, until %s; at most %d are allowed", text.Count(n, "day"), w.Expires, limit)
			}
			return ""
		}), "waivers for more than a year"},
		{"waivers.four_eyes", t.FourEyes, Failed, holds(func(w scoring.Waiver) string {
			if normalizeName(w.Owner) == normalizeName(w.Approver) {
				return "the waiver is approved by its own owner, " + w.Owner
			}
			return ""
		}), "waivers approved by their own owners"},
		{"waivers.approvers", len(t.WaiverApprovers) > 0, Failed, holds(func(w scoring.Waiver) string {
			if !containsPerson(t.WaiverApprovers, w.Approver) {
				return "the waiver is approved by " + w.Approver + ", and not by " + strings.Join(t.WaiverApprovers, " or ")
			}
			return ""
		}), ""},
		{"waivers.refused", len(t.NeverWaived) > 0, Failed, holds(func(w scoring.Waiver) string {
			if slices.Contains(t.NeverWaived, w.Practice) {
				return "waived, which the policy does not allow here: " + w.Title
			}
			return ""
		}), ""},
		{"waivers.unused", t.UnusedWaivers != "" && t.UnusedWaivers != EnforceNote, t.UnusedWaivers.outcome(), func(w scoring.Waiver) string {
			if w.State == scoring.WaiverUnused {
				return "there is no finding that the waiver covers; iotlens waive --remove removes it"
			}
			return ""
		}, "waivers without a finding"},
	}
}

// normalizeName is a name without case, punctuation and blanks, so that "Ana" and "ana." are
// one person.
func normalizeName(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

func containsPerson(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return normalizeName(n) == normalizeName(name) })
}

func orNobody(name string) string {
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
