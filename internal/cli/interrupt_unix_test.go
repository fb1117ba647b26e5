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

// An interrupt in the middle of a line ends the review with 130, keeps every
// answer and leaves no lock behind.
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
	_, err := io.WriteString(typed, "3 two registers\nn waits for a status\nhalf a li")
	require.NoError(t, err)
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "Kept until the status is set") }, 10*time.Second, time.Millisecond)

	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGINT))
	assert.Equal(t, cli.Interrupted, <-exit)
	assert.Equal(t, "\ninterrupted\nNot saved:\n  LABOPS01-BP02, note: waits for a status\n", errs.String())
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(data), "note: two registers")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}
