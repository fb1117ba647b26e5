package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// On a terminal, merge asks about each conflict; those that are skipped or not answered get
// markers.
func TestMergePromptsForConflicts(t *testing.T) {
	text := func(one, two string) []byte {
		return []byte("schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload:\n  name: Plant\nanswers:\n" +
			"  LABSEC01-BP01:\n    status: " + one + "\n  LABSEC02-BP01:\n    status: " + two + "\n")
	}
	const implemented, not, unknown = "implemented", "not_implemented", "cannot_determine"
	for typed, want := range map[string]struct {
		exit      cli.Exit
		one, two  string // statuses; empty where it is not decided
		questions int
	}{
		"c\no\n":                   {cli.Done, not, unknown, 2},
		"C\n":                      {cli.Done, not, not, 1},
		"O\n":                      {cli.Done, unknown, unknown, 1},
		"?\n\ncurrent\ns\n":        {cli.MergeConflicts, not, "", 4},
		"s\no\n":                   {cli.MergeConflicts, "", unknown, 2},
		"o\n":                      {cli.MergeConflicts, unknown, "", 2},
		"b\nc\nb\no\nb\nB\nc\no\n": {cli.Done, not, unknown, 8},
		"S\n":                      {cli.MergeConflicts, "", "", 1},
		"":                         {cli.MergeConflicts, "", "", 1},
	} {
		dir := t.TempDir()
		paths := map[string]string{}
		for name, data := range map[string][]byte{"base": text(implemented, implemented), "current": text(not, not), "other": text(unknown, unknown)} {
			paths[name] = filepath.Join(dir, name+".review.yaml")
			require.NoError(t, os.WriteFile(paths[name], data, 0o600))
		}
		merged := filepath.Join(dir, "merged.review.yaml")
		var out, errs bytes.Buffer
		exit := cli.Main([]string{"merge", paths["base"], paths["current"], paths["other"], "-o", merged}, cli.IO{
			In: strings.NewReader(typed), Out: &out, Err: &errs, StdinTTY: true, Lens: testlens.Lens(),
			Now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) },
		})
		assert.Equal(t, want.exit, exit, "%q: %s", typed, errs.String())
		assert.Equal(t, want.questions, strings.Count(errs.String(), "Take c current"), "%q", typed)
		data, err := os.ReadFile(merged)
		require.NoError(t, err)
		open := 0
		for _, status := range []string{want.one, want.two} {
			if status == "" {
				open++
			}
		}
		assert.Len(t, filekind.Conflicts(data), open, "%q", typed)
		if open > 0 {
			continue
		}
		f, err := review.Load(merged, testlens.Lens())
		require.NoError(t, err)
		assert.Equal(t, want.one, string(f.Review.Answers["LABSEC01-BP01"].Status), "%q", typed)
		assert.Equal(t, want.two, string(f.Review.Answers["LABSEC02-BP01"].Status), "%q", typed)
		assert.Len(t, f.Review.Answers["LABSEC01-BP01"].History, 1, "the answer that was not taken")
	}
}
