package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The commands that a session suggests can be typed by the user.
func TestProgramName(t *testing.T) {
	for called, want := range map[string]string{
		"":                                "iotlens",
		"iotlens":                         "iotlens",
		"/usr/bin/iotlens":                "iotlens",
		"/usr/bin/iotlens-1.0":            "/usr/bin/iotlens-1.0",
		"./iotlens":                       "./iotlens",
		"/home/Ana/my/iotlens":            "/home/Ana/my/iotlens",
		"/home/Ana B/iotlens":             "'/home/Ana B/iotlens'",
		"/tmp/go-build1/b001/exe/iotlens": "go run example.com/iotlens",
	} {
		assert.Equal(t, want, programName(filepath.FromSlash(called), []string{"/bin", filepath.FromSlash("/usr/bin")}, "example.com/iotlens"), called)
	}
}

// An existing report is only replaced on request; otherwise no report is written.
func TestReportsAreNotReplacedSilently(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "plant.review.yaml")
	judged := scoring.Assess(shipped.Lens(), &review.Review{}, scoring.Options{Today: "2026-11-24"})
	own := filepath.Join(dir, "plant.report.json")
	require.NoError(t, os.WriteFile(own, []byte("mine"), 0o600))
	paths, err := writeReports(file, judged, disk.Options{}, false)
	require.ErrorIs(t, err, tui.ErrReportsExist)
	assert.Len(t, paths, 1)
	assert.NoFileExists(t, filepath.Join(dir, "plant.report.md"))
	data, err := os.ReadFile(own)
	require.NoError(t, err)
	assert.Equal(t, "mine", string(data))
	paths, err = writeReports(file, judged, disk.Options{}, true)
	require.NoError(t, err)
	assert.Len(t, paths, 2)
}
