package answers

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Match is a question of the WA Tool and the one of ours that it is.
type Match struct {
	Given    *Given
	Question *lens.Question
	None     string            // id there of "None of these"; empty where it has none
	Choices  map[string]string // our best practice to the id there
	Reworded []string          // of ours, taken by an id whose title is another
}

// MatchAll finds for each question and choice of the WA Tool the one of ours: by
// the map first, then by the id, then by the title. Ids that aren't the same
// letter for letter are compared without case, -, _ and leading noughts, and a
// choice by what follows the id of its question, so that IOTSEC05_BP01, iotsec5-1
// and IOTSEC05-BP01 are the same; but where its title is that of another of ours,
// the title counts. What found no place is returned, titles beside it.
func MatchAll(l *lens.Lens, given []Given, m *Map) (matches []Match, unmatched []MapUnmatched) {
	if m == nil {
		m = &Map{}
	}
	taken := map[string]bool{}
	for i := range given {
		g := &given[i]
		q := findQuestion(l, g, m, taken)
		if q == nil {
			if !slices.Contains(m.Ignore, g.Question) {
				unmatched = append(unmatched, MapUnmatched{Question: g.Question, Title: oneLine(g.Title)})
			}
			continue
		}
		taken[q.ID] = true
		match := Match{Given: g, Question: q, Choices: map[string]string{}}
		unmatched = append(unmatched, match.choices(m)...)
		matches = append(matches, match)
	}
	order := l.QuestionIDs()
	slices.SortStableFunc(matches, func(a, b Match) int {
		return slices.Index(order, a.Question.ID) - slices.Index(order, b.Question.ID)
	})
	return matches, unmatched
}

// findQuestion finds the question of ours that nobody has taken yet; nil where
// there is none or it is to be passed over.
func findQuestion(l *lens.Lens, g *Given, m *Map, taken map[string]bool) *lens.Question {
	for id, q := range m.Questions {
		if q.ID == g.Question {
			found, _ := l.Question(id)
			return found
		}
	}
	if slices.Contains(m.Ignore, g.Question) {
		return nil
	}
	var exactly, byID, byTitle *lens.Question
	for i := range l.Questions {
		q := &l.Questions[i]
		if _, mapped := m.Questions[q.ID]; mapped || taken[q.ID] {
			continue
		}
		if idThere(q.ID, q.WA) == g.Question {
			exactly = q
		}
		if normalID(q.ID) == normalID(g.Question) {
			byID = q
		}
		if sameTitle(q.Title, g.Title) {
			byTitle = q
		}
	}
	switch {
	case exactly != nil:
		return exactly
	case byTitle == nil, byID != nil && sameTitle(byID.Title, byTitle.Title):
		return byID
	}
	return byTitle
}

// choices finds the choices of a question and returns those that are none of ours.
func (m *Match) choices(known *Map) []MapUnmatched {
	var unmatched []MapUnmatched
	g, q := m.Given, m.Question
	mapped := known.Questions[q.ID]
	ours := map[string]string{} // the map's, by the id there
	for practice, choice := range mapped.Choices {
		ours[choice] = practice
	}
	rest := slices.Clone(g.Choices)
	take := func(find func(GivenChoice) string) {
		rest = slices.DeleteFunc(rest, func(c GivenChoice) bool {
			id := find(c)
			if id == "" {
				return false
			}
			if id == none && m.None == "" {
				m.None = c.ID
			} else if _, there := m.Choices[id]; !there && id != none {
				m.Choices[id] = c.ID
			} else {
				return false
			}
			return true
		})
	}
	take(func(c GivenChoice) string {
		if mapped.None != "" && mapped.None == c.ID {
			return none
		}
		return ours[c.ID]
	})
	rest = slices.DeleteFunc(rest, func(c GivenChoice) bool { return slices.Contains(known.Ignore, c.ID) })
	there, _ := idsOf(q, Target{})
	take(func(c GivenChoice) string { return m.reworded(c, exactID(q, there, c.ID)) })
	// A title that is just one of ours outweighs an id that only looks alike: it
	// may count otherwise.
	take(func(c GivenChoice) string {
		if id := byID(q, g.Question, c.ID); sameTitle(titleOf(q, id), c.Title) {
			return id
		}
		return ""
	})
	take(func(c GivenChoice) string { return byTitle(q, c.Title) })
	take(func(c GivenChoice) string { return m.reworded(c, byID(q, g.Question, c.ID)) })
	for _, c := range rest {
		unmatched = append(unmatched, MapUnmatched{Question: g.Question, Choice: c.ID, Title: oneLine(c.Title)})
	}
	return unmatched
}

// reworded notes an id whose title is another, and returns it.
func (m *Match) reworded(c GivenChoice, id string) string {
	if _, there := m.Choices[id]; id != "" && id != none && !there && c.Title != "" && !sameTitle(c.Title, titleOf(m.Question, id)) {
		m.Reworded = append(m.Reworded, id)
	}
	return id
}

// choice is what the WA Tool says of a best practice, or of none; false where it
// has no such choice.
func (m *Match) choice(practice string) (GivenChoice, bool) {
	id, ok := m.Choices[practice]
	if practice == none {
		id, ok = m.None, m.None != ""
	}
	if !ok {
		return GivenChoice{}, false
	}
	i := slices.IndexFunc(m.Given.Choices, func(c GivenChoice) bool { return c.ID == id })
	if i < 0 {
		return GivenChoice{}, false
	}
	return m.Given.Choices[i], true
}

// ticked tells whether a best practice, or none, is ticked.
func (m *Match) ticked(practice string) bool {
	c, ok := m.choice(practice)
	return ok && c.Status == ChoiceSelected
}
