package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// An assessor gives the same assessment of a review, whatever it assessed before.
func TestAssessorReuse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scoring.NewAssessor(testlens.Lens())
		s.Reuse = rapid.Bool().Draw(t, "reuse")
		for range rapid.IntRange(1, 4).Draw(t, "reviews") {
			r := anyReview(t)
			o := scoring.Options{Today: today, Mode: rapid.SampledFrom([]scoring.Mode{scoring.Monotone, scoring.AWS}).Draw(t, "mode")}
			require.Equal(t, scoring.Assess(testlens.Lens(), r, o), s.Assess(r, o))
		}
	})
}

// A brief assessment equals a full one except for what Options.Brief leaves out.
func TestBriefAssessment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		whole := scoring.Assess(testlens.Lens(), r, scoring.Options{Today: today})
		brief := scoring.Assess(testlens.Lens(), r, scoring.Options{Today: today, Brief: true})
		require.Equal(t, gate.Judge(whole, gate.Default(), nil).Outcome, gate.OutcomeOf(brief, gate.Default()))
		whole.Effect, whole.Scenarios, whole.Retired, whole.Ignored, whole.Matrix = nil, nil, nil, nil, nil
		for _, list := range []*scoring.Assessment{whole, brief} {
			for i := range list.Findings {
				f := &list.Findings[i]
				f.Reasons, f.Holds, f.Quadrant, f.Horizon, f.Closes, f.ClosedBy, f.DueState = nil, "", "", "", "", "", ""
			}
			for i := range list.Questions {
				q := &list.Questions[i]
				q.Title, q.Topic, q.Ask, q.AWSRisk, q.MonotoneRisk, q.RisksDiffer = "", "", "", "", "", false
			}
			for _, parts := range [][]scoring.Part{list.Pillars, list.Layers} {
				for i := range parts {
					parts[i].Risks = nil
				}
			}
			slices.SortFunc(list.Findings, func(x, y scoring.Finding) int { return strings.Compare(x.ID, y.ID) })
		}
		require.Equal(t, whole, brief)
	})
}
