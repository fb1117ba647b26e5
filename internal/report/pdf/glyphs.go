package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/text"
)

// printable makes text printable: control characters become visible as in all formats, and
// characters for which has is false become their code points, as in [U+4E2D U+6587]. It
// also returns these characters.
func printable(s string, has func(rune) bool) (string, []rune) {
	s = text.Clean(s, true)
	if !strings.ContainsFunc(s, func(r rune) bool { return !isPrintableASCII(r) && !has(r) }) {
		return s, nil
	}
	var b strings.Builder
	var missing []rune
	for _, r := range s {
		if has(r) {
			b.WriteRune(r)
		} else {
			missing = append(missing, r)
			fmt.Fprintf(&b, "[%U]", r)
		}
	}
	return strings.ReplaceAll(b.String(), "][U+", " U+"), missing
}

// isPrintableASCII reports whether r is printable ASCII, a line break or a tab, which every
// font has.
func isPrintableASCII(r rune) bool { return r >= ' ' && r <= '~' || r == '\n' || r == '\t' }

// builtinHasGlyph reports whether both built-in fonts have a character. It is false for
// Hebrew, which they have, because this package cannot set text from right to left.
func builtinHasGlyph(r rune) bool {
	if isPrintableASCII(r) {
		return true
	}
	return !unicode.Is(unicode.Hebrew, r) && !unicode.IsControl(r) && !slices.ContainsFunc(builtinFonts(), func(f *Font) bool {
		glyph, err := f.sfnt.GlyphIndex(nil, r)
		return err != nil || glyph == 0
	})
}

// wrap breaks text into lines no wider than most, at spaces if possible, else within words.
// measure returns the width of a text. Line breaks of the text are kept. The result has at
// least one line.
func wrap(s string, most float64, measure func(string) float64) []string {
	var out []string
	blank := measure(" ")
	for line := range strings.SplitSeq(s, "\n") {
		line = collapseSpaces(line)
		from, to, width := 0, 0, 0.0 // of the line that is filled
		for begin := 0; begin < len(line); {
			word, _, _ := strings.Cut(line[begin:], " ")
			end := begin + len(word)
			w := measure(word)
			if to > from && width+blank+w <= most {
				to, begin, width = end, end+1, width+blank+w
				continue
			}
			if to > from {
				out = append(out, line[from:to])
			}
			if w > most {
				var parts []string
				parts, word = splitWord(word, most, measure)
				out = append(out, parts...)
				w = measure(word)
			}
			from, to, begin, width = end-len(word), end, end+1, w
		}
		out = append(out, line[from:to])
	}
	return out
}

// collapseSpaces returns the words of a text with single spaces between them. No-break spaces
// are kept.
func collapseSpaces(s string) string {
	if !strings.ContainsAny(s, "\t\n") && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
}

// splitWord breaks a word that is wider than most into full lines and the rest.
func splitWord(word string, most float64, measure func(string) float64) (lines []string, rest string) {
	from, width := 0, 0.0
	for i, r := range word {
		w := measure(string(r))
		if i > from && width+w > most {
			lines = append(lines, word[from:i])
			from, width = i, 0
		}
		width += w
	}
	return lines, word[from:]
}
