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

// special are the characters that text escapes, as bits.
const special = 1<<'&' | 1<<'<' | 1<<'>' | 1<<'"' | 1<<'\''

// plain tells whether text is printable ASCII with nothing to escape, as most is.
func plain(t string) bool {
	for i := range len(t) {
		if c := t[i]; c < ' ' || c > '~' || c < 64 && uint64(special)>>c&1 != 0 {
			return false
		}
	}
	return true
}
