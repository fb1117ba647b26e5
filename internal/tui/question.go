package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// The widest that text is set: longer lines are hard to read.
const (
	widestQuestion = 100
	widestPanel    = 84
)

// questionBody is the question with its best practices, and beside it, where
// there is room, the card of the one at the cursor.
func (m *model) questionBody(w, h int) body {
	if w < panelWidth {
		return m.question(w, h)
	}
	left := min(w*55/100, widestQuestion)
	right := min(w-left-3, widestPanel)
	margin := (w - left - right - 3) / 2
	b := m.question(left, h)
	b.panel = margin + left
	panel := m.panel(right, h)
	indent, rule := m.plain.Render(strings.Repeat(" ", margin)), m.dim.Render(" │ ")
	for i := range h {
		line, beside := "", ""
		if i < len(b.lines) {
			line = b.lines[i]
		} else {
			b.add(-1, "")
		}
		if i < len(panel) {
			beside = panel[i]
		}
		b.lines[i] = indent + m.fit(line, left) + rule + m.fit(beside, right)
	}
	return b
}

// question sets the question for a width and height: with air around it where
// there is room, else denser, in the end without AWS's wording; the best practice
// at the cursor is always seen.
func (m *model) question(w, h int) body {
	s, ok := m.walk.Current()
	if !ok {
		return m.nowhere(w)
	}
	var head, list body
	first, last := 0, 0
	var starts []int // where each best practice begins in list
	for _, dense := range []int{0, 1, 2, 3} {
		head, list, starts = body{}, body{}, nil
		ask := m.wrap(s.Question.Ask, w-2)
		if dense == 3 {
			if most := max(1, h/3); len(ask) > most {
				ask = append(ask[:most-1], m.method.Truncate(ask[most-1], w-3, "")+"…")
			}
		}
		for _, line := range ask {
			head.add(-1, m.accent.Render(" "+line))
		}
		if dense < 3 {
			from := "In full: "
			if by := safe(m.Lens.By); s.Question.AWS() && by != "" {
				from = by + ": "
			}
			full := m.wrap(from+s.Question.Title, w-2)
			if s.Question.Title == s.Question.Ask {
				full = nil
			}
			for _, line := range full {
				head.add(-1, m.dim.Render(" "+line))
			}
			if dense < 2 {
				head.add(-1, "")
			}
		}
		from, end := m.walk.Here()
		spare := 0
		for i := from; i < end; i++ {
			starts = append(starts, len(list.lines))
			if i == m.walk.At() {
				first = len(list.lines)
			}
			m.practice(&list, i, w)
			if i == m.walk.At() {
				last = len(list.lines) - 1
				spare = max(2-m.saidLines, 0) // so that an answer doesn't move everything
			}
			if dense == 0 && i+1 < end {
				list.add(-1, "")
			}
		}
		if len(head.lines)+len(list.lines)+spare <= h {
			break
		}
	}
	room := max(h-len(head.lines), 1)
	lines, at := window(list.lines, room, first, min(last, first+room-1))
	for _, start := range starts { // begin with a whole best practice where that leaves the one at the cursor in sight
		if start > at && start <= first && at > 0 {
			lines, at = list.lines[start:min(start+room, len(list.lines))], start
			break
		}
	}
	head.lines, head.targets = append(head.lines, lines...), append(head.targets, list.targets[at:at+len(lines)]...)
	if at > 0 && len(head.lines) > len(lines) {
		// what is above the first line that is shown is said on the line before it
		i := len(head.lines) - len(lines) - 1
		if head.targets[i] < 0 && strings.TrimSpace(head.lines[i]) == "" {
			head.lines[i] = m.dim.Render(" ↑ more above")
		}
	}
	return head
}

// nowhere is what stands where no best practice is at the cursor.
func (m *model) nowhere(w int) body {
	var b body
	words := "That was the last one of this walk. s shows the summary, ↑ goes back, f changes the filter."
	if len(m.walk.Stops()) == 0 {
		words = "No best practice is left of this walk: " + filterText(m.walk.Filter(), m.Lens) + ". f changes the filter."
	}
	b.add(-1, "")
	for _, line := range m.wrap(words, w-2) {
		b.add(-1, m.plain.Render(" "+line))
	}
	return b
}

func filterText(f interview.Filter, l *lens.Lens) string {
	if words := f.Words(l); words != "" {
		return words
	}
	return "everything"
}

// practice sets one best practice: title, status, severity and effort, and at
// the cursor what was said of it.
func (m *model) practice(b *body, i, w int) {
	s := m.walk.Stops()[i]
	a, answered := m.review.Answers[s.Practice.ID]
	if !answered {
		a = m.pending[s.Practice.ID]
	}
	here := i == m.walk.At()
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
		said := m.said(s, a, answered, w-len(indent)-1)
		m.saidLines = len(said)
		for _, line := range said {
			b.add(i, m.plain.Render(indent)+line)
		}
	}
}

// statusLine is the status, the severity, the effort, and what else there is.
func (m *model) statusLine(s interview.Stop, a review.Answer, w int) string {
	st := m.status(a.Status)
	parts := []string{
		st.style.Render(st.sign + " " + st.word),
		m.level(s.Practice.Severity).Render(string(s.Practice.Severity) + " severity"),
	}
	if s.Practice.Effort != "" {
		parts = append(parts, m.dim.Render(string(s.Practice.Effort)+" effort"))
	}
	if w < 50 {
		parts[1] = m.level(s.Practice.Severity).Render(string(s.Practice.Severity))
		parts = parts[:2]
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
	if m.walk.Skipped(s.Practice.ID) {
		extra = append(extra, "skipped")
	}
	line := strings.Join(parts, m.dim.Render("   "))
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
	if s, ok := m.walk.Current(); ok {
		return s.Practice.ID
	}
	return ""
}

// said is what an answer says besides its status.
func (m *model) said(s interview.Stop, a review.Answer, answered bool, w int) []string {
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
	add("reason", a.Reason, m.plain)
	add("note", a.Note, m.plain)
	add("evidence", strings.Join(a.Evidence, "; "), m.plain)
	add("owner", a.Owner, m.plain)
	add("due", a.Due, m.plain)
	if answered {
		at, _, _ := strings.Cut(a.At, "T")
		add("answered by", strings.TrimSpace(a.By+" "+at), m.dim)
		if n := len(a.History); n > 0 {
			before := a.History[n-1]
			at, _, _ := strings.Cut(before.At, "T")
			add("before", strings.TrimSpace(before.Status.Words()+" "+before.By+" "+at), m.dim)
		}
	} else if _, waits := m.pending[s.Practice.ID]; waits {
		lines = append(lines, m.warn.Render("not saved yet: it waits for a status, 1 to 5"))
	}
	if v, _, ok := m.review.Waiver(s.Practice.ID); ok {
		add("waived", fmt.Sprintf("until %s, approved by %s: %s", v.Expires, v.Approver, v.Reason), m.warn)
	}
	if m.walk.Skipped(s.Practice.ID) {
		lines = append(lines, m.dim.Render("skipped in this session"))
	}
	return lines
}
