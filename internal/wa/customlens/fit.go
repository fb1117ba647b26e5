package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// restricted makes a text fit in which AWS allows few characters, if the exporter
// makes texts fit.
func (x *exporter) restricted(t Text, most int) Text {
	if x.limit == 0 || !t.Set {
		return t
	}
	return NewText(text.Shorten(restrict(t.Value), most))
}

// restrict writes a text with the characters that names, titles and descriptions
// may have; others are replaced by similar ones or by blanks.
// Source: AWS's tests of the service, docs/gates.md of the same repository.
func restrict(s string) string {
	s = strings.NewReplacer(
		";", ",", "%", " percent", "<", "(", ">", ")", "[", "(", "]", ")", "{", "(", "}", ")", `"`, "'",
		"\u2018", "'", "\u201c", "'", "\u201d", "'", "\u2013", "-", "\u2014", "-", "\u2011", "-", "\u2026", "...",
		"=", " is ", "*", " ", "$", "USD ", "|", "/", "~", "about ", "\u00a0", " ", `\`, "/", "^", " ", "`", "'",
	).Replace(s)
	s = strings.Map(func(r rune) rune {
		if AllowedRune(r) {
			return r
		}
		return ' '
	}, s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
