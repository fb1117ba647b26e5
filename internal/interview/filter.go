package interview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// AnswerFilter narrows a walk by what was answered.
type AnswerFilter string

// The ways to narrow.
const (
	AllAnswers      AnswerFilter = ""
	OnlyUnanswered  AnswerFilter = "unanswered"
	OnlyFindings    AnswerFilter = "findings"
	OnlyUnconfirmed AnswerFilter = "unconfirmed" // from a template
)

// Values lists the ways to narrow.
func (AnswerFilter) Values() []string {
	return []string{string(OnlyUnanswered), string(OnlyFindings), string(OnlyUnconfirmed)}
}

// A Filter narrows a walk. It does not change the scope of the review. All its
// parts must match; an empty part matches everything.
type Filter struct {
	Scope    review.Scope `json:"scope"`
	Severity lens.Level   `json:"severity,omitempty"` // exactly this one
	Only     AnswerFilter `json:"only,omitempty"`     // at the time when the filter is set
	Owner    string       `json:"owner,omitempty"`    // whose they are then; see review.Review.Owns
}

// Empty reports whether the filter lets everything through.
func (f Filter) Empty() bool {
	return f.Scope.Empty() && f.Severity == "" && f.Only == AllAnswers && f.Owner == ""
}

// Equal reports whether two filters are the same.
func (f Filter) Equal(g Filter) bool {
	return f.Scope.Equal(g.Scope) && f.Severity == g.Severity && f.Only == g.Only && review.PersonKey(f.Owner) == review.PersonKey(g.Owner)
}

// Words is the filter in a few words: "Security, high severity, unanswered";
// empty for an empty filter. l gives the names.
func (f Filter) Words(l *lens.Lens) string {
	var parts []string
	for _, d := range review.Dimensions() {
		ids := d.IDs(f.Scope)
		for i, id := range ids {
			if i == 3 && len(ids) > 4 {
				parts = append(parts, fmt.Sprintf("and %d more", len(ids)-i))
				break
			}
			words := d.Title(l, id)
			if d.Key == "layers" {
				words += " layer"
			}
			parts = append(parts, words)
		}
	}
	if f.Severity != "" {
		parts = append(parts, string(f.Severity)+" severity")
	}
	if f.Only != AllAnswers {
		parts = append(parts, string(f.Only))
	}
	if f.Owner != "" {
		parts = append(parts, "owner "+f.Owner)
	}
	return strings.Join(parts, ", ")
}

// includes tells whether a filter lets a best practice through; of alternatives all or none.
func (f Filter) includes(r *review.Review, q *lens.Question, p *lens.Practice) bool {
	if p.Kind != lens.Alternative {
		return f.matches(r, q, p)
	}
	return slices.ContainsFunc(q.Practices, func(p lens.Practice) bool { return p.Kind == lens.Alternative && f.matches(r, q, &p) })
}

func (f Filter) matches(r *review.Review, q *lens.Question, p *lens.Practice) bool {
	if !f.Scope.Includes(q, p) || f.Severity != "" && p.Severity != f.Severity || f.Owner != "" && !r.Owns(f.Owner, p.ID) {
		return false
	}
	if f.Only == AllAnswers {
		return true
	}
	a := choice.Of(q, p.ID, r.Answers)
	switch f.Only {
	case OnlyUnanswered:
		return a.Status == review.Unanswered
	case OnlyUnconfirmed:
		return r.Answers[p.ID].Unconfirmed()
	case OnlyFindings:
		return a.IsFinding()
	}
	return false
}

// Filter is the filter of the walk. The caller doesn't change its lists.
func (w *Walk) Filter() Filter { return w.filter }

// SetFilter narrows the walk anew. It stays at the same best practice where that
// is still on the walk, else goes to the nearest one after it, else to the
// nearest before it; from the end it begins anew.
func (w *Walk) SetFilter(f Filter) {
	s, ok := w.Current()
	w.rebuildStops(f)
	if !ok {
		w.goToFirstOpen()
		return
	}
	w.GoTo(w.nearestStop(s.Practice.ID))
}

// nearestStop is the stop of a best practice, else the nearest after it, else the last; on a
// walk by a plan else the first that is open.
func (w *Walk) nearestStop(practice string) int {
	i := w.stopAtOrAfter(practice)
	if w.FollowsPlan() && !slices.ContainsFunc(w.stops, func(s Stop) bool { return s.Practice.ID == practice }) {
		i = w.nextOpen(0)
	}
	return max(min(i, len(w.stops)-1), 0)
}

// stopAtOrAfter is the stop of a best practice, else the nearest after it, else the end.
func (w *Walk) stopAtOrAfter(practice string) int {
	if i := slices.IndexFunc(w.stops, func(s Stop) bool { return s.Practice.ID == practice }); i >= 0 {
		return i
	}
	ids := w.lens.PracticeIDs()
	from := slices.Index(ids, practice)
	if i := slices.IndexFunc(w.stops, func(s Stop) bool { return slices.Index(ids, s.Practice.ID) >= from }); i >= 0 {
		return i
	}
	return len(w.stops)
}
