package tui

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// A pendingText was typed into a prompt and not entered: Esc closed the prompt, or a prompt
// that follows it.
type pendingText struct{ subject, label, text string }

// pendingTexts are shown again when their prompt opens again, until they are entered or
// dropped.
type pendingTexts []pendingText

// find returns the pending text of a prompt; empty if it has none.
func (p pendingTexts) find(subject, label string) string {
	for _, t := range p {
		if t.subject == subject && t.label == label {
			return t.text
		}
	}
	return ""
}

// put sets the pending text of a prompt; an empty text removes it.
func (p *pendingTexts) put(subject, label, text string) {
	*p = slices.DeleteFunc(*p, func(t pendingText) bool { return t.subject == subject && t.label == label })
	if text != "" {
		*p = append(*p, pendingText{subject, label, text})
	}
}

// drop removes the texts of all prompts with a subject.
func (p *pendingTexts) drop(subject string) {
	*p = slices.DeleteFunc(*p, func(t pendingText) bool { return t.subject == subject })
}

// summary names the prompts with pending texts; empty if there are none.
func (p pendingTexts) summary() string {
	if len(p) == 0 {
		return ""
	}
	var names []string
	for _, t := range p {
		names = appendNew(names, safe(t.subject))
	}
	return text.Count(len(p), "text") + " typed and not entered: " + strings.Join(names, "; ")
}

// keepPending keeps the text of a prompt that is closed, and returns the message about it.
func (m *model) keepPending(p *prompt) string {
	typed := p.text()
	if typed == "" || !p.input.changed() {
		if !p.moreFollow {
			m.pending.drop(p.subject)
		}
		return nothingChanged
	}
	m.pending.put(p.subject, p.label, typed)
	m.pendingWarned = false
	return "Not entered, but kept: the same key shows it again."
}

// mayQuit reports whether there is no pending text, or the user was warned of it; if not,
// it shows the warning.
func (m *model) mayQuit() bool {
	words := m.pending.summary()
	if words == "" || m.pendingWarned {
		return true
	}
	m.pendingWarned = true
	m.report("%s. q again leaves and prints it.", words)
	return false
}

// unenteredText lists word for word what was typed or not saved.
func (m *model) unenteredText() string {
	var b strings.Builder
	b.WriteString(m.Unsaved())
	for _, t := range m.pending {
		if p := m.prompt; p == nil || p.subject != t.subject || p.label != t.label {
			addUnsaved(&b, "typed, "+t.subject, t.text)
		}
	}
	if p := m.prompt; p != nil && p.input.changed() {
		addUnsaved(&b, "being typed, "+p.label, p.input.Value())
	}
	return b.String()
}
