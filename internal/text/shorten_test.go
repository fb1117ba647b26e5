package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestShortenEndsAtASentenceOrAWord(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"One. Two.", 9, "One. Two."},
		{"One. Two.", 8, "One."},
		{"Is it? Yes, it is.", 12, "Is it?"},
		{"1. Do this.\n2. Do that.", 13, "1. Do this."},
		{"1. Do this, and that.\n2. More.", 12, "1. Do..."},
		{"Version 1.5 of it all. And more of it.", 25, "Version 1.5 of it all."},
		{"no end to it at all", 12, "no end to..."},
		{"allinoneword", 8, "allin..."},
		{"é. é. é.", 5, "é. é."},
	} {
		assert.Equal(t, c.want, text.Shorten(c.text, c.most), c.text)
	}
}

func TestShortenedTextFitsAndIsAPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "bcd", ".", "? ", ". ", " ", "\n", "12. ", "é", ", "})).Draw(t, "s"), "")
		most := rapid.IntRange(4, 40).Draw(t, "most")
		cut := text.Shorten(s, most)
		require.LessOrEqual(t, utf8.RuneCountInString(cut), most)
		require.True(t, strings.HasPrefix(s, strings.TrimSuffix(cut, "...")))
	})
}

func TestStripControlDropsControlCharacters(t *testing.T) {
	assert.Equal(t, "two\nlines\tand a tab", text.StripControl("two\r\nlines\tand\x07 a\u0085 tab"))
}

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"é":                                "é",
		"\xef\xbb\xbfé":                    "é",
		"\xff\xfe":                         "",
		"\xff\xfe\xe9\x00\x3d\xd8\x00\xde": "é😀",
		"\xfe\xff\x00\xe9":                 "é",
		"\xfe\xff\x00\xe9\x00":             "é",
	} {
		assert.Equal(t, want, text.Decode([]byte(in)), "%q", in)
	}
}
