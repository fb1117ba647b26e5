package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Exports have no errors, and only the warnings of AWS's own rules; repaired, monotone
// exports have none.
func TestExportsPassLint(t *testing.T) {
	for _, o := range []customlens.Options{
		{Rules: customlens.OriginalRules},
		{Rules: customlens.OriginalRules, Repair: true},
		{Rules: customlens.MonotoneRules},
		{Rules: customlens.MonotoneRules, Repair: true},
		{Rules: customlens.OriginalRules, Layers: true},
	} {
		t.Run(strings.Trim(fmt.Sprintf("%+v", o), "{}"), func(t *testing.T) {
			l, err := customlens.Export(shipped.Lens(), o)
			require.NoError(t, err)
			data, err := customlens.Write(l)
			require.NoError(t, err)
			r := lint.Files([]lint.Source{{File: "lens.json", Data: data}})
			assert.Zero(t, r.Counts()[lint.Error], linted(t, lint.Source{File: "lens.json", Data: data}))
			want := map[string]int{"WA071": 4, "WA076": 6}
			if o.Repair || o.Layers {
				delete(want, "WA071")
			}
			if o.Rules == customlens.MonotoneRules || o.Layers {
				delete(want, "WA076")
			}
			got := map[string]int{}
			for _, f := range r.Files[0].Findings {
				if f.Check.Severity == lint.Warning {
					got[f.Check.Code]++
				}
			}
			assert.Equal(t, want, got)
		})
	}
}
