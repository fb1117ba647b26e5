//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A screen is output that can be read while it is written.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// An interrupt in the middle of a line ends the review with 130, keeps every answer and
// note, and leaves no lock behind.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "plant.review.yaml")
	require.NoError(t, os.WriteFile(file, []byte("schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload:\n  name: Plant\n"), 0o644))
	in, typed := io.Pipe()
	var out, errs screen
	exit := make(chan cli.Exit)
	go func() {
		exit <- cli.Main([]string{"review", file}, cli.IO{In: in, Out: &out, Err: &errs, Lens: testlens.Lens(), Now: time.Now})
	}()
	_, err := io.WriteString(typed, "3 two registers\nn waits for a status\n")
	require.NoError(t, err)
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "Kept, without an answer yet") }, 10*time.Second, time.Millisecond)
	_, err = io.WriteString(typed, "half a li")
	require.NoError(t, err)

	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGINT))
	assert.Equal(t, cli.Interrupted, <-exit)
	assert.Equal(t, "\ninterrupted\n", errs.String())
	f, err := review.Load(file, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, "two registers", f.Review.Answers["LABOPS01-BP01"].Note)
	assert.Equal(t, "waits for a status", f.Review.UnansweredDetails["LABOPS01-BP02"].Note)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

// An interrupt during prompts loses no answer: init saves the answers so far, and profile
// prints the command that sets them.
func TestInterruptAmidPrompts(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "lamps.review.yaml")
	interrupt := func(args []string, typed, seen string) string {
		in, keys := io.Pipe()
		var out, errs screen
		exit := make(chan cli.Exit)
		go func() {
			exit <- cli.Main(args, cli.IO{In: in, Out: &out, Err: &errs, StdinTTY: true, Lens: testlens.Lens(), Now: time.Now})
		}()
		_, err := io.WriteString(keys, typed)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return strings.Contains(out.String(), seen) }, 10*time.Second, time.Millisecond)
		require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGINT))
		assert.Equal(t, cli.Interrupted, <-exit)
		return errs.String()
	}
	said := interrupt([]string{"init", file}, "Lamps\n\n\nconsumer\n", "Stage of the product>")
	assert.Contains(t, said, "with the answers so far\nTo continue: iotlens profile "+file)
	f, err := review.Load(file, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, "consumer", f.Review.Workload.Profile.Segment)

	before, err := os.ReadFile(file)
	require.NoError(t, err)
	said = interrupt([]string{"profile", file}, "Street lamps of a town\n\npilot\n1-2\n", "Protocols (numbers or words, with commas)>")
	assert.Contains(t, said, "nothing was changed; to set the answers so far:\n  iotlens profile "+file+" --description 'Street lamps of a town' --stage pilot --device-class mcu,mpu\n")
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}
