package session_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/session"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var somewhere = interview.ResumePoint{
	Practice: "IOTSEC10-BP02",
	Filter:   interview.Filter{Scope: review.Scope{Pillars: []string{"security"}}, Severity: "high", Only: interview.OnlyFindings},
}

func TestPutAndGet(t *testing.T) {
	dir := t.TempDir()
	s := session.NewStore(filepath.Join(dir, "made", "when needed"))
	file := filepath.Join(dir, "plant.review.yaml")
	_, ok := s.Get(file)
	assert.False(t, ok, "nothing is known at first")
	s.Put(file, somewhere)
	got, ok := s.Get(file)
	assert.True(t, ok)
	assert.Equal(t, somewhere, got)
	_, ok = s.Get(filepath.Join(dir, "other.review.yaml"))
	assert.False(t, ok, "each review has its own")

	t.Chdir(dir)
	got, ok = s.Get("plant.review.yaml")
	assert.True(t, ok, "however the file is named")
	assert.Equal(t, somewhere, got)
}

func TestBrokenFileCountsAsMissing(t *testing.T) {
	dir := t.TempDir()
	s := session.NewStore(dir)
	s.Put("plant.review.yaml", somewhere)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Len(t, files, 1, "nothing else is left behind")
	for _, content := range []string{"", "{", "[]", `{"version":2}`, `{"version":1,"review":"/elsewhere","place":{"practice":"x"}}`} {
		require.NoError(t, os.WriteFile(files[0], []byte(content), 0o600))
		_, ok := s.Get("plant.review.yaml")
		assert.False(t, ok, content)
	}
	s.Put("plant.review.yaml", somewhere)
	_, ok := s.Get("plant.review.yaml")
	assert.True(t, ok, "and is replaced by the next")
}

func TestErrorsAreIgnored(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for _, s := range []session.Store{{}, session.NewStore(filepath.Join(file, "below"))} {
		s.Put("plant.review.yaml", somewhere)
		_, ok := s.Get("plant.review.yaml")
		assert.False(t, ok)
	}
}

func TestRecorderWritesOnlyMoves(t *testing.T) {
	dir := t.TempDir()
	k := session.NewStore(dir).Recorder("plant.review.yaml")
	k.Record(somewhere)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.NoError(t, os.Remove(files[0]))
	k.Record(somewhere)
	_, ok := session.NewStore(dir).Get("plant.review.yaml")
	assert.False(t, ok, "the same place is not written again")
	k.Record(interview.ResumePoint{Practice: "IOTSEC10-BP03", Filter: somewhere.Filter})
	got, ok := session.NewStore(dir).Get("plant.review.yaml")
	assert.True(t, ok)
	assert.Equal(t, "IOTSEC10-BP03", got.Practice)
}
