package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// fitRestricted fits a name, title or description: it replaces characters that AWS
// refuses and shortens the text to maximum characters. Without x.limit, it returns the text
// unchanged.
func (x *exporter) fitRestricted(t Text, maximum int) Text {
	if x.limit == 0 || !t.Set {
		return t
	}
	return NewText(text.Shorten(replaceDisallowed(t.Value), maximum))
}

// replaceDisallowed replaces the characters that AWS refuses in names, titles and
// descriptions by similar ones or by spaces.
// Source: docs/gates.md of awslabs/operational-readiness-review-custom-war-lens.
func replaceDisallowed(s string) string {
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
