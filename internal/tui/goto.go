package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// openJump opens the list of all questions. What is typed, an id or words, narrows it.
func (m *model) openJump() {
	states := m.Walk.Questions()
	p := &pane{
		title: "Go to:", hasInput: true, hints: []string{"Enter go there", "Esc back", "↑↓ choose"},
		rows: func(w int, typed string) []row { return questionRows(m.renderer, m.Lens, states, typed, w) },
	}
	p.emptyText = func() string { return m.notListedText(states, cleanInput(p.input.Value())) }
	p.choose = func(r row) {
		id := r.id
		if b, ok := m.Lens.Practice(p.input.Value()); ok && b.Question == id {
			id = b.ID
		}
		m.pane = nil
		m.jump(id)
	}
	m.open(p)
	p.selectRow(m.questionID())
}

// notListedText says why no question is listed: what was typed is set aside by the profile,
// not in scope, or unknown.
func (s *Session) notListedText(listed []interview.QuestionState, typed string) string {
	var aside, outside []string
	for i := range s.Lens.Questions {
		q := &s.Lens.Questions[i]
		switch {
		case !matchesQuestion(q, typed) || slices.ContainsFunc(listed, func(l interview.QuestionState) bool { return l.Question == q }):
		case slices.ContainsFunc(s.Walk.SetAside(), func(r interview.AffectedPractice) bool { return strings.HasPrefix(r.Practice.ID, q.ID+"-") }):
			aside = append(aside, q.ID)
		default:
			outside = append(outside, q.ID)
		}
	}
	switch {
	case len(aside)+len(outside) == 0:
		return fmt.Sprintf("No question has the id or the words %q; / searches everything.", typed)
	case len(aside) == 0:
		return fewIDsWithVerb(outside) + " not in the scope of this review."
	}
	return fewIDsWithVerb(aside) + " set aside by the profile; A lists that, and asks it all the same."
}

// fewIDsWithVerb lists at most five ids, followed by is or are.
func fewIDsWithVerb(ids []string) string {
	const most = 5
	switch n := len(ids); {
	case n == 1:
		return ids[0] + " is"
	case n > most:
		return fmt.Sprintf("%s and %d more are", strings.Join(ids[:most], ", "), n-most)
	}
	return strings.Join(ids, ", ") + " are"
}

// questionRows lists the questions that match what was typed with their state, under the
// names of their pillars and layers.
func questionRows(r renderer, l *lens.Lens, states []interview.QuestionState, typed string, w int) []row {
	var rows []row
	chapter := ""
	for _, s := range states {
		if !matchesQuestion(s.Question, typed) {
			continue
		}
		if c := interview.Chapter(l, s.Question); c != chapter {
			chapter = c
			rows = append(rows, row{spans: []span{{r.strong, safe(c)}}})
		}
		rows = append(rows, row{id: s.Question.ID, spans: r.questionSpans(s, w)})
	}
	return rows
}

// matchesQuestion reports whether what was typed matches the id of a question or of one of
// its best practices, or words of its text.
func matchesQuestion(q *lens.Question, typed string) bool {
	if id := lens.NormalizeID(typed); strings.Contains(q.ID, id) || strings.HasPrefix(id, q.ID) {
		return true
	}
	text := strings.ToLower(q.Topic + " " + q.Ask + " " + q.Title)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(typed)), func(word string) bool { return !strings.Contains(text, word) })
}

const filteredOut = "  (not on this walk)"

