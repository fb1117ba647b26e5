package text

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Fold is like Wrap, but also breaks a word that is wider than a line between its wide
// characters, because Chinese and Japanese have no blanks. Use it for text that is only
// shown, not parsed again.
func Fold(s string, width int) []string {
	f := filler{width: width, line: make([]byte, 0, 2*Width)}
	for word := range strings.FieldsFuncSeq(s, blank) {
		columns := Columns(word)
		if columns <= width {
			f.add(word, columns, true)
			continue
		}
		spaced := true
		for _, piece := range pieces(word) {
			f.add(piece, Columns(piece), spaced)
			spaced = false
		}
	}
	return f.lines()
}

// A filler collects words in lines of at most width columns.
type filler struct {
	width, size int // columns
	full        []string
	line        []byte
}

// add adds a piece that is not broken, after a blank if spaced is set. columns is its width.
func (f *filler) add(s string, columns int, spaced bool) {
	gap := 0
	if spaced {
		gap = 1
	}
	if len(f.line) > 0 && f.size+gap+columns > f.width {
		f.full = append(f.full, string(f.line))
		f.line, f.size = f.line[:0], 0
	}
	if len(f.line) > 0 && spaced {
		f.line = append(f.line, ' ')
		f.size++
	}
	f.line = append(f.line, s...)
	f.size += columns
}

func (f *filler) lines() []string { return append(f.full, string(f.line)) }

// No line may begin with a character of notFirst or end with one of notLast.
// Source: JIS X 4051, and W3C, Requirements for Japanese Text Layout, 3.1.7 and 3.1.8.
const (
	notFirst = "、。，．・：；？！）〕］｝〉》」』】ー々〜"
	notLast  = "（〔［｛〈《「『【"
)

// pieces splits a word before and after each wide character.
func pieces(word string) []string {
	var out []string
	from := 0
	before := rune(-1)
	for i, r := range word {
		if before >= 0 && (wide(r) || wide(before)) && displaywidth.Rune(r) > 0 && !strings.ContainsRune(notFirst, r) && !strings.ContainsRune(notLast, before) {
			out = append(out, word[from:i])
			from = i
		}
		before = r
	}
	return append(out, word[from:])
}

func wide(r rune) bool { return r >= utf8.RuneSelf && displaywidth.Rune(r) > 1 }
