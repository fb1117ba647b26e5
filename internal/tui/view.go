package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View implements tea.Model.
func (m *model) View() tea.View {
	f := m.frame()
	v := tea.NewView(strings.Join(f.lines, "\n"))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	if f.cursorX >= 0 {
		v.Cursor = tea.NewCursor(f.cursorX, f.cursorY)
	}
	return v
}

// A frame is the whole screen: as many lines as the window is high, each as wide
// as the window.
type frame struct {
	lines            []string
	cursorX, cursorY int // where text is typed; -1: nowhere
	top, bottom      int // the body: from this line up to but without that one
	body             body
}

// A body is what stands between header and footer.
type body struct {
	lines   []string
	targets []int // of a line: the stop or row it belongs to; -1: none
	panel   int   // column at which the panel begins; 0: there is none
}

func (b *body) add(target int, lines ...string) {
	for _, l := range lines {
		b.lines, b.targets = append(b.lines, l), append(b.targets, target)
	}
}

func (m *model) frame() frame {
	w, h := m.width, m.height
	if w < leastWidth || h < leastHeight {
		return m.tooSmall()
	}
	f := frame{cursorX: -1}
	head := m.header(w, h)
	foot, cursorX, cursorLine := m.footer(w, h)
	f.top, f.bottom = len(head), h-len(foot)
	if cursorX >= 0 {
		f.cursorX, f.cursorY = cursorX, f.bottom+cursorLine
	}
	room := f.bottom - f.top
	if m.pane == nil {
		f.body = m.questionBody(w, room)
	} else {
		var x int
		f.body, x = m.paneBody(w, room)
		if x >= 0 {
			f.cursorX, f.cursorY = x, f.top
		}
	}
	f.lines = append(f.lines, head...)
	for i := range room {
		line := ""
		if i < len(f.body.lines) {
			line = f.body.lines[i]
		}
		f.lines = append(f.lines, m.fit(line, w))
	}
	f.lines = append(f.lines, foot...)
	return f
}

// tooSmall says so, calmly: everything is still there.
func (m *model) tooSmall() frame {
	f := frame{cursorX: -1}
	words := m.wrap("This window is too small for the review. It needs 30 columns and 8 lines, and is at its best from 80 by 24. Nothing is lost.", m.width)
	for i := range m.height {
		line := ""
		if i < len(words) {
			line = m.plain.Render(words[i])
		}
		f.lines = append(f.lines, m.fit(line, m.width))
	}
	return f
}
