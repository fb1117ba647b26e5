package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
)

// A Ranked is a finding with its priority, 0 to 100.
type Ranked struct {
	Question *lens.Question
	Practice *lens.Practice
	Answer   review.Answer
	Waived   bool // there is a waiver, whatever it is worth today
	Priority int
}

// Ranking lists the findings of a review in the order in which its report does:
// by priority, then less effort first, then in lens order.
func Ranking(l *lens.Lens, r *review.Review) []Ranked {
	var out []Ranked
	inScope(l, r, func(q *lens.Question, p *lens.Practice) {
		a := r.Answers[p.ID]
		gap, found := priority.Gap(l.Weights.Gap, a.Status)
		if !found {
			return
		}
		_, _, waived := r.Waiver(p.ID)
		out = append(out, Ranked{q, p, a, waived, priority.Of(l.Weights, r.Workload.Profile, p, gap).Priority})
	})
	slices.SortStableFunc(out, func(x, y Ranked) int {
		if x.Priority != y.Priority {
			return y.Priority - x.Priority
		}
		return sized(x.Practice.Effort) - sized(y.Practice.Effort)
	})
	return out
}

// sized orders efforts; one that nobody has estimated comes last.
func sized(effort lens.Level) int {
	if effort == "" {
		return lens.High.Rank() + 1
	}
	return effort.Rank()
}
