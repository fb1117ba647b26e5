package tui

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A pane covers the question with a text to scroll or rows to choose from. Its rows are
// made for each frame, as the window and the review change. With an input, what is typed
// narrows them.
type pane struct {
	title     string
	key       string // the key that opened it closes it
	hints     []string
	hasInput  bool // what is typed narrows the rows
	input     input
	rows      func(width int, typed string) []row
	choose    func(row)             // called on Enter; nil: Enter closes the pane
	toggle    func(row)             // called on Space; may be nil
	extraKey  func(key string) bool // handles further keys; false for an unknown one; may be nil
	parent    *pane                 // opened by Esc; nil: the question
	onClose   func()                // called when it closes without a choice; may be nil
	emptyText func() string         // shown without a row to choose; may be nil

	current []row // as of the last refreshPane
	cursor  int   // index in current of the selected row, if rows can be chosen
	top     int   // index in current of the first visible row
	height  int   // number of visible rows, as of the last frame
}

// A row is one line of a pane.
type row struct {
	id    string // identifies what can be chosen; empty: a heading or text
	kind  string // distinguishes rows with the same id
	spans []span
}

// A span is a run of text in one style.
type span struct {
	style lipgloss.Style
	text  string
}

// textRows makes rows of rendered lines.
func textRows(lines []string) []row {
	var rows []row
	for _, line := range lines {
		rows = append(rows, row{spans: []span{{text: line}}})
	}
	return rows
}

// fixedText is an emptyText that is always the same.
func fixedText(words string) func() string { return func() string { return words } }

func (m *model) open(p *pane) {
	if p.hints == nil {
		p.hints = []string{"Esc back", "↑↓ scroll"}
	}
	p.input, p.height = newInput("", false), m.height
	m.pane = p
	m.refreshPane()
}

// openText opens a pane with a text to scroll.
func (m *model) openText(p *pane, set func(width int) []string) {
	p.rows = func(w int, _ string) []row { return textRows(set(w - 2)) }
	m.open(p)
}

// refreshPane makes the rows anew, and keeps the selected one if it still exists.
func (m *model) refreshPane() {
	p := m.pane
	was := p.selected()
	p.current = p.rows(m.width, cleanInput(p.input.Value()))
	p.cursor = max(slices.IndexFunc(p.current, func(r row) bool { return r.id != "" && r.id == was.id && r.kind == was.kind }), 0)
	p.move(0)
}

// selected is the selected row; the zero row if there is none.
func (p *pane) selected() row {
	if p.cursor < len(p.current) {
		return p.current[p.cursor]
	}
	return row{}
}

// selectable reports whether there are rows to choose from.
func (p *pane) selectable() bool {
	return slices.ContainsFunc(p.current, func(r row) bool { return r.id != "" })
}

// maxTop is the largest useful value of top.
func (p *pane) maxTop() int { return max(len(p.current)-p.height, 0) }

// move moves the cursor, or scrolls if no row can be chosen.
func (p *pane) move(by int) {
	if !p.selectable() {
		p.top = min(max(p.top+by, 0), p.maxTop())
		return
	}
	step := 1
	if by < 0 {
		step = -1
	}
	p.cursor = min(max(p.cursor+by, 0), len(p.current)-1)
	for p.selected().id == "" { // skip headings, turning back at the end
		if p.cursor += step; p.cursor < 0 || p.cursor == len(p.current) {
			step = -step
			p.cursor += step
		}
	}
}

// itemEnd is the index after the selected row and the lines that belong to it.
func (p *pane) itemEnd() int {
	end := p.cursor + 1
	for end < len(p.current) && p.current[end].id == "" {
		end++
	}
	return end
}

// selectRow moves the cursor to the row with an id, if it is below.
func (p *pane) selectRow(id string) {
	p.cursor = max(slices.IndexFunc(p.current, func(r row) bool { return r.id == id }), p.cursor)
}

// moveKeys maps the keys that move the cursor or scroll to the number of rows.
func (p *pane) moveKeys() map[string]int {
	page, all := max(p.height-1, 1), len(p.current)
	steps := map[string]int{"up": -1, "down": 1, "pgup": -page, "pgdown": page}
	if !p.hasInput {
		maps.Copy(steps, map[string]int{"k": -1, "j": 1, "h": -page, "left": -page, "l": page, "right": page, "space": page, "home": -all, "end": all})
	}
	return steps
}

