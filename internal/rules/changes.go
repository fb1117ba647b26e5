package rules

// A RiskChange has the answers whose risk changes from one value to another when the rules
// of a question change.
type RiskChange struct {
	From, To string   // a risk, UNDETERMINED (no rule holds) or UNANSWERED (nothing is selected any more)
	Answers  int      // number of answers
	Example  []string // an answer with the fewest choices, in the ids of before
}

// RiskChanges compares two rule sets over every answer that selects practices, or one None
// choice alone. practices and none are the ids of before; now returns the id of a choice
// after the change, or false if it was removed. New choices are not selected. It returns
// false for more than MaxChoices.
func RiskChanges(before, after []Rule, practices, none []string, now func(id string) (string, bool)) ([]RiskChange, bool) {
	ids := append(append([]string{}, practices...), none...)
	if len(ids) > MaxChoices {
		return nil, false
	}
	was := newAnswerSpace(ids, len(practices))
	// The same sets, in which each choice has its new id.
	renamed := make([]string, len(ids))
	selected := minus(was.all, was.all) // sets with a remaining choice
	for i, id := range ids {
		if to, ok := now(id); ok {
			renamed[i] = to
			selected = or(selected, was.with[i])
		}
	}
	from, _ := was.partition(before)
	levels, _ := newSpace(renamed).partition(after)
	var to []table
	for _, t := range levels {
		to = append(to, and(t, selected))
	}
	to = append(to, minus(was.all, selected))
	words := []string{None.String(), Medium.String(), High.String(), "UNDETERMINED", "UNANSWERED"}
	var moves []RiskChange
	for i := len(from) - 1; i >= 0; i-- {
		for j := range to {
			t := and(and(from[i], to[j]), was.valid)
			if set, ok := smallest(t); ok && i != j {
				moves = append(moves, RiskChange{words[i], words[j], t.count(), was.idsOf(set)})
			}
		}
	}
	return moves, true
}
