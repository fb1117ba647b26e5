//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// replace changes the review file as an editor does.
func (r *room) replace(old, with string) {
	r.t.Helper()
	data, err := os.ReadFile(r.file)
	require.NoError(r.t, err)
	require.Contains(r.t, string(data), old)
	require.NoError(r.t, os.WriteFile(r.file, []byte(strings.Replace(string(data), old, with, 1)), 0o644))
}

// The file is edited, put back to what it was and removed while a session writes it: each
// is noticed without a key, nothing that was said is lost, and the farewell counts what is
// on disk.
func TestFileChangesDuringSession(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.press("3")
	s.saves(1)
	r.replace("answers:", "# by hand\nanswers:\n  LABSEC01-BP01: {status: implemented, by: Ben, x-ticket: OT-12}")
	s.sees("Changed by somebody else and taken in: LABSEC01-BP01.")
	s.saves(2)
	s.press("<right>2")
	s.saves(3)
	r.holds("# by hand", "x-ticket: OT-12", "LABOPS01-BP01:\n    status: not_implemented")

	require.NoError(t, os.WriteFile(r.file, []byte(plant), 0o644)) // as git checkout does
	s.sees("The file had lost 3 entries, which it has again")
	s.saves(3)
	s.press("n")
	s.sees("note>")
	s.press("said after the checkout<enter>")
	s.press("<down>1")
	s.saves(4)

	require.NoError(t, os.Remove(r.file))
	s.sees("The file was gone and was written anew.")
	s.press("g")
	s.sees("Go to:")
	s.press("labrel01<enter>")
	s.misses("Go to:")
	s.press("n")
	s.sees("note>")
	s.press("before any answer<enter>")
	s.sees("note: before any answer")
	require.NoError(t, os.Remove(r.file))
	s.press("q")
	s.ends(0)
	s.sees("4 of 31 answered, ", "in plant.review.yaml.", "Details of 1 best practice without an answer yet")
	r.holds("LABSEC01-BP01:\n    status: implemented", "LABOPS01-BP01:\n    status: not_implemented", "said after the checkout", "unanswered:\n", "note: before any answer")

	// The next morning what has no answer is shown again.
	s = r.review(80, 24)
	s.sees("note: before any answer", "not answered yet")
	s.press("q")
	s.ends(0)
}

// What was changed here and by hand is asked, with both values.
func TestScreenPromptsForConflict(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.press("3")
	s.saves(1)
	r.replace("status: not_implemented", "status: implemented")
	s.sees("Changed here and by somebody else", "LABOPS01-BP01, status", `in this session: "not implemented" (Ana 2026-11-24)`, `in the file: "implemented"`)
	s.press("o")
	s.misses("Changed here and by somebody else")
	s.sees("✗ not implemented")
	s.press("q")
	s.ends(0)
	r.holds("LABOPS01-BP01:\n    status: not_implemented")
}

// A file with the marks of a merge conflict takes nothing: what is said goes to a file
// beside it, which is named at once and at the end, and comes back with one command.
func TestFileBreaksDuringSession(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.press("3")
	s.saves(1)
	require.NoError(t, os.WriteFile(r.file, []byte("<<<<<<< HEAD\n"+plant+"=======\n"+plant+">>>>>>> other\n"), 0o644))
	s.sees("NOT SAVED", "plant.review.rescue.yaml")
	s.press("<right>2")
	s.sees("~ partially implemented")
	s.press("q")
	s.sees("Not saved, so the review is still open")
	s.press("q")
	s.ends(2)
	s.sees("The unsaved changes are in plant.review.rescue.yaml.", "iotlens import plant.review.yaml plant.review.rescue.yaml", "2 of 31 answered, ", "in plant.review.rescue.yaml.")

	require.NoError(t, os.WriteFile(r.file, []byte(plant), 0o644))
	again := r.sit(80, 24, nil, "import", "plant.review.yaml", "plant.review.rescue.yaml", "--yes")
	again.ends(0)
	r.holds("LABOPS01-BP01:\n    status: not_implemented", "status: partially_implemented")
}

// Another session follows the one that writes, in its place and with its answers.
func TestASessionIsFollowed(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	other := r.sit(80, 24, nil, "review", "plant.review.yaml", "--follow", "--theme", "dark")
	other.sees("LABOPS01", "as of ")
	s.press("3")
	s.saves(1)
	other.sees("1 of 31 answered", "taken in: LABOPS01-BP01")
	s.press("<tab>")
	s.sees("LABSEC01")
	other.sees("LABSEC01")
	other.press("1")
	other.sees("Read only: ")
	other.press("<right>")
	other.sees("F goes back to the place")
	s.press("<tab>")
	s.sees("LABREL01")
	other.press("F")
	other.sees("LABREL01")
	s.press("q")
	s.ends(0)
	require.NoError(t, os.Rename(r.file, r.file+".away"))
	other.sees("no such file", "Shown is the review as of")
	require.NoError(t, os.Rename(r.file+".away", r.file))
	other.misses("no such file")
	other.press("q")
	other.ends(0)
	left, err := filepath.Glob(filepath.Join(r.dir, ".*iotlens*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

// Line by line what others do is shown while nobody types.
func TestASessionIsFollowedLineByLine(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	other := r.sit(80, 24, nil, "review", "plant.review.yaml", "--follow", "--plain")
	other.sees("follow goes to the place", "LABOPS01-BP01")
	s.press("3")
	s.saves(1)
	other.sees("taken in: LABOPS01-BP01", "so far: not implemented")
	s.press("<tab>")
	s.sees("LABSEC01")
	other.sees("LABSEC01-BP01")
	other.press("help\r")
	other.sees("go where the others are")
	other.misses("park a topic")
	other.press("g labrel01\r")
	other.sees("You look around on your own")
	s.press("<tab>4")
	s.sees("why does it not apply")
	s.press("no clocks<enter>")
	s.saves(2)
	other.press("follow\r")
	other.sees("reason: no clocks")
	other.press("q\r")
	other.ends(0)
	s.press("q")
	s.ends(0)
}

// Text that a terminal pastes without saying so answers nothing.
func TestPasteIsNotAnAnswer(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	s.press("2\rb\r4 keys are stored in 1 place.\rq\r")
	s.sees("as from a paste")
	s.press("<right>1")
	s.saves(1)
	s.press("q")
	s.ends(0)
	r.holds("LABOPS03-BP01:\n    status: implemented")
}
