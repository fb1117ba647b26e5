package interview

import (
	"cmp"
	"math/bits"
	"slices"
)

// A corePick is a choice of core questions.
type corePick struct {
	groups uint     // a bit for each group that it has a question of
	ids    []string // of questions
	risk   float64  // that is open in them
}

// compare tells whether a pick is worth less than another, as many or more: first by the
// number of groups, then by that of questions, then by the risk.
func (p corePick) compare(q corePick) int {
	return cmp.Or(bits.OnesCount(p.groups)-bits.OnesCount(q.groups), len(p.ids)-len(q.ids), cmp.Compare(p.risk, q.risk))
}

// pickCore picks of the core questions those that fit into some minutes: one of as many
// groups as possible, then as many as possible, then those in which most risk is open.
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
	// best has, for each number of minutes and each set of groups, the best pick.
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
