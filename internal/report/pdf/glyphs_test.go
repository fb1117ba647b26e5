package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Both built-in fonts have the scripts that docs/reports.md names.
func TestBuiltinFontsHaveDocumentedScripts(t *testing.T) {
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if builtinHasGlyph(r) {
			n++
			assert.LessOrEqual(t, r, rune(0xFFFF), "fpdf knows the basic plane only")
		}
	}
	assert.Greater(t, n, 2000)
	for _, r := range "aÅßłşğİıțœŐ Ελληνικά кириллица Việt Nam €£ → ≤ ▲ ■ ●" {
		assert.True(t, builtinHasGlyph(r), "%U", r)
	}
}

func TestPrintable(t *testing.T) {
	for given, want := range map[string]string{
		"plain":        "plain",
		"ß\tŁódź\nx":   "ß\tŁódź\nx",
		"中文 note":      "[U+4E2D U+6587] note",
		"ok 👍":         "ok [U+1F44D]",
		"שלום":         "[U+05E9 U+05DC U+05D5 U+05DD]",
		"a\u202eb\x1b": "a<U+202E>b<U+001B>",
	} {
		got, _ := printable(given, builtinHasGlyph)
		assert.Equal(t, want, got)
	}
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.String().Draw(t, "text")
		got, missing := printable(given, builtinHasGlyph)
		n := 0
		for _, r := range got {
			require.True(t, builtinHasGlyph(r), "%U", r)
		}
		for _, r := range strings.ToValidUTF8(given, "") {
			if !builtinHasGlyph(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && r != '\u2028' && r != '\u2029' {
				n++
			}
		}
		require.GreaterOrEqual(t, len(missing), n)
	})
}

// Wrapped lines have the same words as the text, and no line is too wide unless it is a
// single character.
func TestWrap(t *testing.T) {
	measure := func(s string) float64 { return float64(utf8.RuneCountInString(s)) }
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.StringMatching(`[a-zé \n]{0,80}`).Draw(t, "text")
		most := float64(rapid.IntRange(1, 30).Draw(t, "most"))
		lines := wrap(given, most, measure)
		require.NotEmpty(t, lines)
		require.Equal(t, strings.Join(strings.Fields(given), ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
		for _, l := range lines {
			require.True(t, measure(l) <= most || utf8.RuneCountInString(l) == 1, "%q", l)
		}
	})
}

// No line of the PDF has a line break or a tab, which would be drawn as a box.
func TestLinesHaveNoLineBreaks(t *testing.T) {
	d := newDocument(&scoring.Assessment{Today: "2026-11-23"}, Options{}, nil)
	d.setFont("", bodySize)
	assert.Equal(t, "a b c<U+000B>\u00a0d", d.singleLine(" a\n\tb  c\v\u00a0d "))
	assert.Equal(t, []string{"a", "b c"}, d.lines("a\nb\tc", 100))
}
