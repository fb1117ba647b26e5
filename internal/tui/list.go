package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A list is rows to choose from. With an input, what is typed narrows them.
type list struct {
	title  string
	hints  []string
	typed  bool // it has an input
	input  input
	rows   func(typed string) []row
	choose func(row) tea.Cmd // Enter
	toggle func(row)         // Space, where nothing is typed
	empty  string            // said where there is no row

	now   []row // as of the last change
	at    int   // of now; a row that can be chosen where there is one
	shown int   // the first that is seen, as of the last frame
}

// A row is one line of a list.
type row struct {
	id   string // what it stands for; empty: a heading
	kind string // what kind of thing that is
	text []bit
}

// A bit is a piece of a row in one colour.
type bit struct {
	style lipgloss.Style
	text  string
}

func (m *model) openList(l *list) {
	l.input = newInput("", false)
	m.view, m.list = viewList, l
	l.fill()
}

// fill makes the rows anew and stays at the same one where it is still there.
func (l *list) fill() {
	id, kind := "", ""
	if l.at < len(l.now) {
		id, kind = l.now[l.at].id, l.now[l.at].kind
	}
	l.now = l.rows(Clean(l.input.Value()))
	l.at = 0
	for i, r := range l.now {
		if r.id != "" && r.id == id && r.kind == kind {
			l.at = i
		}
	}
	l.settle(1)
}

// settle leaves a heading for the next row in a direction, else for one in the
// other.
func (l *list) settle(direction int) {
	for _, d := range []int{direction, -direction} {
		for i := l.at; i >= 0 && i < len(l.now); i += d {
			if l.now[i].id != "" {
				l.at = i
				return
			}
		}
	}
}

func (l *list) move(by int) {
	l.at = min(max(l.at+by, 0), max(len(l.now)-1, 0))
	if by < 0 {
		l.settle(-1)
	} else {
		l.settle(1)
	}
}

// goTo puts the cursor on what a row stands for.
func (l *list) goTo(id string) {
	for i, r := range l.now {
		if r.id == id {
			l.at = i
			return
		}
	}
}

// listMoves are the keys that move the cursor of a list, and by how many rows.
var listMoves = map[string]int{"up": -1, "down": 1, "pgup": -10, "pgdown": 10}

func (m *model) listKey(msg tea.KeyPressMsg) tea.Cmd {
	l := m.list
	key := msg.String()
	switch key {
	case "esc":
		m.view = viewQuestion
		return nil
	case "enter":
		if l.at < len(l.now) && l.now[l.at].id != "" {
			return l.choose(l.now[l.at])
		}
		m.tell("%s", l.empty)
		return nil
	}
	if by := listMoves[key]; by != 0 {
		l.move(by)
		return nil
	}
	if l.typed {
		l.input.press(msg)
		l.fill()
		return nil
	}
	switch key {
	case "k":
		l.move(-1)
	case "j":
		l.move(1)
	case "q":
		m.view = viewQuestion
	case "space":
		if l.at < len(l.now) && l.toggle != nil {
			l.toggle(l.now[l.at])
			l.fill()
		}
	}
	return nil
}

// listBody is a list, and in which column of its first line text is typed.
func (m *model) listBody(w, h int) (body, int) {
	l := m.list
	var b body
	cursor := -1
	title := m.accent.Render(" " + l.title + " ")
	if l.typed {
		rows, at, y := l.input.show(m.pen, max(w-m.pen.width(title)-1, 1), 1)
		cursor = min(m.pen.width(title)+at, w-1)
		title += rows[y]
	}
	b.add(-1, m.fit(title, w))
	if len(l.now) == 0 {
		for _, line := range m.wrap(l.empty, w-2) {
			b.add(-1, m.dim.Render(" "+line))
		}
	}
	room := max(h-1, 1)
	l.shown = min(l.shown, l.at, max(len(l.now)-room, 0))
	if l.at == 1 && l.now[0].id == "" {
		l.shown = 0 // its heading, too
	}
	l.shown = max(l.shown, l.at-room+1, 0)
	for i := l.shown; i < min(l.shown+room, len(l.now)); i++ {
		b.add(i, m.rowLine(l.now[i], i == l.at, w))
	}
	return b, cursor
}

func (p pen) rowLine(r row, here bool, w int) string {
	var line strings.Builder
	lead := "   "
	if r.id == "" {
		lead = " "
	}
	if here {
		lead = " > "
	}
	style := p.plain
	if here {
		style = p.mark
	}
	line.WriteString(style.Render(lead))
	for _, b := range r.text {
		if !here {
			style = b.style
		}
		line.WriteString(style.Render(b.text))
	}
	fill := p.plain
	if here {
		fill = p.mark
	}
	return p.fitWith(line.String(), w, fill)
}
