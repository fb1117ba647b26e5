package rules

import (
	"math/big"
	"slices"
)

// A ChoiceAnalysis is what rules make of one practice, proven over every answer.
type ChoiceAnalysis struct {
	Alone Outcome // of an answer that selects it and nothing else
	// Without is what it is to go without it alone: the risk that EvalMonotone gives where
	// all others are selected; that of None of these where there are no others.
	Without Outcome
	Named   bool // the rule that decides that answer names it, and without a ! before it
	// LowersRisk: added to some answer it lowers the risk. The empty answer counts where the
	// practice is Named, with the risk of None of these.
	LowersRisk bool
	// RaisesRisk: added to some answer it raises the risk. None of these alone counts where no
	// rule names it.
	RaisesRisk bool
	// In every and in some of the least answers that have the lowest risk.
	InEveryMinimal, InSomeMinimal bool
}

// An Analysis is what rules make of the practices of a question.
type Analysis struct {
	Choices      []ChoiceAnalysis // by practice
	NoneSelected Outcome          // of None of these; of the empty answer where no choice is that
	Constant     bool             // every answer has the same risk, or none
	// Exclusive: some practice alone has the lowest risk, and no answer has a lower risk
	// than one of its practices alone. They are ways to choose from and add up to nothing.
	Exclusive bool
}

// Analyse proves what rules make of each practice. ids are the practices, at most
// MaxChoices; none is the choice "None of these", empty where there is none.
func Analyse(set []Rule, ids []string, none string) Analysis {
	s := newSpace(ids)
	byRisk, byRule := s.partition(set)
	some := minus(s.all, emptySet)
	var up [High + 1]table // answers of which a part has the risk
	base := byRisk         // with the empty set as None of these alone
	nothing, rated := EvalMonotone(set, nil, none, func(string) State { return NotSelected })
	for r := range base {
		byRisk[r] = and(byRisk[r], some)
		base[r] = byRisk[r]
		if rated && Risk(r) == nothing {
			base[r] = or(base[r], emptySet)
		}
	}
	for r := range up {
		up[r] = s.closure(byRisk[r])
	}
	out := Analysis{Choices: make([]ChoiceAnalysis, len(ids)), NoneSelected: Outcome{Risk: nothing, OK: rated}, Constant: true}
	lowest := new(big.Int)
	for r := High; r >= None; r-- {
		if byRisk[r].Sign() != 0 {
			out.Constant = out.Constant && lowest.Sign() == 0
			lowest = byRisk[r]
		}
	}
	out.Constant = out.Constant && (lowest.Sign() == 0 || byRisk[High+1].Sign() == 0)
	least := s.minimalSets(lowest)
	plain := none != "" && !slices.ContainsFunc(set, func(r Rule) bool { return r.When != nil && slices.Contains(r.When.IDs(), none) })
	for i, id := range ids {
		p := &out.Choices[i]
		for j, rule := range set {
			p.Named = p.Named || rule.When != nil && holds(byRule[j], 1<<i) && rule.When.isPositive(id, true)
		}
		p.InEveryMinimal = minus(least, s.with[i]).Sign() == 0 && least.Sign() != 0
		p.InSomeMinimal = and(least, s.with[i]).Sign() != 0
		for r := None; r <= High; r++ {
			if holds(byRisk[r], 1<<i) {
				p.Alone = Outcome{Risk: r, OK: true}
			}
			if all := 1<<len(ids) - 1; !p.Without.OK && holds(up[r], all&^(1<<i)) {
				p.Without = Outcome{Risk: r, OK: true}
			}
		}
		if len(ids) == 1 {
			p.Without = out.NoneSelected
		}
		from := byRisk
		if p.Named {
			from = base
		}
		p.LowersRisk = s.changesRisk(from, i, func(before, after Risk) bool { return after < before })
		p.RaisesRisk = s.changesRisk(byRisk, i, func(before, after Risk) bool { return after > before }) ||
			plain && rated && p.Alone.OK && p.Alone.Risk > nothing
	}
	out.Exclusive = s.exclusive(out.Choices, byRisk, lowest)
	return out
}

// moves tells whether choice i added to some answer changes the risk in a way.
func (s space) changesRisk(byRisk [High + 2]table, i int, in func(before, after Risk) bool) bool {
	for to := None; to <= High; to++ {
		before := s.setsWithRemoved(byRisk[to], i)
		for from := None; from <= High; from++ {
			if in(from, to) && and(byRisk[from], before).Sign() != 0 {
				return true
			}
		}
	}
	return false
}

// least are the sets of a table that have no other of its sets as a part.
func (s space) minimalSets(t table) table {
	up, larger := s.closure(t), new(big.Int)
	for i := range s.ids {
		larger = or(larger, withAdded(s.setsWithout(up, i), i))
	}
	return minus(t, larger)
}

func (s space) exclusive(parts []ChoiceAnalysis, byRisk [High + 2]table, lowest table) bool {
	reached, top := new(big.Int), false
	for r := None; r <= High; r++ {
		for i, p := range parts {
			if p.Alone.OK && p.Alone.Risk == r {
				reached = or(reached, s.with[i])
				top = top || holds(lowest, 1<<i)
			}
		}
		if minus(byRisk[r], reached).Sign() != 0 {
			return false
		}
	}
	return top
}

// positive tells whether a condition names an id under an even number of !.
func (e *Expr) isPositive(id string, sign bool) bool {
	if e.op == opID {
		return sign && e.id == id
	}
	return slices.ContainsFunc(e.kids, func(k *Expr) bool { return k.isPositive(id, sign != (e.op == opNot)) })
}

// LowestRisk returns the lowest risk that answers can have in which the given choices are
// selected or not and all others are as state has them, and those answers as the sets of
// selected choices, choice i standing for 1<<i. some leaves the empty set out. ok is
// false, and no set is returned, where no rule holds for any of them.
func LowestRisk(set []Rule, choices []string, state func(id string) State, some bool) (risk Risk, answers []int, ok bool) {
	risk, t, ok := lowestTable(set, choices, state, some)
	for s := range 1 << len(choices) {
		if ok && holds(t, s) {
			answers = append(answers, s)
		}
	}
	return risk, answers, ok
}

func lowestTable(set []Rule, choices []string, state func(id string) State, some bool) (Risk, table, bool) {
	s := newSpace(choices)
	s.state = state
	byRisk, _ := s.partition(set)
	for r, t := range byRisk[:High+1] {
		if some {
			t = minus(t, emptySet)
		}
		if t.Sign() != 0 {
			return Risk(r), t, true
		}
	}
	return High, nil, false
}
