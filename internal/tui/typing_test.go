package tui

import (
	"bufio"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// saidPlant is a review with texts to suggest.
func saidPlant() *review.Review {
	r := plant()
	r.Answers = map[string]review.Answer{
		"LABSEC05-BP01": {Status: review.NotImplemented, Owner: "Marta Ruiz", Due: "2027-03-31", At: "2026-11-22", By: "Ben", Evidence: []string{"https://wiki.example/pki"}},
		"LABREL01-BP01": {Status: review.NotApplicable, Reason: "No video on these devices.", At: "2026-11-23", By: "Zoë"},
		"LABREL01-BP02": {Status: review.NotApplicable, Reason: "Bought, not built.", At: "2026-11-24", By: "Ben"},
		"LABSUS04-BP01": {Status: review.NotApplicable, Reason: "It is for other workloads.", By: review.ByProfile},
	}
	r.Parked = []review.Topic{{Topic: "the key ceremony", Owner: "Maria"}}
	return r
}

// here returns the answer to the current best practice, or what is noted about it.
func (b *bench) here() review.Answer {
	a, _ := b.m.answerOrRemark(b.m.practiceID())
	return a
}

// Tab and → complete from the review, ↑ and ↓ go through its names, reasons and dates.
func TestSuggestions(t *testing.T) {
	b := newBench(saidPlant())
	b.press("o")
	b.typed("mart")
	assert.Contains(t, b.screen(), "owner> marta Ruiz")
	assert.Contains(t, b.screen(), "Tab completes Marta Ruiz")
	b.press("right", "enter")
	assert.Equal(t, "Marta Ruiz", b.here().Owner)

	b.press("4", "up")
	assert.Contains(t, b.screen(), "Bought, not built.")
	b.press("up")
	assert.Contains(t, b.screen(), "No video on these devices.")
	b.press("up", "up", "down", "down", "down")
	assert.Empty(t, b.m.prompt.text(), "back at what was typed, and the profile's own reason is none")
	b.typed("no")
	b.press("up", "enter")
	assert.Equal(t, "No video on these devices.", b.here().Reason)

	b.press("d", "tab")
	assert.Contains(t, b.screen(), "= 2027-03-31 (Wednesday, in 127 days)")
	b.press("enter")
	assert.Equal(t, "2027-03-31", b.here().Due)
	b.press("d", "ctrl+u")
	b.typed("2027-0")
	b.press("tab", "enter")
	assert.Equal(t, "2027-03-31", b.here().Due)

	b.press("e", "up", "enter")
	assert.Equal(t, []string{"https://wiki.example/pki"}, b.here().Evidence)
	b.press("n", "h", "tab", "up", "right", "x", "enter")
	assert.Equal(t, "hx", b.here().Note, "a note is one's own")
}

// Dates are accepted in many forms, shown as what they are taken for, and confirmed if they
// are in the past.
func TestDates(t *testing.T) {
	b := newBench(plant())
	b.press("3", "d")
	assert.Contains(t, b.screen(), "such as 31 Jan, +6w, friday, end of March")
	b.typed("end of march")
	assert.Contains(t, b.screen(), "= 2027-03-31 (Wednesday, in 127 days)")
	b.press("enter")
	assert.Equal(t, "2027-03-31", b.here().Due)
	assert.Contains(t, b.screen(), "due: 2027-03-31 (Wednesday, in 127 days)")

	say := func(text string) {
		b.press("ctrl+u")
		b.typed(text)
		b.press("enter")
	}
	b.press("d")
	say("3/4/2027")
	assert.Contains(t, b.screen(), `due: "3/4/2027" can be read as 2027-04-03 (3 April) and as`)
	say("2026-01-31")
	assert.Contains(t, b.screen(), "due: 2026-01-31 is in the past (Saturday, 297 days ago).")
	assert.Contains(t, b.screen(), "did you mean 2027-01-31?")
	assert.Equal(t, "2027-03-31", b.here().Due)
	say("31.1.2026")
	assert.Equal(t, "2026-01-31", b.here().Due, "the same again keeps it")
	b.press("d", "enter")
	assert.Nil(t, b.m.prompt, "it is there already")
	b.press("d", "ctrl+u", "enter")
	assert.Empty(t, b.here().Due)

	b.press("D")
	say("yesterday")
	say("+3m")
	assert.Equal(t, "2027-02-24", b.here().Deadline)

	b.press("w")
	for _, text := range []string{"Marta", "Ben", "later", "", "yesterday"} {
		say(text)
	}
	assert.Contains(t, b.screen(), "has no effect: today is 2026-11-24")
	say("next friday")
	v, _, _ := b.m.review.Waiver(b.m.practiceID())
	assert.Equal(t, "2026-12-04", v.Expires)
}

// Esc keeps typed text until it is entered or dropped; quitting warns of it and prints it.
func TestEscKeepsTypedText(t *testing.T) {
	b := newBench(plant())
	b.press("n")
	b.typed("two registers")
	b.press("esc")
	assert.Contains(t, b.screen(), "Not entered, but kept")
	b.press("down", "n")
	assert.Empty(t, b.m.prompt.text(), "it belongs to the other one")
	b.press("esc", "up", "n")
	assert.Equal(t, "two registers", b.m.prompt.text())
	assert.Contains(t, b.screen(), "Typed before and not entered.")
	b.press("esc", "q")
	b.settleAll()
	assert.False(t, b.quit)
	assert.Equal(t, "1 text typed and not entered: LABOPS01-BP01, note. q again leaves and prints it.", b.m.message)
	assert.Equal(t, "Not saved:\n  typed, LABOPS01-BP01, note: two registers\n", b.m.unenteredText())
	b.press("n", "enter", "3")
	assert.Equal(t, "two registers", b.here().Note)
	assert.Empty(t, b.m.pending)

	b.press("n", "x", "esc", "n")
	b.send(tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl})
	b.press("n")
	assert.Equal(t, "two registers", b.m.prompt.text(), "dropped on purpose")
	b.press("esc")
	assert.Empty(t, b.m.pending)

	// The five steps of a waiver.
	b.press("w")
	for _, text := range []string{"Marta", "Ben", "lat"} {
		b.typed(text)
		b.press("enter")
	}
	b.press("esc", "w", "enter", "enter")
	assert.Equal(t, "lat", b.m.prompt.text())
	b.typed("er")
	b.press("enter", "enter")
	b.typed("+6w")
	b.press("enter")
	v, _, _ := b.m.review.Waiver(b.m.practiceID())
	assert.Equal(t, "Ben later 2027-01-05", v.Approver+" "+v.Reason+" "+v.Expires)
	assert.Empty(t, b.m.pending)
}

