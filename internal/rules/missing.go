package rules

// A Rating is a risk where the rules give one.
type Rating struct {
	Risk  Risk
	Known bool // a rule holds
}

// Missing rates each choice by what it is to go without it alone: the risk that
// EvalMonotoneNone gives where all others are selected. ids are the practices, at
// most MaxChoices.
func Missing(set []Rule, ids []string, none string) []Rating {
	byRisk, _ := levels(set, ids)
	if none != "" {
		risk, ok := Eval(set, func(id string) State {
			if id == none {
				return Selected
			}
			return NotSelected
		})
		for r := range byRisk {
			byRisk[r][0] &^= 1
		}
		if ok {
			byRisk[risk][0] |= 1
		}
	}
	out := make([]Rating, len(ids))
	all := 1<<len(ids) - 1
	for r := None; r <= High; r++ {
		up := byRisk[r].closure(len(ids))
		for i := range out {
			if !out[i].Known && up.has(all&^(1<<i)) {
				out[i] = Rating{r, true}
			}
		}
	}
	return out
}
