package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// private lists texts that the room must not see: the facilitator's notes, owners and notes.
func private(b *bench) []string {
	s, _ := b.m.Walk.Current()
	words := []string{"Red flags", "Marta", "severity", "effort", "Why it matters"}
	for _, list := range [][]string{s.Practice.Probes, s.Practice.RedFlags, s.Practice.Evidence} {
		for _, text := range list {
			words = append(words, strings.Join(strings.Fields(text)[:4], " "))
		}
	}
	return words
}

// The presenter's screen shows the question, its best practices with their status, and the
// legend; notes, owners and dates only after a key.
func TestPresenterScreen(t *testing.T) {
	b := newBench(plant())
	b.press("3", "o")
	b.typed("Marta")
	b.press("enter", "v", "v", "up")
	require.Equal(t, ModePresenter, b.m.mode)
	for _, size := range append(sizes, [2]int{50, 12}) {
		b.resize(size)
		require.NoError(t, b.fits())
		for _, words := range private(b) {
			assert.NotContains(t, b.screen(), words, "%v", size)
		}
		for _, sign := range []string{"✓", "~", "✗", "- n", "?"} {
			assert.Contains(t, b.screen(), sign, "%v", size)
		}
	}
	b.resize([2]int{80, 24})
	golden(t, "presenter", b.screen())

	// The facilitator's notes don't open, and the card has no details.
	b.press("a")
	assert.Contains(t, b.screen(), "The facilitator's notes are not for this screen; v changes it.")
	b.press("c")
	assert.Contains(t, b.screen(), "Why it matters")
	for range 30 {
		assert.NotContains(t, b.screen(), "Marta")
		b.press("down")
	}
	b.press("esc", "i")
	assert.Contains(t, b.screen(), "owner: Marta")
	b.press("i", "up")
	assert.NotContains(t, b.screen(), "Marta")
	b.press("v", "i")
	assert.Contains(t, b.screen(), "on this screen already")
}

// The facilitator's screen has the notes, the planned minutes and the next questions.
func TestFacilitatorScreen(t *testing.T) {
	b := newBench(plant())
	b.press("g")
	b.typed("labsec02")
	b.press("enter", "v", "up", "down")
	require.Equal(t, ModeFacilitator, b.m.mode)
	for _, size := range sizes {
		b.resize(size)
		require.NoError(t, b.fits())
		assert.Regexp(t, `\d+ min( planned for LABSEC02)?\. Next: LABSEC03`, b.screen(), "%v", size)
	}
	b.resize([2]int{120, 40})
	for _, words := range []string{"Ask", "Red flags", "Evidence to ask for"} {
		assert.Contains(t, b.screen(), words)
	}
	b.resize([2]int{80, 24})
	golden(t, "facilitator", b.screen())
	b.press("a")
	assert.Contains(t, b.screen(), "Red flags")
}

// The help lists exactly the keys that work on the screen.
func TestHelpListsUsableKeys(t *testing.T) {
	for _, mode := range modes() {
		for _, reason := range []string{"", "it follows another session"} {
			b := newBench(plant())
			b.resize([2]int{200, 60})
			b.m.mode, b.m.ReadOnlyReason, b.m.Walk.ReadOnly = mode, reason, reason != ""
			b.press("?")
			help := b.screen()
			for _, k := range screenKeys() {
				assert.Equal(t, b.m.usable(k), strings.Contains(help, " "+k.label+" ") && strings.Contains(help, b.m.helpText(k)), "%s, read only: %q, %s", mode, reason, k.label)
			}
			assert.Equal(t, reason == "", strings.Contains(help, "not implemented"), "%s", mode)
			assert.Equal(t, mode == ModePresenter, strings.Contains(help, "notes, owners and dates"))
			assert.Equal(t, mode != ModePresenter, strings.Contains(help, "facilitator's notes"))
		}
	}
}

// Tabs, legend and footer can be clicked.
func TestClicks(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 10}} {
		b := newBench(plant())
		b.resize(size)
		click := func(words string) {
			t.Helper()
			for y, line := range strings.Split(b.screen(), "\n") {
				if i := strings.Index(line, words); i >= 0 {
					b.send(tea.MouseClickMsg{X: b.m.textWidth(line[:i]) + 1, Y: y, Button: tea.MouseLeft})
					return
				}
			}
			t.Fatalf("no %q on the screen:\n%s", words, b.screen())
		}
		if size[1] >= tallWindow {
			click("SEC 0/")
			s, _ := b.m.Walk.Current()
			assert.Equal(t, "security", s.Practice.Pillar)
		}
		if size[1] >= 30 {
			click("APP 0/")
			s, _ := b.m.Walk.Current()
			assert.Equal(t, "application", s.Practice.Layers[0])
		}
		click("2 partly")
		s, _ := b.m.Walk.Current()
		assert.Equal(t, review.PartiallyImplemented, b.m.review.Answers[s.Practice.ID].Status)
		click("? keys")
		require.NotNil(t, b.m.pane)
		click("Esc back")
		assert.Nil(t, b.m.pane)
		if size[0] == 40 {
			continue // no room for more keys
		}
		click("Enter next")
		after, _ := b.m.Walk.Current()
		assert.NotEqual(t, s, after)
	}
}