func (r renderer) questionSpans(s interview.QuestionState, w int) []span {
	sign, word, style := ".", "open", r.dim
	switch {
	case s.Findings > 0:
		sign, word, style = r.severitySign(s.Worst), text.Count(s.Findings, "finding"), r.severityStyle(s.Worst)
	case s.Done():
		sign, word, style = "✓", "done", r.good
	case s.Answered > 0:
		sign, word, style = "/", "begun", r.warn
	}
	id := safe(s.Question.ID)
	progress := span{r.dim, fmt.Sprintf("%d/%d  ", s.Answered, s.Stops)}
	label := span{r.plain, safe(s.Question.Label())}
	spans := []span{{style, fmt.Sprintf("%s %-10s ", sign, word)}, progress, {r.strong, fmt.Sprintf("%-10s ", id)}, label}
	if w < 60 {
		spans = []span{{style, sign + " "}, progress, {r.strong, id + " "}, label}
	}
	if s.Stop < 0 {
		spans = append(spans, span{r.dim, filteredOut})
	}
	return spans
}

// jump moves to a question or best practice, and removes a filter that leaves it out. It
// reports whether the walk moved, and shows a message if not.
func (s *Session) jump(id string) bool {
	if s.Walk.GoToID(id) {
		return true
	}
	if filter := s.Walk.Filter(); !filter.Empty() {
		s.Walk.SetFilter(interview.Filter{})
		if s.Walk.GoToID(id) {
			s.notify("The filter was removed to go there; it was: %s.", filter.Words(s.Lens))
			return true
		}
		s.Walk.SetFilter(filter)
	}
	_, practice := s.Lens.Practice(id)
	_, question := s.Lens.Question(id)
	switch {
	case id == "":
		s.notify("g needs an id, such as g %s.", s.Lens.Questions[0].ID)
	case practice || question:
		s.notify("%s is not in the scope of this review.", id)
	default:
		s.notify("unknown id %q%s", id, suggest.DidYouMean(strings.ToUpper(id), append(s.Lens.PracticeIDs(), s.Lens.QuestionIDs()...)))
	}
	return false
}

// goToHit moves to a hit of a search.
func (s *Session) goToHit(id string) bool {
	if id == "" || id == topicRowID {
		s.notify("This topic has no best practice; the summary lists it.")
		return false
	}
	return s.jump(id)
}

// openSearch opens the search, whose hits change as one types.
func (m *model) openSearch() {
	p := &pane{
		title: "Search:", hasInput: true, hints: []string{"Enter go there", "Esc back", "↑↓ choose"},
		rows: func(w int, typed string) []row {
			var rows []row
			for _, h := range m.Walk.Search(typed) {
				rows = append(rows, m.hitRow(h, w))
			}
			return rows
		},
		choose: func(r row) {
			m.pane = nil
			m.goToHit(r.id)
		},
	}
	p.emptyText = func() string {
		if typed := cleanInput(p.input.Value()); typed != "" {
			return fmt.Sprintf("Nothing found for %q: no id, title, card, note, owner, evidence or parked topic has all of it.", typed)
		}
		return "Type words: ids, titles, the texts of the cards, notes, owners, evidence and parked topics are searched."
	}
	m.open(p)
}

const topicRowID = "topic"

func (r renderer) hitRow(h interview.Hit, w int) row {
	line := row{id: h.ID(), kind: string(h.Part)}
	where := string(h.Part)
	if h.Topic >= 0 {
		line.kind, where = topicRowID, "parked"
		if line.id == "" {
			line.id = topicRowID
		}
	}
	from, to := h.MatchRange[0], h.MatchRange[1]
	severity := span{r.dim, "  "}
	if h.Practice != nil {
		severity = span{r.severityStyle(h.Practice.Severity), fmt.Sprintf("%-2s", r.severitySign(h.Practice.Severity))}
	}
	line.spans = []span{
		{r.strong, fmt.Sprintf("%-15s ", safe(h.ID()))},
		severity,
		{r.dim, fmt.Sprintf("%-9s ", where)},
		{r.plain, safe(h.Snippet[:from])},
		{r.accent, safe(h.Snippet[from:to])},
		{r.plain, safe(h.Snippet[to:])},
	}
	if w < 60 {
		line.spans = append(line.spans[:2], line.spans[3:]...)
	}
	if h.Stop < 0 && h.ID() != "" {
		line.spans = append(line.spans, span{r.dim, filteredOut})
	}
	return line
}
