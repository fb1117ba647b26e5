package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A prompt asks for text at the foot of the screen.
type prompt struct {
	label       string
	input       input
	suggestions []string                           // what it can be completed to
	done        func(text string) (tea.Cmd, error) // an error is shown, and the prompt stays
}

// ask asks for one line of text.
func (m *model) ask(label, value string, done func(string) (tea.Cmd, error)) {
	m.prompt = &prompt{label: label, input: newInput(value, false), done: done}
}

// askName is ask for a person, completed to those that the review names.
func (m *model) askName(label, value string, done func(string) (tea.Cmd, error)) {
	m.ask(label, value, done)
	m.prompt.suggestions = m.people()
}

// askText asks for a text of several lines, which can be taken to the user's editor.
func (m *model) askText(label, value string, done func(string) (tea.Cmd, error)) {
	m.prompt = &prompt{label: label, input: newInput(value, true), done: done}
}

func (m *model) promptKey(msg tea.KeyPressMsg) tea.Cmd {
	p := m.prompt
	switch msg.String() {
	case "esc":
		m.prompt = nil
		m.tell("Nothing was changed.")
		return nil
	case "enter":
		cmd, err := p.done(p.text())
		if err != nil {
			m.tell("%s", safe(err.Error()))
			return nil
		}
		if m.prompt == p {
			m.prompt = nil
		}
		return cmd
	case "tab":
		if s := p.suggestion(); s != "" {
			p.input = newInput(s, false)
		}
		return nil
	case "ctrl+e":
		if p.input.lines {
			return m.edit(p.input.Value(), p.done)
		}
	}
	p.input.press(msg)
	return nil
}

// text is what was typed, fit for a file.
func (p *prompt) text() string { return Clean(p.input.Value()) }

// suggestion is what the typed text can be completed to; empty where it can't be.
func (p *prompt) suggestion() string {
	typed := strings.ToLower(p.text())
	i := slices.IndexFunc(p.suggestions, func(s string) bool {
		return typed != "" && len(s) > len(typed) && strings.HasPrefix(strings.ToLower(s), typed)
	})
	if i < 0 {
		return ""
	}
	return p.suggestions[i]
}

// people lists those whom the review names as owners or approvers, in order.
func (s *Session) people() []string {
	r := s.Walk.Review()
	var names []string
	for _, a := range r.Answers {
		names = append(names, a.Owner)
	}
	for _, t := range r.Parked {
		names = append(names, t.Owner)
	}
	for _, v := range r.Waivers {
		names = append(names, v.Owner, v.Approver)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
