package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View implements tea.Model.
func (m *model) View() tea.View {
	f := m.frame()
	v := tea.NewView(strings.Join(f.lines, "\n"))
	v.AltScreen = true
	if !m.mouseOff {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.KeyboardEnhancements.ReportAlternateKeys = true // which key it is on other layouts
	v.Cursor = f.cursor
	return v
}

// A frame is the whole screen: as many lines as the window is high, each as wide
// as the window.
type frame struct {
	lines       []string
	cursor      *tea.Cursor // where text is typed; nil: nowhere
	top, bottom int         // the body: from this line up to but without that one
	body        body
}

// A body is what is between header and footer.
type body struct {
	lines   []string
	targets []int // of a line: the stop or row it belongs to; -1: none
	panel   int   // column at which the panel begins; 0: there is none
}

func (b *body) add(target int, line string) {
	b.lines, b.targets = append(b.lines, line), append(b.targets, target)
}

func (m *model) frame() frame {
	w, h := m.width, m.height
	if w < leastWidth || h < leastHeight {
		return m.tooSmall()
	}
	head := m.header(w, h)
	foot, typing := m.footer(w, h)
	f := frame{top: len(head), bottom: h - len(foot)}
	room := f.bottom - f.top
	if m.pane == nil {
		f.body = m.questionBody(w, room)
	} else {
		f.body, f.cursor = m.paneBody(w, room)
	}
	if f.cursor != nil {
		f.cursor.Y += f.top
	}
	if typing != nil {
		f.cursor = typing
		f.cursor.Y += f.bottom
	}
	f.lines = slices.Concat(head, m.block(f.body.lines, w, room), foot)
	return f
}

// tooSmall is shown in a window that is too small.
func (m *model) tooSmall() frame {
	c := &sheet{pen: m.pen, width: m.width}
	c.text(m.plain, "", "This window is too small for the review. It needs 30 columns and 8 lines, and is at its best from 80 by 24. Nothing is lost.")
	return frame{lines: m.block(c.lines, m.width, m.height)}
}

// block makes lines fill a width and a height.
func (p pen) block(lines []string, w, h int) []string {
	lines = append(slices.Clone(lines), make([]string, h)...)[:h]
	for i, line := range lines {
		lines[i] = p.fit(line, w)
	}
	return lines
}
