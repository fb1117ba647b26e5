package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// burst tells keys that are typed from text that arrives at once, as from a paste by a
// terminal that doesn't say so. Text is not obeyed: a key that changes an answer waits
// for a moment, and is dropped with what follows where another character comes within
// it. Arrows and the like are no text, so a fast typist is not held up.
type burst struct {
	held     []tea.KeyPressMsg // wait to be obeyed
	last     string            // the last character; empty: none came within the moment
	dropping bool
	turn     int // of the last moment that was begun
}

// quietMsg is the end of a moment without a key. The first one only lets keys go ahead
// that wait for the screen to take them.
type quietMsg struct {
	turn int
	last bool
}

// asking are the keys that ask for text and change nothing by themselves: what comes
// with them is typed into the prompt.
const asking = "noedDwp%"

// key obeys a key once it is clear that it is one.
func (m *model) key(msg tea.KeyPressMsg) {
	b, key := &m.burst, msg.String()
	if m.PasteDelay == 0 || m.prompt != nil || m.pane != nil && m.pane.typed || msg.Mod&^tea.ModShift != 0 {
		m.obeyHeld()
		b.last = ""
		m.press(msg)
		return
	}
	text := msg.Text != "" && (key != "space" || m.pane == nil)
	enter := key == "enter"
	switch {
	case b.dropping && (text || enter):
		m.moment()
	case text && b.last != "" && b.last != key:
		b.held, b.dropping = nil, true
		m.message = "Text came all at once, as from a paste, and was not taken as keys. n opens a note to paste into."
		m.moment()
	case text && m.pane == nil && actionOf(key).changes && !strings.Contains(asking, key), (text || enter) && len(b.held) > 0:
		b.held = append(b.held, msg)
		if text {
			b.last = key
		}
		m.moment()
	case text:
		b.last = key
		m.moment()
		m.press(msg)
	case enter && b.last != "":
		m.press(msg)
	default:
		m.obeyHeld()
		b.last, b.dropping = "", false
		m.press(msg)
	}
}

// moment begins a moment in which no other key may come.
func (m *model) moment() {
	m.burst.turn++
	switch {
	case m.burst.dropping: // nothing waits to be obeyed, and a long paste may stutter
		m.wait(8*m.PasteDelay, false)
	case len(m.burst.held) > 0:
		m.wait(m.PasteDelay, false)
	default: // it was obeyed already
		m.wait(m.PasteDelay/3, true)
	}
}

func (m *model) wait(d time.Duration, last bool) {
	msg := quietMsg{m.burst.turn, last}
	m.later(tea.Tick(d, func(time.Time) tea.Msg { return msg }))
}

// quiet ends a moment: what was held are keys.
func (m *model) quiet(msg quietMsg) {
	if msg.turn != m.burst.turn {
		return
	}
	if !msg.last {
		m.wait(m.PasteDelay/4, true)
		return
	}
	m.burst.last, m.burst.dropping = "", false
	m.obeyHeld()
}

func (m *model) obeyHeld() {
	held := m.burst.held
	m.burst.held = nil
	for _, msg := range held {
		m.press(msg)
	}
}
