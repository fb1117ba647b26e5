package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestNamesOfTitles(t *testing.T) {
	for _, c := range []struct{ title, file, id string }{
		{"Plant 7, line 3", "plant-7-line-3", "plant-7-line-3"},
		{"  Łódź / Werk ", "łódź-werk", "lodz-werk"},
		{"Café Zürich", "café-zürich", "cafe-zurich"},
		{"Cafe\u0301 Zürich", "café-zürich", "cafe-zurich"},
		{"工場テレメトリ", "工場テレメトリ", "x-41f3cd29"},
		{"工場 7", "工場-7", "7-ad7f5091"},
		{"Насосная станция", "насосная-станция", "x-51829646"},
		{"مراقبة المياه", "مراقبة-المياه", "x-331a60f8"},
		{"जल निगरानी", "जल-निगरानी", "x-64699752"},
		{"می\u200cخواهم", "میخواهم", "x-1c359cc6"},
		{"../../etc/passwd", "etc-passwd", "etc-passwd"},
		{"CON", "con-1", "con-1"},
		{"com1", "com1-1", "com1-1"},
		{"COM\u00b9", "com", "com"},
		{"a\u202egnp.exe", "agnp-exe", "agnp-exe"},
		{"\u3164", "x-7519204f", "x-7519204f"},
		{"★", "x-26c57b08", "x-26c57b08"},
		{"", "x", "x"},
		{" \t", "x", "x"},
	} {
		assert.Equal(t, c.file, text.FileName(c.title, "x"), "%q", c.title)
		assert.Equal(t, c.id, text.ID(c.title, "x"), "%q", c.title)
	}
}

// Whatever a title says, its name is safe in every folder, and stays the same.
func TestANameIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.OneOf(rapid.String(), rapid.StringN(60, 300, -1), rapid.StringMatching(`(con|nul|LPT1|[a-z0-9 ./\\:é工\x{0301}\x{202e}]*)`)).Draw(t, "title")
		file, id := text.FileName(title, "workload"), text.ID(title, "lens")
		require.Equal(t, file, text.FileName(title, "workload"))
		require.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, id)
		require.True(t, norm.NFC.IsNormalString(file))
		for _, name := range []string{file, id} {
			require.NotEmpty(t, name)
			require.LessOrEqual(t, len(name), 100)
			require.True(t, utf8.ValidString(name))
			require.NotRegexp(t, `^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`, name)
			for i, r := range name {
				require.True(t, unicode.IsLetter(r) || unicode.IsDigit(r) || i > 0 && (r == '-' || unicode.IsMark(r)), "%q has %U", name, r)
				require.False(t, unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector))
			}
		}
	})
}

// Two titles that differ in a letter of any script never share a name.
func TestDifferentTitlesHaveDifferentNames(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("aż工場テнщعमी★")), 1, 120, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := norm.NFC.String(letters.Draw(t, "a")), norm.NFC.String(letters.Draw(t, "b"))
		only := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == '★' {
					return -1
				}
				return r
			}, s)
		}
		if only(a) != only(b) && !strings.ContainsAny(a+b, "★ी") {
			require.NotEqual(t, text.FileName(a, "x"), text.FileName(b, "x"))
			if !strings.Contains(a+b, "ż") {
				require.NotEqual(t, text.ID(a, "x"), text.ID(b, "x"))
			}
		}
	})
	assert.NotEqual(t, text.FileName("★", "x"), text.FileName("☆", "x"))
}
