package bank_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written imports a published lens, writes it as a bank and loads it.
func written(t *testing.T, dir string, f corpus.File) *lens.Lens {
	t.Helper()
	doc, _ := customlens.Read(f.Name, f.Data)
	l, problems := customlens.Import(doc, "", "")
	require.Empty(t, problems)
	require.NoError(t, bank.Write(dir, l, disk.Options{}))
	l, errs := bank.Load(bank.Dir(dir))
	require.Empty(t, errs)
	return l
}

// Merging an unchanged bank gives the import of the new version; merging a changed bank with
// an unchanged lens gives the bank. The test uses pairs of published lenses that follow each
// other in the list, related or not.
func TestMergeKeepsBothSides(t *testing.T) {
	n := 0
	files := slices.DeleteFunc(corpus.Lenses(t), func(f corpus.File) bool { // some, and all versions of one
		n++
		return n%5 != 0 && !strings.Contains(f.Name, "orr-v")
	})
	dir := t.TempDir()
	older := written(t, filepath.Join(dir, files[0].Name), files[0])
	for _, f := range files[1:] {
		newer := written(t, filepath.Join(dir, f.Name), f)
		m, err := bank.Merge(older, older, newer)
		require.NoError(t, err, f.Name)
		assert.Empty(t, m.Kept, f.Name)
		assert.Empty(t, m.Conflicts, f.Name)
		assert.Empty(t, m.Lost, f.Name)
		assert.Equal(t, asImported(newer), asImported(m.Lens), f.Name)

		mine := changed(older)
		m, err = bank.Merge(older, mine, older)
		require.NoError(t, err, f.Name)
		assert.Empty(t, m.Conflicts, f.Name)
		assert.Empty(t, m.Lost, f.Name)
		assert.Equal(t, asImported(mine), asImported(m.Lens), f.Name)
		older = newer
	}
}

// asImported returns a lens without its revision data.
func asImported(l *lens.Lens) lens.Lens {
	c := *l
	c.ID, c.Revision, c.Version, c.Digest, c.Retired, c.Questions, c.Pillars = "", 0, "", "", nil, nil, nil
	for _, q := range l.Questions {
		q.Since = 0
		practices := q.Practices
		q.Practices = nil
		for _, p := range practices {
			p.Since = 0
			q.Practices = append(q.Practices, p)
		}
		c.Questions = append(c.Questions, q)
	}
	for _, p := range l.Pillars {
		if len(p.Order) == 0 {
			p.Order = nil
		}
		c.Pillars = append(c.Pillars, p)
	}
	return c
}

// changed returns a lens with changed ratings and texts.
func changed(l *lens.Lens) *lens.Lens {
	c := *l
	c.Questions = nil
	for _, q := range l.Questions {
		q.Minutes++
		practices := q.Practices
		q.Practices = nil
		for i, p := range practices {
			if i%2 == 0 {
				p.Severity, p.RatedBy, p.Effort, p.Why = lens.Low, lens.RatedByAuthor, lens.High, "ours: "+p.ID
			}
			q.Practices = append(q.Practices, p)
		}
		c.Questions = append(c.Questions, q)
	}
	return &c
}

// Update writes the given lens, removes the files of removed questions, and does not touch
// unchanged files.
func TestUpdateWritesTheLens(t *testing.T) {
	files := corpus.Lenses(t)
	dir := filepath.Join(t.TempDir(), "bank")
	was := written(t, dir, files[0])
	is := written(t, dir+"2", files[1])
	file := filepath.Join(dir, "pillars", "lens.yaml")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, append([]byte("# ours\n"), data...), 0o644))
	require.NoError(t, bank.Update(dir, was, was, disk.Options{}))
	again, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "# ours\n"+string(data), string(again))

	require.NoError(t, bank.Update(dir, was, is, disk.Options{}, disk.File{Path: bank.OriginalFile, Data: []byte("{}")}))
	got, problems := bank.Load(bank.Dir(dir))
	require.Empty(t, problems)
	assert.Equal(t, is, got)
	again, err = os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(again), "# ours\n")
	original, err := os.ReadFile(filepath.Join(dir, bank.OriginalFile))
	require.NoError(t, err)
	assert.Equal(t, "{}", string(original))
}
