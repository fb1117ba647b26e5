package review

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Dimension is one way in which a scope narrows a review.
type Dimension struct {
	Key     string // the list in the review file: pillars
	Name    string // one of its ids, for people, and the name of its flag: pillar
	HasFlag bool   // a flag sets it

	KnownIDs func(*lens.Lens) []string            // the ids that a lens has
	Title    func(l *lens.Lens, id string) string // the name that an id has there
	Field    func(*Scope) *[]string               // the ids in a scope; none: all

	matches func(q *lens.Question, p *lens.Practice, id string) bool
}

var dimensions = []Dimension{
	{
		Key: "pillars", Name: "pillar", HasFlag: true, KnownIDs: (*lens.Lens).PillarIDs, Title: (*lens.Lens).PillarName,
		matches: func(_ *lens.Question, p *lens.Practice, id string) bool { return p.Pillar == id },
		Field:   func(s *Scope) *[]string { return &s.Pillars },
	},
	{
		Key: "layers", Name: "layer", HasFlag: true, KnownIDs: (*lens.Lens).LayerIDs, Title: (*lens.Lens).LayerName,
		matches: func(_ *lens.Question, p *lens.Practice, id string) bool { return slices.Contains(p.Layers, id) },
		Field:   func(s *Scope) *[]string { return &s.Layers },
	},
	{
		Key: "scenarios", Name: "scenario", HasFlag: true, KnownIDs: (*lens.Lens).ScenarioIDs, Title: (*lens.Lens).ScenarioName,
		matches: func(_ *lens.Question, p *lens.Practice, id string) bool { return slices.Contains(p.Scenarios, id) },
		Field:   func(s *Scope) *[]string { return &s.Scenarios },
	},
	{
		Key: "questions", Name: "question", KnownIDs: (*lens.Lens).QuestionIDs,
		Title:   func(_ *lens.Lens, id string) string { return id },
		matches: func(q *lens.Question, _ *lens.Practice, id string) bool { return q.ID == id },
		Field:   func(s *Scope) *[]string { return &s.Questions },
	},
}

// Dimensions lists the ways in which a scope narrows a review. The caller doesn't
// change the list.
func Dimensions() []Dimension { return dimensions }

// IDs lists the ids to which s narrows; none for all.
func (d Dimension) IDs(s Scope) []string { return *d.Field(&s) }

// Empty tells whether the scope is the whole lens.
func (s Scope) Empty() bool { return s.Equal(Scope{}) }

// Equal tells whether two scopes narrow to the same ids, in the same order.
func (s Scope) Equal(t Scope) bool {
	return !slices.ContainsFunc(dimensions, func(d Dimension) bool { return !slices.Equal(d.IDs(s), d.IDs(t)) })
}

// Includes tells whether a best practice of a question is in scope.
func (s *Scope) Includes(q *lens.Question, p *lens.Practice) bool {
	if len(s.Pillars)+len(s.Layers)+len(s.Scenarios)+len(s.Questions) == 0 {
		return true // of most reviews, and asked of each best practice
	}
	for _, d := range dimensions {
		ids := *d.Field(s)
		if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return d.matches(q, p, id) }) {
			return false
		}
	}
	return true
}

// ValidFor tells whether the lens has every id of the scope.
func (s Scope) ValidFor(l *lens.Lens) bool {
	for _, d := range dimensions {
		known := d.KnownIDs(l)
		if slices.ContainsFunc(d.IDs(s), func(id string) bool { return !slices.Contains(known, id) }) {
			return false
		}
	}
	return true
}
