package rules

import (
	"math/bits"
	"slices"
)

// A table holds one bit for each set of choices: bit s tells what holds of the
// answer in which just the choices of s are selected, choice i standing for
// 1<<i in s. All sets are computed side by side, 64 a step.
type table []uint64

// Tables of the first six choices repeat within a word.
var low = [6]uint64{
	0xAAAA_AAAA_AAAA_AAAA, 0xCCCC_CCCC_CCCC_CCCC, 0xF0F0_F0F0_F0F0_F0F0,
	0xFF00_FF00_FF00_FF00, 0xFFFF_0000_FFFF_0000, 0xFFFF_FFFF_0000_0000,
}

// newTable is the table of what never holds, for n choices. With fewer than six
// choices a word repeats itself.
func newTable(n int) table { return make(table, 1<<max(n-6, 0)) }

// choiceTable is the table of "choice i is selected".
func choiceTable(n, i int) table {
	t := newTable(n)
	for w := range t {
		t[w] = choiceWord(w, i)
	}
	return t
}

// choiceWord is one word of it.
func choiceWord(w, i int) uint64 {
	switch {
	case i < 6:
		return low[i]
	case w>>(i-6)&1 == 1:
		return ^uint64(0)
	}
	return 0
}

// table evaluates a condition for all sets of ids. Ids that are not on the list
// are never selected.
func (e *Expr) table(ids []string) table {
	switch e.op {
	case opID:
		if i := slices.Index(ids, e.id); i >= 0 {
			return choiceTable(len(ids), i)
		}
		return newTable(len(ids))
	case opNot:
		return e.kids[0].table(ids).invert()
	}
	t := e.kids[0].table(ids)
	for _, k := range e.kids[1:] {
		if k.op == opID { // by far the most, and they need no table of their own
			t.withChoice(e.op, slices.Index(ids, k.id))
			continue
		}
		u := k.table(ids)
		for w := range t {
			if e.op == opAnd {
				t[w] &= u[w]
			} else {
				t[w] |= u[w]
			}
		}
	}
	return t
}

// withChoice joins choice i to a table; -1 is never selected.
func (t table) withChoice(o op, i int) {
	switch {
	case i < 0 && o == opAnd:
		clear(t)
	case i < 0:
	case o == opAnd:
		for w := range t {
			t[w] &= choiceWord(w, i)
		}
	default:
		for w := range t {
			t[w] |= choiceWord(w, i)
		}
	}
}

func (t table) invert() table {
	for w := range t {
		t[w] = ^t[w]
	}
	return t
}

func (t table) has(set int) bool { return t[set>>6]>>(set&63)&1 == 1 }

// first returns the lowest set, of fewest choices, for which a table holds.
func (t table) first(n int) (int, bool) {
	best, found := 0, false
	for w, word := range t {
		for ; word != 0; word &= word - 1 {
			set := w<<6 | bits.TrailingZeros64(word)
			if set >= 1<<n {
				break // a short table repeats itself
			}
			if !found || bits.OnesCount(uint(set)) < bits.OnesCount(uint(best)) {
				best, found = set, true
			}
		}
	}
	return best, found
}

// without moves each set to the one without choice i: it holds of a set with the
// choice what t holds of the same set without it; of others, what t does.
func (t table) without(i int) table {
	out := make(table, len(t))
	for w := range t {
		if i < 6 {
			lower := t[w] &^ low[i]
			out[w] = lower | lower<<(1<<i)
		} else {
			out[w] = t[w&^(1<<(i-6))]
		}
	}
	return out
}

// with is the opposite of without.
func (t table) with(i int) table {
	out := make(table, len(t))
	for w := range t {
		if i < 6 {
			upper := t[w] & low[i]
			out[w] = upper | upper>>(1<<i)
		} else {
			out[w] = t[w|1<<(i-6)]
		}
	}
	return out
}

// closure is the upward closure: it holds of a set where t does of a subset.
func (t table) closure(n int) table {
	up := slices.Clone(t)
	for i := range n {
		lower := up.without(i)
		for w := range up {
			up[w] |= lower[w]
		}
	}
	return up
}

// levels evaluates rules over all sets of ids: for each risk, and after them for
// "no rule holds", the sets that have it; and for each rule the sets for which it
// is the first to hold.
func levels(set []Rule, ids []string) (byRisk [High + 2]table, byRule []table) {
	for r := range byRisk {
		byRisk[r] = newTable(len(ids))
	}
	open := newTable(len(ids)).invert()
	for _, rule := range set {
		holds := newTable(len(ids)).invert()
		if rule.When != nil {
			holds = rule.When.table(ids)
		}
		for w := range open {
			holds[w] &= open[w]
			open[w] &^= holds[w]
			byRisk[rule.Risk][w] |= holds[w]
		}
		byRule = append(byRule, holds)
	}
	byRisk[High+1] = open
	return byRisk, byRule
}
