package interview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// An AnswerFilter limits a walk by the answers.
type AnswerFilter string

// The ways to narrow.
const (
	AllAnswers      AnswerFilter = ""
	OnlyUnanswered  AnswerFilter = "unanswered"
	OnlyFindings    AnswerFilter = "findings"
	OnlyUnconfirmed AnswerFilter = "unconfirmed" // from a template
)

// Values lists the filters that can be chosen.
func (AnswerFilter) Values() []string {
	return []string{string(OnlyUnanswered), string(OnlyFindings), string(OnlyUnconfirmed)}
}

// A Filter limits a walk, not the scope of the review. A best practice must match every
// part that is not empty.
type Filter struct {
	Scope    review.Scope `json:"scope"`
	Severity lens.Level   `json:"severity,omitempty"` // only this severity
	Only     AnswerFilter `json:"only,omitempty"`     // evaluated when the filter is set
	Owner    string       `json:"owner,omitempty"`    // evaluated when the filter is set; see review.Review.Owns
}

// Empty reports whether the filter matches everything.
func (f Filter) Empty() bool {
	return f.Scope.Empty() && f.Severity == "" && f.Only == AllAnswers && f.Owner == ""
}

// Equal reports whether two filters are the same.
func (f Filter) Equal(g Filter) bool {
	return f.Scope.Equal(g.Scope) && f.Severity == g.Severity && f.Only == g.Only && review.PersonKey(f.Owner) == review.PersonKey(g.Owner)
}

// Words describes the filter: "Security, high severity, unanswered"; empty for an empty
// filter. l provides the names.
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

// includes reports whether a best practice matches, or one of the alternatives that it is
// asked with.
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

// Filter returns the filter of the walk. The caller must not change its lists.
func (w *Walk) Filter() Filter { return w.filter }

// SetFilter changes the filter. The walk stays at its best practice if that still matches;
// otherwise it moves to the next match, or the last one. From its end it goes to the first
// open stop.
func (w *Walk) SetFilter(f Filter) {
	s, ok := w.Current()
	w.rebuildStops(f)
	if !ok {
		w.goToFirstOpen()
		return
	}
	w.GoTo(w.nearestStop(s.Practice.ID))
}

// nearestStop returns the index of the stop of a best practice; if it is not on the walk,
// of the next one, else of the last one. On a walk that follows a plan it returns the first
// open stop instead.
func (w *Walk) nearestStop(practice string) int {
	i := w.stopAtOrAfter(practice)
	if w.FollowsPlan() && !slices.ContainsFunc(w.stops, func(s Stop) bool { return s.Practice.ID == practice }) {
		i = w.nextOpen(0)
	}
	return max(min(i, len(w.stops)-1), 0)
}

// stopAtOrAfter returns the index of the stop of a best practice, or of the next one in
// lens order; the number of stops if there is none.
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
