package rules

import (
	"math/bits"
	"slices"
)

// A table is a set of answers: bit s tells whether it has the answer that selects exactly the
// choices of s, where bit i of s stands for choice i. Operations process a word of 64 answers
// at a time; the tables of a space have the same length.
type table []uint64

func and(a, b table) table   { return combine(a, b, func(x, y uint64) uint64 { return x & y }) }
func or(a, b table) table    { return combine(a, b, func(x, y uint64) uint64 { return x | y }) }
func minus(a, b table) table { return combine(a, b, func(x, y uint64) uint64 { return x &^ y }) }

func combine(a, b table, op func(x, y uint64) uint64) table {
	out := make(table, len(a))
	for w := range out {
		out[w] = op(a[w], b[w])
	}
	return out
}

func (t table) isEmpty() bool {
	return !slices.ContainsFunc(t, func(word uint64) bool { return word != 0 })
}

// count returns the number of answers.
func (t table) count() int {
	n := 0
	for _, word := range t {
		n += bits.OnesCount64(word)
	}
	return n
}

// A space has all answers over some choices. Its tables are never modified.
type space struct {
	ids              []string
	none, empty, all table   // no answer, only the empty answer, all answers
	with             []table // by choice: the sets with it
	// state returns the state of other ids; if nil, they are not selected.
	state func(id string) State
}

func newSpace(ids []string) space {
	words := max(1, 1<<len(ids)/64)
	s := space{ids: ids, none: make(table, words), empty: make(table, words)}
	s.empty[0] = 1
	s.all = s.empty
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
func withAdded(t table, i int) table {
	out := make(table, len(t))
	for w, word := range t {
		if i < 6 {
			out[w] = word << (1 << i)
		} else if word != 0 {
			out[w+1<<(i-6)] = word
		}
	}
	return out
}

// setsWithout returns the sets of a table without choice i.
func (s space) setsWithout(t table, i int) table { return minus(t, s.with[i]) }

// setsWithRemoved returns the sets of a table with choice i, with that choice removed.
func (s space) setsWithRemoved(t table, i int) table {
	out := make(table, len(t))
	for w, word := range and(t, s.with[i]) {
		if i < 6 {
			out[w] = word >> (1 << i)
		} else if word != 0 {
			out[w-1<<(i-6)] = word
		}
	}
	return out
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
		return s.none, s.state != nil && s.state(e.id) == NotApplicable
	case opNot:
		t, dropped = s.eval(e.kids[0])
		return minus(s.all, t), dropped
	}
	t = s.none
	if e.op == opAnd {
		t, dropped = s.all, true
	}
	for _, k := range e.kids {
		of, gone := s.eval(k)
		switch {
		case gone:
		case e.op == opAnd:
			t, dropped = and(t, of), false
		default:
			t = or(t, of)
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
		return s.none
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
		byRisk[r] = s.none
	}
	open := s.all
	for _, rule := range set {
		decided := s.none
		if !open.isEmpty() {
			decided = and(open, s.evalRule(rule))
			open = minus(open, decided)
			byRisk[rule.Risk] = or(byRisk[rule.Risk], decided)
		}
		byRule = append(byRule, decided)
	}
	byRisk[High+1] = open
	return byRisk, byRule
}

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
func holds(t table, set int) bool { return t[set/64]>>(set%64)&1 == 1 }

// smallest returns the first set of a table with the fewest choices; false if the table is
// empty.
func smallest(t table) (int, bool) {
	best, found := 0, false
	for w, word := range t {
		for ; word != 0; word &= word - 1 {
			set := w*64 + bits.TrailingZeros64(word)
			if !found || size(set) < size(best) {
				best, found = set, true
			}
		}
	}
	return best, found
}

// size returns the number of choices in a set.
func size(set int) int { return bits.OnesCount(uint(set)) }
