package answers

import (
	"strings"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/text"
)

// cutMark ends a text that was cut.
const cutMark = " […]"

// units counts a text in UTF-16 units, the narrowest way in which a service may
// count: a character beyond the basic plane counts twice.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// cut shortens a text to a limit and reports whether it had to. The text ends after a
// sentence where that keeps most of what fits, else after a word, and with a mark.
func cut(s string, limit int) (string, bool) {
	if units(s) <= limit {
		return s, false
	}
	head := beginning(s, limit-units(cutMark))
	if i := text.SentenceEnd(s, len(head)); i >= len(head)/2 {
		head = head[:i]
	} else if i := strings.LastIndexAny(head, " \n\t"); i >= len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " \n\t") + cutMark, true
}

// wasCut reports whether a text ends with the mark, and returns it without.
func wasCut(s string) (string, bool) { return strings.CutSuffix(s, cutMark) }

// beginning is the longest beginning of a text that has at most n units.
func beginning(s string, n int) string {
	for i, r := range s {
		if n -= units(string(r)); n < 0 {
			return s[:i]
		}
	}
	return s
}
