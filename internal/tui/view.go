package tui

import (
	"fmt"
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
	v.KeyboardEnhancements.ReportAlternateKeys = true // for keyboards with other layouts
	v.Cursor = f.cursor
	return v
}

// A frame is the whole screen. It has as many lines as the window, each as wide as the
// window.
type frame struct {
	section
	top, bottom int // the lines of the body: top to bottom-1
	body        body
}

// A body is the part of the screen between header and footer.
type body struct {
	lines       []string
	targets     []int // for each line, the index of the stop or row it shows; -1: none
	panel       int   // column of the panel beside the question; 0: none
	questionCut bool  // the question is not shown in full

	hiddenAbove, hiddenBelow int    // number of stops or rows that are not visible
	cutPractice              string // the current best practice, if it is not shown in full
}

func (b *body) add(target int, lines ...string) {
	for _, line := range lines {
		b.lines, b.targets = append(b.lines, line), append(b.targets, target)
	}
}

// pad adds blank lines up to a height.
func (b *body) pad(h int) { b.add(-1, make([]string, max(h-len(b.lines), 0))...) }

func (m *model) frame() frame {
	w, h := m.width, m.height
	if w < minWidth || h < minHeight {
		return m.tooSmall()
	}
	head, foot := m.header(w, h), m.footer(w, h, nil)
	f := frame{section: head, top: len(head.lines), bottom: h - len(foot.lines)}
	room := f.bottom - f.top
	var cursor *tea.Cursor
	if m.pane == nil {
		f.body = m.questionBody(w, room)
	} else {
		f.body, cursor = m.paneBody(w, room)
	}
	if hidden := f.body.hiddenTexts(); hidden != nil {
		foot = m.footer(w, h, hidden)
	}
	f.append(section{lines: m.fitBlock(f.body.lines, w, room), cursor: cursor})
	f.append(foot)
	return f
}

// hiddenTexts says what is not visible of a body, the longest text first; none if all is
// visible.
func (b body) hiddenTexts() []string {
	if b.cutPractice == "" && b.hiddenAbove == 0 && b.hiddenBelow == 0 {
		return nil
	}
	var out []string
	for _, form := range []struct{ cut, above, below string }{
		{"c: all of %s", "%d more above ↑", "%d more below ↓"},
		{"c: all", "%d above ↑", "%d below ↓"},
		{"c: all", "%d ↑", "%d ↓"},
	} {
		var parts []string
		if b.cutPractice != "" {
			parts = append(parts, strings.Replace(form.cut, "%s", b.cutPractice, 1))
		}
		if b.hiddenAbove > 0 {
			parts = append(parts, fmt.Sprintf(form.above, b.hiddenAbove))
		}
		if b.hiddenBelow > 0 {
			parts = append(parts, fmt.Sprintf(form.below, b.hiddenBelow))
		}
		out = append(out, strings.Join(parts, "  "))
	}
	return out
}

// tooSmall is the frame of a window that is too small.
func (m *model) tooSmall() frame {
	var lines []string
	for _, words := range []string{
		"This window is too small for the review. It needs 30 columns and 8 lines, and is at its best from 80 by 24. Nothing is lost.",
		"Too small: the review needs 30 columns and 8 lines. Nothing is lost.",
		"Too small: it needs 30 by 8.", "needs 30 by 8", "30x8",
	} {
		if lines = m.wrap(words, m.width); len(lines) <= m.height && strings.Join(lines, " ") == words {
			break
		}
	}
	return frame{section: section{lines: m.fitBlock(lines, m.width, m.height)}}
}

// fitBlock cuts and pads lines to a width and a height.
func (r renderer) fitBlock(lines []string, w, h int) []string {
	lines = append(slices.Clone(lines), make([]string, h)...)[:h]
	for i, line := range lines {
		lines[i] = r.fit(line, w)
	}
	return lines
}