func (m *model) paneKey(msg tea.KeyPressMsg) {
	m.refreshPane() // the last key may have changed the rows before a frame was drawn
	p, key := m.pane, msg.String()
	by, moves := p.moveKeys()[key]
	switch {
	case key == "esc", key == "enter" && p.choose == nil, !p.hasInput && (key == "q" || key == p.key):
		m.pane = p.parent
		if p.onClose != nil {
			p.onClose()
		}
	case key == "enter" && p.selected().id == "" && p.emptyText != nil:
		m.report("%s", p.emptyText())
	case key == "enter":
		p.choose(p.selected())
	case key == "space" && p.toggle != nil:
		m.togglePaneRow()
	case p.extraKey != nil && p.extraKey(key):
	case moves:
		p.move(by)
	case p.hasInput:
		p.input.handleKey(msg)
		m.refreshPane()
	case p.toggle == nil: // switch to another pane directly
		switch k := screenKeyFor(key); {
		case m.checkCapsLock(msg, k):
		case k.opensPane:
			m.pane = nil
			k.run(m)
		default:
			m.reportUnknownKey(key)
		}
	default:
		m.reportUnknownKey(key)
	}
}

// togglePaneRow toggles the selected row.
func (m *model) togglePaneRow() {
	m.pane.toggle(m.pane.selected())
	m.refreshPane()
}

// paneBody renders the open pane, with the cursor of its input; nil without an input.
func (m *model) paneBody(w, h int) (b body, cursor *tea.Cursor) {
	p := m.pane
	m.refreshPane()
	p.height = max(h-1, 1)
	p.top = min(max(p.top, 0), p.maxTop())
	title, right := m.accent.Render(" "+safe(p.title)+" "), ""
	switch {
	case p.hasInput:
		rows, x, y := p.input.render(m.renderer, max(w-m.textWidth(title)-1, 1), 1)
		cursor = tea.NewCursor(min(m.textWidth(title)+x, w-1), 0)
		title += rows[y]
	case !p.selectable() && p.maxTop() > 0:
		right = m.dim.Render(scrollHint(p.top, p.maxTop()) + " ")
		title = m.method.Truncate(title, max(w-m.textWidth(right)-1, 0), "…")
	}
	b.add(-1, m.fit(m.justify(title, right, w, m.plain), w))
	if len(p.current) == 0 && p.emptyText != nil {
		b.add(-1, m.paragraph(m.dim, " ", p.emptyText(), w-1)...)
	}
	if p.selectable() {
		p.top = min(max(min(p.top, p.cursor), p.itemEnd()-p.height), p.cursor)
		if p.cursor == 1 && p.current[0].id == "" && p.height > 1 {
			p.top = 0 // show its heading, too
		}
	}
	end := min(p.top+p.height, len(p.current))
	for i, r := range p.current[p.top:end] {
		i += p.top
		b.add(i, m.rowLine(r, r.id != "" && i == p.cursor, w))
	}
	if p.selectable() {
		b.hiddenAbove, b.hiddenBelow = countSelectable(p.current[:p.top]), countSelectable(p.current[end:])
	}
	return b, cursor
}

// countSelectable counts the rows that can be chosen.
func countSelectable(rows []row) (n int) {
	for _, r := range rows {
		if r.id != "" {
			n++
		}
	}
	return n
}

func scrollHint(from, most int) string {
	switch from {
	case 0:
		return "more below ↓"
	case most:
		return "↑ more above"
	}
	return "↑ more ↓"
}

// rowLine renders a row to a width; here marks the selected row.
func (r renderer) rowLine(line row, here bool, w int) string {
	lead, fill := "   ", r.plain
	switch {
	case here:
		lead, fill = " > ", r.mark
	case line.id == "":
		lead = " "
	}
	out := fill.Render(lead)
	for _, part := range line.spans {
		if here {
			part.style = r.mark
		}
		out += part.style.Render(part.text)
	}
	return r.fitStyled(out, w, fill)
}
