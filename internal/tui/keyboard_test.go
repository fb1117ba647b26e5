package tui

import (
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

// plain is a key as a terminal without a keyboard protocol sends it.
func plain(text string) tea.KeyPressMsg {
	r, _ := utf8.DecodeRuneInString(text)
	return tea.KeyPressMsg{Code: r, Text: text}
}

func ctrl(code, base rune) tea.KeyPressMsg {
	return tea.KeyPressMsg{Code: code, BaseCode: base, Mod: tea.ModCtrl}
}

func TestLayoutsAreComplete(t *testing.T) {
	for _, l := range layouts() {
		assert.Len(t, l.keys, utf8.RuneCountInString(l.letters))
		assert.Len(t, l.punctuationKeys, len(l.punctuation))
		for _, r := range l.letters {
			assert.True(t, isNonLatin(r), "%c", r)
		}
	}
}

func TestKeysOfAnyLayout(t *testing.T) {
	for _, c := range []struct {
		name string
		msg  tea.KeyPressMsg
		want string
	}{
		{"Russian", plain("й"), "q"},
		{"Russian, Shift", plain("З"), "P"},
		{"Russian", plain("ё"), "`"},
		{"Russian, Shift", plain("Ё"), "~"},
		{"Ukrainian", plain("і"), "s"},
		{"Greek", plain("ν"), "n"},
		{"Greek, Shift", plain("Σ"), "S"},
		{"Greek, end of a word", plain("ς"), "w"},
		{"Hebrew", plain("מ"), "n"},
		{"Latin", plain("q"), "q"},
		{"French", plain("é"), "é"},
		{"a mark before any letter", plain(";"), ";"},
		{"Ctrl, Cyrillic, kitty", ctrl('с', 0), "ctrl+c"},
		{"Ctrl, Cyrillic, kitty with the base", ctrl('с', 'c'), "ctrl+c"},
		{"Ctrl, Greek", ctrl('ψ', 0), "ctrl+c"},
		{"Ctrl, Hebrew", ctrl('ב', 0), "ctrl+c"},
		{"Ctrl, Arabic: only the terminal knows", ctrl('ؤ', 'c'), "ctrl+c"},
		{"Ctrl on Dvorak: the letter, not the place", ctrl('c', 'i'), "ctrl+c"},
		{"Ctrl on AZERTY", ctrl('a', 'q'), "ctrl+a"},
		{"Ctrl, French", ctrl('é', '2'), "ctrl+é"},
		{"the Windows console names the place", tea.KeyPressMsg{Code: 'й', Text: "й", BaseCode: 'q'}, "q"},
		{"and so it does on Dvorak", tea.KeyPressMsg{Code: 'n', Text: "n", BaseCode: 'l'}, "n"},
	} {
		var k keyboard
		assert.Equal(t, c.want, k.toLatin(c.msg, false).String(), c.name)
	}
	// Punctuation is translated once a letter has shown the layout.
	var k keyboard
	for _, c := range [][2]string{{"ν", "n"}, {";", "q"}, {"n", "n"}, {";", ";"}, {"מ", "n"}, {"/", "q"}, {"'", "w"}, {"й", "q"}, {".", "/"}, {"/", "/"}} {
		assert.Equal(t, c[1], k.toLatin(plain(c[0]), false).String(), c[0])
	}
	// Letters that are typed into an input stay.
	assert.Equal(t, "й", k.toLatin(plain("й"), true).String())
	assert.Equal(t, "ctrl+u", k.toLatin(ctrl('г', 0), true).String())
}

func TestReviewOnCyrillicLayout(t *testing.T) {
	b := newBench(plant())
	b.press("3", "т") // n
	b.typed("часы отстают")
	b.press("enter")
	assert.Equal(t, "часы отстают", b.here().Note)
	b.press("т")
	b.send(ctrl('г', 0)) // Ctrl+U
	b.press("enter")
	assert.Empty(t, b.here().Note)
	b.press("ь") // m, and back
	assert.NotNil(t, b.m.pane)
	b.press("й")
	assert.Nil(t, b.m.pane)
	b.send(ctrl('с', 0))
	b.settleAll()
	assert.True(t, b.quit)
	assert.True(t, b.m.interrupted.Load())
}

// With Caps Lock, capitals do nothing the first time, and a message says so.
func TestCapsLock(t *testing.T) {
	b := newBench(plant())
	b.press("G")
	assert.Contains(t, b.screen(), "Caps Lock seems to be on: G does nothing here, g is")
	b.press("P")
	assert.Equal(t, `Caps Lock seems to be on: P is "profile of the workload", p is "park a topic". The same key again is obeyed.`, b.m.message)
	assert.Nil(t, b.m.pane)
	b.press("P")
	assert.NotNil(t, b.m.pane, "the same key again")
	b.press("esc", "j", "D")
	assert.NotNil(t, b.m.prompt, "Shift is no Caps Lock")
	b.press("esc")
	b.send(tea.KeyPressMsg{Code: 'd', Text: "D", Mod: tea.ModCapsLock})
	assert.Contains(t, b.screen(), "Caps Lock seems to be on")
	assert.Nil(t, b.m.prompt)

	// No capital quits without saving.
	b.failing = true
	b.press("3", "Q", "Q", "Q")
	b.settleAll()
	assert.False(t, b.quit)
	b.press("q")
	b.settleAll()
	assert.False(t, b.quit)
	assert.Contains(t, b.m.message, "q again leaves it")
	b.press("q")
	b.settleAll()
	assert.True(t, b.quit)
	assert.True(t, b.m.abandoned)
}

func TestUnknownKey(t *testing.T) {
	b := newBench(plant())
	b.press("z")
	assert.Contains(t, b.screen(), "z does nothing here; ? lists the keys.")
	b.press("\u202e")
	assert.NoError(t, b.fits())
	b.press("j")
	assert.NotContains(t, b.screen(), "does nothing here")
	b.press("c", "z")
	assert.Contains(t, b.screen(), "z does nothing here; Esc goes back.")
}

// Without the mouse the terminal selects text.
func TestMouseOff(t *testing.T) {
	b := newBench(plant())
	assert.Equal(t, tea.MouseModeNone, b.m.View().MouseMode)
	b.press("M")
	assert.Equal(t, tea.MouseModeCellMotion, b.m.View().MouseMode)
	assert.Contains(t, b.screen(), "The mouse is on")
	b.press("M")
	assert.Equal(t, tea.MouseModeNone, b.m.View().MouseMode)
	b.send(tea.WindowSizeMsg{Width: 200, Height: 70})
	b.press("?")
	assert.Contains(t, b.screen(), "hold Shift while dragging (Option in terminals of macOS)")
	assert.Equal(t, review.Unanswered, b.here().Status)
}
