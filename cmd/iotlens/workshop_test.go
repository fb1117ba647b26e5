//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A workshop from the first answer to the next morning, in three windows: on a
// laptop, on a projector, and in a corner of a shared screen.
func TestWorkshop(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 10}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			workshop(t, size[0], size[1])
		})
	}
}

func workshop(t *testing.T, cols, rows int) {
	r := newRoom(t, plant)
	s := r.review(cols, rows)
	s.golden("01-start")

	// The first finding, with its details.
	s.press("3")
	s.saves(1)
	s.press("n")
	s.sees("note>")
	s.press("two registers, one per plant<enter>")
	s.sees("note: two registers")
	s.press("o")
	s.sees("owner>")
	s.press("Marta<enter>")
	s.press("d")
	s.sees("due>")
	s.press("2026-13-01<enter>")
	s.sees("there is no month 13")
	s.press("<ctrl+u>31 jan")
	if rows >= 10 {
		s.sees("= 2027-01-31 (Sunday, in")
	}
	s.press("<enter>")
	s.misses("due>")
	s.press("e")
	s.sees("evidence>")
	s.press("https://wiki.example/registers<enter>")
	s.golden("02-answered")
	r.holds("LABOPS01-BP01:\n    status: not_implemented\n    note: two registers, one per plant", "owner: Marta", "due: 2027-01-31", "by: Ana")

	// The next ones; a topic is parked; undo goes back over all of it, redo forward.
	s.press("<enter>1")
	s.saves(2)
	s.press("p")
	s.sees("topic to park>")
	s.press("ask legal about the Data Act<enter>")
	s.sees("owner of the topic")
	s.press("Bo<enter>")
	s.sees("Parked: ask legal")
	s.press("<tab>")
	s.sees("LABSEC01")
	s.press("5")
	s.saves(3)
	s.press("u")
	s.saves(2)
	s.press("uu")
	s.sees("Undone: the parked topic")
	s.press("u")
	s.saves(1)
	s.sees("LABOPS01")
	s.press("rrr")
	s.saves(2)
	s.press("r")
	s.saves(3)
	s.sees("LABSEC01")
	r.holds("topic: ask legal about the Data Act", "owner: Bo", "LABSEC01-BP01:\n    status: cannot_determine")

	// What doesn't apply has a reason.
	s.press("<down>4")
	s.sees("does it not apply")
	s.press("<enter>")
	s.sees("needs a reason")
	s.press("no third party touches a device<enter>")
	s.saves(4)
	s.golden("03-excused")

	// Looking around.
	s.press("/")
	s.sees("Search:")
	s.press("certificate rot")
	s.golden("04-search")
	s.press("<esc>")
	s.misses("Search:")
	s.press("g")
	s.golden("05-questions")
	s.press("labrel08")
	s.golden("06-narrowed")
	s.press("<enter>")
	s.sees("LABREL08")
	s.press("c")
	s.golden("07-card")
	s.press("a")
	s.golden("08-notes")
	s.press("m")
	s.golden("09-map")
	s.press("?")
	s.golden("10-keys")
	s.press("<esc>")
	s.misses("Keys")

	// Only findings; then what to do when the time is short.
	s.press("f")
	s.sees("Walk only through:")
	s.press("<down><down><space>")
	s.golden("11-filter")
	s.press("<enter>")
	s.sees("LABSEC01")
	s.golden("12-filtered")
	s.press("f<space><enter>")
	s.sees("31 best practices")
	s.press("t")
	s.sees("minutes for this session")
	s.press("45<enter>")
	s.golden("13-time")
	s.press("<esc>")
	s.misses("Asked, in this order")

	// The window changes while the room works.
	require.NoError(t, s.term.Resize(64, 20))
	s.golden("14-resized")
	require.NoError(t, s.term.Resize(20, 5))
	s.sees("Too small: the")
	require.NoError(t, s.term.Resize(cols, rows))
	s.misses("Too small: the")

	// The summary writes the reports.
	s.press("s")
	s.golden("15-summary")
	s.press("<enter>")
	s.sees("Wrote plant.report.md and")
	for _, name := range []string{"plant.report.md", "plant.report.json"} {
		info, err := os.Stat(filepath.Join(r.dir, name))
		require.NoError(t, err)
		assert.Positive(t, info.Size())
	}
	s.press("<esc>")
	s.misses("Summary")
	s.press("f<down><down><space><enter>")
	s.sees("2 best practices to")
	s.press("g")
	s.sees("Go to:")
	s.press("labsec01<enter>")
	s.misses("Go to:")
	s.press("q")
	s.ends(0)
	s.sees("Report: iotlens report plant.review.yaml")
	r.holds("ask legal", "no third party touches a device")
	assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.iotlens-session"))

	// The next morning: the same question, the same filter. Somebody else looks.
	s = r.review(cols, rows)
	s.sees("LABSEC01")
	s.press("<up><down>")
	s.golden("16-resumed")
	other := r.review(cols, rows)
	other.sees("is also open elsewhere", "Open it read-only?")
	other.press("y\r")
	other.sees("as of ")
	other.press("1")
	other.sees("Read only: ")
	other.press("<right>c")
	other.sees("Card")
	other.press("<esc>")
	other.misses("\n Card")
	other.press("q")
	other.ends(0)
	s.press("2")
	s.sees("~ partially implemented")
	s.press("q")
	s.ends(0)
	r.holds("LABSEC01-BP01:\n    status: partially_implemented", "history:\n      - status: cannot_determine")
}
