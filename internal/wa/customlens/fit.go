package customlens

import (
	"strings"
	"unicode/utf8"
)

// fit makes texts fit the format. A nil fit leaves them as they are.
type fit struct{ most int }

// text cuts a text to the limit of this export.
func (f *fit) text(s string) string { return cutText(s, f.most) }

func (f *fit) name(t Text) Text  { return f.restricted(t, MaxName) }
func (f *fit) title(t Text) Text { return f.restricted(t, MaxName) }

func (f *fit) description(t Text) Text { return f.restricted(t, MaxText) }

func (f *fit) restricted(t Text, most int) Text {
	if f == nil || !t.Set {
		return t
	}
	return Says(cutText(restrict(t.Value), most))
}

// cutText cuts a text at the end of the last sentence that fits; where none
// does, after the last word, with three dots.
func cutText(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	for i := most - 1; i > 0; i-- {
		if end := runes[i]; (end == '.' || end == '?' || end == '!') && (runes[i+1] == ' ' || runes[i+1] == '\n') && !numbered(runes, i) {
			return string(runes[:i+1])
		}
	}
	for i := most - len("..."); i > 0; i-- {
		if runes[i] == ' ' || runes[i] == '\n' {
			return strings.TrimRight(string(runes[:i]), " \n,;:") + "..."
		}
	}
	return string(runes[:max(most-len("..."), 0)]) + "..."
}

// numbered tells whether a full stop belongs to the number of a step: "3. Do".
func numbered(s []rune, dot int) bool {
	i := dot - 1
	for i >= 0 && s[i] >= '0' && s[i] <= '9' {
		i--
	}
	return s[dot] == '.' && i < dot-1 && (i < 0 || s[i] == '\n')
}

// restrict writes a text with the characters that names, titles and
// descriptions may have; what has no likeness among them becomes a blank.
// Source: AWS's tests of the service, docs/gates.md of the same repository.
func restrict(s string) string {
	s = strings.NewReplacer(
		";", ",", "%", " percent", "<", "(", ">", ")", "[", "(", "]", ")", "{", "(", "}", ")", `"`, "'",
		"\u2018", "'", "\u201c", "'", "\u201d", "'", "\u2013", "-", "\u2014", "-", "\u2011", "-", "\u2026", "...",
		"=", " is ", "*", " ", "$", "USD ", "|", "/", "~", "about ", "\u00a0", " ", `\`, "/", "^", " ", "`", "'",
	).Replace(s)
	s = strings.Map(func(r rune) rune {
		if Takes(r) {
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
