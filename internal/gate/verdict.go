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
	Outcome Outcome
	Reasons []Reason // what failed or is missing
	Spared  []Reason // what would have been a reason but for the rule that it names
	Checks  []Check  // every rule that was held against the review
	Notes   []string // what a reader should know although it decides nothing
	Next    string   // what to do next
}

// A Reason is one thing that failed, is missing, or was spared.
type Reason struct {
	Outcome Outcome
	Rule    string // the setting that decided: fail_on, pillars.security.min_score, hard, waivers ...
	Subject string // id of a best practice or question; empty where it is the whole or a part
	Text    string
}

// A Check is one rule with what it came to.
type Check struct {
	Rule    string
	Demand  string // what the rule asks for
	Found   string // what was found; empty where the reasons say it
	Outcome Outcome
}

func (v *Verdict) add(o Outcome, rule, subject, format string, args ...any) {
	r := Reason{o, rule, subject, fmt.Sprintf(format, args...)}
	if o == Passed {
		v.Spared = append(v.Spared, r)
		return
	}
	v.Reasons = append(v.Reasons, r)
	v.Outcome = max(v.Outcome, o)
}

func (v *Verdict) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// check notes that a rule was held against the review.
func (v *Verdict) check(rule, demand, found string) {
	v.Checks = append(v.Checks, Check{Rule: rule, Demand: demand, Found: found})
}

// settle gives every check the gravest outcome of its reasons.
func (v *Verdict) settle() {
	for i := range v.Checks {
		for _, r := range v.Reasons {
			if r.Rule == v.Checks[i].Rule {
				v.Checks[i].Outcome = max(v.Checks[i].Outcome, r.Outcome)
			}
		}
	}
}
