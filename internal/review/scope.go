package review

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Dimension is a list of a Scope: one way to limit a review.
type Dimension struct {
	Key     string // of the list in the review file: pillars
	Name    string // of one entry, and of the flag: pillar
	HasFlag bool   // there is a flag for it

	KnownIDs func(*lens.Lens) []string            // the ids of a lens
	Title    func(l *lens.Lens, id string) string // the name of an id in a lens
	Field    func(*Scope) *[]string               // the list in a scope; empty for all

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

// Dimensions lists the dimensions of a scope. The caller must not change the list.
func Dimensions() []Dimension { return dimensions }

// IDs returns the ids in a scope; none if it is not limited in this dimension.
func (d Dimension) IDs(s Scope) []string { return *d.Field(&s) }

// Empty reports whether the scope is the whole lens.
func (s Scope) Empty() bool { return s.Equal(Scope{}) }

// Equal reports whether two scopes have the same ids in the same order.
func (s Scope) Equal(t Scope) bool {
	return !slices.ContainsFunc(dimensions, func(d Dimension) bool { return !slices.Equal(d.IDs(s), d.IDs(t)) })
}

// Includes reports whether a best practice of a question is in scope.
func (s *Scope) Includes(q *lens.Question, p *lens.Practice) bool {
	if len(s.Pillars)+len(s.Layers)+len(s.Scenarios)+len(s.Questions) == 0 {
		return true // fast path for most reviews
	}
	for _, d := range dimensions {
		ids := *d.Field(s)
		if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return d.matches(q, p, id) }) {
			return false
		}
	}
	return true
}

// ValidFor reports whether the lens has every id of the scope.
func (s Scope) ValidFor(l *lens.Lens) bool {
	for _, d := range dimensions {
		known := d.KnownIDs(l)
		if slices.ContainsFunc(d.IDs(s), func(id string) bool { return !slices.Contains(known, id) }) {
			return false
		}
	}
	return true
}
