package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// named looks at a text of the restricted kind, which must be there: names,
// titles, descriptions.
func (l *linter) named(what, key string, t customlens.Text, most int, object jsonfile.Span, extra []customlens.Extra) {
	if !l.required(what, key, t, object, extra) {
		return
	}
	l.length(what, key, t, most)
	l.blanks(what, key, t)
	l.refusedIn(what, key, t)
}

func (l *linter) length(what, key string, t customlens.Text, most int) {
	if n := utf8.RuneCountInString(t.Value); n > most {
		l.find(tooLong, t.At, "the %s of %s has %d characters; AWS takes up to %d", key, what, n, most)
	}
}

func (l *linter) blanks(what, key string, t customlens.Text) {
	if kept := strings.TrimSpace(t.Value); kept != t.Value && kept != "" {
		f := l.find(outerBlanks, t.At, "the %s of %s begins or ends with blanks", key, what)
		f.Mend = &Mend{fmt.Sprintf("removed the blanks around the %s of %s", key, what), l.trim(t)}
	}
}

// refusedIn tells of the characters that AWS refuses in a text, each once.
func (l *linter) refusedIn(what, key string, t customlens.Text) {
	var list []string
	first, seen := -1, map[rune]bool{}
	for i, r := range t.Value {
		if customlens.Takes(r) || seen[r] || r == utf8.RuneError && l.garbled {
			continue
		}
		if first < 0 {
			first = i
		}
		seen[r] = true
		list = append(list, shownRune(r))
	}
	if first < 0 {
		return
	}
	_, size := utf8.DecodeRuneInString(t.Value[first:])
	const most = 8
	if len(list) > most {
		list = append(list[:most], "…")
	}
	f := l.find(refused, l.within(t, first, first+size), "the %s of %s has %s, which AWS refuses there", key, what, strings.Join(list, " "))
	if plain := plainBlanks(t.Value); strings.TrimSpace(plain) == plain && !strings.ContainsFunc(plain, func(r rune) bool { return !customlens.Takes(r) }) {
		f.Mend = &Mend{fmt.Sprintf("wrote plain blanks in the %s of %s", key, what), []Edit{{t.At, encoded(plain)}}}
	}
}

// shownRune shows a character so that it can be told from others like it.
func shownRune(r rune) string {
	if r > ' ' && r < utf8.RuneSelf {
		return string(r)
	}
	return fmt.Sprintf("%q (%U)", string(r), r)
}

// id looks at an id; where the API has a shorter limit, at that too.
func (l *linter) id(what string, id customlens.Text, object jsonfile.Span, extra []customlens.Extra, short bool) {
	if !l.required(what, "id", id, object, extra) {
		return
	}
	n := utf8.RuneCountInString(id.Value)
	switch {
	case idLike(id.Value) && n >= 3 && n <= 128:
	case idLike(strings.TrimSpace(id.Value)) && len(strings.TrimSpace(id.Value)) >= 3:
		f := l.find(badID, id.At, "the id %s has blanks at an end", quoted(id.Value))
		f.Mend = &Mend{"removed the blanks around the id " + quoted(strings.TrimSpace(id.Value)), l.trim(id)}
	case !idLike(id.Value):
		l.find(badID, id.At, "the id %s may have letters without accents, digits and underscores only", quoted(id.Value))
	default:
		l.find(badID, id.At, "the id %s has %d characters; AWS takes 3 to 128", quoted(id.Value), n)
	}
	const api = 64
	if short && n > api && n <= 128 {
		l.find(longID, id.At, "the id %s has %d characters; the API takes up to %d", quoted(id.Value), n, api)
	}
}

func idLike(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != ""
}
