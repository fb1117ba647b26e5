package rules

import "math/big"

// Missing rates each choice by what it is to go without it alone: the risk that
// EvalMonotone gives where all others are selected. ids are the practices, at
// most MaxChoices.
func Missing(set []Rule, ids []string, none string) []Outcome {
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
	out := make([]Outcome, len(ids))
	all := 1<<len(ids) - 1
	for r := None; r <= High; r++ {
		up := s.closure(byRisk[r])
		for i := range out {
			if !out[i].OK && holds(up, all&^(1<<i)) {
				out[i] = Outcome{Risk: r, OK: true}
			}
		}
	}
	return out
}
