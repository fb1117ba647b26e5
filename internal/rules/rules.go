// Package rules implements the risk-rule language of the AWS Well-Architected Tool. It parses
// conditions, evaluates rules (Eval), makes them monotone (Monotone), and analyses them
// over every possible answer (Prove, Analyse).
//
// A condition has choice ids, ! (not), && (and), || (or) and parentheses; ! binds tighter
// than &&, and && tighter than ||. Rules are tried in order, and the first whose condition
// holds gives the risk. The last condition is the word "default". Source: the custom lens
// format of the WA Tool user guide; where the guide is silent, AWS's published measurements
// of the live service (awslabs/operational-readiness-review-custom-war-lens,
// docs/gates.md).
package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Risk is the risk of an answer. A lower value is a lower risk.
type Risk int

// The risks: NO_RISK, MEDIUM_RISK and HIGH_RISK in the JSON of the WA Tool.
const (
	None Risk = iota
	Medium
	High
)

func (r Risk) String() string {
	return [...]string{"NONE", "MEDIUM", "HIGH"}[r]
}

// State is the state of a choice in an answer.
type State int

// The states of a choice.
const (
	NotSelected State = iota
	Selected
	NotApplicable
)

// Default is the condition that always holds; it is the last one of a rule set.
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

// Eval returns the risk of an answer, and false if no rule holds, which is possible only
// without a default.
//
// A choice that is not applicable is dropped from its operator: it satisfies an && and does
// not satisfy an ||. A condition with no choices left holds, unless it is a negation.
func Eval(rules []Rule, state func(id string) State) (Risk, bool) {
	risk, _, ok := lowestTable(rules, nil, state, false)
	return risk, ok
}

// EvalMonotone returns the risk of an answer under the monotone form of the rules: the lowest
// risk of Eval over all subsets of the selected choices, so that doing more never raises
// the risk. The empty subset does not count, as it is no answer, unless a choice is not
// applicable, which the WA Tool counts as an answer. If nothing is selected, the risk is
// that of Eval. ids are the practices; none is the id of "None of these" or empty. None of
// these is selected if no practice is.
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

// MaxChoices is the maximum number of choices of a question in the WA Tool.
const MaxChoices = 15
