package scoring_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestBetterAnswerNeverRaisesRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		before, after := assess(r), assess(change(t, r, func(s review.Status) []review.Status {
			switch s {
			case review.NotImplemented, review.CannotDetermine:
				return []review.Status{review.PartiallyImplemented, review.Implemented}
			case review.PartiallyImplemented:
				return []review.Status{review.Implemented}
			}
			return nil
		}))
		was, is := tallies(before), tallies(after)
		for _, name := range names(was) {
			old, had := was[name].Score()
			now, has := is[name].Score()
			require.Equal(t, had, has, name)
			require.GreaterOrEqual(t, now, old, name)
		}
		for i, q := range before.Questions {
			require.LessOrEqual(t, grade(after.Questions[i].Risk), grade(q.Risk), q.ID)
		}
		old := byID(before.Findings)
		for _, f := range after.Findings {
			require.Contains(t, old, f.ID, "a finding that was not there")
			require.LessOrEqual(t, f.Priority, old[f.ID].Priority, f.ID)
		}
	})
}

func TestNewGapNeverLowersRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		before, after := assess(r), assess(change(t, r, func(s review.Status) []review.Status {
			switch s {
			case review.Implemented:
				return []review.Status{review.PartiallyImplemented, review.CannotDetermine, review.NotImplemented}
			case review.NotImplemented, review.CannotDetermine:
				return nil
			}
			return []review.Status{review.CannotDetermine, review.NotImplemented}
		}))
		was, is := tallies(before), tallies(after)
		for _, name := range names(was) {
			old, had := was[name].Score()
			now, has := is[name].Score()
			require.False(t, had && !has, name)
			if had {
				require.LessOrEqual(t, now, old, name)
			}
		}
		risks := map[string]scoring.Risk{} // an answer to what was set aside brings its question in
		for _, q := range after.Questions {
			risks[q.ID] = q.Risk
		}
		for _, q := range before.Questions {
			if q.Risk != scoring.RiskUnanswered { // which can only become known
				require.GreaterOrEqual(t, grade(risks[q.ID]), grade(q.Risk), q.ID)
			}
		}
		now := byID(after.Findings)
		for _, f := range before.Findings {
			require.Contains(t, now, f.ID, "a gap closed another one")
			require.GreaterOrEqual(t, now[f.ID].Priority, f.Priority, f.ID)
		}
	})
}

func TestInputOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		s := r.Clone()
		for _, list := range []*[]string{
			&s.Scope.Pillars, &s.Scope.Layers, &s.Scope.Scenarios, &s.Scope.Questions,
			&s.Workload.Profile.Power, &s.Workload.Profile.Connectivity, &s.Workload.Profile.Scenarios,
		} {
			if len(*list) > 1 {
				*list = rapid.Permutation(*list).Draw(t, "order")
			}
		}
		if len(s.Waivers) > 1 {
			s.Waivers = rapid.Permutation(s.Waivers).Draw(t, "waivers")
		}
		a, b := assess(r), assess(s)
		require.ElementsMatch(t, a.Waivers, b.Waivers)
		for _, x := range []*scoring.Assessment{a, b} { // what an assessment hands on as it was given
			x.Workload, x.Scope, x.Waivers = review.Workload{}, review.Scope{}, nil
		}
		require.Equal(t, a, b)
	})
}

func TestAssessIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		copied := r.Clone()
		for _, mode := range []scoring.Mode{scoring.Monotone, scoring.AWS} {
			once := jsonOf(t, scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: mode, Today: today}))
			require.Equal(t, once, jsonOf(t, scoring.Assess(testlens.Lens(), copied, scoring.Options{Mode: mode, Today: today})))
		}
		require.Equal(t, copied, r, "an assessment changes nothing")
	})
}

