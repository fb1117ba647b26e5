package answers

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A Match is a question of the WA Tool with that of the lens.
type Match struct {
	Answer   *ToolAnswer
	Question *lens.Question
	None     string            // id of "None of these" in the WA Tool; may be empty
	Choices  map[string]string // ids in the WA Tool by those of best practices
	Reworded []string          // best practices matched by id, with a different title
}

// MatchAll matches each question and choice of the WA Tool with one of the lens: by
// the map, then by id, then by title. Ids that are not equal are compared without
// case, -, _ and leading zeros, and choices by what follows the id of their question,
// so that IOTSEC05_BP01, iotsec5-1 and IOTSEC05-BP01 are the same; but if the title
// is that of another best practice, the title decides. What matches nothing is
// returned with its title.
func MatchAll(l *lens.Lens, given []ToolAnswer, m *Map) (matches []Match, unmatched []MapUnmatched) {
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
		match := Match{Answer: g, Question: q, Choices: map[string]string{}}
		unmatched = append(unmatched, match.choices(m)...)
		matches = append(matches, match)
	}
	order := l.QuestionIDs()
	slices.SortStableFunc(matches, func(a, b Match) int {
		return slices.Index(order, a.Question.ID) - slices.Index(order, b.Question.ID)
	})
	return matches, unmatched
}

// findQuestion finds the question of the lens, of those not matched yet; nil where
// there is none or it is ignored.
func findQuestion(l *lens.Lens, g *ToolAnswer, m *Map, taken map[string]bool) *lens.Question {
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
		if customlens.QuestionID(q) == g.Question {
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

// choices matches the choices of a question and returns those that match nothing.
func (m *Match) choices(known *Map) []MapUnmatched {
	var unmatched []MapUnmatched
	g, q := m.Answer, m.Question
	mapped := known.Questions[q.ID]
	ours := map[string]string{} // the map's, by the id there
	for practice, choice := range mapped.Choices {
		ours[choice] = practice
	}
	rest := slices.Clone(g.Choices)
	take := func(find func(ToolChoice) string) {
		rest = slices.DeleteFunc(rest, func(c ToolChoice) bool {
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
	take(func(c ToolChoice) string {
		if mapped.None != "" && mapped.None == c.ID {
			return none
		}
		return ours[c.ID]
	})
	rest = slices.DeleteFunc(rest, func(c ToolChoice) bool { return slices.Contains(known.Ignore, c.ID) })
	there, _ := idsOf(q, Target{})
	take(func(c ToolChoice) string { return m.reworded(c, exactID(q, there, c.ID)) })
	// An equal title comes before a similar id, which may be numbered in another way.
	take(func(c ToolChoice) string {
		if id := byID(q, g.Question, c.ID); sameTitle(titleOf(q, id), c.Title) {
			return id
		}
		return ""
	})
	take(func(c ToolChoice) string { return byTitle(q, c.Title) })
	take(func(c ToolChoice) string { return m.reworded(c, byID(q, g.Question, c.ID)) })
	for _, c := range rest {
		unmatched = append(unmatched, MapUnmatched{Question: g.Question, Choice: c.ID, Title: oneLine(c.Title)})
	}
	return unmatched
}

// reworded notes an id with a different title, and returns it.
func (m *Match) reworded(c ToolChoice, id string) string {
	if _, there := m.Choices[id]; id != "" && id != none && !there && c.Title != "" && !sameTitle(c.Title, titleOf(m.Question, id)) {
		m.Reworded = append(m.Reworded, id)
	}
	return id
}

// choice is the choice in the WA Tool for a best practice, or for none; false where
// it has no such choice.
func (m *Match) choice(practice string) (ToolChoice, bool) {
	id, ok := m.Choices[practice]
	if practice == none {
		id, ok = m.None, m.None != ""
	}
	if !ok {
		return ToolChoice{}, false
	}
	return m.Answer.choice(id)
}

// selected reports whether a best practice, or none, is selected.
func (m *Match) selected(practice string) bool {
	c, ok := m.choice(practice)
	return ok && c.Status == ChoiceSelected
}
