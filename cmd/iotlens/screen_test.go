//go:build unix

package main

import (
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/ptytest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plant is a review as it begins.
const plant = `schema: 1
lens: aws-iot
lens_version: 2025-07-02
workload:
  name: Plant telemetry
`

// A room is a folder with a review in it, and the programs that run there.
type room struct {
	t    *testing.T
	dir  string
	file string
	size string // in the names of goldens
}

func newRoom(t *testing.T, review string) *room {
	r := &room{t: t, dir: t.TempDir()}
	r.file = filepath.Join(r.dir, "plant.review.yaml")
	require.NoError(t, os.WriteFile(r.file, []byte(review), 0o644))
	return r
}

// A seat is a program on a terminal in a room.
type seat struct {
	*room
	term *ptytest.Term
}

// sit starts iotlens. env are further variables of the environment.
func (r *room) sit(cols, rows int, env []string, args ...string) *seat {
	r.t.Helper()
	program, err := exec.LookPath("iotlens") // of TestMain: the program as it is, with the race detector if the test has it
	require.NoError(r.t, err)
	cmd := exec.Command(program, args...)
	cmd.Dir = r.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "XDG_CACHE_HOME=" + filepath.Join(r.dir, ".cache"), "LANG=C.UTF-8"}, env...)
	term, err := ptytest.Start(cmd, cols, rows)
	require.NoError(r.t, err)
	r.t.Cleanup(term.Close)
	r.size = fmt.Sprintf("%dx%d", cols, rows)
	return &seat{r, term}
}

// review starts the full screen on the review of the room.
func (r *room) review(cols, rows int) *seat {
	return r.sit(cols, rows, nil, "review", "plant.review.yaml", "--by", "Ana", "--today", "2026-11-24", "--theme", "dark")
}

func (s *seat) press(keys string) {
	s.t.Helper()
	require.NoError(s.t, s.term.Type(keys))
}

// sees waits until the screen shows each of some texts.
func (s *seat) sees(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		err := s.term.Wait(func(screen string) bool { return strings.Contains(screen, text) })
		require.NoError(s.t, err, "waiting for %q", text)
	}
}

// misses waits until the screen no longer shows a text.
func (s *seat) misses(text string) {
	s.t.Helper()
	err := s.term.Wait(func(screen string) bool { return !strings.Contains(screen, text) })
	require.NoError(s.t, err, "waiting for %q to go", text)
}

// golden waits until the screen is that of a file. UPDATE_GOLDEN=1 writes it.
func (s *seat) golden(name string) {
	s.t.Helper()
	file := filepath.Join("../../testdata/screens", name+"-"+s.size+".golden")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		s.term.Settle(time.Second)
		require.NoError(s.t, os.WriteFile(file, []byte(s.term.Screen()), 0o644))
	}
	data, err := os.ReadFile(file)
	require.NoError(s.t, err)
	if err := s.term.Wait(func(screen string) bool { return screen == string(data) }); err != nil {
		assert.Equal(s.t, string(data), s.term.Screen(), "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./cmd/iotlens", file)
		s.t.FailNow()
	}
}

// ends waits for the end of the program, which must leave the screen as it was.
func (s *seat) ends(code int) {
	s.t.Helper()
	got, err := s.term.Exit()
	require.NoError(s.t, err)
	require.Equal(s.t, code, got, "exit code; the screen is:\n%s", s.term.Screen())
	require.False(s.t, s.term.AltScreen(), "the screen was not given back")
}

// holds wants texts in the review file.
func (r *room) holds(texts ...string) {
	r.t.Helper()
	data, err := os.ReadFile(r.file)
	require.NoError(r.t, err)
	for _, text := range texts {
		assert.Contains(r.t, string(data), text)
	}
}

// saved is how many answers the footer says are on disk.
func saved(n int) func(string) bool {
	pattern := regexp.MustCompile(fmt.Sprintf(`(?m)\b%d (answers? )?saved$`, n))
	return pattern.MatchString
}