// A text of the editor that is refused stays in the prompt.
func TestRefusedEditorTextStays(t *testing.T) {
	b := newBench(plant())
	b.press("n")
	p := b.m.prompt
	p.onEnter = func(string) error { return assert.AnError }
	b.send(editorDoneMsg{text: "from the editor\n", of: p})
	assert.Equal(t, p, b.m.prompt)
	assert.Equal(t, "from the editor", p.text())
	assert.Contains(t, b.screen(), assert.AnError.Error())
}

// A key changes who signs answers from then on.
func TestSpeaker(t *testing.T) {
	b := newBench(saidPlant())
	assert.Contains(t, b.screen(), "@Ana")
	b.press("1", "down", "@")
	assert.Contains(t, b.screen(), "Tab takes Ben")
	b.press("z", "tab", "enter", "1")
	assert.Equal(t, "Zoë", b.here().By)
	assert.Contains(t, b.screen(), "@Zoë")
	b.press("up")
	assert.Equal(t, "Ana", b.here().By)
	b.press("@", "enter")
	assert.Equal(t, "Zoë", b.m.speaker())
	b.press("@")
	b.typed("profile")
	b.press("enter")
	assert.Contains(t, b.screen(), "profile signs what the profile answers")
	b.press("ctrl+u", "-", "enter", "2")
	assert.Empty(t, b.here().By)
	assert.NotContains(t, b.screen(), "@Zoë")
}

// Evidence can be listed, corrected and removed, and each change undone.
func TestEvidence(t *testing.T) {
	b := newBench(plant())
	enter := func(text string) { b.typed(text); b.press("enter") }
	b.press("3", "e")
	enter("wiki")
	b.press("e")
	assert.Contains(t, b.screen(), "Evidence of LABOPS01-BP01")
	b.press("enter")
	enter("photo")
	assert.Equal(t, []string{"wiki", "photo"}, b.here().Evidence)
	b.press("up", "up", "enter")
	enter("/pki")
	assert.Equal(t, []string{"wiki/pki", "photo"}, b.here().Evidence)
	b.press("down", "x")
	assert.Equal(t, []string{"wiki/pki"}, b.here().Evidence)
	b.press("up", "enter", "ctrl+u", "enter")
	assert.Empty(t, b.here().Evidence)
	b.press("esc", "u", "u")
	assert.Equal(t, []string{"wiki/pki", "photo"}, b.here().Evidence)
}

// The same in the line review.
func TestTypingLineByLine(t *testing.T) {
	run := func(r *review.Review, lines ...string) (string, *bench) {
		b := newBench(r)
		var out strings.Builder
		require.NoError(t, (&Line{Session: b.m.Session, In: bufio.NewReader(strings.NewReader(strings.Join(lines, "\n") + "\n")), Out: &out}).Run())
		return out.String(), b
	}
	out, b := run(saidPlant(),
		"@", "@ Zoë", "3", "b", "o", "1", "d next friday", "d 2026-01-31", "d 2026-01-31", "d 03/04/2027", "e wiki", "e photo", "e 1 = wiki/pki", "e 2 -", "e 5 -", "e", "",
		"b", "4", "2", "b", "@-", "рудз")
	a := b.onDisk.Answers["LABOPS01-BP01"]
	assert.Equal(t, "Zoë", a.By)
	assert.Equal(t, "No video on these devices.", a.Reason)
	assert.Equal(t, "Marta Ruiz", a.Owner)
	assert.Equal(t, "2026-01-31", a.Due)
	assert.Equal(t, []string{"wiki/pki"}, a.History[len(a.History)-1].Evidence, "of the status before")
	for _, want := range []string{
		"The answers are signed Ana; @ NAME changes that", "    1 Marta Ruiz\n", "due: 2026-12-04 (Friday, in 10 days)",
		"due: 2026-01-31 is in the past (Saturday, 297 days ago).", `due: "03/04/2027" can be read as`, "there is no evidence 5",
		"  1 wiki/pki\n", "    2 No video on these devices.\n", "The answers have no name from here on.", "  g ID     go to a practice",
	} {
		assert.Contains(t, out, want)
	}
	out, _ = run(plant(), "й")
	assert.NotContains(t, out, "unknown key")
}
