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

// tall is the height of a window from which there is room for lines that only part
// or explain.
const tall = 16

// footer is the last message or the prompt, what is saved, and which keys work. fold
// says what of the body is not on the screen; it doesn't change the height.
func (m *model) footer(w, h int, fold []string) (f foot) {
	saved, style := m.savedWords(w)
	right := m.dim.Render(m.signature(w)) + style.Render(saved) + m.plain.Render(" ")
	if h >= tall {
		f.add(m.rule(w, fold))
	}
	if m.pane == nil && m.prompt == nil {
		lines, spots := m.legend(w)
		f.addSpots(spots)
		f.add(lines...)
	}
	switch {
	case m.prompt != nil:
		asked, cursor := m.asked(w, h >= 10, right)
		cursor.Y += len(f.lines)
		f.cursor = cursor
		f.add(asked...)
	case h < tall:
		f.add(m.messageLines(w, h, "")...)
		if fold != nil {
			right = m.warn.Render(m.longest(w-m.pen.width(right)-3, fold)+"  ") + right
		}
		hints, spots := m.hints(w - m.pen.width(right))
		f.addSpots(spots)
		f.add(m.ends(hints, right, w, m.plain))
	default:
		said := m.messageLines(w, h, right)
		if len(said) == 0 {
			said = []string{m.ends(m.onlyWords(w-m.pen.width(right)), right, w, m.plain)}
		}
		f.add(said...)
		hints, spots := m.hints(w)
		f.addSpots(spots)
		f.add(m.fit(hints, w))
	}
	return f
}

// A foot is what is below the body.
type foot struct {
	lines  []string
	spots  []spot
	cursor *tea.Cursor // where text is typed; nil: nowhere
}

func (f *foot) add(lines ...string) { f.lines = append(f.lines, lines...) }

// addSpots adds the spots of lines that are added next.
func (f *foot) addSpots(spots []spot) {
	f.spots = append(f.spots, movedSpots(spots, len(f.lines))...)
}

// rule parts the body from the footer, and says what of the body is not on the screen.
func (m *model) rule(w int, fold []string) string {
	if fold == nil {
		return m.dim.Render(strings.Repeat("─", w))
	}
	words := " " + m.longest(w-4, fold) + " "
	return m.dim.Render(strings.Repeat("─", max(w-2-m.pen.width(words), 0))) + m.warn.Render(words) + m.dim.Render("──")
}

// messageLines are the message of the moment, and behind it right, where that isn't
// empty; none where there is no message.
func (m *model) messageLines(w, h int, right string) []string {
	if m.words() == "" {
		return nil
	}
	room := w - 2
	if right != "" {
		room = max(w-3-m.pen.width(right), w/3) // what is saved stays in sight
	}
	message := m.wrap(m.words(), room)
	if most := max(h/4, 2); len(message) > most {
		message = append(message[:most-1], m.method.Truncate(message[most-1], room-1, "")+"…")
	}
	style := m.strong
	if m.saves.err != nil && m.message == "" {
		style = m.bad
	}
	var lines []string
	for i, line := range message {
		line = style.Render(" " + line)
		if i == len(message)-1 && right != "" {
			line = m.ends(line, right, w, m.plain)
		}
		lines = append(lines, m.fit(line, w))
	}
	return lines
}

// onlyWords is the filter of the walk; empty where it has none.
func (m *model) onlyWords(room int) string {
	words := m.Walk.Filter().Words(m.Lens)
	if words == "" {
		return ""
	}
	return m.accent.Render(" only: ") + m.plain.Render(m.method.Truncate(safe(words), max(room-8, 0), "…"))
}

// asked is a prompt with what is typed, and where that goes on. Where the label
// takes more than half of the window, it has a line of its own, or is cut.
func (m *model) asked(w int, hints bool, right string) (lines []string, cursor *tea.Cursor) {
	label := " " + safe(m.prompt.label) + "> "
	own := m.pen.width(label)+1 > w/2 && hints
	switch {
	case own:
		lines, label = append(lines, m.fit(m.accent.Render(strings.TrimSuffix(label, "> ")), w)), " > "
	case m.pen.width(label)+1 > w/2: // there is no room for another line
		label = m.method.Truncate(label, max(w/2-1, 0), "")
	}
	indent := m.pen.width(label)
	rows, x, y := m.prompt.input.show(m.pen, w-indent, m.height/2-3)
	if ghost := m.prompt.ghost(); ghost != "" {
		rows[y] += m.dim.Render(m.method.Truncate(safe(ghost), max(w-indent-m.pen.width(rows[y])-1, 0), "…"))
	}
	cursor = tea.NewCursor(min(indent+x, w-1), len(lines)+y)
	for i, row := range rows {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		lines = append(lines, m.fit(m.accent.Render(label)+row, w))
	}
	switch message := m.wrap(m.message, w-2); {
	case m.message != "":
		if most := max(m.height/6, 2); len(message) > most {
			message = append(message[:most-1], m.method.Truncate(message[most-1], w-3, "")+"…")
		}
		for _, line := range message {
			lines = append(lines, m.fit(m.warn.Render(" "+line), w))
		}
	case hints && (!own || m.height >= tall):
		lines = append(lines, m.ends(m.dim.Render(" "+m.promptHint()), right, w, m.plain))
	}
	return lines, cursor
}

// words are the last message, or else the error of the last save.
func (m *model) words() string {
	switch {
	case m.message != "":
		return m.message
	case m.saves.err != nil:
		return "Not saved: " + safe(m.saves.err.Error()) + " The answers are kept here and saved with the next change."
	}
	return ""
}

// hints lists the keys of the moment, as many as fit.
func (m *model) hints(room int) (string, []spot) {
	begin := ""
	if m.height < tall && m.pane == nil {
		begin = m.onlyWords(room / 2)
	}
	lines, spots := m.setItems(begin, m.hintList(), room, itemStyle{gap: 2, key: m.strong, does: m.dim})
	return lines[0], spots
}

// hintList are the keys of the moment, the most useful first: a key, and what it does.
func (m *model) hintList() []string {
	switch {
	case m.pane != nil:
		return m.pane.hints
	case m.presenting():
		return []string{"? keys"}
	}
	list := []string{"? keys", "Enter next", "n note", "c card", "u undo", "N question n/a", "/ search", "g go to", "m map", "f filter", "s summary", "q stop"}
	if a, _ := m.Walk.Answer(); a.Status == review.PartiallyImplemented {
		list = slices.Insert(list, 1, "+ how much of the fleet")
	}
	if m.mode == ModeFacilitator {
		list = slices.Insert(list, 1, "a notes", "v view")
	}
	if m.ReadOnlyReason != "" {
		list = slices.DeleteFunc(list, func(item string) bool { return !m.works(actionOf(item[:1])) })
	}
	return list
}

// savedWords is what is on disk, in words that fit a window.
func (m *model) savedWords(w int) (string, lipgloss.Style) {
	s := m.saves
	switch {
	case m.asOf() != "":
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
