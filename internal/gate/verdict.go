package gate

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/compare"
)

// An Outcome is the result of a gate.
type Outcome int

// The outcomes, in the order in which they outweigh each other.
const (
	Passed Outcome = iota
	Incomplete
	Failed
)

func (o Outcome) String() string {
	return [...]string{"passed", "incomplete", "failed"}[o]
}

// A Verdict is an outcome with its reasons.
type Verdict struct {
	Outcome  Outcome
	AsOf     string   // the day on which waivers were judged, YYYY-MM-DD in UTC
	Reasons  []Reason // what failed or is missing
	Exempted []Reason // what would have been a reason but for the rule that it names
	Checks   []Check  // every rule that the review was checked against
	Notes    []Note   // what a reader should know although it decides nothing

	Relaxations []Relaxation // what makes passing easier than in the baseline
	PolicyFiles []string     // the policy files that decided, the outermost first
	Digests     Digests

	// What the revision of the lens newly asks or no longer asks since the review
	// was last asked, by the rule new_questions: best practices in scope without an
	// answer, and answers that no longer count.
	NewlyAsked, NoLongerAsked []string

	Required []RequiredProvision // the provisions that the policy requires, whatever came of them

	NextStep string // what to do next

	outcomeOnly bool // only the outcome is of interest
}

// A Relaxation is what makes passing easier than in the baseline, and its outcome by the
// policy: Passed where it is noted alone.
type Relaxation struct {
	compare.Relaxation
	Outcome Outcome
}

// Digests are the SHA-256 digests of what a verdict rests on, in hex; empty where there
// is none. That of the policy is of its settings.
type Digests struct{ Review, Policy, Baseline string }

// A Note is one thing that a reader should know.
type Note struct {
	Subject string // id of the best practice or question that it is about; may be empty
	Text    string // a sentence; with a subject, the part after its id
}

// String is the note as one sentence.
func (n Note) String() string {
	if n.Subject == "" {
		return n.Text
	}
	return n.Subject + ": " + n.Text
}

// A Rule is the setting of a policy that decides something.
type Rule struct {
	Part    string // pillars.security, layers.edge, practices.IOTSEC01-BP01; empty for the whole
	Setting string // fail_on, min_score, hard, waivers, ...
}

// String is the key of the setting in a policy: pillars.security.min_score.
func (r Rule) String() string {
	if r.Part == "" {
		return r.Setting
	}
	return r.Part + "." + r.Setting
}

// The rules that only the whole has.
var (
	ruleBaseline     = Rule{Setting: "baseline"}
	ruleHard         = Rule{Setting: "hard"}
	ruleNewQuestions = Rule{Setting: "new_questions"}
	ruleRelaxations  = Rule{Setting: "relaxations"}
	ruleScope        = Rule{Setting: "scope"}
	ruleSoft         = Rule{Setting: "soft"}
	ruleUnanswered   = Rule{Setting: "unanswered"}
	ruleUnconfirmed  = Rule{Setting: "unconfirmed"}
	ruleUnknown      = Rule{Setting: "unknown"}
	ruleWaivers      = Rule{Setting: "waivers"}
)

// A Reason is one thing that failed, is missing, or was exempted.
type Reason struct {
	Outcome Outcome
	Rule    Rule   // the setting that decided
	Subject string // id of a best practice or question; empty where it is the whole or a part
	Text    string
}

// A Check is one rule with its outcome.
type Check struct {
	Rule    Rule
	Want    string // what the rule requires
	Got     string // what the review has; empty where the reasons have it
	Outcome Outcome
}

// decided tells whether nothing that is still to be checked changes what is of interest.
func (v *Verdict) decided() bool { return v.outcomeOnly && v.Outcome == Failed }

// addReason adds a reason; one that passed is exempted by its rule.
func (v *Verdict) addReason(o Outcome, rule Rule, subject, format string, args ...any) {
	if v.outcomeOnly {
		v.Outcome = max(v.Outcome, o)
		return
	}
	r := Reason{o, rule, subject, fmt.Sprintf(format, args...)}
	if o == Passed {
		v.Exempted = append(v.Exempted, r)
		return
	}
	v.Reasons = append(v.Reasons, r)
	v.Outcome = max(v.Outcome, o)
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
