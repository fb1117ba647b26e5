package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A clickArea is a part of a line that can be clicked: a key, or a tab.
type clickArea struct {
	y, from, to int
	keyName     string // as it is shown: Enter, n
	cell        cell   // a pillar or a layer, where key is empty
}

// clickAreaAt is the spot at a place of the screen.
func clickAreaAt(spots []clickArea, x, y int) (clickArea, bool) {
	for _, s := range spots {
		if s.y == y && s.from <= x && x < s.to {
			return s, true
		}
	}
	return clickArea{}, false
}

// A section is lines of the screen with what can be clicked on them.
type section struct {
	lines      []string
	clickAreas []clickArea
	cursor     *tea.Cursor // where text is typed; nil: nowhere
}

func (s *section) add(lines ...string) { s.lines = append(s.lines, lines...) }

// append adds another section below.
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

// activate obeys a click on a spot.
func (m *model) activate(s clickArea) {
	if s.keyName != "" {
		m.handleKey(keyPressFor(s.keyName))
		return
	}
	m.message = ""
	m.pane = nil
	m.goToArea(s.cell)
}

// goToArea goes to what is open of a pillar or a layer, or else to its first best practice.
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

// isKeyName tells whether an item of the footer names one key.
func isKeyName(key string) bool {
	_, named := keyCodes[key]
	r, size := utf8.DecodeRuneInString(key)
	return named || size == len(key) && !strings.ContainsRune("↑↓←→", r)
}

var keyCodes = map[string]rune{"Enter": tea.KeyEnter, "Esc": tea.KeyEscape, "Space": tea.KeySpace}

// keyPressFor is the key with the name that is shown.
func keyPressFor(show string) tea.KeyPressMsg {
	if code, ok := keyCodes[show]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	r, _ := utf8.DecodeRuneInString(show)
	return tea.KeyPressMsg{Code: r, Text: show}
}

// An itemStyle is how the items of a line are set: each begins with a key.
type itemStyle struct {
	gap       int // blanks before each
	key, text lipgloss.Style
	wraps     bool // further lines are begun where one is full; else what doesn't fit is left out
}

// layoutItems sets items behind the beginning of a line, with the spots of their keys.
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
