package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A ResumePoint is where a session stopped: what the next one needs to continue there. It
// is not part of the review.
type ResumePoint struct {
	Practice string `json:"practice,omitempty"` // id; empty at the end of the walk
	Filter   Filter `json:"filter"`
	Plan     Plan   `json:"plan,omitzero"` // with the minutes that were left
}

// Equal reports whether two places are the same.
func (p ResumePoint) Equal(q ResumePoint) bool {
	return p.Practice == q.Practice && p.Filter.Equal(q.Filter) && p.Plan.Equal(q.Plan)
}

// ResumePoint returns where the walk is.
func (w *Walk) ResumePoint() ResumePoint {
	p := ResumePoint{Filter: w.Filter(), Plan: w.plan}
	if s, ok := w.Current(); ok {
		p.Practice = s.Practice.ID
	}
	return p
}

// ValidFor reports whether the ids of a resume point, which may be old or come from a
// broken file, are in a lens.
func (p ResumePoint) ValidFor(l *lens.Lens) bool {
	f := p.Filter
	return (p.Practice == "" || slices.Contains(l.PracticeIDs(), p.Practice)) && f.Scope.ValidFor(l) &&
		(f.Severity == "" || f.Severity.Rank() > 0) &&
		(f.Only == AllAnswers || slices.Contains(f.Only.Values(), string(f.Only)))
}

// Resume starts a walk at a resume point: at its best practice, or the next one that
// matches the filter. At the end of a walk it starts as New does. The plan is kept, but the
// walk follows it only after FollowAgenda.
func Resume(l *lens.Lens, r *review.Review, p ResumePoint) *Walk {
	w := New(l, r, p.Filter)
	w.plan = p.Plan
	if p.Practice != "" {
		w.GoTo(w.nearestStop(p.Practice))
	}
	return w
}
