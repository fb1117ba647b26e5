package gate

import (
	"cmp"
	"fmt"
)

// An Outcome is what a gate comes to.
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
	Notes    []Remark // what a reader should know although it decides nothing

	// What the revision of the lens newly asks or no longer asks since the review
	// was last asked, by the rule new_questions: best practices in scope without an
	// answer, and answers that no longer count.
	NewlyAsked, NoLongerAsked []string

	Next string // what to do next
}

// A Remark is one thing that a reader should know.
type Remark struct {
	Subject string // id of the best practice or question that it is about; may be empty
	Text    string // a sentence of its own; with a subject, what goes behind its id
}

// String is the remark as one sentence.
func (r Remark) String() string {
	if r.Subject == "" {
		return r.Text
	}
	return r.Subject + ": " + r.Text
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

func compareRules(a, b Rule) int { return cmp.Compare(a.String(), b.String()) }

// The rules that no part of the lens has for itself.
var (
	ruleBaseline     = Rule{Setting: "baseline"}
	ruleHard         = Rule{Setting: "hard"}
	ruleNewQuestions = Rule{Setting: "new_questions"}
	ruleScope        = Rule{Setting: "scope"}
	ruleSoft         = Rule{Setting: "soft"}
	ruleUnanswered   = Rule{Setting: "unanswered"}
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

// A Check is one rule with what it came to.
type Check struct {
	Rule    Rule
	Want    string // what the rule requires
	Got     string // what the review has; empty where the reasons say it
	Outcome Outcome
}

func (v *Verdict) add(o Outcome, rule Rule, subject, format string, args ...any) {
	r := Reason{o, rule, subject, fmt.Sprintf(format, args...)}
	if o == Passed {
		v.Exempted = append(v.Exempted, r)
		return
	}
	v.Reasons = append(v.Reasons, r)
	v.Outcome = max(v.Outcome, o)
}

// note adds a remark; subject is the id that it is about, or empty.
func (v *Verdict) note(subject, format string, args ...any) {
	v.Notes = append(v.Notes, Remark{subject, fmt.Sprintf(format, args...)})
}

// check notes that the review was checked against a rule.
func (v *Verdict) check(rule Rule, want, got string) {
	v.Checks = append(v.Checks, Check{Rule: rule, Want: want, Got: got})
}

// settle gives every check the worst outcome of its reasons.
func (v *Verdict) settle() {
	for i := range v.Checks {
		for _, r := range v.Reasons {
			if r.Rule == v.Checks[i].Rule {
				v.Checks[i].Outcome = max(v.Checks[i].Outcome, r.Outcome)
			}
		}
	}
}
