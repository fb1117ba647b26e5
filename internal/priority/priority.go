// Package priority ranks gaps: severity x gap x exposure x
// reversibility, 0 to 100 (docs/scoring.md). Package scoring ranks findings by
// it; package interview ranks what is not answered yet, when time runs short.
package priority

import (
	"math"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Missing returns how much of a best practice of a status is missing, 0 to 1.
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
	Priority   int      // 0 to 100
	Because    []string // the rows of the lens's weights that made it: exposure, then reversibility
	Compensate bool     // it can't be closed any more on what has shipped: look for a compensating control
}

// Of ranks a gap in a best practice of a workload with a profile. gap is how much
// is missing, 0 to 1.
func Of(w lens.Weights, profile review.Profile, p *lens.Practice, gap float64) Rank {
	var r Rank
	exposure := w.Exposure.Base
	for _, e := range w.Exposure.Factors {
		if exposed(e, profile, p) {
			exposure += e.Add
			r.Because = append(r.Because, e.Because)
		}
	}
	fix := p.Fix
	if fix == lens.OverTheAir && profile.FieldUpdatable != nil && !*profile.FieldUpdatable {
		fix = lens.FieldVisit
		r.Because = append(r.Because, "the devices can't be updated over the air")
	}
	back := reversible(w.Reversibility, profile.Stage, fix)
	if back.Because != "" {
		r.Because = append(r.Because, back.Because)
	}
	r.Compensate = back.Compensate
	// The small constant undoes what binary fractions do to products such as 0.6 x 0.5.
	r.Priority = int(math.Floor(100*w.Severity.Of(p.Severity)*gap*min(exposure, 1)*back.Factor + 0.5 + 1e-9))
	return r
}

func exposed(e lens.ExposureFactor, f review.Profile, p *lens.Practice) bool {
	switch {
	case e.FleetSize > 0 && f.FleetSize < e.FleetSize,
		e.SafetyCritical && !f.SafetyCritical,
		e.PersonalData && !f.PersonalData,
		len(e.Power) > 0 && !overlap(e.Power, f.Power),
		len(e.Connectivity) > 0 && !overlap(e.Connectivity, f.Connectivity),
		len(e.Pillars) > 0 && !slices.Contains(e.Pillars, p.Pillar),
		len(e.Layers) > 0 && !overlap(e.Layers, p.Layers):
		return false
	}
	return true
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// reversible returns the row of a stage and a fix, or the one for no stage.
func reversible(rows []lens.Reversible, stage string, fix lens.Fix) lens.Reversible {
	var other lens.Reversible
	for _, r := range rows {
		if r.Fix == fix && r.Stage == stage {
			return r
		}
		if r.Fix == fix && r.Stage == "" {
			other = r
		}
	}
	return other
}
