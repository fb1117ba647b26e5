package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The same review gives the same bytes twice, in another time zone, at another hour
// of the day, in another locale and another folder, in every format: a report can be
// signed, compared and kept in git. Nothing of the machine is in it.
func TestTheSameReviewGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(testlens.ReviewPath(testlens.Waterworks))
	require.NoError(t, err)
	here, deep := t.TempDir(), filepath.Join(t.TempDir(), "some where", "else")
	require.NoError(t, os.MkdirAll(deep, 0o755))
	for _, dir := range []string{here, deep} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "plant.review.yaml"), data, 0o600))
	}
	run := func(t *testing.T, dir, format, file string, env ...string) []byte {
		t.Helper()
		cmd := exec.Command("iotlens", "report", file, "-f", format)
		cmd.Dir, cmd.Env = dir, append(append(os.Environ(), testLens+"="+testlens.Dir(), testNow+"="+instant), env...)
		out, err := cmd.Output()
		require.NoError(t, err, format)
		return out
	}
	for _, f := range report.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			once := run(t, here, f.Name, "plant.review.yaml", "TZ=UTC", "LC_ALL=C")
			require.NotEmpty(t, once)
			for name, again := range map[string][]byte{
				"twice":              run(t, here, f.Name, "plant.review.yaml", "TZ=UTC", "LC_ALL=C"),
				"time zone":          run(t, here, f.Name, "plant.review.yaml", "TZ=Asia/Tokyo"),
				"another time zone":  run(t, here, f.Name, "plant.review.yaml", "TZ=America/Anchorage"),
				"hour":               run(t, here, f.Name, "plant.review.yaml", "TZ=America/Anchorage", testNow+"=2026-11-24T00:00:00Z"),
				"last minute":        run(t, here, f.Name, "plant.review.yaml", "TZ=Pacific/Kiritimati", testNow+"=2026-11-24T23:59:59Z"),
				"locale":             run(t, here, f.Name, "plant.review.yaml", "LC_ALL=tr_TR.UTF-8", "LANG=de_DE.UTF-8", "LANGUAGE=ja"),
				"folder":             run(t, deep, f.Name, "plant.review.yaml"),
				"path":               run(t, here, f.Name, "./plant.review.yaml"),
				"absolute path":      run(t, here, f.Name, filepath.Join(here, "plant.review.yaml")),
				"from another place": run(t, deep, f.Name, filepath.Join(here, "plant.review.yaml")),
				"terminal, CI":       run(t, here, f.Name, "plant.review.yaml", "TERM=dumb", "CI=true", "NO_COLOR=1", "COLUMNS=200"),
				"name, home":         run(t, here, f.Name, "plant.review.yaml", "USER=somebody", "HOME="+deep),
			} {
				assert.True(t, bytes.Equal(once, again), "%s: another %s gives another report", f.Name, name)
			}
			assert.NotContains(t, string(once), here, f.Name)
			host, err := os.Hostname()
			require.NoError(t, err)
			assert.NotContains(t, string(once), host, f.Name)
		})
	}
}
