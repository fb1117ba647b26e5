package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A clickArea is a part of a line that can be clicked: a key or a tab.
type clickArea struct {
	y, from, to int
	keyName     string // a key as the screen shows it: Enter, n
	cell        cell   // a pillar or a layer, if keyName is empty
}

// clickAreaAt returns the area at a position.
func clickAreaAt(areas []clickArea, x, y int) (clickArea, bool) {
	for _, a := range areas {
		if a.y == y && a.from <= x && x < a.to {
			return a, true
		}
	}
	return clickArea{}, false
}

// A section is some lines of the screen with what can be clicked on them.
type section struct {
	lines      []string
	clickAreas []clickArea
	cursor     *tea.Cursor // where text is typed; nil: nowhere
}

func (s *section) add(lines ...string) { s.lines = append(s.lines, lines...) }

// append appends another section below.
func (s *section) append(below section) {
	for _, c := range below.clickAreas {
		c.y += len(s.lines)
		s.clickAreas = append(s.clickAreas, c)
	}
	if below.cursor != nil {
		s.cursor = below.cursor
		s.cursor.Y += len(s.lines)
	}
	s.add(below.lines...)
}

// activate runs what a click area stands for.
func (m *model) activate(a clickArea) {
	if a.keyName != "" {
		m.handleKey(keyPressFor(a.keyName))
		return
	}
	m.message = ""
	m.pane = nil
	m.goToArea(a.cell)
}

// goToArea moves to the first open best practice of a pillar or a layer, or else to its
// first.
func (m *model) goToArea(c cell) {
	found := -1
	for i, s := range m.Walk.Stops() {
		if c.pillar != "" && s.Practice.Pillar != c.pillar || c.layer != "" && (len(s.Practice.Layers) == 0 || s.Practice.Layers[0] != c.layer) {
			continue
		}
		if open := m.Walk.CountedAnswerOf(s).Status == ""; open || found < 0 {
			if found = i; open {
				break
			}
		}
	}
	if found < 0 {
		m.report("Nothing of that is on this walk; f changes the filter, m shows the map.")
		return
	}
	m.Walk.GoTo(found)
}

// isKeyName reports whether an item of the footer names a single key.
func isKeyName(key string) bool {
	_, named := keyCodes[key]
	r, size := utf8.DecodeRuneInString(key)
	return named || size == len(key) && !strings.ContainsRune("↑↓←→", r)
}

var keyCodes = map[string]rune{"Enter": tea.KeyEnter, "Esc": tea.KeyEscape, "Space": tea.KeySpace}

// keyPressFor is the key press for the name of a key.
func keyPressFor(name string) tea.KeyPressMsg {
	if code, ok := keyCodes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	r, _ := utf8.DecodeRuneInString(name)
	return tea.KeyPressMsg{Code: r, Text: name}
}

// An itemStyle is the layout of a list of keys, each with a text.
type itemStyle struct {
	gap       int // blanks before each item
	key, text lipgloss.Style
	wraps     bool // items that don't fit go to further lines; else they are left out
}

// layoutItems renders items after the beginning of a line, with the click areas of their
// keys.
func (m *model) layoutItems(begin string, items []string, w int, style itemStyle) (s section) {
	line, empty := begin, begin == ""
	for _, item := range items {
		key, does, _ := strings.Cut(item, " ")
		gap := style.gap
		if empty && style.wraps {
			gap = 1
		}
		full := m.textWidth(line)+gap+m.textWidth(item) > w-1
		if full && !style.wraps {
			break
		}
		if full && !empty {
			s.add(line)
			line, gap = "", 1
		}
		empty = false
		from := m.textWidth(line) + gap
		line += m.plain.Render(strings.Repeat(" ", gap)) + style.key.Render(key) + style.text.Render(" "+does)
		if isKeyName(key) {
			s.clickAreas = append(s.clickAreas, clickArea{y: len(s.lines), from: from, to: from + m.textWidth(item), keyName: key})
		}
	}
	s.add(line)
	return s
}
