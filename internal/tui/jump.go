package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// openJump lists all questions with their state. What is typed narrows the list:
// an id, or words.
func (m *model) openJump() {
	states := m.walk.Questions()
	l := &list{
		title: "Go to:", typed: true, hints: []string{"Enter go there", "Esc back", "↑↓ choose"},
		empty: "No question has this id or these words; / searches everything.",
		rows:  func(typed string) []row { return m.jumpRows(states, typed) },
	}
	l.choose = func(r row) tea.Cmd {
		id := r.id
		if typed := lens.Normal(l.input.Value()); strings.HasPrefix(typed, id+"-") {
			if _, ok := m.Lens.Practice(typed); ok {
				id = typed
			}
		}
		return m.jump(id)
	}
	m.openList(l)
	if s, ok := m.walk.Current(); ok {
		l.goTo(s.Question.ID)
	}
}

func (m *model) jumpRows(states []interview.QuestionState, typed string) []row {
	var rows []row
	chapter := ""
	for _, s := range states {
		if !matches(s.Question, typed) {
			continue
		}
		if c := interview.Chapter(m.Lens, s.Question); c != chapter {
			chapter = c
			rows = append(rows, row{text: []bit{{m.strong, safe(c)}}})
		}
		rows = append(rows, row{id: s.Question.ID, text: m.stateBits(s)})
	}
	return rows
}

// matches tells whether a question is meant by its id, that of a best practice,
// or words of its text.
func matches(q *lens.Question, typed string) bool {
	if typed == "" {
		return true
	}
	if id := lens.Normal(typed); strings.Contains(q.ID, id) || strings.HasPrefix(id, q.ID) {
		return true
	}
	text := strings.ToLower(q.Ask + " " + q.Title)
	for _, word := range strings.Fields(strings.ToLower(typed)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (m *model) stateBits(s interview.QuestionState) []bit {
	sign, word, style := ".", "open", m.dim
	switch {
	case s.Findings > 0:
		sign, word, style = worstSign(s.Worst), text.Count(s.Findings, "finding"), m.level(s.Worst)
	case s.State == interview.Done:
		sign, word, style = "✓", "done", m.good
	case s.State == interview.Partly:
		sign, word, style = "/", "begun", m.warn
	}
	bits := []bit{{style, fmt.Sprintf("%s %-10s ", sign, word)}, {m.dim, fmt.Sprintf("%d/%d  ", s.Answered, s.Stops)}, {m.strong, fmt.Sprintf("%-10s ", safe(s.Question.ID))}, {m.plain, safe(s.Question.Ask)}}
	if m.width < 60 {
		bits = []bit{{style, sign + " "}, bits[1], {m.strong, safe(s.Question.ID) + " "}, bits[3]}
	}
	if s.Stop < 0 {
		bits = append(bits, bit{m.dim, "  (filtered out)"})
	}
	return bits
}

// jump goes to a question or best practice; a filter that leaves it out is lifted.
func (m *model) jump(id string) tea.Cmd {
	m.view = viewQuestion
	if m.walk.Go(id) {
		return nil
	}
	filter := m.walk.Filter()
	if !filter.Empty() {
		m.walk.Refilter(interview.Filter{})
		if m.walk.Go(id) {
			m.tell("The filter was lifted to go there; it was: %s.", filter.Words(m.Lens))
			return nil
		}
		m.walk.Refilter(filter)
	}
	m.tell("%s is not in the scope of this review.", id)
	return nil
}

// openSearch searches everything as it is typed.
func (m *model) openSearch() {
	m.openList(&list{
		title: "Search:", typed: true, hints: []string{"Enter go there", "Esc back", "↑↓ choose"},
		empty: "Type words: ids, titles, the texts of the cards, notes, owners, evidence and parked topics are searched.",
		rows:  m.searchRows,
		choose: func(r row) tea.Cmd {
			if r.kind == topicRow && r.id == topicRow {
				m.view = viewQuestion
				m.tell("This topic came up at no best practice; the summary lists it.")
				return nil
			}
			return m.jump(r.id)
		},
	})
}

const topicRow = "topic"

func (m *model) searchRows(typed string) []row {
	var rows []row
	for _, h := range m.walk.Search(typed) {
		r := row{id: h.ID(), kind: string(h.Where)}
		where := string(h.Where)
		if h.Topic >= 0 {
			r.kind, where = topicRow, "parked"
			if r.id == "" {
				r.id = topicRow
			}
		}
		from, to := h.Match[0], h.Match[1]
		r.text = []bit{
			{m.strong, fmt.Sprintf("%-15s ", safe(h.ID()))},
			{m.dim, fmt.Sprintf("%-9s ", where)},
			{m.plain, safe(h.Snippet[:from])},
			{m.accent, safe(h.Snippet[from:to])},
			{m.plain, safe(h.Snippet[to:])},
		}
		if m.width < 60 {
			r.text = append(r.text[:1], r.text[2:]...)
		}
		rows = append(rows, r)
	}
	return rows
}
