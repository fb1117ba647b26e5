package tui

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A pane covers the question: a text to scroll through, or rows to choose from.
// Its rows are made anew for each frame, as the window and the review change. With
// an input, what is typed narrows them.
type pane struct {
	title  string
	key    string // the key that opened it closes it
	hints  []string
	typed  bool // it has an input
	input  input
	rows   func(width int, typed string) []row
	choose func(row)             // Enter; nil closes the pane
	toggle func(row)             // Space
	more   func(key string) bool // further keys; false for an unknown one
	back   *pane                 // where Esc leads; nil: to the question
	closed func()                // after it was closed without a choice; may be nil
	empty  func() string         // shown where there is no row to choose

	now  []row // as of the last fill
	at   int   // of now: the row at the cursor, where rows can be chosen
	from int   // of now: the first on the screen
	room int   // rows on the screen, as of the last frame
}

// A row is one line of a pane.
type row struct {
	id   string // what can be chosen here; empty: a heading or a line of a text
	kind string // what kind of thing that is
	text []bit
}

// A bit is a piece of a row in one style.
type bit struct {
	style lipgloss.Style
	text  string
}

// textRows are the rows of lines that are set already.
func textRows(lines []string) []row {
	var rows []row
	for _, line := range lines {
		rows = append(rows, row{text: []bit{{text: line}}})
	}
	return rows
}

// always is what a pane shows without a row, whatever is typed.
func always(words string) func() string { return func() string { return words } }

func (m *model) open(p *pane) {
	if p.hints == nil {
		p.hints = []string{"Esc back", "↑↓ scroll"}
	}
	p.input, p.room = newInput("", false), m.height
	m.pane = p
	m.fill()
}

// openText opens a pane with a text.
func (m *model) openText(p *pane, set func(width int) []string) {
	p.rows = func(w int, _ string) []row { return textRows(set(w - 2)) }
	m.open(p)
}

// fill makes the rows, and stays at the same one where it still exists.
func (m *model) fill() {
	p := m.pane
	was := p.current()
	p.now = p.rows(m.width, cleanInput(p.input.Value()))
	p.at = max(slices.IndexFunc(p.now, func(r row) bool { return r.id != "" && r.id == was.id && r.kind == was.kind }), 0)
	p.move(0)
}

// current is the row at the cursor; an empty one where there is none.
func (p *pane) current() row {
	if p.at < len(p.now) {
		return p.now[p.at]
	}
	return row{}
}

// choosing reports whether there are rows to choose from.
func (p *pane) choosing() bool {
	return slices.ContainsFunc(p.now, func(r row) bool { return r.id != "" })
}

// most is the largest useful value of from.
func (p *pane) most() int { return max(len(p.now)-p.room, 0) }

// move moves the cursor, or scrolls where there is none.
func (p *pane) move(by int) {
	if !p.choosing() {
		p.from = min(max(p.from+by, 0), p.most())
		return
	}
	step := 1
	if by < 0 {
		step = -1
	}
	p.at = min(max(p.at+by, 0), len(p.now)-1)
	for p.current().id == "" { // a heading: the next row that can be chosen, or else the one before
		if p.at += step; p.at < 0 || p.at == len(p.now) {
			step = -step
			p.at += step
		}
	}
}

// end is the row behind the one at the cursor and the lines that belong to it.
func (p *pane) end() int {
	end := p.at + 1
	for end < len(p.now) && p.now[end].id == "" {
		end++
	}
	return end
}

// goTo puts the cursor on the row with an id.
func (p *pane) goTo(id string) {
	p.at = max(slices.IndexFunc(p.now, func(r row) bool { return r.id == id }), p.at)
}

// steps are the keys that move the cursor or scroll, with how many rows.
func (p *pane) steps() map[string]int {
	page, all := max(p.room-1, 1), len(p.now)
	steps := map[string]int{"up": -1, "down": 1, "pgup": -page, "pgdown": page}
	if !p.typed {
		maps.Copy(steps, map[string]int{"k": -1, "j": 1, "h": -page, "left": -page, "l": page, "right": page, "space": page, "home": -all, "end": all})
	}
	return steps
}

