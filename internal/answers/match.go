package answers

import (
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
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
func (match *Match) choices(m *Map) []MapUnmatched {
	var unmatched []MapUnmatched
	g, q := match.Given, match.Question
	mapped := m.Questions[q.ID]
	known := map[string]string{} // the map's, by the id there
	for ours, theirs := range mapped.Choices {
		known[theirs] = ours
	}
	rest := slices.Clone(g.Choices)
	take := func(find func(GivenChoice) string) {
		rest = slices.DeleteFunc(rest, func(c GivenChoice) bool {
			id := find(c)
			if id == "" {
				return false
			}
			if id == none && match.None == "" {
				match.None = c.ID
			} else if _, there := match.Choices[id]; !there && id != none {
				match.Choices[id] = c.ID
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
		return known[c.ID]
	})
	rest = slices.DeleteFunc(rest, func(c GivenChoice) bool { return slices.Contains(m.Ignore, c.ID) })
	there, _ := idsOf(q, nil)
	take(func(c GivenChoice) string { return match.reworded(c, exactID(q, there, c.ID)) })
	// A title that is just one of ours outweighs an id that only looks alike: it
	// may count otherwise.
	take(func(c GivenChoice) string {
		if id := byID(q, g.Question, c.ID); sameTitle(titleOf(q, id), c.Title) {
			return id
		}
		return ""
	})
	take(func(c GivenChoice) string { return byTitle(q, c.Title) })
	take(func(c GivenChoice) string { return match.reworded(c, byID(q, g.Question, c.ID)) })
	for _, c := range rest {
		unmatched = append(unmatched, MapUnmatched{Question: g.Question, Choice: c.ID, Title: oneLine(c.Title)})
	}
	return unmatched
}

// reworded notes an id whose title is another, and returns it.
func (match *Match) reworded(c GivenChoice, id string) string {
	if _, there := match.Choices[id]; id != "" && id != none && !there && c.Title != "" && !sameTitle(c.Title, titleOf(match.Question, id)) {
		match.Reworded = append(match.Reworded, id)
	}
	return id
}

func exactID(q *lens.Question, there ids, choice string) string {
	if choice == there.none && choice != "" {
		return none
	}
	for i := range q.Practices {
		if there.choices[q.Practices[i].ID] == choice {
			return q.Practices[i].ID
		}
	}
	return ""
}

// none stands for the choice "None of these" where a best practice could stand.
const none = "none"

func byTitle(q *lens.Question, title string) string {
	if sameTitle(title, titleOf(q, none)) {
		return none
	}
	for i := range q.Practices {
		if sameTitle(q.Practices[i].Title, title) {
			return q.Practices[i].ID
		}
	}
	return ""
}

func titleOf(q *lens.Question, id string) string {
	if id == none && q.NoneChoice.Title != "" {
		return q.NoneChoice.Title
	}
	if id == none {
		return lens.NoneOfThese
	}
	for i := range q.Practices {
		if q.Practices[i].ID == id {
			return q.Practices[i].Title
		}
	}
	return ""
}

func byID(q *lens.Question, question, choice string) string {
	id := normalID(choice)
	if q.None != "" && id == normalID(q.None) {
		return none
	}
	rest := strings.TrimPrefix(id, normalID(question))
	if rest == "no" || rest == "none" {
		return none
	}
	for i := range q.Practices {
		ours := normalID(q.Practices[i].ID)
		number := strings.TrimPrefix(strings.TrimPrefix(ours, normalID(q.ID)), "bp")
		if id == ours || rest != id && (rest == "bp"+number || rest == " "+number) {
			return q.Practices[i].ID
		}
	}
	return ""
}

// normalID is an id without case, signs and leading noughts: IOTSEC05_BP01 is
// iotsec5bp1. Between two numbers a blank stays, so that 1_12 is not 11_2.
func normalID(id string) string {
	var b strings.Builder
	afterDigits := false
	for rest := strings.ToLower(id); rest != ""; {
		run := rest[:span(rest)]
		rest = rest[len(run):]
		switch {
		case isDigit(rune(run[0])):
			if afterDigits {
				b.WriteByte(' ')
			}
			number := strings.TrimLeft(run, "0")
			if number == "" {
				number = "0"
			}
			b.WriteString(number)
			afterDigits = true
		case unicode.IsLetter([]rune(run)[0]):
			b.WriteString(run)
			afterDigits = false
		}
	}
	return b.String()
}

// span is the length of the run of digits, letters or signs that text begins with.
func span(text string) int {
	kind := func(r rune) int {
		switch {
		case isDigit(r):
			return 0
		case unicode.IsLetter(r):
			return 1
		}
		return 2
	}
	first := -1
	for i, r := range text {
		if first < 0 {
			first = kind(r)
		} else if kind(r) != first {
			return i
		}
	}
	return len(text)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// normalTitle is a title without case, punctuation and superfluous blanks.
func normalTitle(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}), " ")
}

func sameTitle(a, b string) bool {
	t := normalTitle(a)
	return t != "" && t == normalTitle(b)
}

// NewMap is the map of what was matched and what was not, as a start for editing.
func NewMap(l *lens.Lens, matches []Match, unmatched []MapUnmatched, old *Map) *Map {
	m := &Map{Schema: MapSchema, Lens: l.ID, Questions: map[string]MapQuestion{}, Unmatched: unmatched}
	if old != nil {
		m.LensAlias, m.Ignore = old.LensAlias, old.Ignore
		for id, q := range old.Questions {
			m.Questions[id] = q
		}
	}
	for _, match := range matches {
		if match.Given.Lens != "" && m.LensAlias == "" {
			m.LensAlias = match.Given.Lens
		}
		m.Questions[match.Question.ID] = MapQuestion{ID: match.Given.Question, None: match.None, Choices: match.Choices}
	}
	return m
}

// Nearest is the best practice or question of ours whose title comes closest to
// that of an unmatched one; false where none is near.
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
