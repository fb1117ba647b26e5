package gate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Safeguards are requirements on those who write a review: what they may leave out, who
// may answer and waive what, and for how long. The zero value requires nothing; what some
// of the requirements would find is noted then.
type Safeguards struct {
	FullScope bool // the scope of the review leaves nothing out

	// Of answers.
	NotApplicableApprovers []string    // names of who may answer that a best practice does not apply; empty: anybody
	AlwaysApplicable       []string    // ids of best practices that may not be answered as not applicable
	MaxAnswerAge           int         // days after which an answer is out of date; 0: never
	EvidenceFrom           lens.Level  // lowest severity of implemented best practices that need evidence; empty: none
	AuthorRequired         bool        // each answer says who gave it
	OverdueFindings        Enforcement // of a finding that is open after its due date
	// UnconfirmedAnswers is the enforcement of an answer from a template that nobody has
	// confirmed, as long as somebody vouches for it; empty is EnforceNote. After that the
	// verdict is at least incomplete.
	UnconfirmedAnswers Enforcement

	// Of waivers.
	MaxWaiverDays   int         // longest time, counted from the day on which the waiver was given; 0: any
	FourEyes        bool        // the approver of a waiver is not its owner
	WaiverApprovers []string    // names of who may approve a waiver; empty: anybody
	NeverWaived     []string    // ids of best practices that may not be waived
	UnusedWaivers   Enforcement // of a waiver that covers no finding

	Relaxations Enforcement // of changes that make it easier to pass than in the baseline; empty is EnforceIncomplete
}

// noteAfterDays is the age of an answer, and the duration of a waiver, beyond which it is
// noted if the policy sets no limit.
const noteAfterDays = 365

// A safeguardRule is one requirement on records of a type: answers or waivers.
type safeguardRule[T any] struct {
	rule      Rule
	enabled   bool           // the policy requires it
	outcome   Outcome        // of a violation
	violation func(T) string // what is wrong with a record; empty if nothing is
	noteIfOff string         // introduces the note that lists violations if the rule is not enabled; empty: none
}

// checkSafeguards checks who answered and waived what, and when.
func (eval *evaluator) checkSafeguards() {
	s := eval.policy.Safeguards
	if s.FullScope {
		eval.verdict.addCheck(ruleScope, "full", "")
		if eval.assessment.OutOfScope > 0 {
			eval.verdict.addReason(Incomplete, ruleScope, "", "the scope of the review leaves out %s; the policy requires the full scope", text.Count(eval.assessment.OutOfScope, "best practice"))
		}
	}
	overdue := map[string]bool{}
	for _, f := range eval.assessment.Findings {
		overdue[f.ID] = f.Due != "" && f.Due < eval.assessment.Today && !f.Waived
	}
	var answered []*scoring.Practice
	for i := range eval.assessment.Practices {
		if p := &eval.assessment.Practices[i]; p.Status != review.Unanswered && !p.Settled && !p.RuledOutByProfile || slices.Contains(s.AlwaysApplicable, p.ID) {
			answered = append(answered, p)
		}
	}
	eval.noteUnsigned(answered)
	eval.checkTemplates(answered)
	applyRules(eval, eval.answerRules(overdue), answered, func(p *scoring.Practice) string { return p.ID })
	applyRules(eval, eval.waiverRules(), eval.assessment.Waivers, func(w scoring.Waiver) string { return w.Practice })
}

// noteUnsigned notes that no answer has an author, a date or evidence: nobody can verify
// such a review.
func (eval *evaluator) noteUnsigned(answered []*scoring.Practice) {
	if len(answered) > 0 && !slices.ContainsFunc(answered, func(p *scoring.Practice) bool { return p.By != "" || p.At != "" || len(p.Evidence) > 0 }) {
		eval.verdict.addNote("", "no answer says who gave it or when, and none has evidence")
	}
}

// applyRules checks each record against each rule. Violations of a rule that is not
// enabled are noted.
func applyRules[T any](eval *evaluator, rules []safeguardRule[T], records []T, id func(T) string) {
	for _, r := range rules {
		if eval.verdict.outcomeOnly && !r.enabled {
			continue
		}
		var noted []string
		for _, record := range records {
			switch violation := r.violation(record); {
			case violation == "":
			case r.enabled:
				eval.verdict.addReason(r.outcome, r.rule, id(record), "%s", violation)
			default:
				noted = append(noted, id(record))
			}
		}
		switch {
		case r.enabled:
			eval.verdict.addCheck(r.rule, "required", fmt.Sprintf("%d checked", len(records)))
		case r.noteIfOff != "":
			eval.noteIDs(r.noteIfOff, noted)
		}
	}
}

