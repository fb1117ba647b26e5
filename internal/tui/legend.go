package tui

import "strings"

// shortDigits shortens a legend for a narrow window.
var shortDigits = strings.NewReplacer("not implemented", "no", "implemented", "yes", "not applicable", "n/a", "does not apply", "n/a", "none of these yet", "none", "true in part", "partly")

// legend says what the keys that answer mean, at every size: in full where there is
// room, else in short words, and in a very narrow window on several lines. There is
// none where nothing can be answered.
func (m *model) legend(w int) []string {
	if m.ReadOnlyReason != "" || m.here() == "" {
		return nil
	}
	full := m.digits("~")
	short := shortDigits.Replace(full)
	tight := strings.ReplaceAll(short, "  ", " ")
	for _, words := range []string{full, short, tight} {
		if m.pen.width(words) <= w-2 {
			return []string{m.fit(m.dim.Render(" "+words), w)}
		}
	}
	return m.setItems(strings.Split(short, "  "), w)
}

// setItems sets items one behind the other, on as many lines as they take.
func (m *model) setItems(items []string, w int) []string {
	var lines []string
	line := ""
	for _, item := range items {
		if line != "" && m.pen.width(line)+2+m.pen.width(item) > w-1 {
			lines, line = append(lines, m.fit(m.dim.Render(line), w)), ""
		}
		line += " " + item
	}
	return append(lines, m.fit(m.dim.Render(line), w))
}
