package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// cutMark is appended to a text that was cut.
const cutMark = " […]"

// cut shortens a text to limit UTF-16 units, and reports whether it was longer. It cuts
// after a sentence if that keeps most of the text, else after a word, and appends cutMark.
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

// wasCut removes cutMark from the end of a text, and reports whether it was there.
func wasCut(s string) (string, bool) { return strings.CutSuffix(s, cutMark) }
