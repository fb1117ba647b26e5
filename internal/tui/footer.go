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

// tallWindow is the smallest height of a window that has room for rules and blank lines.
const tallWindow = 16

// footer shows the last message or the prompt, the save status, and the keys that work.
// hidden says what is not visible of the body; it doesn't change the height.
func (m *model) footer(w, h int, hidden []string) (f section) {
	saved, style := m.saveStatus(w)
	right := m.dim.Render(m.signature(w)) + style.Render(saved) + m.plain.Render(" ")
	if h >= tallWindow {
		f.add(m.rule(w, hidden))
	}
	if m.pane == nil && m.prompt == nil {
		f.append(m.legend(w))
	}
	switch {
	case m.prompt != nil:
		f.append(m.promptSection(w, h >= 10, right))
	case h < tallWindow:
		f.add(m.messageLines(w, h, "")...)
		if hidden != nil {
			right = m.warn.Render(m.firstFitting(w-m.textWidth(right)-3, hidden)+"  ") + right
		}
		f.append(m.hints(w, right))
	default:
		lines := m.messageLines(w, h, right)
		if len(lines) == 0 {
			lines = []string{m.justify(m.activeFilterText(w-m.textWidth(right)), right, w, m.plain)}
		}
		f.add(lines...)
		f.append(m.hints(w, ""))
	}
	return f
}

// rule is the line between body and footer, which says what is not visible of the body.
func (m *model) rule(w int, hidden []string) string {
	if hidden == nil {
		return m.dim.Render(strings.Repeat("─", w))
	}
	words := " " + m.firstFitting(w-4, hidden) + " "
	return m.dim.Render(strings.Repeat("─", max(w-2-m.textWidth(words), 0))) + m.warn.Render(words) + m.dim.Render("──")
}

// messageLines is the current message, with right at the end of its last line; none if
// there is no message.
func (m *model) messageLines(w, h int, right string) []string {
	if m.statusMessage() == "" {
		return nil
	}
	room := w - 2
	if right != "" {
		room = max(w-3-m.textWidth(right), w/3) // the save status stays visible
	}
	message := m.cutLines(m.wrap(m.statusMessage(), room), max(h/4, 2), room)
	style := m.strong
	if m.saving.err != nil && m.message == "" {
		style = m.bad
	}
	var lines []string
	for i, line := range message {
		line = style.Render(" " + line)
		if i == len(message)-1 && right != "" {
			line = m.justify(line, right, w, m.plain)
		}
		lines = append(lines, m.fit(line, w))
	}
	return lines
}

// activeFilterText names the filter of the walk; empty without one.
func (m *model) activeFilterText(room int) string {
	words := m.Walk.Filter().Words(m.Lens)
	if words == "" {
		return ""
	}
	return m.accent.Render(" only: ") + m.plain.Render(m.method.Truncate(safe(words), max(room-8, 0), "…"))
}

// promptSection is the open prompt with what was typed. A label wider than half of the
// window has a line of its own, or is cut if there is no room for one.
func (m *model) promptSection(w int, hints bool, right string) (s section) {
	label := " " + safe(m.prompt.label) + "> "
	own := m.textWidth(label)+1 > w/2 && hints
	switch {
	case own:
		s.add(m.fit(m.accent.Render(strings.TrimSuffix(label, "> ")), w))
		label = " > "
	case m.textWidth(label)+1 > w/2: // there is no room for another line
		label = m.method.Truncate(label, max(w/2-1, 0), "")
	}
	indent := m.textWidth(label)
	rows, x, y := m.prompt.input.render(m.renderer, w-indent, m.height/2-3)
	if ghost := m.prompt.ghostText(); ghost != "" {
		rows[y] += m.dim.Render(m.method.Truncate(safe(ghost), max(w-indent-m.textWidth(rows[y])-1, 0), "…"))
	}
	s.cursor = tea.NewCursor(min(indent+x, w-1), len(s.lines)+y)
	for i, row := range rows {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		s.add(m.fit(m.accent.Render(label)+row, w))
	}
	switch {
	case m.message != "":
		for _, line := range m.cutLines(m.wrap(m.message, w-2), max(m.height/6, 2), w-2) {
			s.add(m.fit(m.warn.Render(" "+line), w))
		}
	case hints && (!own || m.height >= tallWindow):
		s.add(m.justify(m.dim.Render(" "+m.promptHint()), right, w, m.plain))
	}
	return s
}

// statusMessage is the last message, or else the error of the last save.
func (m *model) statusMessage() string {
	switch {
	case m.message != "":
		return m.message
	case m.saving.err != nil:
		if m.ReadOnlyReason != "" {
			return safe(saveErrorText(m.saving.err)) + " Shown is the review " + m.asOf() + "."
		}
		return "Not saved: " + safe(saveErrorText(m.saving.err)) + " " + m.rescueText()
	}
	return ""
}

// hints lists as many keys as fit on a line that ends with right.
func (m *model) hints(w int, right string) section {
	begin, room := "", w-m.textWidth(right)
	if m.height < tallWindow && m.pane == nil {
		begin = m.activeFilterText(room / 2)
	}
	s := m.layoutItems(begin, m.hintList(), room, itemStyle{gap: 2, key: m.strong, text: m.dim})
	s.lines[0] = m.justify(s.lines[0], right, w, m.plain)
	return s
}

// hintList lists the keys that work now, the most useful first: a key and what it does.
func (m *model) hintList() []string {
	switch {
	case m.pane != nil:
		return m.pane.hints
	case m.presenting():
		return []string{"? keys"}
	}
	list := []string{"? keys", "Enter next", "n note", "o owner", "c card", "u undo", "N question n/a", "q stop", "/ search", "g go to", "m map", "t time", "f filter", "s summary"}
	if a, _ := m.Walk.Answer(); a.Status == review.PartiallyImplemented {
		list = slices.Insert(list, 1, "+ how much of the fleet")
	}
	if m.mode == ModeFacilitator {
		list = slices.Insert(list, 1, "a notes", "v view")
	} else {
		list = append(list, "v view")
	}
	if m.ReadOnlyReason != "" {
		list = slices.DeleteFunc(list, func(item string) bool { return !m.usable(screenKeyFor(item[:1])) })
	}
	return list
}

// saveStatus says what is saved, with its style.
func (m *model) saveStatus(w int) (string, lipgloss.Style) {
	s := m.saving
	switch {
	case m.following() && s.err != nil:
		return m.asOf(), m.bad
	case m.asOf() != "":
		return m.asOf(), m.good
	case m.ReadOnlyReason != "":
		return "read only", m.warn
	case s.err != nil && !s.inProgress:
		return "NOT SAVED", m.bad
	case !s.allSaved():
		return "saving", m.warn
	case w < 60:
		return fmt.Sprintf("%d saved", s.savedAnswers), m.good
	}
	return strings.TrimSpace(fmt.Sprintf("%s saved %s", text.Count(s.savedAnswers, "answer"), s.savedAt)), m.good
}
