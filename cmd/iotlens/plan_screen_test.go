//go:build unix

package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The room plans on the screen: what it pins, drops and moves holds for this session and
// the next, and a jump elsewhere does not end the plan.
func TestThePlanOnTheScreen(t *testing.T) {
	r := newRoom(t, plant)
	s := r.sit(80, 24, nil, "review", r.file, "--minutes", "40", "--today", "2026-11-24")
	s.sees("LABSEC01", "0 of 5 min here, 40 min left", "40 minutes planned")
	s.press("t")
	s.sees("Asked, in this order: 37 minutes", "Device identity [now, core]", "without a key of its own no device can be cut off alone", "p pin")
	s.press("<down>x")
	s.sees("Device clocks [core]")
	s.misses("Firmware updates [core]")
	s.press("<down><down>>")
	s.press("<esc>")
	s.misses("p pin")
	s.press("1<enter>")
	s.sees("LABREL01")

	// Elsewhere and back: Enter goes on with the plan.
	s.press("glabsus04<enter>")
	s.sees("BP01 Power devices", "LABINGEST01, LABPERF06")
	s.press("<enter><enter>")
	s.sees("LABREL01", "of 5 min here")
	s.press("f<space><enter>")
	s.sees("LABREL01", "of 5 min here")
	s.press("t")
	s.sees("Device clocks [now, core]")
	s.press("w")
	s.sees("Who is here?", "[ ] firmware lead")
	s.press("<down><down><space>")
	s.sees("[x] firmware lead")
	s.press("<enter>")
	s.sees("Asked, in this order")
	s.press("<end>")
	s.sees("Dropped by the room", "Firmware updates [core]")
	s.press("<enter>")
	s.misses("Esc back")
	s.press("q")
	s.ends(0)

	s = r.sit(80, 24, nil, "review", r.file, "--minutes", "20", "--today", "2026-11-24")
	s.sees("20 minutes planned", "LABREL01", "20 min left")
	s.press("t")
	s.press("<end>")
	s.sees("Dropped by the room", ">  10 min LABREL08   Firmware updates [core]", "What is not asked")
	s.press("x")
	s.misses("Dropped by the room")
	s.press("o")
	s.sees("goes through everything")
	s.press("<esc>")
	s.misses("Esc back")
	s.press("q")
	s.ends(0)
	assert.FileExists(t, r.file)

	// Nothing is offered where nothing fits.
	s = r.sit(80, 24, nil, "review", r.file, "--minutes", "1", "--only", "all", "--today", "2026-11-24")
	s.press("t")
	s.sees("1 minute is left", "No open question fits.")
	s.misses("Enter go")
	s.press("<enter>")
	s.sees("No open question fits; ")
	s.press("<esc>")
	s.misses("Esc back")
	s.press("q")
	s.ends(0)
}

// Reports that are there are not replaced by pressing Enter twice.
func TestTheSummaryReplacesNothingSilently(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.press("s")
	s.sees("Enter write the reports")
	s.press("<enter>")
	s.sees("Wrote plant.report.md and")
	s.press("<enter>")
	s.sees("already exist; y replaces")
	s.press("<enter>")
	s.sees("The reports were not written.")
	s.press("<enter>")
	s.sees("already exist; y replaces")
	s.press("y<enter>")
	s.sees("Wrote plant.report.md and")
	s.press("<esc>")
	s.misses("Esc back")
	s.press("q")
	s.ends(0)
}
