package jsonfile

import (
	"sort"
	"unicode/utf8"
)

// Lines converts byte offsets to lines and columns.
type Lines struct {
	src    []byte
	starts []int // offset of each line
	runes  []int // number of characters before each step
}

// step is the distance in bytes of the counts in Lines.runes, which make files with very long
// lines fast.
const step = 512

// NewLines indexes a file.
func NewLines(src []byte) *Lines {
	l := &Lines{src: src, starts: []int{skipBOM(src)}}
	n := 0
	for i, c := range src {
		if i%step == 0 {
			l.runes = append(l.runes, n)
		}
		if utf8.RuneStart(c) {
			n++
		}
		if c == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// Position returns the line and column of a byte offset, both from 1. Columns count
// characters, without a byte order mark.
func (l *Lines) Position(offset int) (line, column int) {
	offset = max(min(offset, len(l.src)), l.starts[0])
	line = sort.SearchInts(l.starts, offset+1)
	return line, l.before(offset) - l.before(l.starts[line-1]) + 1
}

// before counts the characters before an offset.
func (l *Lines) before(offset int) int {
	if len(l.runes) == 0 {
		return 0
	}
	i := min(offset/step, len(l.runes)-1)
	n := l.runes[i]
	for _, c := range l.src[i*step : offset] {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

const bom = "\uFEFF"

func skipBOM(src []byte) int {
	if len(src) >= len(bom) && string(src[:len(bom)]) == bom {
		return len(bom)
	}
	return 0
}
