package tui

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/text"
)

// openConflict asks which of two changes of one field to keep: the one made here, or the
// one that somebody else saved in the file. There is no default.
func (m *model) openConflict() {
	m.conflictsPostponed = false
	c := m.file.conflicts[0]
	decide := func(n int, ours bool) {
		m.pane = nil
		if err := m.decideConflicts(n, ours); err != nil {
			m.report("%v", err)
		}
	}
	title := "Changed here and by somebody else"
	if n := len(m.file.conflicts); n > 1 {
		title += fmt.Sprintf(" (1 of %d)", n)
	}
	m.open(&pane{
		title: title, hints: []string{"Enter choose", "o ours", "f the file's", "O all ours", "F all the file's", "Esc later"},
		rows: func(w int, _ string) []row {
			theirs, ours := m.conflictSides(c)
			t := &styledText{renderer: m.renderer, width: w - 2}
			t.text(m.strong, "", c.Subject())
			if b, ok := m.Lens.Practice(c.ID); ok {
				t.text(m.plain, "", b.Title)
			}
			if c.Base != "" {
				t.text(m.dim, "", fmt.Sprintf("before: %q", text.Shorten(c.Base, 120)))
			}
			rows := append(textRows(t.lines), row{spans: []span{{m.plain, ""}}})
			for _, side := range []struct{ id, words string }{{"ours", "in this session: " + ours}, {"theirs", "in the file: " + theirs}} {
				for i, line := range m.wrap(side.words, w-6) {
					if i == 0 {
						rows = append(rows, row{id: side.id, spans: []span{{m.strong, line}}})
					} else {
						rows = append(rows, row{spans: []span{{m.plain, "    " + line}}})
					}
				}
			}
			return rows
		},
		choose: func(r row) { decide(1, r.id == "ours") },
		extraKey: func(key string) bool {
			n := 1
			switch key {
			case "O", "F":
				n = len(m.file.conflicts)
				fallthrough
			case "o", "f":
				decide(n, key == "o" || key == "O")
				return true
			}
			return false
		},
		onClose: func() {
			m.conflictsPostponed = true
			m.report("%s not decided: the file keeps its own. C asks again.", text.Count(len(m.file.conflicts), "change"))
		},
	})
}

// showOpenConflicts opens the first conflict, unless a pane or prompt is open or the user
// decides later.
func (m *model) showOpenConflicts() {
	if len(m.file.conflicts) > 0 && !m.conflictsPostponed && !m.quitting && m.pane == nil && m.prompt == nil {
		m.openConflict()
	}
}

// reopenConflict opens the first conflict after it was postponed.
func (m *model) reopenConflict() {
	if !m.hasConflicts() {
		m.report("Nothing has to be decided: no field was changed here and in the file at once.")
		return
	}
	m.openConflict()
}

// hasConflicts reports whether a field was changed both here and in the file.
func (m *model) hasConflicts() bool { return len(m.file.conflicts) > 0 }
