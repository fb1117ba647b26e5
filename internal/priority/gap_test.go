package priority_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
)

// The missing share follows the extent; without an extent it is the default for a partial
// implementation.
func TestMissingByExtent(t *testing.T) {
	g := testlens.Lens().Weights.Gap
	for extent, want := range map[string]float64{"": 0.5, "few": 0.8, "half": 0.5, "most": 0.25, "35%": 0.65, "99%": 0.01} {
		got := priority.GapOf(g, review.Answer{Status: review.PartiallyImplemented, Extent: extent}, 0)
		assert.InDelta(t, want, got.Missing, 1e-9, extent)
		assert.False(t, got.HasDeadline)
	}
	few := g
	few.Few = 0
	assert.Equal(t, g.PartiallyImplemented, priority.GapOf(few, review.Answer{Status: review.PartiallyImplemented, Extent: "few"}, 0).Missing, "a bank without the constant")
}

// A larger extent never raises the priority, and a nearer deadline never lowers it.
func TestPriorityFollowsExtentAndDeadline(t *testing.T) {
	l := testlens.Lens()
	p, _ := l.Practice("LABSEC02-BP01")
	facts := review.FactsOf(l, review.Profile{Stage: "production"})
	of := func(extent, deadline string, days int) float64 {
		a := review.Answer{Status: review.PartiallyImplemented, Extent: extent, Deadline: deadline}
		return priority.Of(facts, p, priority.GapOf(l.Weights.Gap, a, days)).Priority
	}
	assert.Greater(t, of("few", "", 0), of("half", "", 0))
	assert.Greater(t, of("half", "", 0), of("most", "", 0))
	assert.Greater(t, of("10%", "", 0), of("90%", "", 0))
	assert.Greater(t, of("half", "2027-01-01", 400), of("half", "", 0))
	assert.Greater(t, of("half", "2027-01-01", 20), of("half", "2027-01-01", 400))
	assert.Equal(t, of("half", "2027-01-01", 0), of("half", "2027-01-01", -30))
}
