package tui

import (
	"bufio"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A question that does not apply as a whole is answered with one reason, and undone at once.
func TestWholeQuestionNotApplicable(t *testing.T) {
	b := hardware(4)
	id := func(n string) review.Answer { return b.m.review.Answers["HW1-BP0"+n] }
	b.press("n")
	b.typed("bought board")
	b.press("enter", "N")
	assert.Contains(t, b.screen(), "why does HW1 as a whole not apply (4 best practices)")
	b.press("enter")
	assert.Contains(t, b.screen(), "not applicable needs a reason")
	b.typed("We buy the boards.")
	b.press("enter")
	assert.Contains(t, b.screen(), "4 best practices of HW1: not applicable. u undoes it.")
	for _, n := range []string{"1", "2", "3", "4"} {
		assert.Equal(t, review.NotApplicable, id(n).Status)
		assert.Equal(t, "We buy the boards.", id(n).Reason)
		assert.Equal(t, "Ana", id(n).By)
	}
	assert.Equal(t, "bought board", id("1").Note, "what was said before the status is kept")
	b.press("N")
	assert.Contains(t, b.screen(), "All of HW1 is answered as not applicable already.")
	b.press("u")
	assert.Contains(t, b.screen(), "Undone: the answers to HW1.")
	assert.Empty(t, b.m.review.Answers)
	b.press("r")
	assert.Len(t, b.m.review.Answers, 4)
	b.press("u")

	// Existing answers stay unless the user replaces them.
	b.press("1", "down", "3", "N")
	b.typed("never")
	b.press("enter")
	assert.Contains(t, b.screen(), "2 are answered otherwise")
	b.typed("perhaps")
	b.press("enter")
	assert.Contains(t, b.screen(), "perhaps")
	b.press("ctrl+u", "enter")
	assert.Contains(t, b.screen(), "2 best practices of HW1: not applicable. 2 answers stay as")
	assert.Equal(t, []review.Status{review.Implemented, review.NotImplemented, review.NotApplicable}, []review.Status{id("1").Status, id("2").Status, id("3").Status})
	b.press("N")
	b.typed("after all")
	b.press("enter")
	assert.Contains(t, b.screen(), "all 2 are answered otherwise")
	b.typed("all")
	b.press("enter")
	assert.Equal(t, review.NotApplicable, id("1").Status)
	assert.Equal(t, review.Implemented, id("1").History[0].Status)
	assert.Equal(t, "never", id("3").Reason, "it was not applicable already")
	b.settleAll()
	assert.Equal(t, b.m.review.Answers, b.onDisk.Answers)

	b.m.ReadOnlyReason, b.m.Walk.ReadOnly = "it is a milestone", true
	b.press("N")
	assert.Contains(t, b.screen(), "Read only: it is a milestone.")
}

func TestWholeQuestionNotApplicableLineByLine(t *testing.T) {
	b := hardware(3)
	var out strings.Builder
	line := &Line{Session: b.m.Session, In: bufio.NewReader(strings.NewReader("1\nna\nWe buy the boards.\n\n")), Out: &out}
	require.NoError(t, line.Run())
	assert.Contains(t, out.String(), "2 best practices of HW1: not applicable. 1 answer stays as it was.")
	assert.Equal(t, map[string]string{"HW1-BP01": "implemented", "HW1-BP02": "not_applicable", "HW1-BP03": "not_applicable"}, given(b.onDisk))
}

// Undo names what it undoes, and an answer shows what its last change replaced.
func TestUndoNamesTheChange(t *testing.T) {
	b := newBench(plant())
	type step struct{ key, typed, undone string }
	steps := []step{{"3", "", "the answer to"}, {"n", "no rollback", "the note of"}, {"o", "Bo", "the owner of"}, {"d", "2027-01-31", "the due date of"}, {"d", "2027-02-28", "the due date of"}, {"e", "a link", "the evidence of"}}
	for _, s := range steps {
		b.press(s.key)
		if s.typed != "" {
			b.press("ctrl+u")
			b.typed(s.typed)
			b.press("enter")
		}
	}
	assert.Contains(t, b.screen(), "before: due 2027-01-31 Ana 2026-11-24")
	for i := len(steps) - 1; i >= 0; i-- {
		b.press("u")
		assert.Contains(t, b.screen(), "Undone: "+steps[i].undone+" LABOPS01-BP01.")
	}
	b.press("r", "1")
	assert.Contains(t, b.screen(), "before: not implemented Ana 2026-11-24")

	b.m.Walk.Stamp = func() (string, string) { return "", "2026-11-25" }
	b.press("2")
	assert.Contains(t, b.screen(), "answered: 2026-11-25")
	assert.NotContains(t, b.screen(), "answered by: 2026")
}
