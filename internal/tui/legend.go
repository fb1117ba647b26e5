package tui

import "strings"

// shortAnswerKeys shortens a legend for a narrow window.
var shortAnswerKeys = strings.NewReplacer("not implemented", "no", "implemented", "yes", "not applicable", "n/a", "does not apply", "n/a", "none of these yet", "none", "true in part", "partly")

// legend says what the keys that answer mean, at every size: in full where there is
// room, else in short words, and in a very narrow window on several lines. There is
// none where nothing can be answered.
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

// A legendForm is a legend in more or fewer words, and the blanks between them.
type legendForm struct {
	items []string
	gap   int
}

// fitLegend sets a legend in the first form that fits on a line, or else the last one on
// several.
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
