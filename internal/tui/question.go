package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// The widest that text is set: longer lines are hard to read.
const (
	maxTextWidth  = 100
	maxPanelWidth = 84
)

// questionBody is the question with its best practices, and beside it, where
// there is room, the card of the one at the cursor.
func (m *model) questionBody(w, h int) body {
	switch {
	case m.mode == ModePresenter:
		return m.presenterBody(w, h)
	case m.mode == ModeFacilitator:
		return m.facilitatorBody(w, h)
	case w < panelMinWidth:
		return m.question(w, h)
	}
	return m.withPanel(w, h, m.cardPanel)
}

// withPanel is the question with a panel beside it.
func (m *model) withPanel(w, h int, side func(w, h int) []string) body {
	left := min(w*55/100, maxTextWidth)
	right := min(w-left-3, maxPanelWidth)
	margin := (w - left - right - 3) / 2
	b := m.question(left, h)
	b.pad(h)
	b.panel = margin + left
	panel := append(side(right, h), make([]string, h)...)
	indent, rule := m.plain.Render(strings.Repeat(" ", margin)), m.dim.Render(" │ ")
	for i, line := range b.lines[:h] {
		b.lines[i] = indent + m.fit(line, left) + rule + m.fit(panel[i], right)
	}
	return b
}

// Densities of a question, from the airiest on. The first in which it fits is taken.
const (
	airy      = iota // a blank line between best practices
	packed           // none
	brief            // without follow-ups
	briefer          // at most a third of the body for the question, without the wording of the lens
	titlesCut        // a line for each title: only where the best practice at the cursor doesn't fit otherwise
)

// question sets the question for a width and height, as dense as it must be; the best
// practice at the cursor is always visible.
func (m *model) question(w, h int) body {
	s, ok := m.Walk.Current()
	if !ok {
		return m.endBody(w)
	}
	var head, list body
	for dense := airy; dense <= titlesCut; dense++ {
		head = m.questionHead(s.Question, w, h, dense)
		var spare int
		list, spare = m.practices(w, dense)
		room := h - len(head.lines)
		if len(list.lines)+spare <= room || dense == briefer && list.lineCount(m.Walk.Position()) <= room {
			break
		}
	}
	room := max(h-len(head.lines), 1)
	from := m.firstVisible(list, room)
	end := min(from+room, len(list.lines))
	head.addFrom(list, from, end)
	head.countHidden(list, from, end, m.Walk.Position())
	if head.cutPractice != "" {
		head.cutPractice = cmp.Or(strings.TrimSuffix(m.alternativeNumber(m.Walk.Position()), "."), shortID(s))
	}
	return head
}

// addFrom adds the lines of another body from a line up to but without end.
func (b *body) addFrom(list body, from, end int) {
	b.lines = append(b.lines, list.lines[from:end]...)
	b.targets = append(b.targets, list.targets[from:end]...)
}

// firstVisible is the first line of a list of best practices that is seen in a room, so that
// the one at the cursor is seen.
func (m *model) firstVisible(list body, room int) int {
	at := m.Walk.Position()
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
	return from
}

// lineCount is how many lines a stop takes.
func (b body) lineCount(stop int) (n int) {
	for _, target := range b.targets {
		if target == stop {
			n++
		}
	}
	return n
}

// countHidden counts the stops of a list that are not seen in full where only its lines
// from up to but without end are.
func (b *body) countHidden(list body, from, end, at int) {
	seen := map[int]bool{}
	for i, target := range list.targets {
		switch {
		case target < 0 || i >= from && i < end || seen[target]:
		case target == at:
			b.cutPractice, seen[target] = "at", true
		case i < from:
			b.hiddenAbove, seen[target] = b.hiddenAbove+1, true
		default:
			b.hiddenBelow, seen[target] = b.hiddenBelow+1, true
		}
	}
}

// cutMark is behind a question that is not there in full.
const cutMark = " [c: all]"

// questionHead is the question with its follow-ups. What is left out has a sign.
func (m *model) questionHead(q *lens.Question, w, h, dense int) body {
	var b body
	wording, followUps := originalWording(m.Lens, q), q.FollowUps
	if m.presenting() {
		wording, followUps = "", nil
	}
	ask := m.wrap(m.Walk.QuestionText(q), w-2)
	last, most := len(ask)-1, max(1, h/3)
	long := dense >= briefer && len(ask) > most
	b.questionCut = long || dense >= brief && len(followUps) > 0 || dense >= briefer && wording != ""
	switch {
	case !b.questionCut:
	case !long && m.textWidth(ask[last])+len(cutMark) <= w-2:
		ask[last] += cutMark
	case len(ask) < most || dense < briefer:
		ask = append(ask, strings.TrimSpace(cutMark))
	default:
		ask = append(ask[:most-1], m.method.Truncate(ask[most-1], w-4-len(cutMark), "")+"…"+cutMark)
	}
	for _, line := range ask {
		b.add(-1, m.accent.Render(" "+line))
	}
	if dense < brief {
		for _, f := range followUps {
			b.add(-1, m.paragraph(m.plain, " - ", f, w-1)...)
		}
	}
	if wording != "" && dense < briefer {
		b.add(-1, m.paragraph(m.dim, " ", wording, w-1)...)
	}
	if dense < brief {
		b.add(-1, "")
	}
	return b
}

// practices are the best practices of the question at the cursor. spare is how many lines to keep free, so that an
// answer doesn't move everything.
func (m *model) practices(w, dense int) (b body, spare int) {
	from, end := m.Walk.QuestionStops()
	for i := from; i < end; i++ {
		if c, asOne := m.Walk.ChoiceAt(i); asOne && c.First == i {
			b.add(-1, m.paragraph(m.accent, " ", alternativesQuestion(c), w-1)...)
		}
		details := m.practice(&b, i, w, dense == titlesCut)
		if i == m.Walk.Position() && !m.presenting() {
			spare = max(2-details, 0)
		}
		if dense == airy && i+1 < end {
			b.add(-1, "")
		}
	}
	return b, spare
}

// endBody is shown where no best practice is at the cursor.
func (m *model) endBody(w int) body {
	words := "That was the last one of this walk. s shows the summary, ↑ goes back, f changes the filter."
	if m.Walk.FollowsPlan() {
		words = "That was the last one of the plan. t shows what is left out and plans more minutes, s shows the summary, ↑ goes back."
	}
	if len(m.Walk.Stops()) == 0 {
		words = "No best practice is on this walk: " + m.filterText() + ". f changes the filter."
	}
	var b body
	b.add(-1, "")
	b.add(-1, m.paragraph(m.plain, " ", words, w-1)...)
	return b
}
