package lint_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/require"
)

// FuzzFix checks that positions are inside the file, that fixing valid JSON gives valid
// JSON, and that a fixed file needs no further fix.
func FuzzFix(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(lenses, "*", "lens.json"))
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := lint.Source{File: "lens.json", Data: data}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, x := range lint.Files([]lint.Source{s}).Files[0].Findings {
			require.True(t, 1 <= x.Line && x.Line <= lines && x.Column >= 1, "%v", x)
			require.True(t, 0 <= x.At.From && x.At.From <= x.At.To && x.At.To <= len(data), "%v", x)
		}
		fixed, done := lint.Fix(s)
		if len(done) == 0 {
			require.Equal(t, data, fixed)
			return
		}
		if json.Valid(data) {
			require.True(t, json.Valid(fixed), "%s", fixed)
		}
		again, more := lint.Fix(lint.Source{File: "lens.json", Data: fixed})
		require.Empty(t, more, "%s", fixed)
		require.Equal(t, string(fixed), string(again))
	})
}
