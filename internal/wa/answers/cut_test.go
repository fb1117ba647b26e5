package answers

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func TestCutEndsAfterASentenceOrAWord(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limit      int
		want       string
	}{
		{"short enough", "All of it.", 10, "All of it."},
		{"at a sentence", "It is done. The rest of it follows.", 25, "It is done. […]"},
		{"the last sentence that fits", "One. Two. Three four five.", 15, "One. Two. […]"},
		{"a dot inside a word does not end a sentence", "See the file a.b.c and more", 21, "See the file […]"},
		{"at a word", "The old line follows in spring", 20, "The old line […]"},
		{"a sentence that leaves too little", "No. But the following is a long sentence", 39, "No. But the following is a long […]"},
		{"a word without an end", strings.Repeat("x", 30), 20, strings.Repeat("x", 16) + " […]"},
		{"beyond the basic plane", strings.Repeat("🔧", 10), 14, strings.Repeat("🔧", 5) + " […]"},
		{"another script", "設定は完了。残りは後で行う予定です。", 12, "設定は完了。 […]"},
	} {
		got, short := cut(c.text, c.limit)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, got != c.text, short, c.name)
	}
}

func TestCutReturnsAPrefixThatFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		limit := rapid.IntRange(20, 300).Draw(t, "limit")
		got, short := cut(text, limit)
		require.LessOrEqual(t, units(got), limit)
		head, marked := wasCut(got)
		if short {
			require.True(t, marked)
			require.True(t, strings.HasPrefix(text, head))
			require.GreaterOrEqual(t, units(head)*4, limit-30, "most of what fits is kept")
		} else {
			require.Equal(t, text, got)
		}
	})
}

// Notes of any texts fit the notes of a question and are parsed unchanged, except for those
// reported as cut.
func TestQuestionNotesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []practiceNotes
		for _, id := range []string{"IOTSEC03-BP01", "IOTSEC03-BP02", "IOTSEC03-BP03"}[:rapid.IntRange(1, 3).Draw(t, "n")] {
			d := practiceNotes{practice: id, status: rapid.SampledFrom(allStatuses()).Draw(t, "status")}
			for _, key := range []string{"owner", "due", "evidence", "evidence", "note"} {
				text := strings.TrimSpace(plain(strings.Repeat(rapid.String().Draw(t, key), rapid.SampledFrom([]int{1, 1, 30}).Draw(t, "times"))))
				if text != "" {
					d.fields = append(d.fields, field{key, text})
				}
			}
			list = append(list, d)
		}
		notes, lost := questionNotes(list)
		require.LessOrEqual(t, units(notes), questionNotesLimit)
		got, theirs := readQuestionNotes("Ours and theirs.\n" + notes)
		require.Equal(t, "Ours and theirs.", theirs)
		require.Len(t, got, len(list))
		for i, d := range list {
			require.Equal(t, d.practice, got[i].practice)
			require.Equal(t, d.status, got[i].status)
			if len(lost) == 0 {
				require.Equal(t, d.fields, got[i].fields)
			}
		}
	})
}
