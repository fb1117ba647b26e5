package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

// facilitatorBody is the question, the facilitator's notes, the planned minutes and the next
// questions.
func (m *model) facilitatorBody(w, h int) body {
	strip := m.timeStrip(w, h)
	room := h - len(strip)
	var b body
	if w >= panelMinWidth {
		b = m.withPanel(w, room, m.notesPanel)
	} else {
		b = m.stacked(w, room)
	}
	b.pad(room)
	b.add(-1, strip...)
	return b
}

// timeStrip says how many minutes are planned for the question and what comes next, below
// a blank line if there is room.
func (m *model) timeStrip(w, h int) []string {
	s, ok := m.Walk.Current()
	if !ok {
		return nil
	}
	planned := fmt.Sprintf("%d min planned for %s", interview.Minutes(s.Question), safe(s.Question.ID))
	next := m.upNext(3)
	var long, short []string
	for _, q := range next {
		long = append(long, fmt.Sprintf("%s %s (%d min)", safe(q.ID), safe(q.Label()), interview.Minutes(q)))
		short = append(short, safe(q.ID))
	}
	words := []string{planned + ". Nothing is open after it.", fmt.Sprintf("%d min. Next: none", interview.Minutes(s.Question))}
	if len(next) > 0 {
		words = []string{
			planned + ". Next: " + strings.Join(long, ", "),
			planned + ". Next: " + strings.Join(long[:min(len(long), 2)], ", "),
			planned + ". Next: " + long[0],
			fmt.Sprintf("%d min. Next: %s", interview.Minutes(s.Question), long[0]),
			fmt.Sprintf("%d min. Next: %s", interview.Minutes(s.Question), strings.Join(short, ", ")),
			fmt.Sprintf("%d min. Next: %s", interview.Minutes(s.Question), short[0]),
		}
	}
	line := m.fit(m.accent.Render(" "+m.firstFitting(w-2, words)), w)
	if h < tallWindow-6 {
		return []string{line}
	}
	return []string{"", line}
}

// upNext returns at most n questions after the current one that have something open.
func (m *model) upNext(n int) []*lens.Question {
	_, end := m.Walk.QuestionStops()
	var next []*lens.Question
	for _, s := range m.Walk.Stops()[end:] {
		if known := len(next) > 0 && next[len(next)-1] == s.Question; known || m.Walk.CountedAnswerOf(s).Status != "" {
			continue
		}
		if len(next) == n {
			break
		}
		next = append(next, s.Question)
	}
	return next
}

// notesPanel is the facilitator's notes, cut to a height.
func (m *model) notesPanel(w, h int) []string {
	return m.scrolledPanel(func(s interview.Stop) []string { return m.notesLines(s, w) }, h, "a")
}

// stacked is the question, its best practices with a line each, and below them the notes
// on the current one.
func (m *model) stacked(w, h int) body {
	s, ok := m.Walk.Current()
	if !ok {
		return m.endBody(w)
	}
	b := m.questionHead(s.Question, w, h, briefer)
	list := m.practiceLines(w)
	room := min(len(list.lines), max((h-len(b.lines))/2, 1))
	from := m.firstVisible(list, room)
	b.addFrom(list, from, from+room)
	b.hiddenAbove, b.hiddenBelow = from, len(list.lines)-from-room
	if h-len(b.lines) > 4 {
		b.add(-1, "")
	}
	for _, line := range m.notesPanel(w-2, h-len(b.lines)) {
		b.add(-1, m.plain.Render(" ")+line)
	}
	return b
}

// practiceLines is the best practices of the current question, a line each.
func (m *model) practiceLines(w int) body {
	var b body
	from, end := m.Walk.QuestionStops()
	for i := from; i < end; i++ {
		s := m.Walk.Stops()[i]
		lead, style := "   ", m.plain
		if i == m.Walk.Position() {
			lead, style = " > ", m.mark
		}
		state := m.stopLabel(m.renderer, s)
		line := style.Render(lead) + state.style.Render(state.sign+" ")
		line += m.severityStyle(s.Practice.Severity).Render(m.severitySign(s.Practice.Severity) + " ")
		line += style.Render(shortID(s) + " " + safe(s.Practice.Title))
		b.add(i, m.fit(line, w))
	}
	return b
}
