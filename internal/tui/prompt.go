package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A prompt asks for text at the foot of the screen.
type prompt struct {
	label  string
	lines  bool                    // it may have several lines, and can be taken to the user's editor
	person bool                    // a name, which is completed to those in the review
	done   func(text string) error // the error is shown, and the prompt stays
	input  input
}

// ask asks for text, which begins with a value.
func (m *model) ask(p prompt, value string) {
	p.input = newInput(value, p.lines)
	m.prompt = &p
}

func (m *model) promptKey(msg tea.KeyPressMsg) {
	p := m.prompt
	switch msg.String() {
	case "esc":
		m.prompt = nil
		m.report("%s", unchanged)
	case "enter":
		err := p.done(p.text())
		switch {
		case err != nil:
			m.report("%v", err)
		case m.prompt == p:
			m.prompt = nil
		}
	case "tab":
		if s := m.suggestion(); s != "" {
			p.input = newInput(s, false)
		}
	case "ctrl+e":
		if p.lines {
			m.edit(p.input.Value(), p.done)
			return
		}
		p.input.press(msg)
	default:
		p.input.press(msg)
	}
}

// text is what was typed, fit for a file.
func (p *prompt) text() string { return Clean(p.input.Value()) }

// suggestion is the name to which the typed text can be completed; empty for none.
func (m *model) suggestion() string {
	typed := strings.ToLower(m.prompt.text())
	if !m.prompt.person || typed == "" {
		return ""
	}
	people := m.people()
	i := slices.IndexFunc(people, func(s string) bool {
		return len(s) > len(typed) && strings.HasPrefix(strings.ToLower(s), typed)
	})
	if i < 0 {
		return ""
	}
	return people[i]
}

// people lists the owners and approvers in the review, in order.
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
