//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plant is a review as it begins.
const plant = `schema: 1
lens: lab-iot
lens_version: 2026-01-15
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
	term *terminal
}

// sit starts iotlens. env are further variables of the environment.
func (r *room) sit(cols, rows int, env []string, args ...string) *seat {
	r.t.Helper()
	program, err := exec.LookPath("iotlens") // of TestMain: the program as it is, with the race detector if the test has it
	require.NoError(r.t, err)
	return r.run(cols, rows, exec.Command(program, args...), env)
}

func (r *room) run(cols, rows int, cmd *exec.Cmd, env []string) *seat {
	r.t.Helper()
	cmd.Dir = r.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "XDG_CACHE_HOME=" + filepath.Join(r.dir, ".cache"), "LANG=C.UTF-8", testLens + "=" + testlens.Dir()}, env...)
	term, err := startTerminal(cmd, cols, rows)
	require.NoError(r.t, err)
	r.t.Cleanup(term.Close)
	r.size = fmt.Sprintf("%dx%d", cols, rows)
	return &seat{r, term}
}

// review starts the full screen on the review of the room.
func (r *room) review(cols, rows int) *seat {
	return r.sit(cols, rows, nil, "review", "plant.review.yaml", "--by", "Ana", "--today", "2026-11-24", "--theme", "dark")
}

// press types keys as a person does: not so soon after the last ones that both count as
// pasted.
func (s *seat) press(keys string) {
	s.t.Helper()
	time.Sleep(40 * time.Millisecond)
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

// saved matches a footer with a number of answers on disk.
func saved(n int) func(string) bool {
	pattern := regexp.MustCompile(fmt.Sprintf(`(?m)\b%d (answers? )?saved$`, n))
	return pattern.MatchString
}

func (s *seat) saves(n int) {
	s.t.Helper()
	require.NoError(s.t, s.term.Wait(saved(n)), "waiting for %d answers on disk", n)
}
