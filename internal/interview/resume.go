package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A ResumePoint is where a session stopped: enough to go on at the same best practice
// with the same filter. It is no part of a review.
type ResumePoint struct {
	Practice string `json:"practice,omitempty"` // id; empty at the end of the walk
	Filter   Filter `json:"filter"`
	Plan     Plan   `json:"plan,omitzero"` // its minutes are those that were left
}

// Equal reports whether two places are the same.
func (p ResumePoint) Equal(q ResumePoint) bool {
	return p.Practice == q.Practice && p.Filter.Equal(q.Filter) && p.Plan.Equal(q.Plan)
}

// ResumePoint is the place of the walk.
func (w *Walk) ResumePoint() ResumePoint {
	p := ResumePoint{Filter: w.Filter(), Plan: w.plan}
	if s, ok := w.Current(); ok {
		p.Practice = s.Practice.ID
	}
	return p
}

// ValidFor reports whether a place, which may be old or come from a broken file, is one
// of a lens.
func (p ResumePoint) ValidFor(l *lens.Lens) bool {
	f := p.Filter
	return (p.Practice == "" || slices.Contains(l.PracticeIDs(), p.Practice)) && f.Scope.ValidFor(l) &&
		(f.Severity == "" || f.Severity.Rank() > 0) &&
		(f.Only == AllAnswers || slices.Contains(f.Only.Values(), string(f.Only)))
}

// Resume begins a walk where another one stopped: at the same best practice, or
// the nearest after it where the filter no longer lets it through. Where the place
// is the end of a walk, it begins as New does. What the room said of its plan holds, but
// the walk goes by it only once GoBy says so.
func Resume(l *lens.Lens, r *review.Review, p ResumePoint) *Walk {
	w := New(l, r, p.Filter)
	w.plan = p.Plan
	if p.Practice != "" {
		w.GoTo(w.nearestStop(p.Practice))
	}
	return w
}
