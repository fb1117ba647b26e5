package text

import (
	"strings"
	"unicode"
)

// Markdown makes text safe inside a line of Markdown or a cell of a table: nothing in
// it is read as markup, HTML, a mention or a link.
// Source: CommonMark 0.31, section 2.4; any ASCII punctuation can be escaped.
func Markdown(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	word := false // the last character was of a word: no mention begins here
	for _, r := range strings.TrimSpace(Clean(s, false)) {
		inWord := word
		word = unicode.IsLetter(r) || unicode.IsDigit(r)
		if strings.ContainsRune("\\`*_{}[]<>#|~$!^", r) {
			b.WriteByte('\\')
			b.WriteRune(r)
			continue
		}
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '@':
			b.WriteRune(r)
			if !inWord {
				b.WriteString("<!-- -->") // or GitHub would notify somebody
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
