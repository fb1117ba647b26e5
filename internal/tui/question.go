package tui

import (
	"strings"
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
	b.panel = margin + left
	panel := m.panel(right, h)
	indent, rule := m.plain.Render(strings.Repeat(" ", margin)), m.dim.Render(" │ ")
	for i := range h {
		line, beside := "", ""
		if i < len(b.lines) {
			line = b.lines[i]
		} else {
			b.add(-1, "")
		}
		if i < len(panel) {
			beside = panel[i]
		}
		b.lines[i] = indent + m.fit(line, left) + rule + m.fit(beside, right)
	}
	return b
}

// question sets the question for a width and height: with air around it where
// there is room, else denser, in the end without AWS's wording; the best practice
// at the cursor is always seen.
func (m *model) question(w, h int) body {
	s, ok := m.Walk.Current()
	if !ok {
		return m.nowhere(w)
	}
	var head, list body
	first, last := 0, 0
	var starts []int // where each best practice begins in list
	for _, dense := range []int{0, 1, 2, 3} {
		head, list, starts = body{}, body{}, nil
		ask := m.wrap(s.Question.Ask, w-2)
		if dense == 3 {
			if most := max(1, h/3); len(ask) > most {
				ask = append(ask[:most-1], m.method.Truncate(ask[most-1], w-3, "")+"…")
			}
		}
		for _, line := range ask {
			head.add(-1, m.accent.Render(" "+line))
		}
		if dense < 3 {
			var full []string
			if wording := wordingOf(m.Lens, s.Question); wording != "" {
				full = m.wrap(wording, w-2)
			}
			for _, line := range full {
				head.add(-1, m.dim.Render(" "+line))
			}
			if dense < 2 {
				head.add(-1, "")
			}
		}
		from, end := m.Walk.Here()
		spare := 0
		for i := from; i < end; i++ {
			starts = append(starts, len(list.lines))
			if i == m.Walk.At() {
				first = len(list.lines)
			}
			m.practice(&list, i, w)
			if i == m.Walk.At() {
				last = len(list.lines) - 1
				spare = max(2-m.detailLines, 0) // so that an answer doesn't move everything
			}
			if dense == 0 && i+1 < end {
				list.add(-1, "")
			}
		}
		if len(head.lines)+len(list.lines)+spare <= h {
			break
		}
	}
	room := max(h-len(head.lines), 1)
	lines, at := window(list.lines, room, first, min(last, first+room-1))
	for _, start := range starts { // begin with a whole best practice where that leaves the one at the cursor in sight
		if start > at && start <= first && at > 0 {
			lines, at = list.lines[start:min(start+room, len(list.lines))], start
			break
		}
	}
	head.lines, head.targets = append(head.lines, lines...), append(head.targets, list.targets[at:at+len(lines)]...)
	if at > 0 && len(head.lines) > len(lines) {
		// what is above the first line that is shown is said on the line before it
		i := len(head.lines) - len(lines) - 1
		if head.targets[i] < 0 && strings.TrimSpace(head.lines[i]) == "" {
			head.lines[i] = m.dim.Render(" ↑ more above")
		}
	}
	return head
}

// nowhere is what stands where no best practice is at the cursor.
func (m *model) nowhere(w int) body {
	var b body
	words := "That was the last one of this walk. s shows the summary, ↑ goes back, f changes the filter."
	if len(m.Walk.Stops()) == 0 {
		words = "No best practice is left of this walk: " + m.filterWords() + ". f changes the filter."
	}
	b.add(-1, "")
	for _, line := range m.wrap(words, w-2) {
		b.add(-1, m.plain.Render(" "+line))
	}
	return b
}
