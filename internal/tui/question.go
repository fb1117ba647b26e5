package tui

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// The widest that text is set: longer lines are hard to read.
const (
	widestQuestion = 100
	widestPanel    = 84
)

// questionBody is the question with its best practices, and beside it, where
// there is room, the card of the one at the cursor.
func (m *model) questionBody(w, h int) body {
	if w < panelWidth {
		return m.question(w, h)
	}
	left := min(w*55/100, widestQuestion)
	right := min(w-left-3, widestPanel)
	margin := (w - left - right - 3) / 2
	b := m.question(left, h)
	for len(b.lines) < h {
		b.add(-1, "")
	}
	b.panel = margin + left
	panel := append(m.panel(right, h), make([]string, h)...)
	indent, rule := m.plain.Render(strings.Repeat(" ", margin)), m.dim.Render(" │ ")
	for i, line := range b.lines[:h] {
		b.lines[i] = indent + m.fit(line, left) + rule + m.fit(panel[i], right)
	}
	return b
}

// question sets the question for a width and height: with blank lines where there
// is room, else denser, in the end without the wording of the lens; the best
// practice at the cursor is always visible.
func (m *model) question(w, h int) body {
	s, ok := m.Walk.Current()
	if !ok {
		return m.nowhere(w)
	}
	var head, list body
	for dense := range 4 {
		head = m.questionHead(s.Question, w, h, dense)
		var spare int
		list, spare = m.practices(w, dense)
		if len(head.lines)+len(list.lines)+spare <= h {
			break
		}
	}
	at := m.Walk.At()
	room := max(h-len(head.lines), 1)
	first, from := slices.Index(list.targets, at), 0
	last := first
	for last+1 < len(list.targets) && list.targets[last+1] == at {
		last++
	}
	if len(list.lines) > room {
		from = min(max(last-room+1, 0), first, len(list.lines)-room)
	}
	for from > 0 && from < first && (list.targets[from] < 0 || list.targets[from] == list.targets[from-1]) {
		from++ // begin with a whole best practice
	}
	if end := len(head.lines) - 1; from > 0 && strings.TrimSpace(head.lines[end]) == "" {
		head.lines[end] = m.dim.Render(" ↑ more above")
	}
	for i := from; i < min(from+room, len(list.lines)); i++ {
		head.add(list.targets[i], list.lines[i])
	}
	return head
}

// questionHead is the question with its follow-ups: in full, without the follow-ups
// and the blank line behind it from density 2, and shortened and without the wording of the lens at density 3.
func (m *model) questionHead(q *lens.Question, w, h, dense int) body {
	var b body
	ask := m.wrap(m.Walk.Ask(q), w-2)
	if most := max(1, h/3); dense == 3 && len(ask) > most {
		ask = append(ask[:most-1], m.method.Truncate(ask[most-1], w-3, "")+"…")
	}
	for _, line := range ask {
		b.add(-1, m.accent.Render(" "+line))
	}
	for _, f := range q.FollowUps {
		for i, line := range m.wrap(f, w-4) {
			if dense < 2 {
				b.add(-1, m.plain.Render([]string{" - ", "   "}[min(i, 1)]+line))
			}
		}
	}
	if wording := wordingOf(m.Lens, q); wording != "" && dense < 3 {
		for _, line := range m.wrap(wording, w-2) {
			b.add(-1, m.dim.Render(" "+line))
		}
	}
	if dense < 2 {
		b.add(-1, "")
	}
	return b
}

// practices are the best practices of the question at the cursor, with a blank
// line between them at density 0. spare is how many lines to keep free, so that an
// answer doesn't move everything.
func (m *model) practices(w, dense int) (b body, spare int) {
	from, end := m.Walk.Here()
	for i := from; i < end; i++ {
		if c, asOne := m.Walk.ChoiceAt(i); asOne && c.First == i {
			for _, line := range m.wrap(which(c), w-2) {
				b.add(-1, m.accent.Render(" "+line))
			}
		}
		details := m.practice(&b, i, w)
		if i == m.Walk.At() {
			spare = max(2-details, 0)
		}
		if dense == 0 && i+1 < end {
			b.add(-1, "")
		}
	}
	return b, spare
}

// nowhere is shown where no best practice is at the cursor.
func (m *model) nowhere(w int) body {
	words := "That was the last one of this walk. s shows the summary, ↑ goes back, f changes the filter."
	if m.Walk.Planned() {
		words = "That was the last one of the plan. t shows what is left out and plans more minutes, s shows the summary, ↑ goes back."
	}
	if len(m.Walk.Stops()) == 0 {
		words = "No best practice is on this walk: " + m.filterWords() + ". f changes the filter."
	}
	var b body
	b.add(-1, "")
	for _, line := range m.wrap(words, w-2) {
		b.add(-1, m.plain.Render(" "+line))
	}
	return b
}
