package pdf

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
)

// pdfGlyphs are the characters that the embedded fonts have, regular and bold:
// Latin with all its accents, Vietnamese included, Greek, Cyrillic, punctuation,
// currencies, arrows and line drawing. Hebrew is left out although the fonts have
// it, since nothing here lays out text from right to left.
var pdfGlyphs = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0020, 0x007E, 1},
		{0x00A0, 0x00AC, 1},
		{0x00AE, 0x036F, 1},
		{0x0374, 0x0375, 1},
		{0x037A, 0x037E, 1},
		{0x0384, 0x038A, 1},
		{0x038C, 0x038C, 1},
		{0x038E, 0x03A1, 1},
		{0x03A3, 0x03CE, 1},
		{0x03D0, 0x0513, 1},
		{0x051A, 0x051D, 1},
		{0x1D00, 0x1DCA, 1},
		{0x1DFE, 0x1E9B, 1},
		{0x1E9E, 0x1E9E, 1},
		{0x1EA0, 0x1EF9, 1},
		{0x1F00, 0x1F15, 1},
		{0x1F18, 0x1F1D, 1},
		{0x1F20, 0x1F45, 1},
		{0x1F48, 0x1F4D, 1},
		{0x1F50, 0x1F57, 1},
		{0x1F5F, 0x1F7D, 1},
		{0x1F80, 0x1FB4, 1},
		{0x1FB6, 0x1FC4, 1},
		{0x1FC6, 0x1FD3, 1},
		{0x1FD6, 0x1FDB, 1},
		{0x1FDD, 0x1FEF, 1},
		{0x1FF2, 0x1FF4, 1},
		{0x1FF6, 0x1FFE, 1},
		{0x2000, 0x200A, 1},
		{0x2010, 0x2010, 1},
		{0x2012, 0x2022, 1},
		{0x2026, 0x2026, 1},
		{0x202F, 0x2030, 1},
		{0x2032, 0x2034, 1},
		{0x2039, 0x203A, 1},
		{0x203C, 0x203C, 1},
		{0x203E, 0x203E, 1},
		{0x2044, 0x2044, 1},
		{0x2074, 0x2078, 1},
		{0x207F, 0x2089, 1},
		{0x20A0, 0x20B5, 1},
		{0x20BF, 0x20BF, 1},
		{0x2105, 0x2105, 1},
		{0x2113, 0x2113, 1},
		{0x2116, 0x2117, 1},
		{0x2122, 0x2122, 1},
		{0x2126, 0x2126, 1},
		{0x212E, 0x212E, 1},
		{0x2153, 0x2154, 1},
		{0x215B, 0x215E, 1},
		{0x2190, 0x2195, 1},
		{0x21D4, 0x21D4, 1},
		{0x2202, 0x2202, 1},
		{0x2206, 0x2206, 1},
		{0x220F, 0x220F, 1},
		{0x2211, 0x2212, 1},
		{0x2215, 0x2215, 1},
		{0x2219, 0x221A, 1},
		{0x221E, 0x221F, 1},
		{0x2229, 0x2229, 1},
		{0x222B, 0x222B, 1},
		{0x2248, 0x2248, 1},
		{0x2260, 0x2262, 1},
		{0x2264, 0x2265, 1},
		{0x2500, 0x2500, 1},
		{0x2502, 0x2502, 1},
		{0x2550, 0x256C, 1},
		{0x25A0, 0x25A1, 1},
		{0x25AA, 0x25AC, 1},
		{0x25B2, 0x25B2, 1},
		{0x25BA, 0x25BA, 1},
		{0x25BC, 0x25BC, 1},
		{0x25C4, 0x25C4, 1},
		{0x25CA, 0x25CC, 1},
		{0x25CF, 0x25CF, 1},
		{0x25E6, 0x25E6, 1},
		{0x2660, 0x2660, 1},
		{0x2663, 0x2663, 1},
		{0x2665, 0x2666, 1},
		{0xFB01, 0xFB02, 1},
	},
	LatinOffset: 2,
}

// printable makes text fit for the embedded fonts: controls and marks of
// direction visible as everywhere, and a run of characters that no font has shown
// by their code points, as in [U+4E2D U+6587]. Nothing is dropped. It also
// returns how many characters were shown that way.
func printable(s string) (string, int) {
	s = text.Clean(s, true)
	missing := 0
	for _, r := range s {
		if !hasGlyph(r) {
			missing++
		}
	}
	if missing == 0 {
		return s, 0
	}
	var b strings.Builder
	run := false
	for _, r := range s {
		switch ok := hasGlyph(r); {
		case ok && run:
			b.WriteByte(']')
			b.WriteRune(r)
			run = false
		case ok:
			b.WriteRune(r)
		case run:
			fmt.Fprintf(&b, " %U", r)
		default:
			fmt.Fprintf(&b, "[%U", r)
			run = true
		}
	}
	if run {
		b.WriteByte(']')
	}
	return b.String(), missing
}

func hasGlyph(r rune) bool {
	return r >= ' ' && r <= '~' || r == '\n' || r == '\t' || unicode.Is(pdfGlyphs, r)
}

// wrap breaks text into lines no wider than most, at blanks where it can and
// within a word where it must. measure tells how wide a text is. Line breaks of
// the text stay; there is always one line.
func wrap(s string, most float64, measure func(string) float64) []string {
	var out []string
	blank := measure(" ")
	for _, line := range strings.Split(s, "\n") {
		at, width := "", 0.0
		for _, word := range words(line) {
			w := measure(word)
			if at != "" && width+blank+w <= most {
				at, width = at+" "+word, width+blank+w
				continue
			}
			if at != "" {
				out = append(out, at)
			}
			for w > most && utf8.RuneCountInString(word) > 1 {
				n := fitting(word, most, measure)
				out = append(out, word[:n])
				word = word[n:]
				w = measure(word)
			}
			at, width = word, w
		}
		out = append(out, at)
	}
	return out
}

// words are the words of a text that is printable. A no-break space is no blank.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' })
}

// fitting returns how many bytes of a word fit: at least one character, and not
// all of a word that is too wide as a whole.
func fitting(word string, most float64, measure func(string) float64) int {
	width := 0.0
	for i, r := range word {
		width += measure(string(r))
		if width > most && i > 0 {
			return i
		}
	}
	_, last := utf8.DecodeLastRuneInString(word)
	return len(word) - last // kerning or rounding: the whole was wider than its parts
}
