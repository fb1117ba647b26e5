package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// An input is a text area of Bubbles that wraps long text. Its rendering is safe and
// measured as the terminal measures; its value is what was typed.
type input struct {
	area         textarea.Model
	multiline    bool   // several lines are allowed
	initial      string // value at the start
	initialShown string // the same, as the text area changed it
}

func newInput(value string, lines bool) input {
	in := input{area: textarea.New(), multiline: lines, initial: value}
	in.area.Prompt, in.area.ShowLineNumbers = "", false
	in.area.DynamicHeight, in.area.MaxContentHeight = true, 1000
	in.area.SetStyles(textarea.Styles{})
	in.area.SetVirtualCursor(false)
	in.area.Focus()
	keys := &in.area.KeyMap
	keys.InsertNewline.SetKeys("ctrl+j", "alt+enter", "shift+enter")
	keys.InsertNewline.SetEnabled(lines)
	// Paste and CopySelection would start a clipboard program; the terminal does both.
	for _, b := range []*key.Binding{
		&keys.Paste, &keys.CopySelection,
		&keys.SelectAll, &keys.SelectCharacterBackward, &keys.SelectCharacterForward,
		&keys.SelectWordBackward, &keys.SelectWordForward, &keys.SelectLineUp, &keys.SelectLineDown,
	} {
		b.SetEnabled(false)
	}
	in.insert(value)
	in.initialShown = in.area.Value()
	return in
}

// Value is what was typed; the initial value, unchanged, if nothing was.
func (in *input) Value() string {
	if value := in.area.Value(); value != in.initialShown {
		return value
	}
	return in.initial
}

// changed reports whether the user changed the text.
func (in *input) changed() bool { return in.area.Value() != in.initialShown }

// handleKey edits the text as command lines do. It moves over and deletes a character of
// several code points as one.
func (in *input) handleKey(msg tea.KeyPressMsg) {
	times := 1
	before, after := in.around()
	switch keys := in.area.KeyMap; {
	case key.Matches(msg, keys.CharacterForward, keys.DeleteCharacterForward):
		c, _ := ansi.FirstGraphemeCluster(after, ansi.GraphemeWidth)
		times = max(len([]rune(c)), 1)
	case key.Matches(msg, keys.CharacterBackward, keys.DeleteCharacterBackward):
		for before != "" {
			c, _ := ansi.FirstGraphemeCluster(before, ansi.GraphemeWidth)
			before, times = before[len(c):], len([]rune(c))
		}
	}
	for range times {
		in.area, _ = in.area.Update(msg)
	}
}

// replace replaces the whole text.
func (in *input) replace(s string) {
	in.area.Reset()
	in.insert(s)
}

// atEnd reports whether the cursor is behind the last character.
func (in *input) atEnd() bool {
	_, after := in.around()
	return in.area.Line() == in.area.LineCount()-1 && after == ""
}

// onFirstRow reports whether the cursor is on the first row of the wrapped text.
func (in *input) onFirstRow() bool { return in.area.Line() == 0 && in.area.LineInfo().RowOffset == 0 }

// onLastRow reports whether the cursor is on the last row of the wrapped text.
func (in *input) onLastRow() bool {
	info := in.area.LineInfo()
	return in.area.Line() == in.area.LineCount()-1 && info.RowOffset >= info.Height-1
}

// around returns the text before and after the cursor, of the cursor's line.
func (in *input) around() (before, after string) {
	line := []rune(strings.Split(in.area.Value(), "\n")[in.area.Line()])
	return string(line[:in.area.Column()]), string(line[in.area.Column():])
}

// insert inserts text at the cursor, without control characters. In an input of one line,
// line breaks and tabs become blanks.
func (in *input) insert(s string) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	if !in.multiline {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	in.area.InsertString(s)
}

// render renders the rows around the cursor for a width and at most so many rows, and
// returns the position of the cursor in them.
func (in *input) render(r renderer, width, most int) (rows []string, x, y int) {
	width = max(width, 2)
	in.area.MaxHeight = max(most, 1)
	in.area.SetWidth(width - 1) // the cursor is behind the last character
	for _, row := range strings.Split(in.area.View(), "\n") {
		rows = append(rows, r.plain.Render(r.method.Truncate(safe(strings.TrimRight(row, " ")), width, "…")))
	}
	info := in.area.LineInfo()
	before, _ := in.around()
	before = string([]rune(before)[info.StartColumn:])
	return rows, min(r.textWidth(safe(before)), width-1), min(in.area.Cursor().Y, len(rows)-1)
}
