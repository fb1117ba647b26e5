package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pasteDetector tells keys that are typed from text that arrives at once, as from a paste by a
// terminal that doesn't say so. Text is not obeyed: a key that changes an answer waits
// for a moment, and is dropped with what follows where another character comes within
// it. Arrows and the like are no text, so a fast typist is not held up.
type pasteDetector struct {
	held     []tea.KeyPressMsg // wait to be obeyed
	last     string            // the last character; empty: none came within the moment
	dropping bool
	turn     int // of the last moment that was begun
}

// pasteGapMsg is the end of a moment without a key. The first one only lets keys go ahead
// that wait for the screen to take them.
type pasteGapMsg struct {
	turn int
	last bool
}

// promptKeys are the keys that ask for text and change nothing by themselves: what comes
// with them is typed into the prompt.
const promptKeys = "noedDwp%"

// receiveKey obeys a key once it is clear that it is one.
func (m *model) receiveKey(msg tea.KeyPressMsg) {
	b, key := &m.paste, msg.String()
	if m.PasteDelay == 0 || m.prompt != nil || m.pane != nil && m.pane.hasInput || msg.Mod&^tea.ModShift != 0 {
		m.handleHeldKeys()
		b.last = ""
		m.handleKey(msg)
		return
	}
	text := msg.Text != "" && (key != "space" || m.pane == nil)
	enter := key == "enter"
	switch {
	case b.dropping && (text || enter):
		m.startPasteGap()
	case text && b.last != "" && b.last != key:
		b.held, b.dropping = nil, true
		m.message = "Text came all at once, as from a paste, and was not taken as keys. n opens a note to paste into."
		m.startPasteGap()
	case text && m.pane == nil && screenKeyFor(key).changes && !strings.Contains(promptKeys, key), (text || enter) && len(b.held) > 0:
		b.held = append(b.held, msg)
		if text {
			b.last = key
		}
		m.startPasteGap()
	case text:
		b.last = key
		m.startPasteGap()
		m.handleKey(msg)
	case enter && b.last != "":
		m.handleKey(msg)
	default:
		m.handleHeldKeys()
		b.last, b.dropping = "", false
		m.handleKey(msg)
	}
}

// startPasteGap begins a moment in which no other key may come.
func (m *model) startPasteGap() {
	m.paste.turn++
	switch {
	case m.paste.dropping: // nothing waits to be obeyed, and a long paste may stutter
		m.tickPasteGap(8*m.PasteDelay, false)
	case len(m.paste.held) > 0:
		m.tickPasteGap(m.PasteDelay, false)
	default: // it was obeyed already
		m.tickPasteGap(m.PasteDelay/3, true)
	}
}

func (m *model) tickPasteGap(d time.Duration, last bool) {
	msg := pasteGapMsg{m.paste.turn, last}
	m.queue(tea.Tick(d, func(time.Time) tea.Msg { return msg }))
}

// endPasteGap ends a moment: what was held are keys.
func (m *model) endPasteGap(msg pasteGapMsg) {
	if msg.turn != m.paste.turn {
		return
	}
	if !msg.last {
		m.tickPasteGap(m.PasteDelay/4, true)
		return
	}
	m.paste.last, m.paste.dropping = "", false
	m.handleHeldKeys()
}

func (m *model) handleHeldKeys() {
	held := m.paste.held
	m.paste.held = nil
	for _, msg := range held {
		m.handleKey(msg)
	}
}
