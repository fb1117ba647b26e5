package answers

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// cutMark ends a text that was cut.
const cutMark = " […]"

// units counts a text the way that the narrowest reader of a limit may: in
// UTF-16 units, so that a character beyond the basic plane counts twice.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return 1
}

// cut brings a text under a limit and tells whether it had to. It ends at the
// end of a sentence where that keeps most of what fits, else at a word's, and
// with a mark.
func cut(s string, limit int) (string, bool) {
	if units(s) <= limit {
		return s, false
	}
	head := prefix(s, limit-units(cutMark))
	if i := sentenceEnd(s, len(head)); i >= len(head)/2 {
		head = head[:i]
	} else if i := strings.LastIndexAny(head, " \n\t"); i >= len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " \n\t") + cutMark, true
}

// wasCut tells whether a text ends with the mark, and returns it without.
func wasCut(s string) (string, bool) { return strings.CutSuffix(s, cutMark) }

// prefix is the longest beginning of a text that has at most n units.
func prefix(s string, n int) string {
	for i, r := range s {
		if n -= unitsOf(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// sentenceEnd is the place behind the last sentence of a text that ends within
// its first bytes; 0 where none does.
func sentenceEnd(s string, within int) int {
	for end := within; end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		switch {
		case strings.ContainsRune("。！？", r):
			return end // nothing need follow
		case strings.ContainsRune(".!?", r) && (end == len(s) || strings.IndexAny(s[end:], " \n\t") == 0):
			return end
		}
		end -= size
	}
	return 0
}
