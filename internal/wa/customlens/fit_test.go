package customlens

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestATextIsCutAtTheEndOfASentence(t *testing.T) {
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
		assert.Equal(t, c.want, cutText(c.text, c.most), c.text)
	}
}

func TestACutTextFitsAndIsTheBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "bcd", ".", "? ", ". ", " ", "\n", "12. ", "é", ", "})).Draw(t, "text"), "")
		most := rapid.IntRange(4, 40).Draw(t, "most")
		cut := cutText(text, most)
		require.LessOrEqual(t, utf8.RuneCountInString(cut), most)
		require.True(t, strings.HasPrefix(text, strings.TrimSuffix(cut, "...")))
	})
}

func TestRestrictedTextsHaveWhatTheToolTakes(t *testing.T) {
	assert.Equal(t, "Use 5 percent, or (a/b) 'c' - d...", restrict(`Use 5%; or [a|b] "c" – d…`))
	rapid.Check(t, func(t *rapid.T) {
		s := restrict(rapid.String().Draw(t, "s"))
		require.False(t, strings.ContainsFunc(s, func(r rune) bool { return !Takes(r) }))
		require.Equal(t, s, restrict(s))
	})
}
