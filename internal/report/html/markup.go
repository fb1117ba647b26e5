package html

import (
	"bufio"
	"html"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// markup is HTML that we wrote. An untyped constant is markup by itself; a text
// that came from a file is a string and never becomes markup, so a writer who
// forgets to escape does not compile.
type markup string

// sheet is an HTML page that is being written. Its writer keeps the first error.
type sheet struct{ w *bufio.Writer }

// put writes markup in which each % stands for the next argument: a string as
// text, visible and escaped, a number in digits, markup as it is. What is
// escaped is safe between tags and in a quoted attribute, and nowhere else; no
// text is put into a script, a style or the address of a link (see link).
func (s *sheet) put(format markup, args ...any) {
	rest := string(format)
	for _, a := range args {
		before, after, found := strings.Cut(rest, "%")
		if !found {
			panic("html: put has more arguments than %")
		}
		rest = after
		_, _ = s.w.WriteString(before)
		switch a := a.(type) {
		case markup:
			_, _ = s.w.WriteString(string(a))
		case string:
			_, _ = s.w.WriteString(escaped(a))
		case int:
			_, _ = s.w.WriteString(strconv.Itoa(a))
		case float64:
			_, _ = s.w.WriteString(strconv.FormatFloat(a, 'f', -1, 64))
		default:
			panic("html: an argument of put is neither text, number nor markup")
		}
	}
	if strings.Contains(rest, "%") {
		panic("html: put has more % than arguments")
	}
	_, _ = s.w.WriteString(rest)
}

// escaped makes text on one or more lines safe: what would turn text around or
// hide in it becomes visible, and nothing in it is read as markup.
// Source: HTML, 13.1.2.3 and 13.3, the characters that end text or a quoted
// attribute value.
func escaped(t string) string { return html.EscapeString(text.Clean(t, true)) }
