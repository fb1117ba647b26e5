package html

import (
	"html"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// markup is HTML that we wrote. An untyped constant is markup by itself; a text
// that came from a file is a string and never becomes markup, so a writer who
// forgets to escape doesn't compile.
type markup string

// sheet is an HTML page that is being written.
type sheet struct{ b []byte }

// put writes markup in which each % stands for the next argument: a string as
// text, visible and escaped, a number in digits, markup as it is. What is
// escaped is safe between tags and in a quoted attribute, and nowhere else; no
// text is put into a script, a style or the address of a link (see link).
func (s *sheet) put(format markup, args ...any) {
	parts := strings.Split(string(format), "%")
	if len(parts) != len(args)+1 {
		panic("html: put needs one argument for each %")
	}
	for i, a := range args {
		s.b = append(s.b, parts[i]...)
		switch a := a.(type) {
		case markup:
			s.b = append(s.b, a...)
		case string:
			s.b = append(s.b, escaped(a)...)
		case int:
			s.b = strconv.AppendInt(s.b, int64(a), 10)
		case float64:
			s.b = strconv.AppendFloat(s.b, a, 'f', -1, 64)
		default:
			panic("html: an argument of put is neither text, number nor markup")
		}
	}
	s.b = append(s.b, parts[len(args)]...)
}

// escaped makes text on one or more lines safe: what would turn text around or
// hide in it becomes visible, and nothing in it is read as markup.
// Source: HTML, 13.1.2.3 and 13.3, the characters that end text or a quoted
// attribute value.
func escaped(t string) string { return html.EscapeString(text.Clean(t, true)) }
