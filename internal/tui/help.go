package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/lens"
)

// A keyRow is a key, or a word, with what it does.
type keyRow struct{ label, help string }

// keyColumns sets rows in one or two columns; keys is the width of the keys in each.
func (r renderer) keyColumns(rows []keyRow, columns, keys, w int) []string {
	width := w / columns
	var lines []string
	for _, row := range rows {
		show := r.strong.Render(row.label)
		for _, line := range r.wrap(row.help, width-keys-2) {
			lines = append(lines, r.fit(r.fit(show, keys)+r.plain.Render(line), width))
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

// help lists the keys, in two columns if there is room.
func (m *model) help(w int) []string {
	columns := 1
	if w >= 76 {
		columns = 2
	}
	var rows []keyRow
	for _, k := range screenKeys() {
		if m.usable(k) {
			rows = append(rows, keyRow{label: k.label, help: m.helpText(k)})
		}
	}
	t := &styledText{renderer: m.renderer, width: w, lines: append(m.keyColumns(rows, columns, 11, w), "")}
	about := []string{
		fmt.Sprintf("Signs: %s high, %s medium, %s low severity. [c: all] is behind what is cut; c shows all of it.", m.severitySign(lens.High), m.severitySign(lens.Medium), m.severitySign(lens.Low)),
		"Mouse: a click goes to a best practice or a pillar, or does what a key at the foot does; the wheel scrolls. To select text, hold Shift while dragging (Option in terminals of macOS), or turn the mouse off with M or --no-mouse.",
		"Letter keys work on Cyrillic, Greek and Hebrew layouts as on a US keyboard. Ctrl+C stops with exit code 130, Ctrl+Z suspends. iotlens review --plain is the same review line by line.",
	}
	if m.ReadOnlyReason == "" {
		about = append([]string{
			"In a prompt: Tab or → completes from earlier entries, ↑ and ↓ go through them, Enter saves. Esc keeps what was typed until the prompt is opened again, Ctrl+G drops it.",
			"Dates: " + dateForms() + ".",
		}, about...)
	}
	for _, words := range about {
		t.text(m.dim, "", words)
	}
	return t.lines
}

// lineHelp lists the usable keys of the line review in two columns.
func lineHelp(usable func(lineKey) bool) string {
	var rows []keyRow
	for _, k := range lineKeys() {
		if usable(k) {
			rows = append(rows, keyRow{label: k.label, help: k.help})
		}
	}
	var b strings.Builder
	for _, line := range lineRenderer.keyColumns(rows, 2, 9, lineWidth) {
		b.WriteString("  " + strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// dateForms lists the accepted forms of a date.
func dateForms() string {
	var all []string
	for _, f := range dates.Forms() {
		words := f.Examples
		if f.Meaning != "" {
			words += " (" + f.Meaning + ")"
		}
		all = append(all, words)
	}
	return strings.Join(all, "; ")
}
