package customlens_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/kinds lists what the choices of each lens of the corpus are taken for. A
// person has read every line. UPDATE_GOLDEN=1 writes them anew.
func TestWhatTheChoicesOfPublishedLensesAreTakenFor(t *testing.T) {
	for _, f := range corpus.Lenses(t) {
		doc, _ := customlens.Read(f.Name, f.Data)
		l, problems := customlens.Import(doc, "", "")
		require.Empty(t, problems, f.Name)
		golden := filepath.Join("testdata", "kinds", strings.TrimSuffix(f.Name, ".json")+".tsv")
		got := kindsOf(l)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, f.Name)
	}
}

// kindsOf lists the choices of a lens: question, choice, what it was taken for, and its
// title.
func kindsOf(l *lens.Lens) string {
	var b strings.Builder
	for i := range l.Questions {
		q := &l.Questions[i]
		_, doubts := customlens.Kinds(q)
		why := map[string]string{}
		for _, d := range doubts {
			why[d.ID] = "unclear: " + d.Why
		}
		line := func(id, kind, title string) {
			fmt.Fprintf(&b, "%s\n", strings.TrimRight(strings.Join([]string{q.ID, id, kind, cut(title), why[id]}, "\t"), "\t"))
		}
		for _, p := range q.Practices {
			kind := string(p.Kind)
			if kind == "" {
				kind = "practice"
			}
			line(p.ID, kind, p.Title)
		}
		if q.None != "" {
			line(q.None, "none", q.NoneChoice.Title)
		}
	}
	return b.String()
}

func cut(title string) string {
	const most = 60
	title = strings.Join(strings.Fields(title), " ")
	if r := []rune(title); len(r) > most {
		return string(r[:most]) + "…"
	}
	return title
}
