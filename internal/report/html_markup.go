package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// markup is HTML that we wrote. An untyped constant is markup by itself; a text
// that came from a file is a string and never becomes markup, so a writer who
// forgets to escape doesn't compile.
type markup string

// sheet is an HTML page that is being written. It writes by hand: parsing and
// running templates for a page of this size takes longer than all the rest of a
// report. What is written goes to w piece by piece; without w it stays in b.
type sheet struct {
	b   []byte
	w   io.Writer
	err error // the first of writing
}

// piece is how much is gathered before it is written.
const piece = 32 << 10

// flush writes what was gathered.
func (s *sheet) flush() {
	if s.err == nil {
		_, s.err = s.w.Write(s.b)
	}
	s.b = s.b[:0]
}

// put writes markup in which each % stands for the next argument: a string as
// text, visible and escaped, a number in digits, markup as it is. What is
// escaped is safe between tags and in a quoted attribute, and nowhere else; no
// text is put into a script, a style or the address of a link (see link).
func (s *sheet) put(format markup, args ...any) {
	if s.w != nil && len(s.b) > piece {
		s.flush()
	}
	next := 0
	for {
		i := strings.IndexByte(string(format), '%')
		if i < 0 {
			break
		}
		s.b = append(s.b, format[:i]...)
		format = format[i+1:]
		switch a := args[next].(type) {
		case markup:
			s.b = append(s.b, a...)
		case string:
			s.text(a)
		case int:
			s.b = strconv.AppendInt(s.b, int64(a), 10)
		case float64:
			s.b = strconv.AppendFloat(s.b, a, 'f', -1, 64)
		default:
			panic("report: an argument of put is neither text, number nor markup")
		}
		next++
	}
	s.b = append(s.b, format...)
	if next != len(args) {
		panic("report: put has arguments left over")
	}
}

// text writes text on one or more lines: what would turn text around or hide in
// it becomes visible, and nothing in it is read as markup.
// Source: HTML, 13.1.2.3 and 13.3, the characters that end text or a quoted
// attribute value.
func (s *sheet) text(t string) {
	if plain(t) {
		s.b = append(s.b, t...)
		return
	}
	t = text.Clean(t, true)
	from := 0
	for i := range len(t) {
		if t[i] > '>' {
			continue
		}
		var entity string
		switch t[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&quot;"
		case '\'':
			entity = "&#39;"
		default:
			continue
		}
		s.b = append(s.b, t[from:i]...)
		s.b = append(s.b, entity...)
		from = i + 1
	}
	s.b = append(s.b, t[from:]...)
}

// plain tells whether text is printable ASCII with nothing to escape, as most is.
func plain(t string) bool {
	for i := range len(t) {
		if !asIs[t[i]] {
			return false
		}
	}
	return true
}

// asIs are the characters that text writes as they are.
var asIs = [256]bool{
	' ': true, '!': true, '#': true, '$': true, '%': true, '(': true, ')': true, '*': true, '+': true, ',': true, '-': true, '.': true, '/': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true, ':': true, ';': true, '=': true, '?': true, '@': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true,
	'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'[': true, '\\': true, ']': true, '^': true, '_': true, '`': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
	'{': true, '|': true, '}': true, '~': true,
}
