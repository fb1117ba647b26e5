package answers

import (
	"cmp"
	"maps"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
)

// NewMap returns a map of matched and unmatched ids for people to edit. Entries of old are
// kept unless a match replaces them.
func NewMap(l *lens.Lens, matches []Match, unmatched []MapUnmatched, old *Map) *Map {
	m := &Map{Schema: MapSchema, Lens: l.ID, Questions: map[string]MapQuestion{}, Unmatched: unmatched}
	if old != nil {
		m.LensAlias, m.Ignore = old.LensAlias, old.Ignore
		maps.Copy(m.Questions, old.Questions)
	}
	for _, match := range matches {
		m.LensAlias = cmp.Or(m.LensAlias, match.Answer.Lens)
		m.Questions[match.Question.ID] = MapQuestion{ID: match.Answer.Question, None: match.None, Choices: match.Choices}
	}
	return m
}

// Nearest returns the best practice or question whose title is closest to that of an
// unmatched one; false if none is close.
func Nearest(l *lens.Lens, u MapUnmatched) (string, bool) {
	titles := map[string]string{}
	var list []string
	for i := range l.Questions {
		q := &l.Questions[i]
		add := func(id, title string) {
			t := normalTitle(title)
			titles[t] = id
			list = append(list, t)
		}
		if u.Choice == "" {
			add(q.ID, q.Title)
			continue
		}
		for j := range q.Practices {
			add(q.Practices[j].ID, q.Practices[j].Title)
		}
	}
	near, ok := suggest.Closest(normalTitle(u.Title), list)
	return titles[near], ok && u.Title != ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(plain(s)), " ") }
