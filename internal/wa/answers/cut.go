package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// cutMark ends a text that was cut.
const cutMark = " […]"

// cut shortens a text to a limit and reports whether it had to. The text ends after a
// sentence where that keeps most of what fits, else after a word, and with a mark.
func cut(s string, limit int) (string, bool) {
	if text.UTF16Len(s) <= limit {
		return s, false
	}
	head := text.TruncateUTF16(s, limit-text.UTF16Len(cutMark))
	if i := text.SentenceEnd(s, len(head)); i >= len(head)/2 {
		head = head[:i]
	} else if i := strings.LastIndexAny(head, " \n\t"); i >= len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " \n\t") + cutMark, true
}

// wasCut reports whether a text ends with the mark, and returns it without.
func wasCut(s string) (string, bool) { return strings.CutSuffix(s, cutMark) }
