package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// The widest columns of text: longer lines are hard to read.
const (
	maxTextWidth  = 100
	maxPanelWidth = 84
)

// questionBody is the question with its best practices; in a wide window with the card of
// the current one beside it.
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

// withPanel renders the question with a panel beside it.
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

// How densely a question is set. The first density in which it fits is used.
const (
	airy      = iota // blank lines between best practices
	packed           // no blank lines
	brief            // no follow-ups
	briefer          // the question takes at most a third of the body, without the wording of the lens
	titlesCut        // titles take one line; only if the current best practice doesn't fit otherwise
)

// question renders the question for a width and a height, as densely as it must. The
// current best practice is always visible.
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
	at := m.Walk.Position()
	head.countHidden(list, from, end, at, cmp.Or(strings.TrimSuffix(m.alternativeNumber(at), "."), shortID(s)))
	return head
}

// addFrom appends lines from to end-1 of another body.
func (b *body) addFrom(list body, from, end int) {
	b.lines = append(b.lines, list.lines[from:end]...)
	b.targets = append(b.targets, list.targets[from:end]...)
}

// firstVisible is the index of the first line of a list of best practices to show in so
// many lines, so that the current one is visible.
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
		from++ // begin at the title of a best practice
	}
	return from
}

// lineCount is the number of lines of a stop.
func (b body) lineCount(stop int) (n int) {
	for _, target := range b.targets {
		if target == stop {
			n++
		}
	}
	return n
}

// countHidden counts the stops of a list that are not fully visible if only its lines from
// to end-1 are shown. The stop at is not counted, but named.
func (b *body) countHidden(list body, from, end, at int, name string) {
	seen := map[int]bool{}
	for i, target := range list.targets {
		switch {
		case target < 0 || i >= from && i < end || seen[target]:
		case target == at:
			b.cutPractice, seen[target] = name, true
		case i < from:
			b.hiddenAbove, seen[target] = b.hiddenAbove+1, true
		default:
			b.hiddenBelow, seen[target] = b.hiddenBelow+1, true
		}
	}
}

// cutMark follows a question that is not shown in full.
const cutMark = " [c: all]"

// questionHead is the question with its follow-ups; cutMark shows that something is left
// out.
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

// practices is the best practices of the current question. spare is the number of lines to
// keep free, so that the details of an answer don't move everything.
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

// endBody is the body at the end of the walk.
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