func TestFindingsAreSortedAndPlanned(t *testing.T) {
	order := map[string]int{}
	for i, id := range testlens.Lens().PracticeIDs() {
		order[id] = i
	}
	rapid.Check(t, func(t *rapid.T) {
		a := assess(anyReview(t))
		for i, f := range a.Findings {
			require.True(t, f.Priority >= 0 && f.Priority <= 100, "%s: %v", f.ID, f.Priority)
			require.LessOrEqual(t, len(f.Reasons), 2)
			require.NotContains(t, f.Reasons, "")
			if i > 0 {
				b := a.Findings[i-1]
				place := func(f scoring.Finding) []int {
					return []int{-grade(f.Holds), -slices.Index(lens.Fix("").Values(), string(f.Fix)), f.Effort.Rank(), order[f.ID]}
				}
				require.GreaterOrEqual(t, b.Priority, f.Priority)
				if b.Priority == f.Priority {
					require.Negative(t, compare(place(b), place(f)), "%s before %s", b.ID, f.ID)
				}
			}
		}
		var out struct {
			Findings []struct {
				Practice string
				Waived   bool
			}
			Plan struct{ Now, Next, Later []string }
		}
		require.NoError(t, json.Unmarshal([]byte(jsonOf(t, a)), &out))
		times := map[string]int{}
		for _, ids := range [][]string{out.Plan.Now, out.Plan.Next, out.Plan.Later} {
			for _, id := range ids {
				times[id]++
			}
		}
		for _, f := range out.Findings {
			want := 1
			if f.Waived {
				want = 0
			}
			require.Equal(t, want, times[f.Practice], f.Practice)
		}
	})
}

func compare(a, b []int) int {
	for i := range a {
		if a[i] != b[i] {
			return a[i] - b[i]
		}
	}
	return 0
}

func TestCountsAddUp(t *testing.T) {
	total := len(testlens.Lens().PracticeIDs())
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		a := assess(r)
		var lens, banks scoring.Tally
		findings := 0
		for _, p := range a.Pillars {
			add(&lens, p.Lens)
			add(&banks, p.LayerBanks)
			findings += p.Findings
			risks := 0
			for _, n := range p.Risks {
				risks += n
			}
			questions := map[string]bool{}
			for _, b := range a.Practices {
				if b.Pillar == p.ID {
					questions[b.Question] = true
				}
			}
			require.Len(t, questions, risks, "the questions of both banks with a practice there")
		}
		same(t, a.Lens, lens)
		same(t, a.LayerBanks, banks)
		require.Len(t, a.Findings, findings)
		for _, layer := range a.Layers {
			var lens, banks scoring.Tally
			findings := 0
			for _, c := range a.Matrix {
				if c.Layer == layer.ID {
					add(&lens, c.Lens)
					add(&banks, c.LayerBanks)
					findings += c.Findings
				}
			}
			same(t, layer.Lens, lens)
			same(t, layer.LayerBanks, banks)
			require.Equal(t, layer.Findings, findings)
		}
		inScope := a.Lens.InScope + a.LayerBanks.InScope
		require.Equal(t, total, inScope+a.OutOfScope+len(a.SetAside))
		require.Equal(t, inScope, a.Lens.Answered+a.LayerBanks.Answered+len(a.Excluded)+len(a.Unassessed))
		require.Len(t, a.Waivers, len(r.Waivers))
	})
}

func add(sum *scoring.Tally, t scoring.Tally) {
	sum.InScope += t.InScope
	sum.NotApplicable += t.NotApplicable
	sum.Answered += t.Answered
	sum.Unknown += t.Unknown
	sum.Earned += t.Earned
	sum.Possible += t.Possible
}

func same(t require.TestingT, want, got scoring.Tally) {
	require.InDelta(t, want.Earned, got.Earned, 1e-9)
	require.InDelta(t, want.Possible, got.Possible, 1e-9)
	got.Earned, got.Possible = want.Earned, want.Possible
	require.Equal(t, want, got)
}

func TestNothingAssessedHasNoScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReview(t)
		for id, answer := range r.Answers {
			if answer.Status != review.NotApplicable {
				delete(r.Answers, id)
			}
		}
		a := assess(r)
		for name, tally := range tallies(a) {
			_, ok := tally.Score()
			require.False(t, ok, name)
		}
		require.Empty(t, a.Findings)
		for _, q := range a.Questions {
			require.Contains(t, []scoring.Risk{scoring.RiskUnanswered, scoring.RiskNotApplicable}, q.Risk, q.ID)
		}
	})
	score, ok := scoring.Tally{InScope: 3, Answered: 3, Possible: 3}.Score()
	assert.True(t, ok, "three gaps are a score")
	assert.Zero(t, score)
}
