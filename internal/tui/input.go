package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// An input is one line of text that is being typed. It is our own because the
// text input of Bubbles looks for clipboard programs whenever iotlens starts, and
// would start one; the terminal pastes.
type input struct {
	text []rune
	at   int // before which rune the cursor stands
}

func newInput(value string) input {
	text := []rune(value)
	return input{text, len(text)}
}

// Value is what has been typed.
func (in input) Value() string { return string(in.text) }

// press obeys a key as command lines do, or types it.
func (in *input) press(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "left", "ctrl+b":
		in.at = in.left()
	case "right", "ctrl+f":
		in.at = in.right()
	case "home", "ctrl+a":
		in.at = 0
	case "end":
		in.at = len(in.text)
	case "backspace", "ctrl+h":
		in.cut(in.left(), in.at)
	case "delete", "ctrl+d":
		in.cut(in.at, in.right())
	case "ctrl+u":
		in.cut(0, in.at)
	case "ctrl+k":
		in.cut(in.at, len(in.text))
	case "ctrl+w", "alt+backspace":
		in.cut(in.word(), in.at)
	default:
		in.insert(msg.Text)
	}
}

// insert puts text in at the cursor; line breaks and tabs become blanks, and what
// a file may not hold is left out.
func (in *input) insert(s string) {
	s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
	typed := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
	text := make([]rune, 0, len(in.text)+len(typed))
	text = append(append(append(text, in.text[:in.at]...), typed...), in.text[in.at:]...)
	in.text, in.at = text, in.at+len(typed)
}

func (in *input) cut(from, to int) {
	in.text = append(in.text[:from:from], in.text[to:]...)
	in.at = from
}

// left is the place of the character before the cursor; marks that combine with
// it belong to it.
func (in *input) left() int {
	i := in.at
	for i > 0 {
		if i--; !unicode.Is(unicode.M, in.text[i]) {
			break
		}
	}
	return i
}

func (in *input) right() int {
	i := min(in.at+1, len(in.text))
	for i < len(in.text) && unicode.Is(unicode.M, in.text[i]) {
		i++
	}
	return i
}

// word is where the word before the cursor begins.
func (in *input) word() int {
	i := in.at
	for i > 0 && unicode.IsSpace(in.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(in.text[i-1]) {
		i--
	}
	return i
}
