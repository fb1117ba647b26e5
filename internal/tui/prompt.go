package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A prompt asks for text at the foot of the screen.
type prompt struct {
	label       string
	subject     string                  // what it is about, beside the label: where the text is kept; empty for the label
	multiline   bool                    // it may have several lines, and can be taken to the user's editor
	isDate      bool                    // it is a date as people say it
	suggestions []string                // what was said before: it is completed and recalled
	moreFollow  bool                    // further prompts follow, and the text is kept until they are done
	onEnter     func(text string) error // the error is shown, and the prompt stays
	input       input
	recall      recall
}

// ask asks for text, which begins with a value; with what was typed there before where
// that was not entered.
func (m *model) ask(p prompt, value string) {
	if p.subject == "" {
		p.subject = strings.TrimPrefix(m.practiceID()+", "+p.label, ", ")
	}
	p.input = newInput(value, p.multiline)
	p.recall.index = -1
	m.prompt = &p
	if text, ok := m.pending.find(p.subject, p.label); ok {
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
		p.recall = recall{index: -1}
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

// submit gives a text to what asked for it. Until that has all it needs, the text is
// kept.
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

// text is what was typed, fit for a file.
func (p *prompt) text() string { return cleanInput(p.input.Value()) }

// suggestion is what was said before that begins as the typed text; empty for none.
// Nothing typed is completed only where that is wanted, to what was said last.
func (p *prompt) suggestion(ofNothing bool) string {
	typed := p.text()
	if typed == "" && !ofNothing {
		return ""
	}
	i := slices.IndexFunc(p.suggestions, func(s string) bool { return len([]rune(s)) > len([]rune(typed)) && hasPrefixFold(s, typed) })
	if i < 0 {
		return ""
	}
	return p.suggestions[i]
}

// ghostText is what Tab would add behind what was typed; empty where the cursor is elsewhere.
func (p *prompt) ghostText() string {
	s := []rune(p.suggestion(false))
	typed := []rune(p.text())
	if len(s) <= len(typed) || !p.input.atEnd() || strings.HasSuffix(p.input.Value(), " ") {
		return ""
	}
	return string(s[len(typed):])
}

// recallStep shows an older text that was said before, or with -1 a newer one; false where
// there is none, or where the keys move in a text of several lines.
func (p *prompt) recallStep(by int) bool {
	if p.multiline {
		return false
	}
	if p.recall.index < 0 {
		p.recall = newRecall(p.suggestions, p.text())
	}
	s, ok := p.recall.step(by)
	if ok {
		p.input.replace(s)
	}
	return ok || len(p.suggestions) > 0
}

// promptHint says which keys work in a prompt, the most useful first.
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
