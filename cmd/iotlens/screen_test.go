//go:build unix

package main

import (
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// However the review ends, the terminal is restored, the exit code is the right
// one, every answer is on disk and no lock is left.
func TestEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(*seat)
		code int
	}{
		{"q", func(s *seat) { s.press("q") }, 0},
		{"ctrl+c", func(s *seat) { s.press("<ctrl+c>") }, 130},
		{"ctrl+c while typing", func(s *seat) { s.press("nhalf a no<ctrl+c>") }, 130},
		{"interrupt", func(s *seat) { require.NoError(s.t, s.term.Signal(syscall.SIGINT)) }, 130},
		{"terminate", func(s *seat) { require.NoError(s.t, s.term.Signal(syscall.SIGTERM)) }, 130},
		{"hang up", func(s *seat) { require.NoError(s.t, s.term.Signal(syscall.SIGHUP)) }, 130},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, plant)
			s := r.review(80, 24)
			s.sees("0 answers saved")
			s.press("3")
			s.sees("1 answer saved")
			c.end(s)
			s.ends(c.code)
			r.holds("LABOPS01-BP01:\n    status: not_implemented")
			assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.iotlens-session"))
		})
	}
}

// What is being typed is printed at an interrupt, so that it can be typed again; what was
// said before there is an answer is on disk.
func TestAnInterruptPrintsWhatIsLost(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	s.press("ntwo registers<enter>")
	s.sees("Kept, without an answer yet")
	s.press("oMarta<enter>")
	s.sees("owner: Marta")
	s.press("phalf a topic<ctrl+c>")
	s.sees("Not saved:\n  being typed, topic to park: half a topic")
	s.ends(130)
	r.holds("LABOPS01-BP01:\n    note: two registers\n    owner: Marta")
}

// The window is closed in the middle of an answer.
func TestTheWindowIsClosed(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(80, 24)
	s.sees("0 answers saved")
	s.press("3")
	s.sees("1 answer saved")
	require.NoError(t, s.term.HangUp())
	_, err := s.term.Exit()
	require.NoError(t, err)
	r.holds("LABOPS01-BP01:\n    status: not_implemented")
	assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.iotlens-session"))
}

// Ctrl+Z goes back to the shell; where there is none, it must not wait for ever.
func TestSuspend(t *testing.T) {
	t.Run("without a shell", func(t *testing.T) {
		r := newRoom(t, plant)
		s := r.review(80, 24)
		s.sees("0 answers saved")
		s.press("<ctrl+z>")
		s.sees("There is no shell here to go back to")
		s.press("q")
		s.ends(0)
	})
	t.Run("from a shell", func(t *testing.T) {
		r := newRoom(t, plant)
		program, err := exec.LookPath("iotlens")
		require.NoError(t, err)
		s := r.run(80, 24, exec.Command("bash", "--norc", "-i"), []string{"PS1=shell> "})
		s.sees("shell>")
		s.press(program + " review plant.review.yaml --theme dark\r")
		s.sees("0 answers saved")
		s.press("3")
		s.sees("1 answer saved")
		s.press("<ctrl+z>")
		s.sees("Stopped")
		assert.False(t, s.term.AltScreen())
		s.press("fg\r")
		s.sees("1 answer saved", "✗ not implemented")
		s.press("q")
		s.sees("Report: iotlens report plant.review.yaml")
		s.press("exit\r")
		s.ends(0)
	})
}

// A note of several lines is written in the user's editor, whose interrupts are its
// own affair.
func TestEditor(t *testing.T) {
	r := newRoom(t, plant)
	editor := filepath.Join(r.dir, "editor with a blank")
	require.NoError(t, os.WriteFile(editor, []byte("#!/bin/sh\ntrap '' INT\nkill -INT 0\nsleep 0.1\nprintf 'from %s\\nsecond line\\033[2J\\n' \"$1\" >\"$2\"\n"), 0o755))
	s := r.sit(80, 24, []string{"EDITOR='" + editor + "' the-editor"}, "review", "plant.review.yaml", "--today", "2026-11-24")
	s.sees("0 answers saved")
	s.press("3")
	s.sees("1 answer saved")
	s.press("n")
	s.sees("note>")
	s.press("<ctrl+e>")
	s.sees("note: from the-editor second line[2J")
	s.press("q")
	s.ends(0)
	r.holds("note: |-\n      from the-editor\n      second line[2J\n")
}

