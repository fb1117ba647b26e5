package scoring_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// closed is a review with the findings of some horizons closed.
func closed(r *review.Review, a *scoring.Assessment, horizons ...scoring.Horizon) *review.Review {
	out := r.Clone()
	for _, f := range a.Findings {
		for _, h := range horizons {
			if f.Horizon == h {
				out.Answers[f.ID] = review.Answer{Status: review.Implemented}
			}
		}
	}
	return out
}

func atHighRisk(a *scoring.Assessment) []string {
	out := []string{}
	for _, q := range a.Questions {
		if q.Risk == scoring.RiskHigh {
			out = append(out, q.ID)
		}
	}
	return out
}

// The effect has the numbers that an assessment gives once the findings are closed.
func TestEffect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		o := scoring.Options{Mode: rapid.SampledFrom([]scoring.Mode{scoring.Monotone, scoring.AWS}).Draw(t, "mode"), Today: today}
		a := scoring.Assess(testlens.Lens(), r, o)
		next := atHighRisk(scoring.Assess(testlens.Lens(), closed(r, a, scoring.Now, scoring.Next), o))
		require.Equal(t, &scoring.Effect{
			Today:    len(atHighRisk(a)),
			AfterNow: len(atHighRisk(scoring.Assess(testlens.Lens(), closed(r, a, scoring.Now), o))), AfterNext: len(next), Left: next,
		}, a.Effect)
	})
}

// Closing Now halves the questions at high risk, or Now has every finding that needs no new
// hardware.
func TestNowHalvesHighRisks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		a := assess(r)
		if 2*a.Effect.AfterNow <= a.Effect.Today {
			return
		}
		all := closed(r, a, scoring.Now)
		for _, f := range a.Findings {
			if !f.Waived && f.Fix != lens.Hardware {
				all.Answers[f.ID] = review.Answer{Status: review.Implemented}
			}
		}
		could := atHighRisk(assess(all))
		for _, id := range atHighRisk(assess(closed(r, a, scoring.Now))) {
			if slices.Contains(atHighRisk(a), id) { // closing a part of what is unanswered can bring a risk to light
				require.Contains(t, could, id)
			}
		}
	})
}

// A finding of high severity, or one that holds a question at high risk, is Now or Next. A
// waived one has no horizon, and two findings that are the same work have the same.
func TestHorizons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := assess(anyReview(t))
		fs := byID(a.Findings)
		open := 0
		for _, f := range a.Findings {
			if f.Waived {
				require.Empty(t, string(f.Horizon)+string(f.Quadrant)+f.Closes+f.ClosedBy+string(f.DueState), f.ID)
				continue
			}
			open++
			require.NotEmpty(t, f.Horizon)
			if f.Holds == scoring.RiskHigh || f.Severity == lens.High {
				require.NotEqual(t, scoring.Later, f.Horizon, f.ID)
				require.NotEqual(t, scoring.Reconsider, f.Quadrant, f.ID)
			}
			if f.Closes != "" {
				require.Equal(t, f.ID, fs[f.Closes].ClosedBy)
				require.Equal(t, f.Horizon, fs[f.Closes].Horizon)
			}
		}
		first := a.DoFirst()
		require.Equal(t, open > 0, len(first) > 0, "the finding of the highest priority is Now")
		for _, f := range first {
			require.Equal(t, scoring.Now, f.Horizon)
			require.Empty(t, f.ClosedBy)
		}
	})
}

// A question at risk has findings that hold it, and closing them lowers its risk.
func TestClosingHoldingFindingsLowersTheRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		r.Waivers, r.Scope = nil, review.Scope{}
		for _, id := range testlens.Lens().PracticeIDs() {
			if _, answered := r.Answers[id]; !answered {
				r.Answers[id] = review.Answer{Status: review.NotImplemented}
			}
		}
		a := assess(r)
		better := r.Clone()
		for _, f := range a.Findings {
			if f.Holds != "" {
				better.Answers[f.ID] = review.Answer{Status: review.Implemented}
			}
		}
		for i, q := range assess(better).Questions {
			if was := a.Questions[i].Risk; was == scoring.RiskHigh || was == scoring.RiskMedium {
				require.Less(t, grade(q.Risk), grade(was), q.ID)
			}
		}
	})
}

