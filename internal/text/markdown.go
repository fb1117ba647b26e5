package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EscapeMarkdown escapes text for a line of Markdown or a cell of a table: nothing in it is
// read as markup, HTML, a mention or a link.
// Source: CommonMark 0.31, section 2.4; any ASCII punctuation can be escaped.
func EscapeMarkdown(s string) string {
	s = strings.TrimSpace(Clean(s, false))
	if !strings.ContainsAny(s, markup+"&@") {
		return s // the usual case
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune(markup, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' && !endsInWord(s[:i]):
			b.WriteString("@<!-- -->") // or GitHub would notify a person
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// markup lists the characters that are escaped with a backslash.
const markup = "\\`*_{}[]<>#|~$!^"

// endsInWord reports whether a text ends in a letter or digit, where no mention can begin.
func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
