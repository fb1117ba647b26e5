package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"
)

// The cursor is the bar in what is wanted.
func TestInput(t *testing.T) {
	ctrl := func(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl} }
	named["delete"], named["ctrl+k"], named["ctrl+w"], named["ctrl+a"] = tea.KeyPressMsg{Code: tea.KeyDelete}, ctrl('k'), ctrl('w'), ctrl('a')
	for _, c := range []struct{ value, keys, want string }{
		{"", "", "|"},
		{"owner", "", "owner|"},
		{"", "a b", "ab|"},
		{"ab", "left space", "a |b"},
		{"ab", "left left left x", "x|ab"},
		{"ab", "home right right right x", "abx|"},
		{"ab", "ctrl+a x end y", "xaby|"},
		{"ab", "backspace", "a|"},
		{"", "backspace delete", "|"},
		{"ab", "home delete", "|b"},
		{"two words here", "ctrl+w", "two words |"},
		{"two words  ", "ctrl+w", "two |"},
		{"two words", "left left ctrl+u", "|ds"},
		{"two words", "left left ctrl+k", "two wor|"},
		{"e\u0301a", "left left x", "x|e\u0301a"},
		{"ae\u0301", "backspace", "a|"},
		{"漢字", "backspace", "漢|"},
	} {
		in := newInput(c.value)
		for _, k := range strings.Fields(c.keys) {
			in.press(keyOf(k))
		}
		assert.Equal(t, c.want, string(in.text[:in.at])+"|"+string(in.text[in.at:]), "%s: %s", c.value, c.keys)
	}
}

func TestPastedTextIsOneCleanLine(t *testing.T) {
	in := newInput("ab")
	in.at = 1
	in.insert("1\r\n2\t3\x1b[2J\x00\xff4")
	assert.Equal(t, "a1 2 3[2J4b", in.Value())
	assert.Equal(t, len("a1 2 3[2J4"), in.at)
}
