package portfolio

import (
	"cmp"
	"slices"
)

// assignIDs sorts the reviews by file, numbers them in that order and updates all lists of ids.
func (b *Builder) assignIDs() {
	reviews := b.out.Reviews
	slices.SortFunc(reviews, func(a, b Review) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Digest, b.Digest), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(b.groups, func(a, b *groupBuilder) int {
		x, y := a.lens, b.lens
		return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Version, y.Version), cmp.Compare(x.Revision, y.Revision), cmp.Compare(x.Digest, y.Digest))
	})
	groups := make([]int, len(b.groups)) // new index by old index
	for i, g := range b.groups {
		groups[g.place] = i
	}
	to := make([]ID, len(reviews)+1) // new id by old id
	for i := range reviews {
		r := &reviews[i]
		to[r.ID] = ID(i + 1)
		r.ID, r.Group = ID(i+1), groups[r.Group]
	}
	for i := range b.out.Waivers {
		b.out.Waivers[i].Review = to[b.out.Waivers[i].Review]
	}
	b.visitIDs(func(ids IDs, sorted bool) {
		for i := range ids {
			ids[i] = to[ids[i]]
		}
		if sorted {
			slices.Sort(ids)
		}
	})
}

// visitIDs calls visit for each list of ids; sorted says whether the list must be sorted by id.
func (b *Builder) visitIDs(visit func(ids IDs, sorted bool)) {
	for _, g := range b.groups {
		visit(g.reviews, true)
		visit(g.earlier, true)
		for i := range g.practices {
			p := &g.practices[i]
			for _, ids := range []IDs{p.Open, p.Waived, p.Missing, p.Unknown} {
				visit(ids, true)
			}
		}
		for i := range g.questions {
			visit(g.questions[i].High, true)
			visit(g.questions[i].Medium, true)
		}
		for _, parts := range [][]partBuilder{g.pillars, g.layers} {
			for i := range parts {
				visit(parts[i].High, true)
				visit(parts[i].Reviews, true)
				for j := range parts[i].lowest {
					low := IDs{parts[i].lowest[j].review}
					visit(low, false)
					parts[i].lowest[j].review = low[0]
				}
			}
		}
	}
	for _, o := range b.owners {
		visit(o.Reviews, true)
	}
	for i := range b.frameworkTotals {
		f := &b.frameworkTotals[i]
		for _, ids := range []IDs{f.Applies, f.DoesNotApply, f.MetBy} {
			visit(ids, true)
		}
		for j := range f.Provisions {
			p := &f.Provisions[j]
			for _, ids := range []IDs{p.NotMet, p.PartlyMet, p.Unknown, p.NotAnswered} {
				visit(ids, true)
			}
		}
	}
}
