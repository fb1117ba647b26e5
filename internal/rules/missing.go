package rules

// Missing rates each choice by what it is to go without it alone: the risk that
// EvalMonotone gives where all others are selected. ids are the practices, at
// most MaxChoices.
func Missing(set []Rule, ids []string, none string) []Outcome {
	s := newSpace(ids)
	byRisk, _ := s.levels(set)
	out := make([]Outcome, len(ids))
	if len(ids) == 1 { // without it nothing is selected
		out[0].Risk, out[0].OK = EvalMonotone(set, nil, none, func(string) State { return NotSelected })
		return out
	}
	all := 1<<len(ids) - 1
	for r := None; r <= High; r++ {
		up := s.closure(minus(byRisk[r], emptySet()))
		for i := range out {
			if !out[i].OK && holds(up, all&^(1<<i)) {
				out[i] = Outcome{Risk: r, OK: true}
			}
		}
	}
	return out
}
