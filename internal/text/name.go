package text

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is the maximum length in bytes of a name or an id made from a title: with a
// day before it and an extension after it, it fits into the 255 bytes of file systems.
const longestName = 80

// FileName makes a file name without extension from a title: its words in lower case, in
// any script, joined by hyphens. The name is safe on every system: it has no separator, no
// control character, nothing invisible, and is not a device name of Windows. If a title is
// too long, its name ends in a digest, so that different titles have different names. If
// it has no letter or digit, the name is other and a digest.
func FileName(title, other string) string {
	return name(title, other, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }, false)
}

// ID makes an id of the letters a to z, digits and hyphens from a title. Accents are
// removed. If the title has a letter or digit of another script or is too long, the id ends
// in a digest, so that different titles have different ids. If nothing of the title is
// left, the id begins with other.
func ID(title, other string) string {
	return name(title, other, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }, true)
}

// name makes a name from the characters of a title that keep accepts. If whole is set, the
// name gets a digest if it lacks a letter or digit of the title.
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

// invisible reports whether a character is not visible: fillers, joiners, selectors.
// Source: Unicode, Default_Ignorable_Code_Point.
func invisible(r rune) bool {
	return r > utf8.RuneSelf && unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// cutBytes returns the longest prefix of a text with at most so many bytes that does not end
// inside a character, or before a mark that belongs to its last character.
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

// plainLatin replaces Latin letters that are not a plain letter with an accent.
var plainLatin = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i")
})

// device matches the device names of Windows, which are reserved with any extension.
var device = Pattern(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
