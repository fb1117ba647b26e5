package gate

import "fmt"

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
	Notes    []string // what a reader should know although it decides nothing

	// What the revision of the lens newly asks or no longer asks since the review
	// was last asked, by the rule new_questions: best practices in scope without an
	// answer, and answers that no longer count.
	NewlyAsked, NoLongerAsked []string

	Next string // what to do next
}

// A Reason is one thing that failed, is missing, or was exempted.
type Reason struct {
	Outcome Outcome
	Rule    string // the setting that decided: fail_on, pillars.security.min_score, hard, waivers ...
	Subject string // id of a best practice or question; empty where it is the whole or a part
	Text    string
}

// A Check is one rule with what it came to.
type Check struct {
	Rule    string
	Want    string // what the rule requires
	Got     string // what the review has; empty where the reasons say it
	Outcome Outcome
}

func (v *Verdict) add(o Outcome, rule, subject, format string, args ...any) {
	r := Reason{o, rule, subject, fmt.Sprintf(format, args...)}
	if o == Passed {
		v.Exempted = append(v.Exempted, r)
		return
	}
	v.Reasons = append(v.Reasons, r)
	v.Outcome = max(v.Outcome, o)
}

func (v *Verdict) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// check notes that the review was checked against a rule.
func (v *Verdict) check(rule, want, got string) {
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
