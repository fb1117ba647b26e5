package tui

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// A keptText was typed into a prompt and not entered: Esc closed the prompt, or the steps
// after it were not done.
type keptText struct{ about, label, text string }

// keptTexts are shown again when their prompt is opened again, until they are entered or
// dropped on purpose.
type keptTexts []keptText

// of is the text that was kept of a prompt.
func (k keptTexts) of(about, label string) (string, bool) {
	i := k.index(about, label)
	if i < 0 {
		return "", false
	}
	return k[i].text, true
}

func (k keptTexts) index(about, label string) int {
	return slices.IndexFunc(k, func(t keptText) bool { return t.about == about && t.label == label })
}

// put keeps the text of a prompt; an empty one is not kept.
func (k *keptTexts) put(about, label, text string) {
	if i := k.index(about, label); i >= 0 {
		*k = slices.Delete(*k, i, i+1)
	}
	if text != "" {
		*k = append(*k, keptText{about, label, text})
	}
}

// drop forgets all texts of what prompts were about.
func (k *keptTexts) drop(about string) {
	*k = slices.DeleteFunc(*k, func(t keptText) bool { return t.about == about })
}

// words name what was typed and not entered; empty where there is nothing.
func (k keptTexts) words() string {
	if len(k) == 0 {
		return ""
	}
	var names []string
	for _, t := range k {
		names = withNew(names, safe(t.about))
	}
	return text.Count(len(k), "text") + " typed and not entered: " + strings.Join(names, "; ")
}

// keep keeps what was typed into a prompt that is closed, and says so.
func (m *model) keep(p *prompt) string {
	typed := p.text()
	if typed == "" || !p.input.changed() {
		if !p.more {
			m.kept.drop(p.about)
		}
		return unchanged
	}
	m.kept.put(p.about, p.label, typed)
	m.keptWarned = false
	return "Not entered, but kept: the same key shows it again."
}

// mayDrop reports whether the review can be left with what was typed and not entered;
// the first time it names that instead.
func (m *model) mayDrop() bool {
	words := m.kept.words()
	if words == "" || m.keptWarned {
		return true
	}
	m.keptWarned = true
	m.report("%s. q again leaves and prints it.", words)
	return false
}

// unentered lists word for word what was typed and is not in the review.
func (m *model) unentered() string {
	var b strings.Builder
	b.WriteString(m.Unsaved())
	for _, t := range m.kept {
		if p := m.prompt; p == nil || p.about != t.about || p.label != t.label {
			addUnsaved(&b, "typed, "+t.about, t.text)
		}
	}
	if p := m.prompt; p != nil && p.input.changed() {
		addUnsaved(&b, "being typed, "+p.label, p.input.Value())
	}
	return b.String()
}
