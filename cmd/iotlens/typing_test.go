//go:build unix

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The start is a form: it goes back, says what each value means, and keeps what was
// filled in however it ends.
func TestInitShowsForm(t *testing.T) {
	for _, c := range []struct {
		name       string
		cols, rows int
		env        []string
	}{
		{"80x24", 80, 24, nil},
		{"40x10", 40, 10, nil},
		{"no colour", 80, 24, []string{"NO_COLOR=1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, plant)
			r.file = filepath.Join(r.dir, "lamps.review.yaml")
			s := r.sit(c.cols, c.rows, c.env, "init", "lamps.review.yaml", "--today", "2026-11-24")
			s.sees("name>")
			s.press("<enter>")
			s.sees("a review needs a name")
			s.press("Lamps<enter>")
			s.sees("description>")
			s.press("<down>")
			s.sees("owner>")
			s.press("<up><up>")
			s.sees("name> Lamps")
			s.press("<enter><enter><enter>")
			s.sees("segment>")
			s.press("1<enter>")
			s.sees("stage>")
			s.press("<esc>")
			s.sees("wrote lamps.review.yaml", "facts open. To", "  iotlens profile lamps.review.yaml\n")
			s.ends(0)
			r.holds("name: Lamps\n  profile:\n    segment: consumer\n")

			// Later: it goes on where it was left, and Ctrl+C names what to set.
			s = r.sit(c.cols, c.rows, c.env, "profile", "lamps.review.yaml")
			s.sees("description>")
			s.press("Street lamps of a town<ctrl+c>")
			s.sees("nothing was changed; to set the answers", "Street lamps of a town")
			s.ends(130)
		})
	}
}

// Ctrl+C and the end of the window keep what was filled in of a new review.
func TestInitFormIsInterrupted(t *testing.T) {
	r := newRoom(t, plant)
	require.NoError(t, os.Remove(r.file))
	s := r.sit(80, 24, nil, "review", "lamps.review.yaml")
	s.sees("name>")
	s.press("Lamps<enter><down><down>2\x1b[1089;5u") // Ctrl+C on a Cyrillic layout
	s.sees("interrupted", "wrote lamps.review.yaml with the answers so far", "To continue: iotlens profile lamps.review.yaml")
	s.ends(130)
	r.file = filepath.Join(r.dir, "lamps.review.yaml")
	r.holds("name: Lamps", "segment: industrial")

	// The review opens once the form is through; its keys are those of the review.
	require.NoError(t, os.Remove(r.file))
	s = r.sit(80, 24, nil, "review", "lamps.review.yaml", "--theme", "dark")
	s.sees("name>")
	s.press("Lamps<enter>")
	s.sees("description>")
	s.press("<esc>")
	s.sees("0 answers saved", "1 implemented")
	s.press("3")
	s.sees("1 answer saved")
	s.press("q")
	s.ends(0)
	r.holds("status: not_implemented")

	// Where there is no full screen, the prompts.
	s = r.sit(80, 24, []string{"TERM=dumb"}, "init", "b.review.yaml")
	s.sees("Name of the workload>")
	s.press("<ctrl+c>")
	s.ends(130)
	assert.NoFileExists(t, filepath.Join(r.dir, "b.review.yaml"))
}

// A terminal with the kitty keyboard protocol sends Ctrl+C on a Cyrillic layout as that
// of its own letter, with or without the key of a US keyboard; others send plain letters.
func TestKeyboardLayouts(t *testing.T) {
	for name, interrupt := range map[string]string{
		"Cyrillic": "\x1b[1089;5u", "Cyrillic with the base": "\x1b[1089::99;5u", "Greek": "\x1b[968;5u", "Hebrew": "\x1b[1489;5u", "Dvorak": "\x1b[99::105;5u",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, plant)
			s := r.review(80, 24)
			s.sees("0 answers saved")
			s.press("щ") // o
			s.sees("owner>")
			s.press("Оля<enter>")
			s.sees("owner: Оля")
			s.press("3")
			s.sees("1 answer saved")
			s.press(interrupt)
			s.ends(130)
			r.holds(`owner: "Оля"`)
		})
	}
}

// What was typed and not entered is printed where the review ends without it.
func TestLeavingPrintsWhatWasTyped(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	s.press("ptwo registers<esc>")
	s.sees("Not entered, but kept")
	s.press("q")
	s.sees("1 text typed and not entered")
	s.press("q")
	s.sees("typed, LABOPS01-BP01, topic to park: two registers")
	s.ends(0)
}
