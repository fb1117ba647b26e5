package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// edition is the bank as it was in another version, some of its words changed.
func edition(t *testing.T, version string, change map[string][2]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"pillars", "questions"} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(testlens.Dir(), part))))
	}
	change["pillars/lens.yaml"] = [2]string{`version: "2026-01-15"`, `version: "` + version + `"`}
	for file, words := range change {
		path := filepath.Join(dir, file)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, strings.Contains(string(data), words[0]), file)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), words[0], words[1], 1)), 0o644))
	}
	return dir
}

// If both lenses are known, rewording is shown, and the effect of a new rating on a
// finding.
func TestDiffWithTheOldBank(t *testing.T) {
	bank := edition(t, "2024-01-01", map[string][2]string{
		"questions/security/LABSEC03.yaml": {"severity: high", "severity: low"},
		"questions/security/LABSEC04.yaml": {"\nask: ", "\nask: In other words, "},
	})
	t.Chdir(t.TempDir())
	write(t, "old.yaml", older.yaml())
	write(t, "new.yaml", gap.yaml())

	exit, out := run(nil, "diff", "old.yaml", "new.yaml", "--old-bank", bank)
	assert.Equal(t, cli.Done, exit, out)
	assert.Contains(t, out, "regressed   LABSEC03-BP01: ")
	assert.Contains(t, out, "severity rose")
	assert.Contains(t, out, "(severity low to high)")
	assert.Contains(t, out, "(plain words)")
	assert.NotContains(t, out, "not available")

	exit, out = run(nil, "diff", "old.yaml", "new.yaml")
	assert.Equal(t, cli.Done, exit, out)
	assert.Contains(t, out, "still open  LABSEC03-BP01", "without it the rating of then is not known")
	assert.Contains(t, out, "not available")

	exit, out = run(nil, "gate", "new.yaml", "--baseline", "old.yaml", "--baseline-bank", bank)
	assert.Equal(t, cli.GateFailed, exit, out)
	assert.Contains(t, out, "regressed (severity rose)")
	assert.Contains(t, out, "note        the lens has reworded: LABSEC03-BP01, LABSEC04")

	// A saved report carries titles and severities of its own.
	exit, out = run(nil, "report", "old.yaml", "--bank", bank, "-f", "json=old.json")
	require.Equal(t, cli.Done, exit, out)
	_, out = run(nil, "diff", "old.json", "new.yaml")
	assert.Contains(t, out, "severity rose")
	assert.Contains(t, out, "(severity low to high)")
}

func TestReviewsOfDifferentLensesAreNotCompared(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "new.yaml", gap.yaml())
	exit, out := run(nil, "report", "new.yaml", "-f", "json=new.json")
	require.Equal(t, cli.Done, exit, out)
	data, err := os.ReadFile("new.json")
	require.NoError(t, err)
	write(t, "other.json", strings.Replace(string(data), `"id": "lab-iot"`, `"id": "other"`, 1))
	exit, out = run(nil, "diff", "other.json", "new.yaml")
	assert.Equal(t, cli.NotRun, exit)
	assert.Contains(t, out, `other.json answers the lens "other", and new.yaml the lens "lab-iot"; only reviews of the same lens can be compared`)
}
