package customlens_test

import (
	"os"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The weights of an imported lens are those of docs/scoring.md: the weights of the shipped
// lens that do not depend on its facts and stakes.
func TestWeightsOfImportedLensesMatchTheDocs(t *testing.T) {
	data, err := os.ReadFile("../../../testdata/lenses/greenhouse.json")
	require.NoError(t, err)
	got, ours := imported(t, "greenhouse.json", data).Weights, shipped.Lens().Weights
	assert.Equal(t, ours.Severity, got.Severity)
	assert.Equal(t, ours.Credit, got.Credit)
	assert.Equal(t, ours.Gap, got.Gap)
	assert.Equal(t, ours.Plan, got.Plan)

	notSaid := map[lens.Fix]float64{"": 1}
	for _, r := range ours.Reversibility {
		if r.Stage == "" {
			notSaid[r.Fix] = r.Factor
		}
	}
	factors := map[lens.Fix]float64{}
	for _, r := range got.Reversibility {
		assert.Empty(t, r.Stage)
		factors[r.Fix] = r.Factor
	}
	assert.Equal(t, notSaid, factors)

	page, err := os.ReadFile("../../../docs/scoring.md")
	require.NoError(t, err)
	for level, points := range map[lens.Level]float64{lens.High: 80, lens.Medium: 48, lens.Low: 24} {
		p := lens.Practice{Severity: level}
		assert.Equal(t, points, priority.Of(review.FactsOf(&lens.Lens{Weights: got}, review.Profile{}), &p, priority.Gap{Missing: 1}).Priority)
	}
	assert.Contains(t, string(page), "80, 48 and 24")
}
