package interview

import (
	"cmp"
	"math/bits"
	"slices"
)

// A corePick is a selection of core questions.
type corePick struct {
	groups uint     // bit set of the groups that it has questions of
	ids    []string // of questions
	risk   float64  // open risk of the questions
}

// compare returns a negative number if p is worth less than q: by number of groups, then of
// questions, then by risk.
func (p corePick) compare(q corePick) int {
	return cmp.Or(bits.OnesCount(p.groups)-bits.OnesCount(q.groups), len(p.ids)-len(q.ids), cmp.Compare(p.risk, q.risk))
}

// pickCore selects the core questions that fit into some minutes: from as many groups as
// possible, then as many as possible, then with the highest open risk.
func pickCore(items []Item, minutes int) []string {
	var core []Item
	var groups []string
	whole := 0
	for _, i := range items {
		if !i.Core {
			continue
		}
		core, whole = append(core, i), whole+i.Minutes
		if g := i.Question.Core.OneOf; g != "" && !slices.Contains(groups, g) && len(groups) < bits.UintSize {
			groups = append(groups, g)
		}
	}
	if whole <= minutes {
		return ids(core)
	}
	// best[minutes][groups] is the best pick (dynamic programming as for the knapsack problem).
	best := make([]map[uint]corePick, max(minutes, 0)+1)
	for m := range best {
		best[m] = map[uint]corePick{0: {}}
	}
	for _, i := range core {
		own := uint(0)
		if g := slices.Index(groups, i.Question.Core.OneOf); g >= 0 {
			own = 1 << g
		}
		for m := len(best) - 1; m >= i.Minutes; m-- {
			for _, p := range best[m-i.Minutes] {
				q := corePick{p.groups | own, append(slices.Clone(p.ids), i.Question.ID), p.risk + i.Risk}
				if was, ok := best[m][q.groups]; !ok || was.compare(q) < 0 {
					best[m][q.groups] = q
				}
			}
		}
	}
	var most corePick
	for _, p := range best[len(best)-1] {
		if most.compare(p) < 0 {
			most = p
		}
	}
	return most.ids
}
