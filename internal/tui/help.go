package tui

import "strings"

func (m *model) openHelp() {
	m.open(pager{title: "Keys", key: "?", set: m.help})
}

// help lists the keys, in two columns where there is room.
func (m *model) help(w int) []string {
	columns := 1
	if w >= 76 {
		columns = 2
	}
	width := w / columns
	var cells [][]string
	for _, k := range m.keys {
		show := m.strong.Render(k.show + strings.Repeat(" ", max(11-m.pen.width(k.show), 1)))
		var cell []string
		for i, line := range m.wrap(k.does, width-13) {
			if i > 0 {
				show = m.plain.Render(strings.Repeat(" ", 11))
			}
			cell = append(cell, m.fit(show+m.plain.Render(line), width))
		}
		cells = append(cells, cell)
	}
	var lines []string
	for _, cell := range cells {
		lines = append(lines, cell...)
	}
	if columns == 2 {
		half := (len(lines) + 1) / 2
		for i := range half {
			if i+half < len(lines) {
				lines[i] += lines[i+half]
			}
		}
		lines = lines[:half]
	}
	c := &sheet{pen: m.pen, width: w}
	c.text(m.dim, "", "The mouse works, too: a click on a best practice goes there, the wheel scrolls. Ctrl+C stops with exit code 130, Ctrl+Z suspends. iotlens review --plain is the same review line by line.")
	return append(append(lines, ""), c.lines...)
}
