// Package text lays plain text out for terminals and makes visible what would
// drive one.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width is the column at which a Page wraps.
const Width = 80

// Control tells whether a character would drive a terminal: a control character
// other than a line break or a tab.
func Control(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// Clean makes control characters and marks that change the direction of text
// visible. Line breaks become blanks where keepLines is false.
func Clean(s string, keepLines bool) string {
	for i := Span(s, 0, 0); i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' && (c != '\n' || !keepLines) || c > '~' {
			return clean(s, i, keepLines)
		} else if c < ' ' {
			i += Span(s[i+1:], 0, 0) // a line break that stays, and the next line
		}
	}
	return s // printable ASCII, as nearly all of it is
}

// clean is Clean for text of which all up to a byte is harmless.
func clean(s string, at int, keepLines bool) string {
	var b strings.Builder
	from := 0 // what is not copied yet begins here
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		shown := ""
		switch {
		case r >= ' ' && r <= '~', r == '\t', r == '\n' && keepLines:
		case r == '\n':
			shown = " "
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			shown = fmt.Sprintf("<%U>", r)
		case r == utf8.RuneError: // a byte that is no text, or the sign for one
			shown = string(utf8.RuneError)
		}
		if shown != "" {
			b.WriteString(s[from:at])
			b.WriteString(shown)
			from = at + size
		}
		at += size
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// Columns is how many columns of a terminal cleaned text takes: two for a Chinese
// character, none for a mark that combines.
func Columns(s string) int {
	n := Span(s, 0, 0)
	for n < len(s) && s[n] >= ' ' && s[n] <= '~' {
		n++
	}
	if n == len(s) {
		return n // printable ASCII, as nearly all of it is
	}
	return ansi.StringWidthWc(s)
}

// Wrap breaks text at blanks into lines of at most width columns; a longer word
// has a line of its own. There is always one line. A no-break space is no
// blank.
func Wrap(s string, width int) []string {
	s = squeeze(s)
	var lines []string
	from, size := 0, 0 // of the line: where it begins, columns so far
	for at := 0; at < len(s); {
		end := strings.IndexByte(s[at:], ' ')
		if end < 0 {
			end = len(s)
		} else {
			end += at
		}
		word := Columns(s[at:end])
		switch {
		case at == from:
			size = word
		case size+1+word <= width:
			size += 1 + word
		default:
			lines = append(lines, s[from:at-1])
			from, size = at, word
		}
		at = end + 1
	}
	return append(lines, s[from:])
}

// Cut shortens text to a number of columns; the last one says that there was more.
func Cut(s string, to int) string {
	if Columns(s) <= to {
		return s
	}
	return strings.TrimRight(ansi.TruncateWc(s, max(to-1, 0), ""), " ") + "…"
}

// squeeze leaves one space between words and none around them.
func squeeze(s string) string {
	before := byte(' ')
	for i := range len(s) {
		if c := s[i]; c != ' ' && blank(rune(c)) || c == ' ' && before == ' ' {
			return strings.Join(strings.FieldsFunc(s, blank), " ")
		}
		before = s[i]
	}
	return strings.TrimSuffix(s, " ")
}

func blank(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

// Log makes text safe for the log of a pipeline, which is read for commands: at
// GitHub a line that begins with "::" and "##[" anywhere, elsewhere "##vso[" and
// "##teamcity[". A backslash breaks them; in Markdown it isn't even seen.
// Source: actions/runner, ActionCommand.cs.
func Log(s string) string {
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

// command tells whether what follows two # is the name of a command and a [.
func command(s string) bool {
	name := strings.TrimLeftFunc(s, unicode.IsLetter)
	return strings.HasPrefix(name, "[")
}

// A Page is text that is being written. The zero value is ready.
type Page struct{ b strings.Builder }

// Line writes cleaned text and a line break; blanks at its end are dropped.
func (p *Page) Line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(Log(Clean(fmt.Sprintf(format, args...), true)), " "))
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
	for i, l := range Wrap(Clean(s, false), width) {
		head := rest
		if i == 0 {
			head = first
		}
		if strings.Contains(l, "::") || strings.Contains(l, "##") {
			l, head = Log(head+l), ""
		}
		p.b.WriteString(head)
		p.b.WriteString(l)
		p.b.WriteByte('\n')
	}
}

// Grow makes room for so many bytes at once.
func (p *Page) Grow(n int) { p.b.Grow(n) }

// Raw writes text as it is.
func (p *Page) Raw(s string) { p.b.WriteString(s) }

// String is the page so far.
func (p *Page) String() string { return p.b.String() }
