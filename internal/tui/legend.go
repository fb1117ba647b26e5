package tui

import "strings"

// shortAnswerKeys shortens the legend for a narrow window.
var shortAnswerKeys = strings.NewReplacer("not implemented", "no", "implemented", "yes", "not applicable", "n/a", "does not apply", "n/a", "none of these yet", "none", "true in part", "partly")

// legend lists the keys that answer: in full if there is room, else in short words, in a
// very narrow window on several lines. It is empty if nothing can be answered.
func (m *model) legend(w int) section {
	if m.presenting() {
		return m.statusLegend(w)
	}
	if m.ReadOnlyReason != "" || m.practiceID() == "" {
		return section{}
	}
	full := m.answerKeysText("~")
	short := shortAnswerKeys.Replace(full)
	return m.fitLegend(w, legendForm{strings.Split(full, "  "), 2}, legendForm{strings.Split(short, "  "), 2}, legendForm{strings.Split(short, "  "), 1})
}

// A legendForm is one wording of a legend, with the number of blanks between its items.
type legendForm struct {
	items []string
	gap   int
}

// fitLegend renders the first form that fits on one line, or else the last one on several.
func (m *model) fitLegend(w int, forms ...legendForm) (s section) {
	for _, f := range forms {
		s = m.layoutItems("", f.items, w, itemStyle{gap: f.gap, key: m.dim.Bold(true), text: m.dim, wraps: true})
		if len(s.lines) == 1 {
			break
		}
	}
	s.lines = m.fitBlock(s.lines, w, len(s.lines))
	return s
}
