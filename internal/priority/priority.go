// Package priority ranks gaps from 0 to 100: harm x reach x cost of waiting x gap; see
// docs/scoring.md. Package scoring ranks findings by it, and package interview ranks unanswered
// best practices when a session is short of time.
package priority

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Gap is what is missing of a best practice.
type Gap struct {
	Missing     float64 // share, 0 to 1
	HasDeadline bool    // the answer has a deadline
	DaysLeft    int     // until then; negative after it
}

// GapOf is the gap that an answer leaves, a number of days before its deadline.
func GapOf(g lens.Gap, a review.Answer, days int) Gap {
	return Gap{Missing: missing(g, a), HasDeadline: a.Deadline != "", DaysLeft: days}
}

// missing is the share of a best practice that an answer leaves missing, 0 to 1.
func missing(g lens.Gap, a review.Answer) float64 {
	switch a.Status {
	case review.NotImplemented:
		return g.NotImplemented
	case review.CannotDetermine:
		return g.CannotDetermine
	case review.PartiallyImplemented:
		return cmp.Or(missingByExtent(g, a.Extent), g.PartiallyImplemented)
	}
	return 0
}

// missingByExtent is the share that an extent leaves missing; 0 if the extent is not known.
func missingByExtent(g lens.Gap, extent string) float64 {
	switch extent {
	case "":
		return 0
	case "few":
		return g.Few
	case "half":
		return g.Half
	case "most":
		return g.Most
	}
	if percent, err := review.ParseExtent(extent); err == nil {
		return 1 - float64(percent)/100
	}
	return 0
}

// A Rank is the priority of a gap in one best practice.
type Rank struct {
	Priority   float64  // 0 to 100, rounded to one decimal
	Reasons    []string // reasons for the priority, the strongest first; see DistinctReasons
	Compensate bool     // it cannot be closed on devices that have shipped and needs a compensating control
}

// Of ranks a gap in a best practice of a workload.
func Of(f review.Facts, p *lens.Practice, g Gap) Rank {
	back := reversibility(f, p)
	r := Rank{Compensate: back.Compensate, Priority: priorityOf(f, p, g, back)}
	if g.HasDeadline {
		r.Reasons = append(r.Reasons, deadlineReason(g.DaysLeft))
	}
	if p.OwnSeverity.Why != "" {
		r.Reasons = append(r.Reasons, p.OwnSeverity.Why)
	}
	if back.Because != "" {
		r.Reasons = append(r.Reasons, back.Because)
	}
	var worse []*lens.Fact
	for i := range f.Lens.Facts {
		if fact := &f.Lens.Facts[i]; slices.Contains(p.Worse, fact.ID) && f.IsTrue(fact.ID) {
			worse = append(worse, fact)
		}
	}
	slices.SortStableFunc(worse, func(a, b *lens.Fact) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, fact := range worse {
		r.Reasons = append(r.Reasons, fact.Name)
	}
	return r
}

// WithoutReasons is Of without the reasons, which cost time.
func WithoutReasons(f review.Facts, p *lens.Practice, g Gap) Rank {
	back := reversibility(f, p)
	return Rank{Compensate: back.Compensate, Priority: priorityOf(f, p, g, back)}
}

// priorityOf is the priority of a gap.
func priorityOf(f review.Facts, p *lens.Practice, g Gap, back *lens.Reversible) float64 {
	w := &f.Lens.Weights
	n := w.Reach.Base
	if len(p.Worse) > 0 {
		for i := range f.Lens.Facts {
			if fact := &f.Lens.Facts[i]; slices.Contains(p.Worse, fact.ID) && f.IsTrue(fact.ID) {
				n += float64(fact.Weight)
			}
		}
	}
	harm := harm(f.Lens, p)
	share := harm * n / (n + w.Reach.Half) * back.Factor * math.Sqrt(g.Missing)
	if g.HasDeadline {
		near := float64(w.UrgentDays) / float64(w.UrgentDays+max(g.DaysLeft, 0))
		share += near * (harm - share)
	}
	// The small constant makes up for rounding errors of binary fractions at halves.
	return math.Floor(1000*share+0.5+1e-9) / 10
}

// deadlineReason is the reason of a gap with a deadline.
func deadlineReason(days int) string {
	switch {
	case days < 0:
		return fmt.Sprintf("its deadline was %d days ago", -days)
	case days == 0:
		return "its deadline is today"
	}
	return fmt.Sprintf("its deadline is in %d days", days)
}

// harm is how bad a gap is at worst, above 0 and at most 1.
func harm(l *lens.Lens, p *lens.Practice) float64 {
	h := l.Weights.Harm
	points, most := h.Of(p.Rated()), 0.0
	for i := range l.Stakes {
		s := &l.Stakes[i]
		most = max(most, float64(s.Weight))
		switch slices.Index(p.AtStake, s.ID) {
		case 0:
			points += float64(s.Weight)
		case 1:
			points += h.FurtherStake * float64(s.Weight)
		}
	}
	return points / (h.High + (1+h.FurtherStake)*most)
}

// reversibility returns the weight for the stage of the product and for the fix and the closing
// point of a best practice. If there is none, it falls back to the weight without the closing
// point, then to that without a stage. If devices cannot be updated over the air, such a fix is a
// field visit.
func reversibility(f review.Facts, p *lens.Practice) *lens.Reversible {
	fix, stage := p.Fix, f.Profile.Stage
	if updatable := f.Profile.FieldUpdatable; fix == lens.OverTheAir && updatable != nil && !*updatable {
		fix = lens.FieldVisit
	}
	for _, want := range []lens.Reversible{{Stage: stage, Closes: p.Closes}, {Stage: stage}, {Closes: p.Closes}, {}} {
		for i := range f.Lens.Weights.Reversibility {
			r := &f.Lens.Weights.Reversibility[i]
			if r.Fix == fix && r.Stage == want.Stage && r.Closes == want.Closes {
				return r
			}
		}
	}
	return &lens.Reversible{}
}

// DistinctReasons keeps at most two reasons of each gap: those that the fewest other gaps share,
// in the given order. A reason that more than one gap and more than a third of them have is
// dropped.
func DistinctReasons(reasons [][]string) [][]string {
	shared := map[string]int{}
	for _, list := range reasons {
		for _, reason := range list {
			shared[reason]++
		}
	}
	out := make([][]string, len(reasons))
	for i, list := range reasons {
		kept := slices.DeleteFunc(slices.Clone(list), func(reason string) bool {
			return shared[reason] > max(1, len(reasons)/3)
		})
		slices.SortStableFunc(kept, func(a, b string) int { return shared[a] - shared[b] })
		out[i] = kept[:min(2, len(kept))]
	}
	return out
}