func (s *seat) saves(n int) {
	s.t.Helper()
	require.NoError(s.t, s.term.Wait(saved(n)), "waiting for %d answers on disk", n)
}

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

	// The first finding, with all that is said of it.
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
	s.sees("due (YYYY-MM-DD)>")
	s.press("2026-13-01<enter>")
	s.sees("2026-13-01\" is no")
	s.press("<ctrl+u>2027-01-31<enter>")
	s.misses("due (YYYY-MM-DD)>")
	s.press("e")
	s.sees("evidence>")
	s.press("https://wiki.example/registers<enter>")
	s.golden("02-answered")
	r.holds("IOTOPS01-BP01:\n    status: not_implemented\n    note: two registers, one per plant", "owner: Marta", "due: 2027-01-31", "by: Ana")

	// The next ones; a topic is parked; undo goes back over all of it, redo forward.
	s.press("<enter>1")
	s.saves(2)
	s.press("p")
	s.sees("topic to park>")
	s.press("ask legal about the Data Act<enter>")
	s.sees("who takes it up")
	s.press("Bo<enter>")
	s.sees("Parked: ask legal")
	s.press("<tab>")
	s.sees("IOTSEC01")
	s.press("5")
	s.saves(3)
	s.press("u")
	s.saves(2)
	s.press("uu")
	s.sees("Taken back: the parked topic")
	s.press("u")
	s.saves(1)
	s.sees("IOTOPS01")
	s.press("rrr")
	s.saves(2)
	s.press("r")
	s.saves(3)
	s.sees("IOTSEC01")
	r.holds("topic: ask legal about the Data Act", "owner: Bo", "IOTSEC01-BP01:\n    status: cannot_determine")

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
	s.press("iotrel08")
	s.golden("06-narrowed")
	s.press("<enter>")
	s.sees("IOTREL08")
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
	s.sees("IOTSEC01")
	s.golden("12-filtered")
	s.press("f<space><enter>")
	s.sees("186 best practices")
	s.press("t")
	s.sees("minutes for this session")
	s.press("45<enter>")
	s.golden("13-time")
	s.press("<esc>")
	s.misses("minutes are left")

	// The window changes while the room works.
	require.NoError(t, s.term.Resize(64, 20))
	s.golden("14-resized")
	require.NoError(t, s.term.Resize(20, 5))
	s.sees("This window is too")
	require.NoError(t, s.term.Resize(cols, rows))
	s.misses("This window is too")

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
	s.press("iotsec01<enter>")
	s.misses("Go to:")
	s.press("q")
	s.ends(0)
	s.sees("Report: iotlens report plant.review.yaml")
	r.holds("ask legal", "no third party touches a device")
	assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.lock"))

	// The next morning: the same question, the same filter. Somebody else looks.
	s = r.review(cols, rows)
	s.sees("IOTSEC01")
	s.press("<up><down>")
	s.golden("16-resumed")
	other := r.review(cols, rows)
	other.sees("another iotlens is at", "Look at it read-only?")
	other.press("y\r")
	other.sees("read only")
	other.press("1")
	other.sees("Read only: ")
	other.press("<right>c")
	other.sees("Card")
	other.press("<esc>")
	other.misses(" Card ")
	other.press("q")
	other.ends(0)
	s.press("2")
	s.sees("~ partially implemented")
	s.press("q")
	s.ends(0)
	r.holds("IOTSEC01-BP01:\n    status: partially_implemented", "history:\n      - status: cannot_determine")
}

// However the review ends, the terminal is given back, the exit code says how it
// was, every answer is on disk and no lock is left.
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
			r.holds("IOTOPS01-BP01:\n    status: not_implemented")
			assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.lock"))
		})
	}
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
	r.holds("IOTOPS01-BP01:\n    status: not_implemented")
	assert.NoFileExists(t, filepath.Join(r.dir, ".plant.review.yaml.lock"))
}

// A note of several lines is written in the user's editor.
func TestEditor(t *testing.T) {
	r := newRoom(t, plant)
	editor := filepath.Join(r.dir, "editor with a blank")
	require.NoError(t, os.WriteFile(editor, []byte("#!/bin/sh\nprintf 'from %s\\nsecond line\\033[2J\\n' \"$1\" >\"$2\"\n"), 0o755))
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

// The mouse goes to what it clicks, and the wheel walks.
func TestMouse(t *testing.T) {
	r := newRoom(t, plant)
	s := r.review(120, 40)
	s.sees("> BP01", "BP02", "IOTOPS01-BP01", "c shows all", "0 answers saved", "q stop")
	line := strings.Count(strings.Split(s.term.Screen(), "BP02")[0], "\n")
	require.NoError(t, s.term.Click(10, line))
	s.sees("> BP02", "IOTOPS01-BP02")
	require.NoError(t, s.term.Wheel(10, line, false))
	s.sees("> BP01")
	require.NoError(t, s.term.Wheel(100, line, true)) // over the card
	s.misses("IOTOPS01-BP01")
	s.press("g")
	s.sees("IOTOPS05", "Enter go there")
	line = strings.Count(strings.Split(s.term.Screen(), "IOTOPS05")[0], "\n")
	require.NoError(t, s.term.Click(10, line))
	require.NoError(t, s.term.Click(10, line))
	s.sees("IOTOPS05-BP01")
}

// A disk that can't be written is said; the answer stays on the screen and is on
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
	r.holds("IOTOPS01-BP01:\n    status: not_implemented", "IOTOPS01-BP02:\n    status: implemented")
}

// Line by line where a full screen would not do.
func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, env, flag string }{
		{"asked for", "TERM=xterm", "--plain"}, {"dumb terminal", "TERM=dumb", ""}, {"screen reader", "ACCESSIBLE=1", ""},
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
	r := newRoom(t, strings.Replace(plant, "Plant telemetry", evil, 1)+"answers:\n  IOTOPS01-BP01:\n    status: not_implemented\n    note: "+evil+"\n    owner: "+evil+"\nparked:\n  - topic: "+evil+"\n")
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
