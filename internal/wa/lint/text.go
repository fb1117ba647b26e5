package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// restricted checks a required name, title or description, in which AWS allows few
// characters.
func (l *linter) restricted(what, key string, t customlens.Text, most int, in *customlens.ObjectMeta) {
	if !l.required(what, key, t, in) {
		return
	}
	l.length(what, key, t, most)
	l.surroundingSpace(what, key, t)
	l.characters(what, key, t)
}

func (l *linter) length(what, key string, t customlens.Text, most int) {
	if n := utf8.RuneCountInString(t.Value); n > most {
		l.report(tooLong, t.At, "the %s of %s has %d characters; the maximum is %d", key, what, n, most)
	}
}

func (l *linter) surroundingSpace(what, key string, t customlens.Text) {
	if kept := strings.TrimSpace(t.Value); kept != t.Value && kept != "" {
		f := l.report(surroundingSpace, t.At, "the %s of %s starts or ends with white space", key, what)
		f.Fix = &SuggestedFix{fmt.Sprintf("removed the white space around the %s of %s", key, what), l.trim(t)}
	}
}

// characters reports, in one finding, the characters of a text that AWS refuses.
func (l *linter) characters(what, key string, t customlens.Text) {
	var list []string
	first, seen := -1, map[rune]bool{}
	for i, r := range t.Value {
		if customlens.AllowedRune(r) || seen[r] || r == utf8.RuneError && l.garbled {
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
	f := l.report(invalidCharacter, l.within(t, first, first+size), "the %s of %s contains %s, which AWS refuses there", key, what, strings.Join(list, " "))
	if plain := plainSpace(t.Value); strings.TrimSpace(plain) == plain && !strings.ContainsFunc(plain, func(r rune) bool { return !customlens.AllowedRune(r) }) {
		f.Fix = &SuggestedFix{fmt.Sprintf("replaced unusual white space in the %s of %s", key, what), []Edit{{t.At, customlens.Quote(plain)}}}
	}
}

// shownRune shows a character so that it can be told from similar ones.
func shownRune(r rune) string {
	if r > ' ' && r < utf8.RuneSelf {
		return string(r)
	}
	return fmt.Sprintf("%q (%U)", string(r), r)
}

// id checks an id; with apiLimit also against the shorter limit of the API.
func (l *linter) id(what string, id customlens.Text, in *customlens.ObjectMeta, apiLimit bool) {
	if !l.required(what, "id", id, in) {
		return
	}
	const least, most, api = 3, 128, 64
	n, trimmed := utf8.RuneCountInString(id.Value), strings.TrimSpace(id.Value)
	switch {
	case validID(id.Value) && n >= least && n <= most:
	case validID(trimmed) && trimmed != id.Value && len(trimmed) >= least:
		f := l.report(badID, id.At, "the id %s starts or ends with white space", quoted(id.Value))
		f.Fix = &SuggestedFix{"removed the white space around the id " + quoted(trimmed), l.trim(id)}
	case !validID(id.Value):
		l.report(badID, id.At, "the id %s contains characters other than letters without accents, digits and underscores", quoted(id.Value))
	default:
		l.report(badID, id.At, "the id %s has %d characters; AWS takes %d to %d", quoted(id.Value), n, least, most)
	}
	if apiLimit && n > api && n <= most {
		l.report(longID, id.At, "the id %s has %d characters; the maximum of the API is %d", quoted(id.Value), n, api)
	}
}

// validID reports whether an id has only valid characters; length is not checked.
func validID(s string) bool {
	return s != "" && strings.Trim(s, "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
