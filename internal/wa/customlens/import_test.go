package customlens_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// imported reads and imports a custom lens.
func imported(t require.TestingT, name string, data []byte) *lens.Lens {
	doc, problems := customlens.Read(name, data)
	require.NoError(t, problems.Err())
	l, problems := customlens.Import(doc, "", "")
	require.NoError(t, problems.Err())
	return l
}

// exported returns the JSON of an exported lens.
func exported(t require.TestingT, l *lens.Lens, o customlens.Options) []byte {
	w, err := customlens.Export(l, o)
	require.NoError(t, err)
	data, err := customlens.Write(w)
	require.NoError(t, err)
	return data
}

// banked writes a lens as a bank and loads it again.
func reloadedFromDisk(t require.TestingT, dir string, l *lens.Lens) *lens.Lens {
	for _, f := range bank.Files(l) {
		file := filepath.Join(dir, filepath.FromSlash(f.Path))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, f.Data, 0o600))
	}
	again, problems := bank.Validate(bank.Dir(dir))
	require.NoError(t, problems.Err())
	return again
}

// sameLens compares the files of two lenses first, so that a failure shows a short diff.
func sameLens(t require.TestingT, want, got *lens.Lens) {
	a, b := bank.Files(want), bank.Files(got)
	require.Len(t, b, len(a))
	for i := range a {
		require.Equal(t, string(a[i].Data), string(b[i].Data), a[i].Path)
	}
	w, g := *want, *got
	w.Digest, g.Digest = "", "" // only a loaded bank has one
	require.True(t, reflect.DeepEqual(w, g), "the files are the same, the lenses are not")
}

// Every published lens of the corpus imports as a valid bank and exports with the same JSON
// values.
func TestPublishedLensesRoundTrip(t *testing.T) {
	for _, f := range append(corpus.Lenses(t), corpus.IoTLens(t)) {
		t.Run(f.Name, func(t *testing.T) {
			l := imported(t, f.Name, f.Data)
			again := reloadedFromDisk(t, t.TempDir(), l)
			sameLens(t, l, again)
			out := exported(t, again, customlens.Options{})
			assert.Equal(t, values(t, f.Data), values(t, out))
			twice := imported(t, f.Name, out)
			twice.Version = l.Version // it may be a digest of the bytes
			sameLens(t, l, twice)
		})
	}
}

// A question can have 15 practices besides None of these, the most that rules are proven
// over.
func TestImportLimitsPracticesPerQuestion(t *testing.T) {
	lensOf := func(practices int) []byte {
		var choices []string
		for i := range practices {
			choices = append(choices, fmt.Sprintf(`{"id": "Q1_%d", "title": "T", "improvementPlan": {"displayText": "D"}}`, i))
		}
		choices = append(choices, `{"id": "Q1_no", "title": "None of these"}`)
		return []byte(`{"schemaVersion": "2021-11-01", "name": "L", "description": "D", "pillars": [{"id": "P01", "name": "P", "questions": [
			{"id": "Q01", "title": "T", "choices": [` + strings.Join(choices, ",") + `], "riskRules": [{"condition": "default", "risk": "HIGH_RISK"}]}]}]}`)
	}
	assert.Len(t, imported(t, "l.json", lensOf(15)).Questions[0].Practices, 15)
	doc, problems := customlens.Read("l.json", lensOf(16))
	require.NoError(t, problems.Err())
	_, problems = customlens.Import(doc, "", "")
	assert.EqualError(t, problems.Err(), "l.json:2:43: Q01 has 16 choices besides None of these; the maximum is 15")
}
