// Package rules is the risk-rule language of the AWS Well-Architected Tool: it
// parses conditions, evaluates them (Eval), knows their monotone form (Monotone)
// and proves what holds of them over every answer (Prove).
//
// A condition is made of choice ids, ! (not), && (and), || (or) and
// parentheses; ! binds tighter than &&, && tighter than ||. A set of rules is
// tried in order; the first whose condition holds gives the risk. The last
// condition is the word "default". Source: the custom lens format of the WA
// Tool user guide; what the guide leaves open follows AWS's published
// measurements of the live service (awslabs/operational-readiness-review-
// custom-war-lens, docs/gates.md).
package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Risk is the risk that a rule gives. A lower value is a lower risk.
type Risk int

// The risks, in the WA Tool's JSON NO_RISK, MEDIUM_RISK and HIGH_RISK.
const (
	None Risk = iota
	Medium
	High
)

func (r Risk) String() string {
	return [...]string{"NONE", "MEDIUM", "HIGH"}[r]
}

// State is the state of one choice in a review.
type State int

// The states of a choice.
const (
	NotSelected State = iota
	Selected
	NotApplicable
)

// Default is the condition that always holds.
const Default = "default"

// A Rule is one parsed rule.
type Rule struct {
	When *Expr // nil: default
	Risk Risk
}

// ParseRule parses a condition and the name of a risk: none, medium or high.
func ParseRule(when, risk string) (Rule, error) {
	for _, r := range []Risk{None, Medium, High} {
		if strings.EqualFold(r.String(), risk) {
			e, err := Parse(when)
			return Rule{When: e, Risk: r}, err
		}
	}
	return Rule{}, fmt.Errorf("unknown risk %q; known: none, medium, high", risk)
}

// Eval returns the risk that the rules give to the letter, and false where no
// rule holds (which needs a set without a default).
//
// A choice that is not applicable is dropped from its operator: it satisfies
// an && and does not satisfy an ||. A condition of which nothing is left holds,
// unless it is a negation.
func Eval(rules []Rule, state func(id string) State) (Risk, bool) {
	risk, _, ok := lowestTable(rules, nil, state, false)
	return risk, ok
}

// EvalMonotone returns the risk of the monotone form of the rules: the lowest
// that Eval gives over all subsets of what is selected, so that doing more never
// raises the risk. The empty subset is no answer and does not count, unless something
// is not applicable, which the tool takes for one; where nothing is selected, the risk
// is that of Eval. ids are the practices that the rules speak of;
// none is the choice "None of these", empty where there is none: it is selected where
// no practice is.
func EvalMonotone(rules []Rule, ids []string, none string, state func(id string) State) (Risk, bool) {
	selected := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return state(id) != Selected })
	if len(selected) > MaxChoices {
		panic(fmt.Sprintf("rules: %d choices; the WA Tool allows %d", len(selected), MaxChoices))
	}
	if len(selected) == 0 {
		return Eval(rules, func(id string) State {
			if id == none {
				return Selected
			}
			return state(id)
		})
	}
	notApplicable := func(id string) bool { return id != none && state(id) == NotApplicable }
	risk, _, ok := lowestTable(rules, selected, func(id string) State {
		if notApplicable(id) {
			return NotApplicable
		}
		return NotSelected
	}, !slices.ContainsFunc(ids, notApplicable))
	return risk, ok
}

// MaxChoices is how many choices a question can have in the WA Tool.
const MaxChoices = 15
