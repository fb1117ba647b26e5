package rules

import "math/big"

// A Rating is a risk where the rules give one.
type Rating struct {
	Risk  Risk
	Known bool // a rule holds
}

// Missing rates each choice by what it is to go without it alone: the risk that
// EvalMonotone gives where all others are selected. ids are the practices, at
// most MaxChoices.
func Missing(set []Rule, ids []string, none string) []Rating {
	s := newSpace(ids)
	byRisk, _ := s.levels(set)
	if none != "" {
		risk, ok := Eval(set, func(id string) State {
			if id == none {
				return Selected
			}
			return NotSelected
		})
		for r, t := range byRisk {
			byRisk[r] = minus(t, big.NewInt(1)) // the empty set
		}
		if ok {
			byRisk[risk] = or(byRisk[risk], big.NewInt(1))
		}
	}
	out := make([]Rating, len(ids))
	all := 1<<len(ids) - 1
	for r := None; r <= High; r++ {
		up := s.closure(byRisk[r])
		for i := range out {
			if !out[i].Known && holds(up, all&^(1<<i)) {
				out[i] = Rating{r, true}
			}
		}
	}
	return out
}
