package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// practice sets one best practice: title, status, severity and effort, and at
// the cursor what was said of it.
func (m *model) practice(b *body, i, w int) {
	s := m.Walk.Stops()[i]
	a, answered := m.review.Answers[s.Practice.ID]
	if !answered {
		a, _ = m.drafts.of(s.Practice.ID)
	}
	here := i == m.Walk.At()
	cursor, title := "  ", m.strong
	if here {
		cursor, title = "> ", m.mark
	}
	short := strings.TrimPrefix(s.Practice.ID, s.Question.ID+"-")
	lead := " " + cursor + safe(short) + " "
	indent := strings.Repeat(" ", m.pen.width(lead))
	for n, line := range m.wrap(s.Practice.Title, w-len(indent)-1) {
		if n > 0 {
			lead = indent
		}
		text := title.Render(lead + line)
		if here {
			text = m.fitWith(text, w, m.mark)
		}
		b.add(i, text)
	}
	b.add(i, m.plain.Render(indent)+m.statusLine(s, a, w-len(indent)))
	if here {
		lines := m.details(s, a, answered, w-len(indent)-1)
		m.detailLines = len(lines)
		for _, line := range lines {
			b.add(i, m.plain.Render(indent)+line)
		}
	}
}

// statusLine is the status, the severity, the effort, and what else there is.
func (m *model) statusLine(s interview.Stop, a review.Answer, w int) string {
	st, severity := m.status(a.Status), m.level(s.Practice.Severity)
	status := st.style.Render(st.sign+" "+st.word) + m.dim.Render("   ")
	line := status + severity.Render(string(s.Practice.Severity)+" severity")
	effort := ""
	if s.Practice.Effort != "" {
		effort = m.dim.Render("   " + string(s.Practice.Effort) + " effort")
	}
	switch { // what is left out is on the card
	case m.pen.width(line+effort) <= w:
		line += effort
	case m.pen.width(line) > w:
		line = status + severity.Render(string(s.Practice.Severity))
	}
	var extra []string
	if a.Note != "" {
		extra = append(extra, "note")
	}
	if n := len(a.Evidence); n > 0 {
		extra = append(extra, fmt.Sprintf("evidence %d", n))
	}
	if a.Owner != "" {
		extra = append(extra, safe(a.Owner))
	}
	if _, _, ok := m.review.Waiver(s.Practice.ID); ok {
		extra = append(extra, "waived")
	}
	if m.Walk.Skipped(s.Practice.ID) {
		extra = append(extra, "skipped")
	}
	if s.Practice.ID != m.hereID() {
		for i, e := range extra {
			e = m.plain.Render(map[bool]string{true: "   ", false: ", "}[i == 0] + e)
			if m.pen.width(line)+m.pen.width(e) > w {
				break
			}
			line += e
		}
	}
	return m.method.Truncate(line, max(w, 0), "…")
}

func (m *model) hereID() string {
	if s, ok := m.Walk.Current(); ok {
		return s.Practice.ID
	}
	return ""
}

// details are what an answer says besides its status.
func (m *model) details(s interview.Stop, a review.Answer, answered bool, w int) []string {
	var lines []string
	add := func(name, value string, style lipgloss.Style) {
		if value == "" {
			return
		}
		for i, line := range m.wrap(name+": "+value, w) {
			if i == 0 {
				lines = append(lines, m.dim.Render(name+":")+style.Render(strings.TrimPrefix(line, name+":")))
			} else {
				lines = append(lines, style.Render("  "+line))
			}
		}
	}
	for _, f := range fields(a) {
		add(f.name, f.value, m.plain)
	}
	if answered {
		at := review.DayOf(a.At)
		add("answered by", strings.TrimSpace(a.By+" "+at), m.dim)
		if n := len(a.History); n > 0 {
			before := a.History[n-1]
			at := review.DayOf(before.At)
			add("before", strings.TrimSpace(before.Status.Words()+" "+before.By+" "+at), m.dim)
		}
	} else if _, draft := m.drafts.of(s.Practice.ID); draft {
		lines = append(lines, m.warn.Render(notSavedYet))
	}
	if v, _, ok := m.review.Waiver(s.Practice.ID); ok {
		add("waived", waiverWords(v), m.warn)
	}
	if m.Walk.Skipped(s.Practice.ID) {
		lines = append(lines, m.dim.Render("skipped in this session"))
	}
	return lines
}
