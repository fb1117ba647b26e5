package rules

import "math/bits"

// A RiskChange is what becomes of answers when the rules of a question change: all answers
// that had one risk and now have another.
type RiskChange struct {
	From, To string   // a risk, UNDETERMINED (no rule holds) or UNANSWERED (nothing is selected any more)
	Answers  int      // how many
	Example  []string // one of those with the fewest choices, in the ids of before
}

// RiskChanges compares two sets of rules over every answer to a question: of practices, or of
// one None choice alone, by the ids of before. now is the id that a choice has after the
// change; a choice without one has gone, and what comes new is not selected. It
// returns false, and compares nothing, for more than MaxChoices.
func RiskChanges(before, after []Rule, practices, none []string, now func(id string) (string, bool)) ([]RiskChange, bool) {
	ids := append(append([]string{}, practices...), none...)
	if len(ids) > MaxChoices {
		return nil, false
	}
	was := newAnswerSpace(ids, len(practices))
	// The same sets, in which each choice has its new id.
	renamed := make([]string, len(ids))
	selected := minus(was.all, was.all) // sets of which something is left
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
				n := 0
				for _, word := range t.Bits() {
					n += bits.OnesCount(uint(word))
				}
				moves = append(moves, RiskChange{words[i], words[j], n, was.idsOf(set)})
			}
		}
	}
	return moves, true
}
