package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A prompt asks for text in the footer.
type prompt struct {
	label       string
	subject     string                  // what the text is about; with the label it identifies a pending text; empty: the current best practice and the label
	multiline   bool                    // several lines are allowed, and the user's editor
	isDate      bool                    // the text is a date
	suggestions []string                // earlier values, to complete and recall
	moreFollow  bool                    // further prompts follow; the text stays pending until the last is entered
	onEnter     func(text string) error // called on Enter; an error is shown, and the prompt stays open
	input       input
	recall      *recall // since ↑ or ↓ was pressed; nil: not
}

// ask opens a prompt with a value, or with the pending text that was typed there before.
func (m *model) ask(p prompt, value string) {
	if p.subject == "" {
		p.subject = strings.TrimPrefix(m.practiceID()+", "+p.label, ", ")
	}
	p.input = newInput(value, p.multiline)
	m.prompt = &p
	if text := m.pending.find(p.subject, p.label); text != "" {
		p.input.replace(text)
		if !p.moreFollow {
			m.report("Typed before and not entered. Enter saves it, Ctrl+G drops it.")
		}
	}
}

func (m *model) promptKey(msg tea.KeyPressMsg) {
	p := m.prompt
	key := msg.String()
	if key != "up" && key != "down" {
		p.recall = nil
	}
	switch {
	case key == "esc":
		m.prompt = nil
		m.report("%s", m.keepPending(p))
	case key == "ctrl+g":
		m.prompt = nil
		m.pending.drop(p.subject)
		m.report("%s", nothingChanged)
	case key == "enter":
		if err := m.submit(p, p.text()); err != nil {
			m.report("%v", err)
		} else if m.prompt == p {
			m.prompt = nil
		}
	case key == "tab", key == "right" && p.input.atEnd():
		if s := p.suggestion(key == "tab"); s != "" {
			p.input.replace(s)
		}
	case key == "up" && p.input.onFirstRow() && p.recallStep(1), key == "down" && p.input.onLastRow() && p.recallStep(-1):
	case key == "ctrl+e" && p.multiline:
		m.openEditor(p, p.input.Value())
	default:
		p.input.handleKey(msg)
	}
}

// submit calls onEnter. The text stays pending if further prompts follow.
func (m *model) submit(p *prompt, text string) error {
	if err := p.onEnter(text); err != nil {
		return err
	}
	if p.moreFollow && m.prompt != p {
		m.pending.put(p.subject, p.label, text)
	} else {
		m.pending.drop(p.subject)
	}
	return nil
}

// text is what was typed, without what a file may not hold.
func (p *prompt) text() string { return cleanInput(p.input.Value()) }

// suggestion is the newest suggestion that begins with what was typed; empty if there is
// none. With nothing typed, there is one only if evenEmpty.
func (p *prompt) suggestion(evenEmpty bool) string {
	typed := p.text()
	if typed == "" && !evenEmpty {
		return ""
	}
	i := slices.IndexFunc(p.suggestions, func(s string) bool { return len([]rune(s)) > len([]rune(typed)) && hasPrefixFold(s, typed) })
	if i < 0 {
		return ""
	}
	return p.suggestions[i]
}

// ghostText is what Tab would append; empty if the cursor is not at the end.
func (p *prompt) ghostText() string {
	s := []rune(p.suggestion(false))
	typed := []rune(p.text())
	if len(s) <= len(typed) || !p.input.atEnd() || strings.HasSuffix(p.input.Value(), " ") {
		return ""
	}
	return string(s[len(typed):])
}

// recallStep shows an older suggestion, or with -1 a newer one. It is false if there are
// none, or if the keys move the cursor in a text of several lines.
func (p *prompt) recallStep(by int) bool {
	if p.multiline {
		return false
	}
	if p.recall == nil {
		p.recall = newRecall(p.suggestions, p.text())
	}
	s, ok := p.recall.step(by)
	if ok {
		p.input.replace(s)
	}
	return ok || len(p.suggestions) > 0
}

// promptHint says what Tab completes, what a date is taken for, or which keys work.
func (m *model) promptHint() string {
	p := m.prompt
	switch s := p.suggestion(false); {
	case p.isDate && p.text() != "":
		return m.dayHint(p.text())
	case s != "":
		return "Tab completes " + safe(s)
	case p.isDate:
		return m.dayHint("")
	case p.multiline:
		return "Enter saves, Esc keeps it for later, Ctrl+J new line, Ctrl+E opens the editor"
	case len(p.suggestions) > 0 && p.text() == "":
		return "Tab takes " + safe(p.suggestions[0]) + ", ↑ earlier ones"
	}
	return "Enter saves, Esc keeps it for later, Ctrl+G drops it"
}