// LABEDGE01-BP01 relates to LABSEC02-BP03 first.
func TestSameWorkIsOneItem(t *testing.T) {
	const lead, other = "LABEDGE01-BP01", "LABSEC02-BP03"
	open := func(ids ...string) map[string]scoring.Finding {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range ids {
			r.Answers[id] = review.Answer{Status: review.NotImplemented}
		}
		return byID(assess(r).Findings)
	}
	both := open(lead, other)
	assert.Equal(t, other, both[lead].Closes)
	assert.Equal(t, lead, both[other].ClosedBy)
	assert.Empty(t, open(lead)[lead].Closes, "the other is no finding")
	second := open("LABEDGE01-BP02", other)
	assert.Empty(t, second["LABEDGE01-BP02"].Closes, "which takes less than the other")
}

func TestDueState(t *testing.T) {
	for _, c := range []struct {
		due    string
		effort lens.Level
		status review.Status
		want   scoring.DueState
	}{
		{"", lens.Low, review.NotImplemented, ""},
		{"2026-02-28", lens.Low, review.NotImplemented, scoring.DueOverdue},
		{"2026-03-01", lens.Low, review.NotImplemented, ""},
		{"2026-03-31", lens.Low, review.NotImplemented, ""},
		{"2026-04-01", lens.Low, review.NotImplemented, scoring.DueAfter},
	} {
		r := &review.Review{Answers: map[string]review.Answer{"IOTX01-BP01": {Status: c.status, Due: c.due}}}
		a := scoring.Assess(lensOf(practice(c.effort, lens.Cloud)), r, scoring.Options{Today: today})
		assert.Equal(t, scoring.Now, a.Findings[0].Horizon)
		assert.Equal(t, c.want, a.Findings[0].DueState, c.due)
	}
	r := &review.Review{Answers: map[string]review.Answer{}}
	for _, id := range testlens.Lens().PracticeIDs() {
		r.Answers[id] = review.Answer{Status: review.NotImplemented, Due: "2026-03-20"}
	}
	for _, f := range assess(r).Findings {
		want := scoring.DueBefore
		if f.Horizon == scoring.Now {
			want = ""
		}
		assert.Equal(t, want, f.DueState, f.ID)
	}
}

// Partly implemented identities or certificates are as much a high risk in a fleet of 800.
// The plan has no absolute threshold that a small fleet cannot reach.
func TestSmallFleetHasAPlan(t *testing.T) {
	r := &review.Review{
		Workload: review.Workload{Profile: review.Profile{Stage: "production", FleetSize: 800, Connectivity: []string{"wired"}, Power: []string{"mains"}}},
		Answers:  map[string]review.Answer{},
	}
	for _, id := range []string{"IOTSEC01-BP01", "IOTSEC04-BP01", "IOTSEC05-BP01", "IOTSEC10-BP01", "IOTSEC13-BP02", "IOTSEC02-BP03"} {
		r.Answers[id] = review.Answer{Status: review.PartiallyImplemented}
	}
	a := scoring.Assess(shipped.Lens(), r, scoring.Options{Today: today})
	for _, f := range a.Findings {
		assert.NotEqual(t, scoring.Later, f.Horizon, f.ID)
	}
	assert.NotEmpty(t, a.DoFirst())
}

// Closing Now halves the questions at high risk in the shipped samples.
func TestNowHalvesHighRisksOfSamples(t *testing.T) {
	files, err := filepath.Glob("../../testdata/reviews/*.review.yaml")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 3)
	golden, err := filepath.Glob("../../testdata/expert/reviews/*.review.yaml")
	require.NoError(t, err)
	files = append(files, golden...)
	for _, file := range files {
		f, err := review.Load(file, shipped.Lens())
		require.NoError(t, err)
		o := scoring.Options{Today: today}
		a := scoring.Assess(shipped.Lens(), f.Review, o)
		after := scoring.Assess(shipped.Lens(), closed(f.Review, a, scoring.Now), o)
		assert.LessOrEqual(t, 2*len(atHighRisk(after)), len(atHighRisk(a)), file)
	}
}

// A question for which no rule is true has an undetermined risk.
func TestUndeterminedRisk(t *testing.T) {
	l := lensOf(practice(lens.Low, lens.Cloud))
	l.Questions[0].Rules = []lens.Rule{{When: "IOTX01-BP01", Risk: lens.RuleNone}}
	for status, want := range map[review.Status]scoring.Risk{
		review.Implemented: scoring.RiskNone, review.NotImplemented: scoring.RiskUndetermined, review.Unanswered: scoring.RiskUnanswered,
	} {
		r := &review.Review{Answers: map[string]review.Answer{"IOTX01-BP01": {Status: status}}}
		if status == review.Unanswered {
			r.Answers = nil
		}
		assert.Equal(t, want, scoring.Assess(l, r, scoring.Options{Today: today}).Questions[0].Risk)
	}
}