// An editor that is not there is named, with what to set, and what was typed stays.
func TestAnEditorThatIsMissing(t *testing.T) {
	r := newRoom(t, plant)
	s := r.sit(100, 24, []string{"EDITOR=no-such-editor --wait"}, "review", "plant.review.yaml", "--today", "2026-11-24")
	s.sees("0 answers saved")
	s.press("n")
	s.sees("note>")
	s.press("two registers<ctrl+e>")
	s.sees(`"no-such-editor --wait" (from EDITOR) was not found`, "EDITOR=nano", "note> two registers")
	s.press("<enter>")
	s.sees("note: two registers")
	s.press("q")
	s.ends(0)
	r.holds("note: two registers")
}

// Bubbles knows clipboard programs; none is ever started.
func TestNoClipboardProgramIsStarted(t *testing.T) {
	r := newRoom(t, plant)
	bin := t.TempDir()
	for _, name := range []string{"wl-copy", "wl-paste", "xclip", "xsel", "pbcopy", "pbpaste"} {
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\necho pasted\n: >'"+filepath.Join(bin, "started")+"'\n"), 0o755))
	}
	s := r.sit(80, 24, []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "WAYLAND_DISPLAY=wayland-0"}, "review", "plant.review.yaml", "--today", "2026-11-24")
	s.sees("0 answers saved")
	s.press("n")
	s.sees("note>")
	s.press("a<ctrl+v>b<enter>")
	s.sees("note: ab")
	s.press("qq")
	s.ends(0)
	assert.NoFileExists(t, filepath.Join(bin, "started"))
}

// The mouse goes to what it clicks, and the wheel walks.
func TestMouse(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(120, 28)
	s.sees("> BP01", "BP02", "LABOPS01-BP01", "c shows all", "0 answers saved", "q stop")
	line := strings.Count(strings.Split(s.term.Screen(), "BP02")[0], "\n")
	require.NoError(t, s.term.Click(10, line))
	s.sees("> BP02", "LABOPS01-BP02")
	require.NoError(t, s.term.Wheel(10, line, false))
	s.sees("> BP01")
	require.NoError(t, s.term.Wheel(100, line, true)) // over the card
	s.misses("LABOPS01-BP01")
	s.press("g")
	s.sees("LABSEC05", "Enter go there")
	line = strings.Count(strings.Split(s.term.Screen(), "LABSEC05")[0], "\n")
	require.NoError(t, s.term.Click(10, line))
	require.NoError(t, s.term.Click(10, line))
	s.sees("LABSEC05-BP01")
}

// A failed save is shown; the answer stays on the screen and is on
// disk once it can be.
func TestAFullDisk(t *testing.T) {
	r := newRoom(t, plant)
	disk := filepath.Join(r.dir, "disk") // that it goes away works for root, too
	away := disk + ".away"
	require.NoError(t, os.Mkdir(disk, 0o755))
	require.NoError(t, os.Rename(r.file, filepath.Join(disk, "plant.review.yaml")))
	r.file = filepath.Join(disk, "plant.review.yaml")
	s := r.sit(80, 24, nil, "review", r.file, "--today", "2026-11-24")
	s.sees("0 answers saved")
	require.NoError(t, os.Rename(disk, away))
	s.press("3")
	s.sees("NOT SAVED", "✗ not implemented")
	s.press("q")
	s.sees("Not saved, so the review is still open")
	require.NoError(t, os.Rename(away, disk))
	s.press("<down>1")
	s.sees("2 answers saved")
	s.press("q")
	s.ends(0)
	r.holds("LABOPS01-BP01:\n    status: not_implemented", "LABOPS01-BP02:\n    status: implemented")
}

