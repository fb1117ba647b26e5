package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown makes text safe inside a line of Markdown or a cell of a table: nothing in
// it is read as markup, HTML, a mention or a link.
// Source: CommonMark 0.31, section 2.4; any ASCII punctuation can be escaped.
func Markdown(s string) string {
	s = strings.TrimSpace(Clean(s, false))
	if !strings.ContainsAny(s, markup+"&@") {
		return s // as most is
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	from := 0
	for i := range len(s) { // every sign is one byte, and no byte of another character
		switch c := s[i]; {
		case strings.IndexByte(markup, c) >= 0:
			b.WriteString(s[from:i])
			b.WriteByte('\\')
			from = i
		case c == '&':
			b.WriteString(s[from:i])
			b.WriteString("&amp;")
			from = i + 1
		case c == '@' && !endsInWord(s[:i]):
			b.WriteString(s[from : i+1])
			b.WriteString("<!-- -->") // or GitHub would notify somebody
			from = i + 1
		}
	}
	b.WriteString(s[from:])
	return b.String()
}

// markup is what a backslash makes plain.
const markup = "\\`*_{}[]<>#|~$!^"

// endsInWord tells whether a text ends in a word: no mention begins there.
func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
