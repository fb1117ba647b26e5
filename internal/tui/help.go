package tui

import "strings"

// A keyRow is a key, or a word, with what it does.
type keyRow struct{ show, does string }

// keyColumns sets rows in one column or two, with what they do behind a column for
// the keys.
func (p pen) keyColumns(rows []keyRow, columns, keys, w int) []string {
	width := w / columns
	var lines []string
	for _, r := range rows {
		show := p.strong.Render(r.show)
		for _, line := range p.wrap(r.does, width-keys-2) {
			lines = append(lines, p.fit(p.fit(show, keys)+p.plain.Render(line), width))
			show = ""
		}
	}
	half := (len(lines) + columns - 1) / columns
	for i, line := range lines[half:] {
		lines[i] += line
	}
	return lines[:half]
}

func (m *model) openHelp() { m.openText(&pane{title: "Keys", key: "?"}, m.help) }

// help lists the keys, in two columns where there is room.
func (m *model) help(w int) []string {
	columns := 1
	if w >= 76 {
		columns = 2
	}
	var rows []keyRow
	for _, k := range screenKeys() {
		if m.works(k) {
			rows = append(rows, keyRow{show: k.show, does: k.does})
		}
	}
	c := &sheet{pen: m.pen, width: w, lines: append(m.keyColumns(rows, columns, 11, w), "")}
	c.text(m.dim, "", "The mouse works, too: a click on a best practice goes there, the wheel scrolls. Ctrl+C stops with exit code 130, Ctrl+Z suspends. iotlens review --plain is the same review line by line.")
	return c.lines
}

// lineHelp lists the keys of the line review in two columns.
func lineHelp() string {
	var rows []keyRow
	for _, k := range lineKeys() {
		rows = append(rows, keyRow{show: k.show, does: k.does})
	}
	var b strings.Builder
	for _, line := range linePen.keyColumns(rows, 2, 9, lineWidth) {
		b.WriteString("  " + strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
