package gate

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/compare"
)

// An Outcome is the result of a gate.
type Outcome int

// The outcomes, from best to worst. Of several, the worst counts.
const (
	Passed Outcome = iota
	Incomplete
	Failed
)

func (o Outcome) String() string {
	return [...]string{"passed", "incomplete", "failed"}[o]
}

// A Verdict is an outcome with everything that led to it.
type Verdict struct {
	Outcome  Outcome
	AsOf     string   // day on which waivers were judged, YYYY-MM-DD in UTC
	Reasons  []Reason // what failed or is missing
	Exempted []Reason // what would have failed or been missing except for the rule that each names
	Checks   []Check  // every rule that the review was checked against
	Notes    []Note   // what a reader should know although it does not change the outcome
	NextStep string   // what to do about it, in a sentence; empty if it passed

	Relaxations []Relaxation        // changes that make it easier to pass than in the baseline
	Required    []RequiredProvision // every provision that the policy requires, met or not
	PolicyFiles []string            // the policy files that were applied, the outermost first
	Digests     Digests

	// Changes of the lens since the review was last asked, by id of the best practice; the
	// rule new_questions covers them.
	NewlyAsked    []string // in scope, unanswered, and asked only since a later revision
	NoLongerAsked []string // answered, and no longer asked

	outcomeOnly bool // record the outcome alone; see OutcomeOf
}

// A Relaxation is a change that makes it easier to pass than in the baseline. Its outcome
// is Passed if it is only noted.
type Relaxation struct {
	compare.Relaxation
	Outcome Outcome
}

// Digests are the SHA-256 digests of the inputs of a verdict, in hex; empty if there is no
// such input. Policy is the digest of its settings, not of a file.
type Digests struct{ Review, Policy, Baseline string }

// A Note is one thing that a reader should know.
type Note struct {
	Subject string // id of the best practice or question that it is about; may be empty
	Text    string // a sentence without a full stop; with a Subject, the rest of the sentence after its id
}

// String is the note as one sentence.
func (n Note) String() string {
	if n.Subject == "" {
		return n.Text
	}
	return n.Subject + ": " + n.Text
}

// A Rule names the setting of a policy that decides something.
type Rule struct {
	Part    string // such as pillars.security, layers.edge, practices.IOTSEC01-BP01 or waivers; empty for a top-level setting
	Setting string // such as fail_on, min_score or hard
}

// String is the key of the setting in a policy: pillars.security.min_score.
func (r Rule) String() string {
	if r.Part == "" {
		return r.Setting
	}
	return r.Part + "." + r.Setting
}

// The rules without a part.
var (
	ruleBaseline     = Rule{Setting: "baseline"}
	ruleHard         = Rule{Setting: "hard"}
	ruleNewQuestions = Rule{Setting: "new_questions"}
	ruleRelaxations  = Rule{Setting: "relaxations"}
	ruleRequire      = Rule{Setting: "require"}
	ruleScope        = Rule{Setting: "scope"}
	ruleSoft         = Rule{Setting: "soft"}
	ruleUnanswered   = Rule{Setting: "unanswered"}
	ruleUnconfirmed  = Rule{Setting: "unconfirmed"}
	ruleUnknown      = Rule{Setting: "unknown"}
	ruleWaivers      = Rule{Setting: "waivers"}
)

// A Reason is one thing that failed, is missing, or was exempted.
type Reason struct {
	Outcome Outcome // Passed if it was exempted
	Rule    Rule    // the setting that decided
	Subject string  // id of a best practice, question, provision or framework; empty for the whole lens or a part
	Text    string  // a sentence without a full stop; with a Subject, the rest of the sentence after its id
}

// A Check is one rule with its outcome.
type Check struct {
	Rule    Rule
	Want    string // what the rule requires
	Got     string // what the review has; empty if the reasons say it
	Outcome Outcome
}

// decided reports whether no further check can change what is recorded.
func (v *Verdict) decided() bool { return v.outcomeOnly && v.Outcome == Failed }

// addReason adds a reason. If its outcome is Passed, the rule exempts it.
func (v *Verdict) addReason(o Outcome, rule Rule, subject, format string, args ...any) {
	v.Outcome = max(v.Outcome, o)
	if v.outcomeOnly {
		return
	}
	r := Reason{o, rule, subject, fmt.Sprintf(format, args...)}
	if o == Passed {
		v.Exempted = append(v.Exempted, r)
	} else {
		v.Reasons = append(v.Reasons, r)
	}
}

// addRelaxation adds a relaxation: as a note if its outcome is Passed, else as a reason.
func (v *Verdict) addRelaxation(o Outcome, r compare.Relaxation) {
	v.Relaxations = append(v.Relaxations, Relaxation{r, o})
	if o == Passed {
		v.addNote(r.Subject, "%s", r)
		return
	}
	v.addReason(o, ruleRelaxations, r.Subject, "%s", r)
}

// addNote adds a note; subject is the id that it is about, or empty.
func (v *Verdict) addNote(subject, format string, args ...any) {
	if v.outcomeOnly {
		return
	}
	v.Notes = append(v.Notes, Note{subject, fmt.Sprintf(format, args...)})
}

// addCheck records that the review was checked against a rule.
func (v *Verdict) addCheck(rule Rule, want, got string) {
	if v.outcomeOnly {
		return
	}
	v.Checks = append(v.Checks, Check{Rule: rule, Want: want, Got: got})
}

// setCheckOutcomes gives every check the worst outcome of its reasons.
func (v *Verdict) setCheckOutcomes() {
	for i := range v.Checks {
		for _, r := range v.Reasons {
			if r.Rule == v.Checks[i].Rule {
				v.Checks[i].Outcome = max(v.Checks[i].Outcome, r.Outcome)
			}
		}
	}
}
