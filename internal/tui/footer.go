package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// roomForDigits is the height of a window from which the footer says what the digits mean.
const roomForDigits = 20

// footer is the last message or the prompt, what is saved, and which keys work.
// cursor is where text is typed; nil for nowhere.
func (m *model) footer(w, h int) (lines []string, cursor *tea.Cursor) {
	saved, style := m.savedWords(w)
	right := style.Render(saved) + m.plain.Render(" ")
	if h >= 16 {
		lines = append(lines, m.dim.Render(strings.Repeat("─", w)))
	}
	if h >= roomForDigits && m.pane == nil && m.prompt == nil && m.ReadOnlyReason == "" && m.here() != "" {
		digits := m.digits("~")
		if m.pen.width(digits) > w-2 {
			digits = shortDigits.Replace(digits)
		}
		lines = append(lines, m.fit(m.dim.Render(" "+digits), w))
	}
	switch {
	case m.prompt != nil:
		asked, cursor := m.asked(w, h >= 10, right)
		cursor.Y += len(lines)
		return append(lines, asked...), cursor
	case m.words() != "":
		most := 1
		if h >= 16 {
			most = 3
		}
		room := max(w-3-m.pen.width(right), w/3) // what is saved stays in sight
		message := m.wrap(m.words(), room)
		if len(message) > most {
			message = append(message[:most-1], m.method.Truncate(message[most-1], room-1, "")+"…")
		}
		style := m.strong
		if m.saves.err != nil && m.message == "" {
			style = m.bad
		}
		for i, line := range message {
			line = style.Render(" " + line)
			if i == len(message)-1 {
				line = m.ends(line, right, w, m.plain)
			}
			lines = append(lines, m.fit(line, w))
		}
	default:
		left := ""
		if words := m.Walk.Filter().Words(m.Lens); words != "" {
			left = m.accent.Render(" only: ") + m.plain.Render(m.method.Truncate(safe(words), max(w-10-m.pen.width(saved), 0), "…"))
		}
		lines = append(lines, m.ends(left, right, w, m.plain))
	}
	if h >= 10 {
		lines = append(lines, m.hints(w))
	}
	return lines, nil
}

// asked is a prompt with what is typed, and where that goes on. Where the label
// takes more than half of the window, it has a line of its own, or is cut.
func (m *model) asked(w int, hints bool, right string) (lines []string, cursor *tea.Cursor) {
	label := " " + safe(m.prompt.label) + "> "
	own := m.pen.width(label)+1 > w/2 && hints
	switch {
	case own:
		line := m.accent.Render(strings.TrimSuffix(label, "> "))
		if m.message != "" {
			line = m.warn.Render(" " + m.message)
		}
		lines, label = append(lines, m.fit(line, w)), " > "
	case m.pen.width(label)+1 > w/2: // there is no room for another line
		label = m.method.Truncate(label, max(w/2-1, 0), "")
	}
	indent := m.pen.width(label)
	rows, x, y := m.prompt.input.show(m.pen, w-indent, m.height/6)
	cursor = tea.NewCursor(min(indent+x, w-1), len(lines)+y)
	for i, row := range rows {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		lines = append(lines, m.fit(m.accent.Render(label)+row, w))
	}
	switch hint := " Enter saves, Esc cancels"; {
	case own || !hints:
	case m.message != "":
		lines = append(lines, m.fit(m.warn.Render(" "+m.message), w))
	default:
		if s := m.suggestion(); s != "" {
			hint = " Tab completes " + safe(s)
		} else if m.prompt.lines {
			hint = " Enter saves, Esc cancels, Ctrl+E opens the editor"
		}
		lines = append(lines, m.ends(m.dim.Render(hint), right, w, m.plain))
	}
	return lines, cursor
}

// words are the last message, or else the error of the last save.
func (m *model) words() string {
	switch {
	case m.message != "":
		return m.message
	case m.saves.err != nil:
		if m.ReadOnlyReason != "" {
			return safe(reason(m.saves.err)) + " Shown is the review " + m.asOf() + "."
		}
		return "Not saved: " + safe(reason(m.saves.err)) + " " + m.rescueWords()
	}
	return ""
}

// hints lists the keys of the moment, as many as fit.
func (m *model) hints(w int) string {
	list := []string{"? keys", "Enter next", "n note", "c card", "u undo", "/ search", "g go to", "m map", "f filter", "s summary", "q stop"}
	if a, _ := m.Walk.Answer(); a.Status == review.PartiallyImplemented {
		list = slices.Insert(list, 1, "+ how much of the fleet")
	}
	if m.height < roomForDigits {
		list = slices.Insert(list, 1, "1-5 answer")
	}
	if m.ReadOnlyReason != "" {
		list = slices.DeleteFunc(list, func(item string) bool { return actionOf(item[:1]).changes })
	}
	if m.pane != nil {
		list = m.pane.hints
	}
	line := ""
	for _, item := range list {
		key, does, _ := strings.Cut(item, " ")
		next := "  " + key + " " + does
		if m.pen.width(line)+len([]rune(next)) > w-1 {
			break
		}
		line += m.plain.Render(" ") + m.strong.Render(" "+key) + m.dim.Render(" "+does)
	}
	return m.fit(line, w)
}

// savedWords is what is on disk, in words that fit a window.
func (m *model) savedWords(w int) (string, lipgloss.Style) {
	s := m.saves
	switch {
	case m.following() && s.err != nil:
		return m.asOf(), m.bad
	case m.following():
		return m.asOf(), m.good
	case m.ReadOnlyReason != "":
		return "read only", m.warn
	case s.err != nil && !s.running:
		return "NOT SAVED", m.bad
	case !s.safe():
		return "saving", m.warn
	case w < 60:
		return fmt.Sprintf("%d saved", s.answers), m.good
	}
	return strings.TrimSpace(fmt.Sprintf("%s saved %s", text.Count(s.answers, "answer"), s.at)), m.good
}
