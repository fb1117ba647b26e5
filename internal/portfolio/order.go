package portfolio

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/compare"
)

// An Order is the order in which the reviews of a portfolio are listed.
type Order string

// The orders. Equal reviews are sorted by file.
const (
	ByRisk    Order = "risk"    // failed first, then by questions at high risk and open findings of high severity, then by score
	ByScore   Order = "score"   // lowest first, those without one last
	ByOpen    Order = "open"    // most open findings first
	ByOverdue Order = "overdue" // most overdue findings first
	ByAge     Order = "age"     // oldest last answer first
	ByChange  Order = "change"  // those that got worse first
	ByName    Order = "name"    // of the workload
	ByFile    Order = "file"
)

// Values lists the orders.
func (Order) Values() []string {
	return []string{string(ByRisk), string(ByScore), string(ByOpen), string(ByOverdue), string(ByAge), string(ByChange), string(ByName), string(ByFile)}
}

// Sorted lists the reviews in the order of the options.
func (p *Portfolio) Sorted() []*Review {
	out := make([]*Review, len(p.Reviews))
	for i := range p.Reviews {
		out[i] = &p.Reviews[i]
	}
	if before := orders[cmp.Or(p.Sort, ByRisk)]; before != nil {
		slices.SortStableFunc(out, before)
	}
	return out
}

var orders = map[Order]func(a, b *Review) int{
	ByRisk: func(a, b *Review) int {
		return cmp.Or(cmp.Compare(b.Outcome, a.Outcome), cmp.Compare(b.High, a.High), cmp.Compare(b.HighSeverity, a.HighSeverity), byScore(a, b))
	},
	ByScore:   byScore,
	ByOpen:    func(a, b *Review) int { return cmp.Compare(b.Open, a.Open) },
	ByOverdue: func(a, b *Review) int { return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(a.Due, b.Due)) },
	ByAge:     func(a, b *Review) int { return cmp.Compare(a.Answered, b.Answered) },
	ByChange:  func(a, b *Review) int { return cmp.Or(cmp.Compare(movementRank(a), movementRank(b)), byScore(a, b)) },
	ByName:    func(a, b *Review) int { return cmp.Compare(a.Workload, b.Workload) },
}

func byScore(a, b *Review) int { return compareScores(a.Score, b.Score) }

// compareScores sorts the lower of two scores first, and an unknown one last.
func compareScores(a, b compare.Percent) int {
	switch {
	case a.Known != b.Known && a.Known:
		return -1
	case a.Known != b.Known:
		return 1
	}
	return cmp.Compare(a.Value, b.Value)
}

// movementRank orders reviews by how they changed, the worst first.
func movementRank(r *Review) int {
	switch m := r.Movement; {
	case m == nil || len(m.NotComparable) > 0:
		return 3
	case m.Worse:
		return 0
	case m.Better:
		return 2
	}
	return 1
}
