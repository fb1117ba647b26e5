package rules

import (
	"slices"
)

// A ChoiceAnalysis describes the effect of one practice under the rules, over every answer.
type ChoiceAnalysis struct {
	Alone Outcome // of the answer that selects only this practice
	// Without is the outcome of leaving out only this practice: that of EvalMonotone with all
	// others selected, or that of None of these if there are no others.
	Without Outcome
	Named   bool // the rule that decides the answer Alone names the practice without a negation
	// LowersRisk is true if adding the practice to some answer lowers the risk. If Named, the
	// empty answer counts, with the risk of None of these.
	LowersRisk bool
	// RaisesRisk is true if adding the practice to some answer raises the risk. If no rule
	// names None of these, the answer None of these counts.
	RaisesRisk bool
	// The practice is in every, or in some, of the minimal answers with the lowest risk.
	InEveryMinimal, InSomeMinimal bool
}

// An Analysis describes the effect of the practices of a question under its rules.
type Analysis struct {
	Choices      []ChoiceAnalysis // by practice
	NoneSelected Outcome          // of None of these, or of the empty answer if there is no such choice
	Constant     bool             // all answers have the same risk, or no risk is defined
	// Exclusive is true if a practice alone has the lowest risk, and every answer has at
	// least the risk of one of its practices alone: practices do not add up.
	Exclusive bool
}

// Analyse examines the rules of a question over every answer. ids are the practices, at most
// MaxChoices; none is the id of "None of these" or empty.
func Analyse(set []Rule, ids []string, none string) Analysis {
	s := newSpace(ids)
	byRisk, byRule := s.partition(set)
	some := minus(s.all, s.empty)
	var up [High + 1]table // answers with a subset of that risk
	base := byRisk         // the empty set stands for None of these
	nothing, rated := EvalMonotone(set, nil, none, func(string) State { return NotSelected })
	for r := range base {
		byRisk[r] = and(byRisk[r], some)
		base[r] = byRisk[r]
		if rated && Risk(r) == nothing {
			base[r] = or(base[r], s.empty)
		}
	}
	for r := range up {
		up[r] = s.closure(byRisk[r])
	}
	out := Analysis{Choices: make([]ChoiceAnalysis, len(ids)), NoneSelected: Outcome{Risk: nothing, OK: rated}, Constant: true}
	lowest := s.none
	for r := High; r >= None; r-- {
		if !byRisk[r].isEmpty() {
			out.Constant = out.Constant && lowest.isEmpty()
			lowest = byRisk[r]
		}
	}
	out.Constant = out.Constant && (lowest.isEmpty() || byRisk[High+1].isEmpty())
	minimal := s.minimalSets(lowest)
	noRuleNamesNone := none != "" && !slices.ContainsFunc(set, func(r Rule) bool { return r.When != nil && slices.Contains(r.When.IDs(), none) })
	for i, id := range ids {
		p := &out.Choices[i]
		for j, rule := range set {
			p.Named = p.Named || rule.When != nil && holds(byRule[j], 1<<i) && rule.When.isPositive(id, true)
		}
		p.InEveryMinimal = minus(minimal, s.with[i]).isEmpty() && !minimal.isEmpty()
		p.InSomeMinimal = !and(minimal, s.with[i]).isEmpty()
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
			noRuleNamesNone && rated && p.Alone.OK && p.Alone.Risk > nothing
	}
	out.Exclusive = s.exclusive(out.Choices, byRisk, lowest)
	return out
}

// changesRisk reports whether adding choice i to some answer changes the risk so that in
// returns true.
func (s space) changesRisk(byRisk [High + 2]table, i int, in func(before, after Risk) bool) bool {
	for to := None; to <= High; to++ {
		before := s.setsWithRemoved(byRisk[to], i)
		for from := None; from <= High; from++ {
			if in(from, to) && !and(byRisk[from], before).isEmpty() {
				return true
			}
		}
	}
	return false
}

// minimalSets returns the sets of a table without proper subsets in it.
func (s space) minimalSets(t table) table {
	up, larger := s.closure(t), s.none
	for i := range s.ids {
		larger = or(larger, withAdded(s.setsWithout(up, i), i))
	}
	return minus(t, larger)
}

func (s space) exclusive(parts []ChoiceAnalysis, byRisk [High + 2]table, lowest table) bool {
	reached, top := s.none, false
	for r := None; r <= High; r++ {
		for i, p := range parts {
			if p.Alone.OK && p.Alone.Risk == r {
				reached = or(reached, s.with[i])
				top = top || holds(lowest, 1<<i)
			}
		}
		if !minus(byRisk[r], reached).isEmpty() {
			return false
		}
	}
	return top
}

// isPositive reports whether a condition has an id under an even number of negations.
func (e *Expr) isPositive(id string, sign bool) bool {
	if e.op == opID {
		return sign && e.id == id
	}
	return slices.ContainsFunc(e.kids, func(k *Expr) bool { return k.isPositive(id, sign != (e.op == opNot)) })
}

// LowestRisk varies the given choices, with all others in the given state. It returns the
// lowest risk, and the answers with it as sets of selected choices; bit i stands for choice
// i. nonEmpty excludes the empty set. ok is false if no rule holds for any answer.
func LowestRisk(set []Rule, choices []string, state func(id string) State, nonEmpty bool) (risk Risk, answers []int, ok bool) {
	risk, t, ok := lowestTable(set, choices, state, nonEmpty)
	for s := range 1 << len(choices) {
		if ok && holds(t, s) {
			answers = append(answers, s)
		}
	}
	return risk, answers, ok
}

func lowestTable(set []Rule, choices []string, state func(id string) State, nonEmpty bool) (Risk, table, bool) {
	s := newSpace(choices)
	s.state = state
	byRisk, _ := s.partition(set)
	for r, t := range byRisk[:High+1] {
		if nonEmpty {
			t = minus(t, s.empty)
		}
		if !t.isEmpty() {
			return Risk(r), t, true
		}
	}
	return High, nil, false
}
