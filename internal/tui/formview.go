package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/dates"
)

// View implements tea.Model.
func (m *formModel) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.KeyboardEnhancements.ReportAlternateKeys = true
	head := m.head()
	foot, cursor := m.foot()
	lines := m.explanation()
	room := max(m.height-len(head)-len(foot), 0)
	from := min(m.top, max(len(lines)-room, 0))
	lines = slices.Concat(head, m.fitBlock(lines[from:], m.width, room), foot)
	if len(lines) > m.height { // keep the input, which is at the bottom
		lines = lines[len(lines)-m.height:]
	}
	v.SetContent(strings.Join(m.fitBlock(lines, m.width, m.height), "\n"))
	cursor.Y += max(m.height-len(foot), 0)
	if cursor.Y < m.height && cursor.X < m.width {
		v.Cursor = cursor
	}
	return v
}

// explanationHeight is the number of lines for the explanation.
func (m *formModel) explanationHeight() int {
	foot, _ := m.foot()
	return max(m.height-len(m.head())-len(foot), 1)
}

// head is the name of the workload, the progress, and the question of the page.
func (m *formModel) head() []string {
	left := " Describe the workload"
	if m.Workload.Name != "" {
		left = " " + safe(m.Workload.Name)
	}
	right := fmt.Sprintf("%d of %d ", m.index+1, len(m.fields))
	left = m.method.Truncate(left, max(m.width-len(right)-1, 0), "…")
	lines := []string{m.justify(m.bar.Bold(true).Render(left), m.bar.Render(right), m.width, m.bar)}
	if m.height >= tallWindow {
		lines = append(lines, "")
	}
	return append(lines, m.paragraph(m.accent, " ", fieldPrompt(m.field(), *m.Workload, false), m.width-1)...)
}

// explanation says what the field is for and what its values mean.
func (m *formModel) explanation() []string {
	t := &styledText{renderer: m.renderer, width: m.width - 1}
	t.text(m.dim, " ", capitalise(m.field().Help)+".")
	for i, term := range m.field().Terms(m.Lens) {
		if i == 0 && m.height >= tallWindow {
			t.lines = append(t.lines, "")
		}
		sign := " "
		if slices.Contains(m.field().Values(m.Workload), term.ID) {
			sign = "✓"
		}
		t.text(m.plain, fmt.Sprintf(" %s %2d  ", sign, i+1), termText(term))
	}
	return t.lines
}

// foot is the input, the message about it, and the keys.
func (m *formModel) foot() (lines []string, cursor *tea.Cursor) {
	if m.height >= tallWindow {
		lines = append(lines, m.dim.Render(strings.Repeat("─", m.width)))
	}
	label := " " + m.field().Flag + "> "
	rows, x, y := m.input.render(m.renderer, m.width-m.textWidth(label), 2)
	cursor = tea.NewCursor(m.textWidth(label)+x, len(lines)+y)
	for i, row := range rows {
		if i > 0 {
			label = strings.Repeat(" ", m.textWidth(label))
		}
		lines = append(lines, m.accent.Render(label)+row)
	}
	keys := "Enter next  ↑ back  Esc skip the rest"
	if m.answer() != "" {
		keys = "Enter keep, next  ↑ back  Esc skip the rest"
	}
	if len(m.explanation()) > m.height-len(m.head())-len(lines)-1 {
		keys = "PgDn more  " + keys
	}
	if n := len(m.field().Terms(m.Lens)); n > 0 && m.answer() == "" {
		keys = fmt.Sprintf("1-%d or a name  ", n) + keys
	}
	if s := m.completion(); s != "" {
		keys = "Tab completes " + safe(s) + "  " + keys
	}
	if day, err := dates.Parse(cleanInput(m.input.Value()), m.Today); m.field().IsDate() && err == nil {
		keys = fmt.Sprintf("= %s (%s)  ", day, dates.Describe(day, m.Today)) + keys
	}
	if stop := "  Ctrl+C save and quit"; m.textWidth(keys+stop) <= m.width-2 {
		keys += stop
	}
	if m.message != "" {
		lines = append(lines, m.paragraph(m.warn, " ", m.message, m.width-1)...)
	}
	lines = append(lines, m.dim.Render(" "+m.method.Truncate(keys, max(m.width-2, 0), "…")))
	return lines, cursor
}

// capitalise makes the first letter of a text a capital.
func capitalise(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