// answerRules lists the rules on answers. overdue has the ids of overdue findings.
func (eval *evaluator) answerRules(overdue map[string]bool) []safeguardRule[*scoring.Practice] {
	s, today := eval.policy.Safeguards, eval.assessment.Today
	return []safeguardRule[*scoring.Practice]{
		{
			rule:    Rule{"not_applicable", "never"},
			enabled: len(s.AlwaysApplicable) > 0,
			outcome: Failed,
			violation: func(p *scoring.Practice) string {
				if p.Status == review.NotApplicable && slices.Contains(s.AlwaysApplicable, p.ID) {
					return "answered as not applicable, which the policy does not allow: " + p.Title
				}
				return ""
			},
		},
		{
			rule:    Rule{"not_applicable", "approvers"},
			enabled: len(s.NotApplicableApprovers) > 0,
			outcome: Failed,
			violation: func(p *scoring.Practice) string {
				if p.Status == review.NotApplicable && !p.RuledOutByProfile && !containsName(s.NotApplicableApprovers, p.By) {
					return "answered as not applicable by " + cmp.Or(p.By, "nobody") + "; the policy allows it to " + strings.Join(s.NotApplicableApprovers, " or ") + ": " + p.Title
				}
				return ""
			},
		},
		{
			rule:    Rule{Setting: "max_age"},
			enabled: s.MaxAnswerAge > 0,
			outcome: Incomplete,
			violation: func(p *scoring.Practice) string {
				day := review.DayOf(p.At)
				switch age := scoring.DaysBetween(day, today); {
				case day == "" && s.MaxAnswerAge > 0:
					return "the answer has no date: " + p.Title
				case day > today && s.MaxAnswerAge > 0:
					return "the answer is dated " + day + ", later than this verdict: " + p.Title
				case day != "" && age > cmp.Or(s.MaxAnswerAge, noteAfterDays):
					return fmt.Sprintf("answered on %s, %s ago; at most %d are allowed: %s", day, text.Count(age, "day"), s.MaxAnswerAge, p.Title)
				}
				return ""
			},
			noteIfOff: "answered more than a year ago",
		},
		{
			rule:    Rule{Setting: "evidence"},
			enabled: s.EvidenceFrom != "",
			outcome: Incomplete,
			violation: func(p *scoring.Practice) string {
				if p.Status == review.Implemented && len(p.Evidence) == 0 && (failLevel{level: s.EvidenceFrom}).fails(eval.severity(p)) {
					return "implemented, but no evidence is recorded: " + p.Title
				}
				return ""
			},
		},
		{
			rule:    Rule{Setting: "by"},
			enabled: s.AuthorRequired,
			outcome: Incomplete,
			violation: func(p *scoring.Practice) string {
				if p.By == "" {
					return "the answer does not say who gave it: " + p.Title
				}
				return ""
			},
		},
		{
			rule:    Rule{Setting: "overdue"},
			enabled: s.OverdueFindings != "" && s.OverdueFindings != EnforceNote,
			outcome: s.OverdueFindings.outcome(),
			violation: func(p *scoring.Practice) string {
				if overdue[p.ID] {
					return "due on " + p.Due + " and still open: " + p.Title
				}
				return ""
			},
			noteIfOff: "overdue",
		},
	}
}

// waiverRules lists the rules on waivers. All except the last are about active waivers: an
// expired one fails anyway.
func (eval *evaluator) waiverRules() []safeguardRule[scoring.Waiver] {
	s, today := eval.policy.Safeguards, eval.assessment.Today
	ifActive := func(violation func(scoring.Waiver) string) func(scoring.Waiver) string {
		return func(w scoring.Waiver) string {
			if !w.Active() {
				return ""
			}
			return violation(w)
		}
	}
	return []safeguardRule[scoring.Waiver]{
		{
			rule:    Rule{"waivers", "max_days"},
			enabled: s.MaxWaiverDays > 0,
			outcome: Failed,
			violation: ifActive(func(w scoring.Waiver) string {
				limit, from := cmp.Or(s.MaxWaiverDays, noteAfterDays), review.DayOf(w.At)
				if from == "" || from > today {
					from = today
				}
				if n := scoring.DaysBetween(from, w.Expires); n > limit {
					return fmt.Sprintf("the waiver lasts %s, until %s; at most %d are allowed", text.Count(n, "day"), w.Expires, limit)
				}
				return ""
			}),
			noteIfOff: "waivers for more than a year",
		},
		{
			rule:    Rule{"waivers", "four_eyes"},
			enabled: s.FourEyes,
			outcome: Failed,
			violation: ifActive(func(w scoring.Waiver) string {
				if normalizeName(w.Owner) == normalizeName(w.Approver) {
					return "the waiver is approved by its own owner, " + w.Owner
				}
				return ""
			}),
			noteIfOff: "waivers approved by their own owners",
		},
		{
			rule:    Rule{"waivers", "approvers"},
			enabled: len(s.WaiverApprovers) > 0,
			outcome: Failed,
			violation: ifActive(func(w scoring.Waiver) string {
				if !containsName(s.WaiverApprovers, w.Approver) {
					return "the waiver is approved by " + w.Approver + "; the policy requires " + strings.Join(s.WaiverApprovers, " or ")
				}
				return ""
			}),
		},
		{
			rule:    Rule{"waivers", "refused"},
			enabled: len(s.NeverWaived) > 0,
			outcome: Failed,
			violation: ifActive(func(w scoring.Waiver) string {
				if slices.Contains(s.NeverWaived, w.Practice) {
					return "waived, which the policy does not allow: " + w.Title
				}
				return ""
			}),
		},
		{
			rule:    Rule{"waivers", "unused"},
			enabled: s.UnusedWaivers != "" && s.UnusedWaivers != EnforceNote,
			outcome: s.UnusedWaivers.outcome(),
			violation: func(w scoring.Waiver) string {
				if w.State == scoring.WaiverUnused {
					return "the waiver covers no finding; remove it with iotlens waive --remove"
				}
				return ""
			},
			noteIfOff: "waivers without a finding",
		},
	}
}

// normalizeName reduces a name to its letters and digits in lower case, so that "Ana" and
// "ana." are the same person.
func normalizeName(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// containsName reports whether a list has a name; see normalizeName.
func containsName(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return normalizeName(n) == normalizeName(name) })
}
