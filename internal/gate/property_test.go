package gate_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var (
	someQuestions  = []string{"LABSEC03", "LABSEC10", "LABSEC11", "LABCOST01", "LABREL08", "LABEDGE01", "LABINGEST01"}
	anyLevel       = rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low, gate.LevelNone})
	anyEnforcement = rapid.SampledFrom([]gate.Enforcement{"", gate.EnforceIncomplete, gate.EnforceFail, gate.EnforceNote})
)

func drawAnswers(t *rapid.T, name string, scope []string) answers {
	status := rapid.SampledFrom([]review.Status{yes, yes, yes, na, part, no, dunno, review.Unanswered})
	given := answers{}
	for _, id := range practicesOf(scope) {
		if s := status.Draw(t, name+" "+id); s != review.Unanswered {
			given[id] = s
		}
	}
	return given
}

func practicesOf(scope []string) []string {
	var out []string
	for _, id := range scope {
		q, _ := testlens.Lens().Question(id)
		for _, p := range q.Practices {
			out = append(out, p.ID)
		}
	}
	return out
}

func drawPolicy(t *rapid.T, ids []string) gate.Policy {
	some := func(name string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, 2, rapid.ID).Draw(t, name)
	}
	p := gate.Policy{
		Threshold:  gate.Threshold{FailOn: anyLevel.Draw(t, "level"), MinScore: rapid.SampledFrom([]float64{0, 40, 80}).Draw(t, "score"), MinCoverage: rapid.SampledFrom([]float64{0, 50, 100}).Draw(t, "coverage")},
		Unanswered: anyEnforcement.Draw(t, "unanswered"), Unknown: anyEnforcement.Draw(t, "unknown"),
		Hard: some("hard"), Practices: map[string]gate.PracticeRule{},
	}
	for _, id := range some("soft") {
		if len(p.Hard) == 0 {
			p.Soft = append(p.Soft, id)
		}
	}
	for _, id := range some("own") {
		p.Practices[id] = gate.PracticeRule{FailOn: anyLevel.Draw(t, "own level"), AtLeast: rapid.SampledFrom([]review.Status{"", yes, part}).Draw(t, "at least")}
	}
	if rapid.Bool().Draw(t, "pillar") {
		p.Pillars = map[string]gate.Threshold{"security": {FailOn: anyLevel.Draw(t, "security"), MinScore: rapid.SampledFrom([]float64{0, 60}).Draw(t, "security score")}}
	}
	if rapid.Bool().Draw(t, "layer") {
		p.Layers = map[string]gate.Threshold{"edge": {FailOn: anyLevel.Draw(t, "edge"), MinCoverage: rapid.SampledFrom([]float64{0, 90}).Draw(t, "edge coverage")}}
	}
	return p
}

// assessFor assesses answers as the command line does before it judges them by a policy.
func assessFor(p gate.Policy, scope []string, given answers) *scoring.Assessment {
	r := reviewOf(scope, given, nil)
	return scoring.Assess(testlens.Lens(), r, scoring.Options{Today: today, AcceptedGaps: p.AcceptedGaps(r, nil)})
}

func snapshot(a *scoring.Assessment) compare.Snapshot {
	return compare.FromAssessment("old", compare.ReviewFile, a, testlens.Lens())
}

// better draws an answer that is at least as good as s.
func better(t *rapid.T, s review.Status) review.Status {
	switch s {
	case part:
		return yes
	case no:
		return rapid.SampledFrom([]review.Status{part, yes}).Draw(t, "better")
	}
	return yes
}

// Whatever the policy and the baseline, a review that passed still passes after an answer
// has improved. (A review that was incomplete can fail, as an answer can reveal the risk of
// its question.)
func TestBetterAnswerStillPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope")
		ids := practicesOf(scope)
		policy := drawPolicy(t, ids)
		given := drawAnswers(t, "now", scope)
		if rapid.Bool().Draw(t, "mostly fine") {
			for _, id := range ids[1:] {
				given[id] = yes
			}
		}
		id := rapid.SampledFrom(ids).Draw(t, "id")
		var older *compare.Snapshot
		if rapid.Bool().Draw(t, "baseline") {
			s := snapshot(assessFor(policy, scope, drawAnswers(t, "then", scope)))
			older = &s
		}
		judged := func(given answers) gate.Verdict {
			a := assessFor(policy, scope, given)
			if older == nil {
				return gate.Judge(a, policy, nil)
			}
			return gate.Judge(a, policy, compare.Compare(*older, snapshot(a)))
		}
		before := judged(given)
		if given[id] == na {
			return // neither better nor worse
		}
		given[id] = better(t, given[id])
		after := judged(given)
		if before.Outcome == gate.Passed {
			require.Equal(t, gate.Passed, after.Outcome, "%s is better, and %+v", id, after.Reasons)
		}
	})
}

// Compared with itself a review has nothing new, so only the rules that ignore the baseline
// can fail. The policy here has none of them.
func TestReviewDoesNotFailAgainstItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope")
		policy := drawPolicy(t, practicesOf(scope))
		policy.Hard, policy.MinScore, policy.Pillars = nil, 0, nil
		if policy.Unanswered == gate.EnforceFail {
			policy.Unanswered = gate.EnforceIncomplete
		}
		if policy.Unknown == gate.EnforceFail {
			policy.Unknown = gate.EnforceIncomplete
		}
		a := assessFor(policy, scope, drawAnswers(t, "now", scope))
		v := gate.Judge(a, policy, compare.Compare(snapshot(a), snapshot(a)))
		require.NotEqual(t, gate.Failed, v.Outcome, "%+v", v.Reasons)
	})
}

// If a review passes, every finding of the baseline at the level is in place, not
// applicable or still open. None has become unanswered, unknown or out of scope.
func TestPassAccountsForEveryBaselineFinding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope then")
		now := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope now")
		policy := gate.Policy{Threshold: gate.Threshold{FailOn: rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low}).Draw(t, "level")}, Unanswered: anyEnforcement.Draw(t, "unanswered"), Unknown: anyEnforcement.Draw(t, "unknown")}
		older, newer := assessFor(policy, then, drawAnswers(t, "then", then)), assessFor(policy, now, drawAnswers(t, "now", now))
		v := gate.Judge(newer, policy, compare.Compare(snapshot(older), snapshot(newer)))
		if v.Outcome != gate.Passed {
			return
		}
		for _, f := range older.Findings {
			if f.Severity.Rank() < policy.FailOn.Rank() || f.Status == dunno {
				continue
			}
			state := review.Status("out of scope")
			for _, p := range newer.Practices {
				if p.ID == f.ID {
					state = p.Status
				}
			}
			require.Contains(t, []review.Status{yes, na, part, no}, state, f.ID)
		}
	})
}

func TestStricterLevelNeverImprovesTheOutcome(t *testing.T) {
	order := []lens.Level{gate.LevelNone, lens.High, lens.Medium, lens.Low}
	rapid.Check(t, func(t *rapid.T) {
		scope := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope")
		policy := drawPolicy(t, practicesOf(scope))
		given := drawAnswers(t, "now", scope)
		last := gate.Passed
		for _, level := range order {
			policy.FailOn = level
			v := gate.Judge(assessFor(policy, scope, given), policy, nil)
			require.GreaterOrEqual(t, v.Outcome, last, "%s", level)
			last = v.Outcome
		}
	})
}
