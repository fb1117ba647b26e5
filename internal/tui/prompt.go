package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// A prompt asks for a line of text at the foot of the screen.
type prompt struct {
	label string
	input textinput.Model
	big   bool                               // ctrl+e takes it to $EDITOR
	done  func(text string) (tea.Cmd, error) // an error is shown, and the prompt stays
}

// newInput is an input that leaves ctrl+e to the editor and shows no cursor of
// its own: the terminal's blinks without our help.
func newInput(value string) textinput.Model {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.KeyMap.LineEnd = key.NewBinding(key.WithKeys("end"))
	in.KeyMap.Paste.SetEnabled(false) // the terminal pastes
	in.SetValue(value)
	in.CursorEnd()
	in.Focus()
	return in
}

func (m *model) ask(label, value string, big bool, done func(string) (tea.Cmd, error)) {
	m.prompt = &prompt{label: label, input: newInput(value), big: big, done: done}
}

func (m *model) promptKey(msg tea.KeyPressMsg) tea.Cmd {
	p := m.prompt
	switch msg.String() {
	case "esc":
		m.prompt = nil
		m.tell("Left as it was.")
		return nil
	case "enter":
		cmd, err := p.done(Clean(p.input.Value()))
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
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	return cmd
}

func (m *model) promptPaste(msg tea.PasteMsg) tea.Cmd {
	var cmd tea.Cmd
	m.prompt.input, cmd = m.prompt.input.Update(msg)
	return cmd
}

// typed shows an input in a width, cut so that the cursor is seen, and says in
// which column that is. What is shown is safe; what was typed stays as it is.
func (p pen) typed(in textinput.Model, width int) (line string, cursor int) {
	value := []rune(in.Value())
	before, after := safe(string(value[:in.Position()])), safe(string(value[in.Position():]))
	room := max(width-1, 0)
	if n := p.width(before); n > room {
		before = p.method.TruncateLeft(before, n-room+1, "…")
	}
	cursor = p.width(before)
	return p.plain.Render(before) + p.plain.Render(p.method.Truncate(after, width-cursor, "")), cursor
}

// oneLine is a text as one line can show it.
func oneLine(s string) bool { return !strings.Contains(s, "\n") }
