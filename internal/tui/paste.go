package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pasteDetector distinguishes typed keys from pasted text in terminals without bracketed
// paste. A key that changes an answer is held for PasteDelay; if another character arrives
// within that time, both are dropped as pasted text. Keys without text, such as arrows, are
// never held.
type pasteDetector struct {
	held     []tea.KeyPressMsg // keys that wait to be run
	last     string            // last character; empty: none within the delay
	dropping bool              // a paste is being dropped
	turn     int               // number of the last delay that was started
}

// pasteGapMsg is sent after a delay without a key. Unless it is the last one, a short delay
// follows, for keys that arrived already but were not handled yet.
type pasteGapMsg struct {
	turn int
	last bool
}

// promptKeys are the keys that open a prompt and change nothing themselves: text that
// follows them is typed into the prompt.
const promptKeys = "noedDwp%"

// receiveKey runs a key, or holds it until it is clear that it is not pasted text.
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

// startPasteGap starts the delay in which no other key may arrive.
func (m *model) startPasteGap() {
	m.paste.turn++
	switch {
	case m.paste.dropping: // nothing is held, and a long paste may arrive in pieces
		m.tickPasteGap(8*m.PasteDelay, false)
	case len(m.paste.held) > 0:
		m.tickPasteGap(m.PasteDelay, false)
	default: // the key was run already
		m.tickPasteGap(m.PasteDelay/3, true)
	}
}

func (m *model) tickPasteGap(d time.Duration, last bool) {
	msg := pasteGapMsg{m.paste.turn, last}
	m.queue(tea.Tick(d, func(time.Time) tea.Msg { return msg }))
}

// endPasteGap runs the held keys.
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
