// Package text lays plain text out for terminals and makes visible what would
// drive one.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Width is the column at which a Page wraps.
const Width = 80

// IsControl reports whether a character would drive a terminal: a control character
// other than a line break or a tab.
func IsControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// IndexControl is where a text has its first character that would drive a terminal; -1
// where it has none.
func IndexControl[T string | []byte](s T) int {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0 {
			return i // of those beyond ASCII, U+0080 to U+009F, the first byte is C2
		}
	}
	return -1
}

// printable reports whether a character is printable ASCII, as nearly all text is.
func printable(r rune) bool { return r >= ' ' && r <= '~' }

// Clean makes control characters and marks that change the direction of text
// visible. Line breaks become blanks where keepLines is false.
func Clean(s string, keepLines bool) string {
	plain := 0
	for plain < len(s) && printable(rune(s[plain])) {
		plain++
	}
	if plain == len(s) { // as nearly all text is
		return s
	}
	var b strings.Builder
	written := 0 // how much of s
	for i, r := range s {
		if i < plain || printable(r) {
			continue
		}
		var shown string
		switch {
		case r == '\n' && !keepLines:
			shown = " "
		case IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			shown = fmt.Sprintf("<%U>", r)
		case r == utf8.RuneError: // a byte that is not text is the sign for one
			shown = string(r)
		default:
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[written:i] + shown)
		written = i + size
	}
	return b.String() + s[written:]
}

// Columns is how many columns of a terminal cleaned text takes: two for a Chinese
// character, none for a mark that combines.
func Columns(s string) int {
	columns := 0
	for _, r := range s {
		if printable(r) {
			columns++
		} else {
			columns += displaywidth.Rune(r)
		}
	}
	return columns
}

// Wrap breaks text at blanks into lines of at most width columns; a longer word
// has a line of its own. There is always one line. A no-break space is no
// blank.
func Wrap(s string, width int) []string {
	f := filler{width: width, line: make([]byte, 0, 2*Width)}
	for word := range strings.FieldsFuncSeq(s, blank) {
		f.add(word, Columns(word), true)
	}
	return f.lines()
}

func blank(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

// Truncate shortens text to a number of columns; the last one is an ellipsis.
func Truncate(s string, to int) string {
	if Columns(s) <= to {
		return s
	}
	for Columns(s) >= max(to, 1) {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " ") + "…"
}

// EscapeLog makes text safe for the log of a pipeline, which is read for commands: at
// GitHub a line that begins with "::" and "##[" anywhere, elsewhere "##vso[" and
// "##teamcity[". A backslash breaks them; in Markdown it isn't even seen.
// Source: actions/runner, ActionCommand.cs.
func EscapeLog(s string) string {
	if !strings.Contains(s, "::") && !strings.Contains(s, "##") {
		return s
	}
	var b strings.Builder
	start := true // of a line, blanks passed over
	for i, r := range s {
		switch {
		case start && strings.HasPrefix(s[i:], "::"), r == '#' && i > 0 && s[i-1] == '#' && command(s[i+1:]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		start = r == '\n' || start && unicode.IsSpace(r)
	}
	return b.String()
}

// command reports whether what follows two # is the name of a command and a [.
func command(s string) bool {
	name := strings.TrimLeftFunc(s, unicode.IsLetter)
	return strings.HasPrefix(name, "[")
}

// A Page is text that is being written. The zero value is ready.
type Page struct{ b strings.Builder }

// Line writes cleaned text and a line break; blanks at its end are dropped.
func (p *Page) Line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(EscapeLog(Clean(fmt.Sprintf(format, args...), true)), " "))
	p.b.WriteByte('\n')
}

// Section begins a section: an empty line, and a title as Line writes it.
func (p *Page) Section(format string, args ...any) {
	p.Line("")
	p.Line(format, args...)
}

// Items writes texts behind a prefix each; their further lines are indented as far.
func (p *Page) Items(prefix string, texts []string) {
	for _, t := range texts {
		p.Wrapped(prefix, strings.Repeat(" ", Columns(prefix)), t)
	}
}

// Wrapped writes cleaned text, its first line behind one prefix and its further
// lines behind another.
func (p *Page) Wrapped(first, rest, s string) {
	first, rest = Clean(first, false), Clean(rest, false)
	width := Width - max(Columns(first), Columns(rest))
	for i, l := range Fold(Clean(s, false), width) {
		head := rest
		if i == 0 {
			head = first
		}
		p.b.WriteString(EscapeLog(head + l + "\n"))
	}
}

// Grow makes room for n bytes more.
func (p *Page) Grow(n int) { p.b.Grow(n) }

// Raw writes text as it is.
func (p *Page) Raw(s string) { p.b.WriteString(s) }

// String is the page so far.
func (p *Page) String() string { return p.b.String() }