// Line by line where a full screen would not do.
func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, env, flag string }{
		{name: "asked for", env: "TERM=xterm", flag: "--plain"},
		{name: "dumb terminal", env: "TERM=dumb"},
		{name: "screen reader", env: "ACCESSIBLE=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, plant)
			args := []string{"review", "plant.review.yaml", "--today", "2026-11-24"}
			if c.flag != "" {
				args = append(args, c.flag)
			}
			s := r.sit(80, 24, []string{c.env}, args...)
			s.sees("1 implemented  2 partly")
			assert.False(t, s.term.AltScreen())
			s.press("q\r")
			s.ends(0)
			assert.NotContains(t, string(s.term.Raw()), "\x1b", "the line review sends no escape sequence")
		})
	}
}

// Without colour nothing is coloured, and the cursor and every status are seen
// all the same.
func TestNoColor(t *testing.T) {
	for _, c := range []struct {
		name string
		env  []string
		args []string
	}{
		{"NO_COLOR", []string{"NO_COLOR=1", "COLORTERM=truecolor"}, nil},
		{"theme", []string{"COLORTERM=truecolor"}, []string{"--theme", "none"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, plant)
			s := r.sit(80, 24, c.env, append([]string{"review", "plant.review.yaml", "--today", "2026-11-24"}, c.args...)...)
			s.sees("0 answers saved")
			s.press("3")
			s.sees("1 answer saved", "> BP01", "✗ not implemented")
			s.press("m")
			s.sees("Layers and pillars")
			for _, row := range s.term.Cells() {
				for _, c := range row {
					require.True(t, c.Style.Fg == nil && c.Style.Bg == nil, "a cell is coloured: %+v", c)
				}
			}
		})
	}
}

// A file may hold marks of direction, joiners and wide characters, and people in a
// hurry may paste anything. None of it gets to the terminal as it is, and the
// layout holds.
func TestHostileFile(t *testing.T) {
	evil := strconv.QuoteToASCII("\u202eevil\u2066 \u200d\u2028 漢字 e\u0301\u0301 👩\u200d👧") // as YAML quotes it
	r := newRoom(t, strings.Replace(plant, "Plant telemetry", evil, 1)+"answers:\n  LABOPS01-BP01:\n    status: not_implemented\n    note: "+evil+"\n    owner: "+evil+"\nparked:\n  - topic: "+evil+"\n")
	s := r.review(80, 24)
	s.sees("<U+202E>evil", "1 answer saved")
	s.press("<up>")
	s.sees("漢字")
	s.press("n")
	s.sees("note>")
	s.press("\x1b[200~\x1b[2J\x1b]0;owned\x07 pasted\x1b[201~<enter>")
	s.misses("note>")
	for _, look := range [][2]string{{"c", "Card"}, {"s", "Summary"}, {"g", "Go to:"}} {
		s.press(look[0])
		s.sees(look[1])
	}
	s.press("<esc>")
	s.misses("Go to:")
	s.press("q")
	_, err := s.term.Exit()
	require.NoError(t, err)
	raw := string(s.term.Raw())
	for _, drives := range []string{"\u202e", "\u2066", "\u2028", "\u200d", "\x1b]0;owned", "\x07"} {
		assert.NotContains(t, raw, drives)
	}
}

// A terminal with sixteen colours is sent those, and none that it would have to
// guess at.
func TestFewColours(t *testing.T) {
	r := newRoom(t, plant)
	s := r.sit(80, 24, []string{"TERM=xterm"}, "review", "plant.review.yaml", "--today", "2026-11-24", "--theme", "dark")
	s.sees("0 answers saved")
	s.press("3")
	s.sees("1 answer saved")
	for _, row := range s.term.Cells() {
		for _, c := range row {
			for _, colour := range []color.Color{c.Style.Fg, c.Style.Bg} {
				_, basic := colour.(ansi.BasicColor)
				require.True(t, basic || colour == nil, "%T", colour)
			}
		}
	}
	assert.NotRegexp(t, `\x1b\[[0-9;]*[34]8;[25];`, string(s.term.Raw()))
}
