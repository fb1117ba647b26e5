package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// On a terminal, import asks first, and only changes the review after yes.
func TestImportAsksFirst(t *testing.T) {
	for given, want := range map[string]string{
		"y\n": "imported 1 change", "Yes\n": "imported 1 change", "n\n": "nothing was changed", "\n": "nothing was changed", "": "nothing was changed",
	} {
		dir := t.TempDir()
		review, table := filepath.Join(dir, "plant.review.yaml"), filepath.Join(dir, "table.csv")
		before, err := os.ReadFile(testlens.ReviewPath(testlens.Trackers))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(review, before, 0o600))
		require.NoError(t, os.WriteFile(table, []byte("practice,owner\nLABREL08-BP01,Zoë\n"), 0o600))
		var out, errs bytes.Buffer
		exit := cli.Main([]string{"import", review, table, "--by", "Bo"}, cli.IO{
			In: strings.NewReader(given), Out: &out, Err: &errs, StdinTTY: true, Lens: testlens.Lens(),
			Now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) },
		})
		assert.Equal(t, cli.Done, exit)
		assert.Contains(t, out.String(), "-> Zoë", "what changes is data, and goes to stdout")
		assert.Contains(t, errs.String(), "[y/N]", "the talk goes to stderr")
		assert.Contains(t, errs.String(), want, "%q", given)
		after, err := os.ReadFile(review)
		require.NoError(t, err)
		assert.Equal(t, want == "imported 1 change", !bytes.Equal(before, after), "%q", given)
		_, err = os.Stat(filepath.Join(dir, ".iotlens-lock"))
		assert.ErrorIs(t, err, os.ErrNotExist, "the lock is gone")
	}
}
