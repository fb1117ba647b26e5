package rules

import (
	"math/big"
	"math/bits"
	"slices"
)

// A table is a set of answers: bit s tells whether it has the answer that selects exactly the
// choices of s, where bit i of s stands for choice i. Operations process 64 answers at a
// time.
type table = *big.Int

func and(a, b table) table   { return new(big.Int).And(a, b) }
func or(a, b table) table    { return new(big.Int).Or(a, b) }
func minus(a, b table) table { return new(big.Int).AndNot(a, b) }

// A space has all answers over some choices. Its tables are never modified.
type space struct {
	ids  []string
	all  table
	with []table // by choice: the sets with it
	// state returns the state of other ids; if nil, they are not selected.
	state func(id string) State
}

func newSpace(ids []string) space {
	s := space{ids: ids, all: big.NewInt(1)} // the empty set
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

// withAdded adds choice i to the sets of a table, none of which has it.
func withAdded(t table, i int) table { return new(big.Int).Lsh(t, 1<<i) }

// setsWithout returns the sets of a table without choice i.
func (s space) setsWithout(t table, i int) table { return minus(t, s.with[i]) }

// setsWithRemoved returns the sets of a table with choice i, with that choice removed.
func (s space) setsWithRemoved(t table, i int) table {
	with := and(t, s.with[i])
	return with.Rsh(with, 1<<i)
}

// closure returns the upward closure: all sets with a subset in t.
func (s space) closure(t table) table {
	for i := range s.ids {
		t = or(t, withAdded(s.setsWithout(t, i), i))
	}
	return t
}

// eval evaluates a condition for all sets. dropped is true if none of its choices is
// applicable; see Eval.
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

// evalRule evaluates the condition of a rule for all sets.
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

// partition evaluates rules for all sets. byRisk has the sets with each risk, and at High+1
// those for which no rule holds; byRule has the sets for which each rule is the first to
// hold.
func (s space) partition(set []Rule) (byRisk [High + 2]table, byRule []table) {
	for r := range byRisk {
		byRisk[r] = nothing
	}
	open := s.all
	for _, rule := range set {
		decided := nothing
		if open.Sign() != 0 {
			decided = and(open, s.evalRule(rule))
			open = minus(open, decided)
			byRisk[rule.Risk] = or(byRisk[rule.Risk], decided)
		}
		byRule = append(byRule, decided)
	}
	byRisk[High+1] = open
	return byRisk, byRule
}

// nothing is the table without answers, emptySet the table with only the empty answer.
var nothing, emptySet = new(big.Int), big.NewInt(1)

// idsOf lists the choices of a set.
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

// holds reports whether a table has a set.
func holds(t table, set int) bool { return t.Bit(set) == 1 }

// smallest returns the first set of a table with the fewest choices; false if the table is
// empty.
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

// size returns the number of choices in a set.
func size(set int) int { return bits.OnesCount(uint(set)) }
