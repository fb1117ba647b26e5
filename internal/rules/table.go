package rules

import (
	"math/big"
	"math/bits"
	"slices"
)

// A table holds one bit for each set of choices: bit s is what holds of the
// answer in which just the choices of s are selected, choice i standing for
// 1<<i in s. An operation on tables works on 64 sets a step.
type table = *big.Int

func and(a, b table) table   { return new(big.Int).And(a, b) }
func or(a, b table) table    { return new(big.Int).Or(a, b) }
func minus(a, b table) table { return new(big.Int).AndNot(a, b) }

// A space is all sets of some choices. Its tables are never changed.
type space struct {
	ids  []string
	all  table
	with []table // by choice: the sets that have it
	// state is that of other ids; where it is nil they are not selected.
	state func(id string) State
}

func newSpace(ids []string) space {
	s := space{ids: ids, all: big.NewInt(1)} // of no choices there is the empty set
	for i := range ids {
		for j, t := range s.with {
			s.with[j] = or(t, withAdded(t, i))
		}
		having := withAdded(s.all, i)
		s.with = append(s.with, having)
		s.all = or(s.all, having)
	}
	return s
}

// extend adds choice i to sets that do not have it.
func withAdded(t table, i int) table { return new(big.Int).Lsh(t, 1<<i) }

// lacking are the sets of a table that do not have choice i.
func (s space) setsWithout(t table, i int) table { return minus(t, s.with[i]) }

// having are the sets of a table that have choice i, without that choice.
func (s space) setsWithRemoved(t table, i int) table {
	with := and(t, s.with[i])
	return with.Rsh(with, 1<<i)
}

// closure is the upward closure: it holds of a set where t does of a subset.
func (s space) closure(t table) table {
	for i := range s.ids {
		t = or(t, withAdded(s.setsWithout(t, i), i))
	}
	return t
}

// where evaluates a condition for all sets. dropped: nothing of it is applicable, which
// its operator decides about; see Eval.
func (s space) eval(e *Expr) (t table, dropped bool) {
	switch e.op {
	case opID:
		if i := slices.Index(s.ids, e.id); i >= 0 {
			return s.with[i], false
		}
		if s.state != nil && s.state(e.id) == Selected {
			return s.all, false
		}
		return nothing, s.state != nil && s.state(e.id) == NotApplicable
	case opNot:
		t, dropped = s.eval(e.kids[0])
		return minus(s.all, t), dropped
	}
	t = new(big.Int)
	if e.op == opAnd {
		t.Set(s.all)
		dropped = true
	}
	for _, k := range e.kids {
		of, gone := s.eval(k)
		switch {
		case gone:
		case e.op == opAnd:
			t.And(t, of)
			dropped = false
		default:
			t.Or(t, of)
		}
	}
	return t, dropped
}

// holdsWhere evaluates the condition of a rule for all sets.
func (s space) evalRule(r Rule) table {
	if r.When == nil {
		return s.all
	}
	t, dropped := s.eval(r.When)
	switch {
	case dropped && r.When.op == opNot:
		return nothing
	case dropped:
		return s.all
	}
	return t
}

// levels evaluates rules over all sets: for each risk, and after them for "no rule
// holds", the sets that have it; and for each rule the sets for which it is the
// first to hold.
func (s space) partition(set []Rule) (byRisk [High + 2]table, byRule []table) {
	for r := range byRisk {
		byRisk[r] = nothing
	}
	open := s.all
	for _, rule := range set {
		decided := and(open, s.evalRule(rule))
		open = minus(open, decided)
		byRisk[rule.Risk] = or(byRisk[rule.Risk], decided)
		byRule = append(byRule, decided)
	}
	byRisk[High+1] = open
	return byRisk, byRule
}

// nothing is the table of no answer, emptySet that of the answer that selects nothing.
var nothing, emptySet = new(big.Int), big.NewInt(1)

// named lists the choices of a set.
func (s space) idsOf(set int) []string {
	var out []string
	for i, id := range s.ids {
		if has(set, i) {
			out = append(out, id)
		}
	}
	return out
}

// has reports whether a set has choice i.
func has(set, i int) bool { return set>>i&1 == 1 }

// holds reports whether a table holds of a set.
func holds(t table, set int) bool { return t.Bit(set) == 1 }

// first returns the lowest set, of fewest choices, for which a table holds.
func smallest(t table) (int, bool) {
	best, found := 0, false
	for w, word := range t.Bits() {
		for ; word != 0; word &= word - 1 {
			set := w*bits.UintSize + bits.TrailingZeros(uint(word))
			if !found || size(set) < size(best) {
				best, found = set, true
			}
		}
	}
	return best, found
}

// size is how many choices a set has.
func size(set int) int { return bits.OnesCount(uint(set)) }
