package interview

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Only narrows a walk by what was answered.
type Only string

// The ways to narrow.
const (
	Everything Only = ""
	Unanswered Only = "unanswered"
	Findings   Only = "findings"
)

// Values lists the ways to narrow.
func (Only) Values() []string { return []string{string(Unanswered), string(Findings)} }

// A Filter narrows a walk. It does not change the scope of the review. All its
// parts must match; an empty part matches everything.
type Filter struct {
	Scope    review.Scope `json:"scope"`
	Severity lens.Level   `json:"severity,omitempty"` // exactly this one
	Only     Only         `json:"only,omitempty"`     // as it is when the walk takes the filter
}

// Empty tells whether the filter lets everything through.
func (f Filter) Empty() bool { return f.Scope.Empty() && f.Severity == "" && f.Only == Everything }

// Equal tells whether two filters are the same.
func (f Filter) Equal(g Filter) bool {
	return f.Scope.Equal(g.Scope) && f.Severity == g.Severity && f.Only == g.Only
}

// Words is the filter in a few words: "Security, high severity, unanswered";
// empty for an empty filter. l gives the names.
func (f Filter) Words(l *lens.Lens) string {
	var parts []string
	for _, d := range review.Dimensions() {
		ids, more := d.IDs(f.Scope), 0
		if len(ids) > 4 {
			ids, more = ids[:3], len(ids)-3
		}
		for _, id := range ids {
			words := d.Title(l, id)
			if d.Key == "layers" {
				words += " layer"
			}
			parts = append(parts, words)
		}
		if more > 0 {
			parts = append(parts, fmt.Sprintf("and %d more", more))
		}
	}
	if f.Severity != "" {
		parts = append(parts, string(f.Severity)+" severity")
	}
	if f.Only != Everything {
		parts = append(parts, string(f.Only))
	}
	return strings.Join(parts, ", ")
}

func (f Filter) wants(r *review.Review, q *lens.Question, p *lens.Practice) bool {
	if !f.Scope.Includes(q, p) || f.Severity != "" && p.Severity != f.Severity {
		return false
	}
	a, answered := r.Answers[p.ID]
	switch f.Only {
	case Unanswered:
		return !answered
	case Findings:
		return answered && a.Finding()
	}
	return true
}

func (f Filter) clone() Filter {
	f.Scope = f.Scope.Clone()
	return f
}

// Filter is what the walk was narrowed to.
func (w *Walk) Filter() Filter { return w.filter.clone() }

// Refilter narrows the walk anew. It stays at the same best practice where that
// is still on the walk, else goes to the nearest one after it, else to the
// nearest before it; from the end it begins anew.
func (w *Walk) Refilter(f Filter) {
	s, ok := w.Current()
	w.refill(f)
	if !ok {
		w.begin()
		return
	}
	w.GoTo(w.near(s.Practice.ID))
}

// near is the stop of a best practice, else the nearest after it, else the last.
func (w *Walk) near(practice string) int {
	passed, i := false, 0
	for _, q := range w.lens.Questions {
		for _, p := range q.Practices {
			passed = passed || p.ID == practice
			here := i < len(w.stops) && w.stops[i].Practice.ID == p.ID
			if passed && here {
				return i
			}
			if here {
				i++
			}
		}
	}
	return max(len(w.stops)-1, 0)
}