func (m *model) paneKey(msg tea.KeyPressMsg) {
	m.fill() // the last key may have changed the rows, and no frame been drawn since
	p, key := m.pane, msg.String()
	by, moves := p.steps()[key]
	switch {
	case key == "esc", key == "enter" && p.choose == nil, !p.typed && (key == "q" || key == p.key):
		m.pane = p.back
		if p.closed != nil {
			p.closed()
		}
	case key == "enter" && p.current().id == "" && p.empty != nil:
		m.report("%s", p.empty())
	case key == "enter":
		p.choose(p.current())
	case key == "space" && p.toggle != nil:
		m.toggle()
	case p.more != nil && p.more(key):
	case moves:
		p.move(by)
	case p.typed:
		p.input.press(msg)
		m.fill()
	case p.toggle == nil: // from one page to another without the way back
		switch k := actionOf(key); {
		case m.capsLock(msg, k):
		case k.page:
			m.pane = nil
			k.do(m)
		default:
			m.unknownKey(key)
		}
	default:
		m.unknownKey(key)
	}
}

// toggle chooses the row at the cursor, or no longer.
func (m *model) toggle() {
	m.pane.toggle(m.pane.current())
	m.fill()
}

// paneBody is the pane, and where text is typed; nil for nowhere.
func (m *model) paneBody(w, h int) (b body, cursor *tea.Cursor) {
	p := m.pane
	m.fill()
	p.room = max(h-1, 1)
	p.from = min(max(p.from, 0), p.most())
	title, right := m.accent.Render(" "+safe(p.title)+" "), ""
	switch {
	case p.typed:
		rows, x, y := p.input.show(m.pen, max(w-m.pen.width(title)-1, 1), 1)
		cursor = tea.NewCursor(min(m.pen.width(title)+x, w-1), 0)
		title += rows[y]
	case !p.choosing() && p.most() > 0:
		right = m.dim.Render(scrolled(p.from, p.most()) + " ")
		title = m.method.Truncate(title, max(w-m.pen.width(right)-1, 0), "…")
	}
	b.add(-1, m.fit(m.ends(title, right, w, m.plain), w))
	if len(p.now) == 0 && p.empty != nil {
		b.add(-1, m.paragraph(m.dim, " ", p.empty(), w-1)...)
	}
	if p.choosing() {
		p.from = min(max(min(p.from, p.at), p.end()-p.room), p.at)
		if p.at == 1 && p.now[0].id == "" && p.room > 1 {
			p.from = 0 // its heading, too
		}
	}
	end := min(p.from+p.room, len(p.now))
	for i, r := range p.now[p.from:end] {
		i += p.from
		b.add(i, m.rowLine(r, r.id != "" && i == p.at, w))
	}
	if p.choosing() {
		b.above, b.below = selectable(p.now[:p.from]), selectable(p.now[end:])
	}
	return b, cursor
}

// selectable counts the rows that can be chosen.
func selectable(rows []row) (n int) {
	for _, r := range rows {
		if r.id != "" {
			n++
		}
	}
	return n
}

func scrolled(from, most int) string {
	switch from {
	case 0:
		return "more below ↓"
	case most:
		return "↑ more above"
	}
	return "↑ more ↓"
}

// rowLine is a row as wide as wanted; here: the row at the cursor.
func (p pen) rowLine(r row, here bool, w int) string {
	lead, fill := "   ", p.plain
	switch {
	case here:
		lead, fill = " > ", p.mark
	case r.id == "":
		lead = " "
	}
	var line strings.Builder
	line.WriteString(fill.Render(lead))
	for _, b := range r.text {
		if here {
			b.style = p.mark
		}
		line.WriteString(b.style.Render(b.text))
	}
	return p.fitWith(line.String(), w, fill)
}
