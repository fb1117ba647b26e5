package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/text"
)

// A prompt asks for a line of text at the foot of the screen.
type prompt struct {
	label string
	input input
	was   string                             // what it began with
	big   bool                               // ctrl+e takes it to $EDITOR
	done  func(text string) (tea.Cmd, error) // an error is shown, and the prompt stays
}

func (m *model) ask(label, value string, big bool, done func(string) (tea.Cmd, error)) {
	m.prompt = &prompt{label: label, input: newInput(value), was: value, big: big, done: done}
}

func (m *model) promptKey(msg tea.KeyPressMsg) tea.Cmd {
	p := m.prompt
	switch msg.String() {
	case "esc":
		m.prompt = nil
		m.tell("Left as it was.")
		return nil
	case "enter":
		cmd, err := p.done(text.Plain(p.input.Value()))
		if err != nil {
			m.tell("%s", safe(err.Error()))
			return nil
		}
		if m.prompt == p {
			m.prompt = nil
		}
		return cmd
	case "ctrl+e":
		if p.big {
			return m.edit(p.input.Value(), p.done)
		}
	}
	p.input.press(msg)
	return nil
}

// typed shows an input in a width, cut so that the cursor is seen, and says in
// which column that is. What is shown is safe; what was typed stays as it is.
func (p pen) typed(in input, width int) (line string, cursor int) {
	before, after := safe(string(in.text[:in.at])), safe(string(in.text[in.at:]))
	room := max(width-1, 0)
	if n := p.width(before); n > room {
		before = p.method.TruncateLeft(before, n-room+1, "…")
	}
	cursor = p.width(before)
	return p.plain.Render(before) + p.plain.Render(p.method.Truncate(after, width-cursor, "")), cursor
}

// oneLine is a text as one line can show it.
func oneLine(s string) bool { return !strings.Contains(s, "\n") }
