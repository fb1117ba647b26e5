package tui

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// A pendingText was typed into a prompt and not entered: Esc closed the prompt, or the steps
// after it were not done.
type pendingText struct{ subject, label, text string }

// pendingTexts are shown again when their prompt is opened again, until they are entered or
// dropped on purpose.
type pendingTexts []pendingText

// find is the text that was kept of a prompt.
func (k pendingTexts) find(about, label string) (string, bool) {
	i := k.index(about, label)
	if i < 0 {
		return "", false
	}
	return k[i].text, true
}

func (k pendingTexts) index(about, label string) int {
	return slices.IndexFunc(k, func(t pendingText) bool { return t.subject == about && t.label == label })
}

// put keeps the text of a prompt; an empty one is not kept.
func (k *pendingTexts) put(about, label, text string) {
	if i := k.index(about, label); i >= 0 {
		*k = slices.Delete(*k, i, i+1)
	}
	if text != "" {
		*k = append(*k, pendingText{about, label, text})
	}
}

// drop forgets all texts of what prompts were about.
func (k *pendingTexts) drop(about string) {
	*k = slices.DeleteFunc(*k, func(t pendingText) bool { return t.subject == about })
}

// summary name what was typed and not entered; empty where there is nothing.
func (k pendingTexts) summary() string {
	if len(k) == 0 {
		return ""
	}
	var names []string
	for _, t := range k {
		names = appendNew(names, safe(t.subject))
	}
	return text.Count(len(k), "text") + " typed and not entered: " + strings.Join(names, "; ")
}

// keepPending keeps what was typed into a prompt that is closed, and says so.
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

// mayQuit reports whether the review can be left with what was typed and not entered;
// the first time it names that instead.
func (m *model) mayQuit() bool {
	words := m.pending.summary()
	if words == "" || m.pendingWarned {
		return true
	}
	m.pendingWarned = true
	m.report("%s. q again leaves and prints it.", words)
	return false
}

// unenteredText lists word for word what was typed and is not in the review.
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
