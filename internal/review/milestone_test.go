package review_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMilestonePath(t *testing.T) {
	for _, c := range []struct{ file, name, want string }{
		{"plant.review.yaml", "Before launch", "milestones/plant/2026-11-24-before-launch.yaml"},
		{"a/b.yaml", "v1.0 / RC", "a/milestones/b/2026-11-24-v1-0-rc.yaml"},
		{"plant.review.yml", "Überprüfung", "milestones/plant/2026-11-24-überprüfung.yaml"},
		{"plant.review.yaml", "../../etc", "milestones/plant/2026-11-24-etc.yaml"},
		{"plant.review.yaml", "...", "milestones/plant/2026-11-24-milestone-ab5df625.yaml"},
	} {
		assert.Equal(t, filepath.FromSlash(c.want), review.MilestonePath(filepath.FromSlash(c.file), "2026-11-24", c.name))
	}
}

func withHistory(t *testing.T, dir string) *review.File {
	f := newFile(t, dir)
	f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, By: "Ana", At: "2026-11-23"})
	f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.NotImplemented, By: "Ben", At: "2026-11-24"})
	require.NoError(t, f.Save())
	return f
}

func readFile(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestTakeMilestone(t *testing.T) {
	f := withHistory(t, t.TempDir())
	require.NoError(t, os.WriteFile(f.Path, []byte("# by hand\n"+readFile(t, f.Path)), 0o644))
	f, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	before := readFile(t, f.Path)

	m := review.Milestone{Name: "Before launch", At: "2026-11-24T10:00:00Z", By: "Ana"}
	path, err := f.TakeMilestone(m, "2026-11-24")
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(before, "lens_version: 2026-01-15\n",
		"lens_version: 2026-01-15\nlens_revision: 1\nmilestone:\n  name: Before launch\n  at: 2026-11-24T10:00:00Z\n  by: Ana\n", 1), readFile(t, path), "the copy says all that the review said, and which revision was asked")
	assert.NotContains(t, readFile(t, f.Path), "history")
	assert.Contains(t, readFile(t, f.Path), "# by hand")
	assert.Empty(t, f.Review.Answers["LABSEC01-BP01"].History)

	frozen, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, m, frozen.Review.Milestone)
	assert.Len(t, frozen.Review.Answers["LABSEC01-BP01"].History, 1)
	frozen.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented})
	require.ErrorIs(t, frozen.Save(), review.ErrFrozen)
	_, err = frozen.TakeMilestone(m, "2026-11-25")
	require.ErrorIs(t, err, review.ErrFrozen)

	// The review goes on, and keeps what it replaces from here on.
	f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, By: "Ben", At: "2026-11-25"})
	require.NoError(t, f.Save())
	assert.Len(t, f.Review.Answers["LABSEC01-BP01"].History, 1)

	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing else is left behind")
}

func TestTakeMilestoneIsAtomic(t *testing.T) {
	m := review.Milestone{Name: "First"}
	t.Run("it is there already", func(t *testing.T) {
		f := withHistory(t, t.TempDir())
		path, err := f.TakeMilestone(m, "2026-11-24")
		require.NoError(t, err)
		taken := readFile(t, path)
		f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented})
		require.NoError(t, f.Save())
		before := readFile(t, f.Path)
		_, err = f.TakeMilestone(m, "2026-11-24")
		require.ErrorContains(t, err, "already exists; nothing was changed")
		assert.Equal(t, taken, readFile(t, path))
		assert.Equal(t, before, readFile(t, f.Path))
		assert.Len(t, f.Review.Answers["LABSEC01-BP01"].History, 1)
	})
	t.Run("somebody else changed the review", func(t *testing.T) {
		f := withHistory(t, t.TempDir())
		theirs := readFile(t, f.Path) + "# theirs\n"
		require.NoError(t, os.WriteFile(f.Path, []byte(theirs), 0o644))
		path, err := f.TakeMilestone(m, "2026-11-24")
		require.NoError(t, err)
		assert.Contains(t, readFile(t, path), "# theirs")
		assert.Contains(t, readFile(t, f.Path), "# theirs")
	})
	t.Run("the copy cannot be written", func(t *testing.T) {
		f := withHistory(t, t.TempDir())
		before := readFile(t, f.Path)
		require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(f.Path), "milestones"), nil, 0o600))
		_, err := f.TakeMilestone(m, "2026-11-24")
		require.ErrorContains(t, err, "milestones is not a folder")
		assert.Equal(t, before, readFile(t, f.Path))
		assert.Len(t, f.Review.Answers["LABSEC01-BP01"].History, 1)
	})
	t.Run("a name that is none", func(t *testing.T) {
		f := withHistory(t, t.TempDir())
		_, err := f.TakeMilestone(review.Milestone{Name: "x"}, "2026-11-24")
		require.ErrorContains(t, err, "name must have 3 to 100 characters, as in the WA Tool, not 1")
		assert.NoDirExists(t, filepath.Join(filepath.Dir(f.Path), "milestones"))
	})
}
