//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Thirty processes answer at once, by one path, through a link to the file and
// through a link to its folder. All of them succeed, and all that they said is there.
func TestThirtyWritersAllSucceed(t *testing.T) {
	program := build(t)
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "real"), 0o755))
	file := filepath.Join(dir, "real", "plant.review.yaml")
	require.NoError(t, os.WriteFile(file, []byte(plant), 0o644))
	if err := os.Symlink("real/plant.review.yaml", filepath.Join(dir, "link.review.yaml")); err != nil {
		t.Skip("this system has no symbolic links")
	}
	require.NoError(t, os.Symlink("real", filepath.Join(dir, "also")))
	paths := []string{"real/plant.review.yaml", "link.review.yaml", "also/plant.review.yaml"}
	ids := testlens.Lens().PracticeIDs()[:30]
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() {
			cmd := exec.Command(program, "answer", paths[i%3], id, "implemented", "--note", "by "+id, "--bank", testlens.Dir(), "--wait", "1m")
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			assert.NoError(t, err, "%s", out)
			assert.Equal(t, 1, strings.Count(string(out), "\n"), "%s", out)
		})
	}
	all.Wait()
	f, err := review.Load(file, testlens.Lens())
	require.NoError(t, err)
	for _, id := range ids {
		assert.Equal(t, "by "+id, f.Review.Answers[id].Note)
	}
	left, err := filepath.Glob(filepath.Join(dir, "real", ".*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
