package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

// cardPanel is the card of the current best practice, cut to a height.
func (m *model) cardPanel(w, h int) []string {
	return m.scrolledPanel(func(s interview.Stop) []string { return m.cardLines(s.Practice, w) }, h, "c")
}

// scrolledPanel is a text about the current best practice, scrolled and cut to a height;
// key shows all of it.
func (m *model) scrolledPanel(set func(interview.Stop) []string, h int, key string) []string {
	s, ok := m.Walk.Current()
	if !ok {
		return nil
	}
	if m.panelPractice != s.Practice.ID {
		m.panelPractice, m.panelTop = s.Practice.ID, 0
	}
	lines := set(s)
	m.panelTop = min(max(m.panelTop, 0), max(len(lines)-h, 0))
	lines = lines[m.panelTop:]
	if len(lines) > h {
		lines = append(lines[:max(h-1, 0):max(h-1, 0)], m.dim.Render("... "+key+" shows all"))
	}
	return lines[:min(len(lines), max(h, 0))]
}

// cardLines says why a best practice matters, how to do it, what to ask to be shown and
// where to read more. What is only for the facilitator is in notesLines.
func (m *model) cardLines(p *lens.Practice, w int) []string {
	t := &styledText{renderer: m.renderer, width: w}
	t.text(m.strong, "", p.ID+"  "+p.Title)
	facts := practiceFacts(p)
	if layers := card.LayerNames(m.Lens, p); layers != "" {
		facts += "; layers: " + layers
	}
	t.text(m.dim, "", facts+".")
	if words := card.KindText(p); words != "" {
		t.text(m.plain, "", words)
	}
	t.section("Why it matters", p.Why)
	if len(p.How) > 0 {
		t.heading("How to do it")
	}
	for i, h := range p.How {
		t.text(m.plain, fmt.Sprintf("%d. ", i+1), h.Do)
	}
	t.list("Ask to be shown", p.Evidence)
	t.section("AWS services", strings.Join(p.Services, ", "))
	if len(p.Resources) > 0 {
		t.heading("Read")
	}
	for _, r := range p.Resources {
		t.text(m.plain, "- ", r.Title)
		t.text(m.dim, "  ", r.URL)
	}
	return t.lines
}

// practiceFacts says the severity, the effort and how a gap can be closed.
func practiceFacts(p *lens.Practice) string {
	facts := fmt.Sprintf("severity %s, effort %s", p.Severity, p.Effort)
	if p.Fix != "" {
		facts += "; a gap can be closed by " + card.FixText(p.Fix)
	}
	return facts
}

// originalWording is the question in the words of the lens's author; empty if those are
// what is asked.
func originalWording(l *lens.Lens, q *lens.Question) string {
	switch {
	case q.Title == q.Ask:
		return ""
	case q.AWS() && l.By != "":
		return l.By + ": " + q.Title
	}
	return "In full: " + q.Title
}

func (m *model) openCard(s interview.Stop) {
	p := &pane{title: "Card", key: "c", hints: []string{"Esc back", "↑↓ scroll", "a notes for the facilitator"}}
	if m.presenting() {
		p.hints = p.hints[:2]
	}
	cut := m.frame().body.questionCut
	m.openText(p, func(w int) []string {
		w = min(w, maxTextWidth)
		lines := m.cardLines(s.Practice, w)
		if cut {
			lines = append(append(m.fullQuestion(s.Question, w), ""), lines...)
		}
		if details := m.detailLines(m.renderer, s, w); len(details) > 0 && (m.showsDetails || !m.presenting()) {
			// A small window has no room for all details beside the question.
			lines = append(append(lines, "", m.accent.Render("Answer")), details...)
		}
		return lines
	})
}

// fullQuestion is a question with its follow-ups, its original wording and its description.
func (m *model) fullQuestion(q *lens.Question, w int) []string {
	t := &styledText{renderer: m.renderer, width: w}
	t.text(m.accent, "", q.ID+"  "+m.Walk.QuestionText(q))
	for _, f := range q.FollowUps {
		t.text(m.plain, "- ", f)
	}
	for _, words := range []string{originalWording(m.Lens, q), q.Description} {
		if words != "" {
			t.text(m.dim, "", words)
		}
	}
	return t.lines
}

// openNotes opens the facilitator's notes, except on the presenter's screen.
func (m *model) openNotes(s interview.Stop) {
	if m.presenting() {
		m.report("The facilitator's notes are not for this screen; v changes it.")
		return
	}
	m.openText(&pane{title: "Facilitator's notes", key: "a", hints: []string{"Esc back", "↑↓ scroll", "c card"}}, func(w int) []string {
		return m.notesLines(s, min(w, maxTextWidth))
	})
}

// notesLines says what the facilitator asks and listens for.
func (m *model) notesLines(s interview.Stop, w int) []string {
	p := s.Practice
	t := &styledText{renderer: m.renderer, width: w}
	t.text(m.strong, "", p.ID+"  "+p.Title)
	t.list("Ask", p.Probes)
	t.list("Red flags", p.RedFlags)
	t.list("Evidence to ask for", p.Evidence)
	t.section("Time", fmt.Sprintf("Plan %d minutes for %s.", interview.Minutes(s.Question), s.Question.ID))
	return t.lines
}

// A styledText collects text that is wrapped to a width.
type styledText struct {
	renderer
	width int
	lines []string
}

func (t *styledText) heading(title string) {
	t.lines = append(t.lines, "", t.accent.Render(safe(title)))
}

// text adds a paragraph behind a prefix.
func (t *styledText) text(style lipgloss.Style, prefix, s string) {
	t.lines = append(t.lines, t.paragraph(style, prefix, s, t.width)...)
}

// section adds a text below a title; nothing if it is empty.
func (t *styledText) section(title, s string) {
	if s != "" {
		t.heading(title)
		t.text(t.plain, "", s)
	}
}

func (t *styledText) list(title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	t.heading(title)
	for _, item := range texts {
		t.text(t.plain, "- ", item)
	}
}
