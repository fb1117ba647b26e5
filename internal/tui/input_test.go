package tui

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The bar in want is the cursor.
func TestInput(t *testing.T) {
	for _, c := range []struct{ value, keys, want string }{
		{want: "|"},
		{value: "owner", want: "owner|"},
		{keys: "a b", want: "ab|"},
		{value: "ab", keys: "left space", want: "a |b"},
		{value: "ab", keys: "left left left x", want: "x|ab"},
		{value: "ab", keys: "home right right right x", want: "abx|"},
		{value: "ab", keys: "ctrl+a x end y", want: "xaby|"},
		{value: "ab", keys: "backspace", want: "a|"},
		{keys: "backspace delete", want: "|"},
		{value: "ab", keys: "home delete", want: "|b"},
		{value: "two words here", keys: "ctrl+w", want: "two words |"},
		{value: "two words  ", keys: "ctrl+w", want: "two |"},
		{value: "two words", keys: "left left ctrl+u", want: "|ds"},
		{value: "two words", keys: "left left ctrl+k", want: "two wor|"},
		{value: "e\u0301a", keys: "left left x", want: "x|e\u0301a"},
		{value: "ae\u0301", keys: "backspace", want: "a|"},
		{value: "漢字", keys: "backspace", want: "漢|"},
		{value: "a👩\u200d👧", keys: "backspace", want: "a|"},
		{value: "👩\u200d👧a", keys: "home right x", want: "👩\u200d👧x|a"},
		{value: "one", keys: "ctrl+j", want: "one|"},
	} {
		in := newInput(c.value, false)
		for _, k := range strings.Fields(c.keys) {
			in.handleKey(keyOf(k))
		}
		before, after := in.around()
		assert.Equal(t, c.want, before+"|"+after, "%s: %s", c.value, c.keys)
	}
}

func TestInputInsert(t *testing.T) {
	in := newInput("ab", false)
	in.handleKey(keyOf("left"))
	in.insert("1\r\n2\t3\x1b[2J\x00\xff4")
	assert.Equal(t, "a1 2 3[2J4b", in.Value())
	_, after := in.around()
	assert.Equal(t, "b", after)
	in = newInput("", true)
	in.insert("1\r\n2\r3\x1b[2J")
	assert.Equal(t, "1\n2\n3[2J", in.Value(), "where it may have several lines")
}

func TestCleanInput(t *testing.T) {
	assert.Equal(t, "[A done", cleanInput(" \x1b[A\x00 done\r\n"))
}

// A long text wraps, and the row of the cursor is visible.
func TestInputWraps(t *testing.T) {
	in := newInput("the device keeps its clock by a crystal that drifts", true)
	shown := func(most int) (rows []string, x, y int) {
		rows, x, y = in.render(lineRenderer, 20, most)
		for _, row := range rows {
			assert.LessOrEqual(t, lineRenderer.textWidth(row), 20, row)
		}
		return rows, x, y
	}
	rows, x, y := shown(5)
	assert.Equal(t, []string{"the device keeps", "its clock by a", "crystal that", "drifts"}, rows)
	assert.Equal(t, [2]int{6, 3}, [2]int{x, y})
	rows, _, y = shown(2)
	assert.Equal(t, []string{"crystal that", "drifts"}, rows)
	assert.Equal(t, 1, y)
	for range 3 {
		in.handleKey(named["up"])
	}
	rows, _, y = shown(2)
	assert.Equal(t, "the device keeps", rows[0])
	assert.Equal(t, 0, y)
}

// An input that nobody changed keeps its value, whatever the text area makes of it.
func TestUnchangedInputKeepsItsValue(t *testing.T) {
	in := newInput("a\tb\n\nc", true)
	assert.Equal(t, "a\tb\n\nc", in.Value())
	assert.False(t, in.changed())
	in.handleKey(named["ctrl+u"])
	in.handleKey(keyOf("d"))
	assert.Equal(t, "a    b\n\nd", in.Value())
	assert.True(t, in.changed())
}

// Marks that change the direction of text are visible, and stay in the value.
func TestInputRendersUnsafeText(t *testing.T) {
	in := newInput("a\u202eb", false)
	rows, x, _ := in.render(lineRenderer, 40, 1)
	assert.Equal(t, safe("a\u202eb"), rows[0])
	assert.Equal(t, len(rows[0]), x)
	assert.Equal(t, "a\u202eb", in.Value())
}

// A name that the review has already is suggested.
func TestNamesComplete(t *testing.T) {
	r := plant()
	r.Answers = map[string]review.Answer{"IOTREL01-BP01": {Status: review.NotImplemented, Owner: "Marta Ruiz"}}
	r.Parked = []review.Topic{{Topic: "the key ceremony", Owner: "Maria"}}
	b := newBench(r)
	b.press("o", "m", "a", "r", "t")
	assert.Contains(t, b.screen(), "Tab completes Marta Ruiz")
	b.press("tab", "enter")
	a, _ := b.m.answerOrRemark(b.m.practiceID())
	assert.Equal(t, "Marta Ruiz", a.Owner)
	b.press("o", "x")
	assert.NotContains(t, b.screen(), "Tab takes")
}

// A note may have several lines; other fields have one.
func TestNoteOfSeveralLines(t *testing.T) {
	b := newBench(plant())
	b.press("n", "a", "ctrl+j", "b", "enter")
	a, _ := b.m.answerOrRemark(b.m.practiceID())
	assert.Equal(t, "a\nb", a.Note)
	b.press("n")
	require.NoError(t, b.fits())
	b.press("up", "c", "enter")
	a, _ = b.m.answerOrRemark(b.m.practiceID())
	assert.Equal(t, "ac\nb", a.Note)
}
