package answers

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A Match pairs a question of the WA Tool with one of the lens.
type Match struct {
	Answer   *ToolAnswer
	Question *lens.Question
	None     string            // id of "None of these" in the WA Tool; may be empty
	Choices  map[string]string // ids in the WA Tool by id of best practice
	Reworded []string          // best practices matched by id, with a different title
}

// MatchAll matches each question and choice of the WA Tool with one of the lens: by the map,
// then by id, then by title. Ids also match if they differ in case, -, _ and leading zeros,
// and those of choices if they agree after the id of their question, so that
// IOTSEC05_BP01, iotsec5-1 and IOTSEC05-BP01 match; but if the title is that of another
// best practice, the title decides. unmatched has everything without a match.
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

// findQuestion returns the question of the lens that matches an answer and is not taken; nil
// if there is none, or if the answer is ignored.
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

// choices matches the choices of a question and returns those without a match.
func (m *Match) choices(known *Map) []MapUnmatched {
	var unmatched []MapUnmatched
	g, q := m.Answer, m.Question
	mapped := known.Questions[q.ID]
	ours := map[string]string{} // best practices of the map by id in the WA Tool
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
	take(func(c ToolChoice) string { return m.noteReworded(c, byExactID(q, there, c.ID)) })
	// An equal title takes precedence over a similar id, as numbering may differ.
	take(func(c ToolChoice) string {
		if id := bySimilarID(q, g.Question, c.ID); sameTitle(titleOf(q, id), c.Title) {
			return id
		}
		return ""
	})
	take(func(c ToolChoice) string { return byTitle(q, c.Title) })
	take(func(c ToolChoice) string { return m.noteReworded(c, bySimilarID(q, g.Question, c.ID)) })
	for _, c := range rest {
		unmatched = append(unmatched, MapUnmatched{Question: g.Question, Choice: c.ID, Title: oneLine(c.Title)})
	}
	return unmatched
}

// noteReworded returns id, and adds it to m.Reworded if its titles differ.
func (m *Match) noteReworded(c ToolChoice, id string) string {
	if _, there := m.Choices[id]; id != "" && id != none && !there && c.Title != "" && !sameTitle(c.Title, titleOf(m.Question, id)) {
		m.Reworded = append(m.Reworded, id)
	}
	return id
}

// choice returns the choice in the WA Tool for a best practice, or for none; false if there
// is no such choice.
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
