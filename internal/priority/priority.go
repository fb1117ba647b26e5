// Package priority ranks gaps: harm x reach x cost of waiting x gap, 0 to 100
// (docs/scoring.md). Package scoring ranks findings by it; package interview ranks
// what is not answered yet, when time runs short.
package priority

import (
	"math"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Gap is what is missing of a best practice.
type Gap struct {
	Missing float64 // share, 0 to 1
	HasDay  bool    // it is known when the gap bites
	Days    int     // until then; negative after it
}

// Missing returns how much of a best practice of a status is missing, 0 to 1, where
// nothing more is known.
func Missing(g lens.Gap, s review.Status) float64 {
	switch s {
	case review.NotImplemented:
		return g.NotImplemented
	case review.CannotDetermine:
		return g.CannotDetermine
	case review.PartiallyImplemented:
		return g.PartiallyImplemented
	}
	return 0
}

// A Rank is the priority of a gap in one best practice.
type Rank struct {
	Priority   float64  // 0 to 100, rounded to one decimal
	Because    []string // what of the workload and its stage made it so, the strongest first
	Compensate bool     // it can't be closed any more on what has shipped: look for a compensating control
}

// Of ranks a gap in a best practice of a workload.
func Of(w lens.Weights, f review.Facts, p *lens.Practice, g Gap) Rank {
	var r Rank
	reach := w.Reach.Base
	for _, fact := range f.Lens.Facts {
		if slices.Contains(p.Worse, fact.ID) && f.Holds(fact.ID) {
			reach += float64(fact.Weight)
			r.Because = append(r.Because, fact.Name)
		}
	}
	reach /= reach + w.Reach.Half
	fix := p.Fix
	if updatable := f.Profile.FieldUpdatable; fix == lens.OverTheAir && updatable != nil && !*updatable {
		fix = lens.FieldVisit
	}
	back := reversible(w.Reversibility, f.Profile.Stage, fix, p.Closes)
	if back.Because != "" {
		r.Because = append(r.Because, back.Because)
	}
	r.Compensate = back.Compensate
	harm := w.Harm.Of(p.Rated())
	share := harm * reach * back.Factor * math.Sqrt(g.Missing)
	if g.HasDay {
		near := float64(w.UrgentDays) / float64(w.UrgentDays+max(g.Days, 0))
		share += near * (harm - share)
	}
	r.Priority = math.Round(1000*share) / 10
	return r
}

// reversible returns the row of a stage, a fix and a milestone, or what comes
// closest: without the milestone, and for no stage.
func reversible(rows []lens.Reversible, stage string, fix lens.Fix, closes lens.Milestone) lens.Reversible {
	for _, want := range []lens.Reversible{{Stage: stage, Closes: closes}, {Stage: stage}, {Closes: closes}, {}} {
		for _, r := range rows {
			if r.Fix == fix && r.Stage == want.Stage && r.Closes == want.Closes {
				return r
			}
		}
	}
	return lens.Reversible{}
}
