// Package text formats plain text for terminals, logs and file names. Control characters in
// text from files are made visible, so that they cannot control the terminal.
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

// IsControl reports whether a character is a control character other than a line break or a
// tab, which could control a terminal.
func IsControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// IndexControl returns the index of the first character for which IsControl is true, or -1.
func IndexControl[T string | []byte](s T) int {
	for i := range len(s) {
		c := s[i]
		if printable(rune(c)) {
			continue
		}
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0 {
			return i // of those beyond ASCII, U+0080 to U+009F, the first byte is C2
		}
	}
	return -1
}

// printable reports whether a character is printable ASCII, as nearly all text is.
func printable(r rune) bool { return r >= ' ' && r <= '~' }

// Clean makes control characters, invisible characters and marks that change the direction
// of text visible, as <U+001B>. If keepLines is false, line breaks become blanks.
func Clean(s string, keepLines bool) string {
	plain := 0
	for plain < len(s) && printable(rune(s[plain])) {
		plain++
	}
	if plain == len(s) { // as nearly all text is
		return s
	}
	var b strings.Builder
	written := 0 // up to this index of s
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
		case r == utf8.RuneError: // an invalid byte becomes U+FFFD
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

// Columns returns how many columns of a terminal a cleaned text takes: two for a Chinese
// character, none for a combining mark.
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

// Wrap breaks text at blanks into lines of at most width columns. A longer word gets its own
// line. There is always at least one line. It does not break at a no-break space.
func Wrap(s string, width int) []string {
	f := filler{width: width, line: make([]byte, 0, 2*Width)}
	for word := range strings.FieldsFuncSeq(s, blank) {
		f.add(word, Columns(word), true)
	}
	return f.lines()
}

func blank(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

// Truncate cuts text to a number of columns. A text that was cut ends in an ellipsis.
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

// EscapeLog escapes text for the log of a pipeline, in which the runner looks for commands:
// on GitHub "::" at the beginning of a line and "##[" anywhere, elsewhere "##vso[" and
// "##teamcity[". A backslash breaks them; Markdown does not show it.
// Source: actions/runner, ActionCommand.cs.
func EscapeLog(s string) string {
	if !strings.Contains(s, "::") && !strings.Contains(s, "##") {
		return s
	}
	var b strings.Builder
	start := true // only blanks so far on this line
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

// command reports whether the text after ## is the name of a command and a [.
func command(s string) bool {
	name := strings.TrimLeftFunc(s, unicode.IsLetter)
	return strings.HasPrefix(name, "[")
}

// A Page builds text of Width columns. The zero value is ready to use.
type Page struct{ b strings.Builder }

// Line writes cleaned text and a line break. Trailing blanks are removed.
func (p *Page) Line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(EscapeLog(Clean(fmt.Sprintf(format, args...), true)), " "))
	p.b.WriteByte('\n')
}

// Section writes an empty line and a title.
func (p *Page) Section(format string, args ...any) {
	p.Line("")
	p.Line(format, args...)
}

// Items writes each text after a prefix, with its further lines indented to the same column.
func (p *Page) Items(prefix string, texts []string) {
	for _, t := range texts {
		p.Wrapped(prefix, strings.Repeat(" ", Columns(prefix)), t)
	}
}

// Wrapped writes cleaned text with line breaks: the prefix first before the first line, and
// rest before the others.
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

// Grow reserves memory for another n bytes.
func (p *Page) Grow(n int) { p.b.Grow(n) }

// Raw writes text without cleaning it.
func (p *Page) Raw(s string) { p.b.WriteString(s) }

// String returns the text of the page.
func (p *Page) String() string { return p.b.String() }
