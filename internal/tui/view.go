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
	v.KeyboardEnhancements.ReportAlternateKeys = true // which key it is on other layouts
	v.Cursor = f.cursor
	return v
}

// A frame is the whole screen: as many lines as the window is high, each as wide
// as the window.
type frame struct {
	section
	top, bottom int // the body: from this line up to but without that one
	body        body
}

// A body is what is between header and footer.
type body struct {
	lines       []string
	targets     []int // of a line: the stop or row it belongs to; -1: none
	panel       int   // column at which the panel begins; 0: there is none
	questionCut bool  // the question is not there in full

	hiddenAbove, hiddenBelow int    // how many stops or rows are beyond its ends
	cutPractice              string // the best practice of which only the beginning is there
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
	if fold := f.body.hiddenTexts(); fold != nil {
		foot = m.footer(w, h, fold)
	}
	f.append(section{lines: m.fitBlock(f.body.lines, w, room), cursor: cursor})
	f.append(foot)
	return f
}

// hiddenTexts say what of a body is not on the screen, in fewer and fewer words; none
// where all of it is.
func (b body) hiddenTexts() []string {
	if b.cutPractice == "" && b.hiddenAbove == 0 && b.hiddenBelow == 0 {
		return nil
	}
	var out []string
	for _, form := range [][3]string{{"c: all of %s", "%d more above ↑", "%d more below ↓"}, {"c: all", "%d above ↑", "%d below ↓"}, {"c: all", "%d ↑", "%d ↓"}} {
		rest, above, below := "", "", ""
		if b.cutPractice != "" {
			rest = strings.Replace(form[0], "%s", b.cutPractice, 1)
		}
		if b.hiddenAbove > 0 {
			above = fmt.Sprintf(form[1], b.hiddenAbove)
		}
		if b.hiddenBelow > 0 {
			below = fmt.Sprintf(form[2], b.hiddenBelow)
		}
		out = append(out, joinNonEmpty(rest, above, below))
	}
	return out
}

// tooSmall is shown in a window that is too small.
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

// fitBlock makes lines fill a width and a height.
func (p renderer) fitBlock(lines []string, w, h int) []string {
	lines = append(slices.Clone(lines), make([]string, h)...)[:h]
	for i, line := range lines {
		lines[i] = p.fit(line, w)
	}
	return lines
}
