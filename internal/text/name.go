package text

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how long a name or an id of a title may be, in bytes: with a day before
// it and an ending behind it, it fits into the 255 bytes that file systems have.
const longestName = 80

// FileName makes of a title the name of a file without its ending: its words in lower
// case, in any script, with hyphens between them. The name is safe on every system: it
// has no separator, no control character, nothing invisible, and none of the names that
// Windows keeps for devices. A title that is too long, or that has no letter and no
// digit, gets a digest, so that another title has another name; of the latter, other
// comes first.
func FileName(title, other string) string {
	return name(title, other, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }, false)
}

// ID makes of a title an id of the letters a to z, digits and hyphens. Accents are
// dropped. Where that drops a letter or a digit of another script, or the title is too
// long, the id ends in a digest of the title, so that another title has another id; where
// it leaves nothing, other comes first.
func ID(title, other string) string {
	return name(title, other, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }, true)
}

// name makes a name of the characters of a title that keep accepts. With whole, the name
// gets a digest where it lacks a letter or a digit of the title.
func name(title, other string, keep func(rune) bool, whole bool) string {
	lower := strings.ToLower(norm.NFC.String(title))
	if whole {
		lower = norm.NFD.String(plainLatin().Replace(lower)) // an accent is a mark of its own
	}
	var b strings.Builder
	lost, gap := false, false
	for _, r := range lower {
		switch {
		case invisible(r):
		case keep(r) && (b.Len() > 0 || !unicode.IsMark(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case whole && unicode.IsMark(r):
		default:
			lost = lost || whole && (unicode.IsLetter(r) || unicode.IsDigit(r))
			gap = true
		}
	}
	all := norm.NFC.String(b.String())
	s := strings.TrimRight(cutBytes(all, longestName), "-")
	lost = lost || s != all
	switch {
	case s == "":
		s, lost = other, strings.TrimSpace(title) != ""
	case device().MatchString(s):
		s += "-1"
	}
	if lost {
		sum := sha256.Sum256([]byte(norm.NFC.String(title)))
		s += "-" + hex.EncodeToString(sum[:4])
	}
	return s
}

// invisible tells whether a letter or a mark shows nothing: fillers, joiners, selectors.
// Source: Unicode, Default_Ignorable_Code_Point.
func invisible(r rune) bool {
	return r > utf8.RuneSelf && unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// cutBytes is the longest beginning of a text that has at most so many bytes and does not
// end within a character or before a mark that belongs to its last one.
func cutBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 {
		if r, _ := utf8.DecodeRuneInString(s[most:]); utf8.RuneStart(s[most]) && !unicode.IsMark(r) {
			break
		}
		most--
	}
	return s[:most]
}

// plainLatin writes the Latin letters that are no letter with an accent.
var plainLatin = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i")
})

// device is what Windows keeps for devices, whatever follows after a dot.
var device = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`) })
