package gate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// revision3 is the test lens at revision 3, which newly asks one of the two best practices
// of LABSEC03 and has retired another.
func revision3(t *testing.T) *lens.Lens {
	t.Helper()
	l := *testlens.Lens()
	l.Revision, l.Digest = 3, strings.Repeat("3", 64)
	l.Retired = []lens.Retired{{ID: "OLD01-BP01", Since: 2, Reason: "Nobody needs it."}}
	l.Questions = slices.Clone(l.Questions)
	i := slices.IndexFunc(l.Questions, func(q lens.Question) bool { return q.ID == "LABSEC03" })
	require.GreaterOrEqual(t, i, 0)
	q := &l.Questions[i]
	q.Practices = slices.Clone(q.Practices)
	require.Len(t, q.Practices, 2)
	q.Practices[1].Since, q.Practices[1].Severity = 3, lens.High
	return &l
}

func TestNewQuestions(t *testing.T) {
	l := revision3(t)
	strict := gate.Threshold{FailOn: lens.Low, MinCoverage: 100}
	everywhere := gate.Policy{
		Threshold: strict, Unanswered: gate.EnforceFail, NewQuestions: gate.NewQuestionsNote,
		Pillars: map[string]gate.Threshold{"security": strict}, Layers: map[string]gate.Threshold{"application": strict},
	}
	incomplete, hard, soft := everywhere, everywhere, everywhere
	incomplete.NewQuestions = gate.NewQuestionsIncomplete
	hard.Hard = []string{"LABSEC03-BP02"}
	soft.NewQuestions, soft.Soft = gate.NewQuestionsIncomplete, []string{"LABSEC03-BP02"}
	answered := map[string]review.Answer{"LABSEC03-BP01": {Status: review.Implemented, By: "Ana"}}
	with := func(id string, s review.Status) map[string]review.Answer {
		return map[string]review.Answer{"LABSEC03-BP01": answered["LABSEC03-BP01"], id: {Status: s, By: "Ana"}}
	}
	for name, c := range map[string]struct {
		revision int
		answers  map[string]review.Answer
		policy   gate.Policy
		outcome  gate.Outcome
		rules    []string // of the reasons
		newly    []string
		gone     []string
	}{
		"note":                      {0, answered, everywhere, gate.Passed, nil, []string{"LABSEC03-BP02"}, nil},
		"incomplete":                {1, answered, incomplete, gate.Incomplete, []string{"new_questions"}, []string{"LABSEC03-BP02"}, nil},
		"on the hard list":          {1, answered, hard, gate.Failed, []string{"unanswered", "min_coverage", "pillars.security.min_coverage"}, nil, nil},
		"on the soft list":          {1, answered, soft, gate.Passed, nil, []string{"LABSEC03-BP02"}, nil},
		"asked with this revision":  {3, answered, everywhere, gate.Failed, []string{"unanswered", "min_coverage", "pillars.security.min_coverage"}, nil, nil},
		"answered, not implemented": {1, with("LABSEC03-BP02", review.NotImplemented), everywhere, gate.Failed, []string{"pillars.security.fail_on"}, nil, nil},
		"only newly asked":          {1, nil, gate.Policy{Threshold: gate.Threshold{FailOn: lens.High}}, gate.Incomplete, []string{"unanswered"}, []string{"LABSEC03-BP02"}, nil},
		"no longer asked, note": {
			1, with("OLD01-BP01", review.NotImplemented), everywhere, gate.Passed, nil, []string{"LABSEC03-BP02"}, []string{"OLD01-BP01"},
		},
		"no longer asked, incomplete": {
			1, with("OLD01-BP01", review.NotImplemented), incomplete, gate.Incomplete, []string{"new_questions"}, []string{"LABSEC03-BP02"}, []string{"OLD01-BP01"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := &review.Review{Lens: l.ID, LensVersion: l.Version, LensRevision: c.revision, Answers: c.answers, Scope: review.Scope{Questions: []string{"LABSEC03"}}}
			v := gate.Judge(assessAsked(c.policy, l, r, r.AskedRevision()), c.policy, nil)
			var rules []string
			for _, reason := range v.Reasons {
				if rule := reason.Rule.String(); !slices.Contains(rules, rule) && !strings.HasPrefix(rule, "layers.") {
					rules = append(rules, rule)
				}
			}
			assert.Equal(t, c.outcome, v.Outcome, "%v", v.Reasons)
			assert.Equal(t, c.rules, rules)
			assert.ElementsMatch(t, c.newly, v.NewlyAsked)
			assert.Equal(t, c.gone, v.NoLongerAsked)
		})
	}
}

// If the baseline was asked with a later revision than the review, the review is judged by
// that revision. Lowering its lens_revision gains nothing.
func TestRevisionOfTheBaselineCounts(t *testing.T) {
	l := revision3(t)
	state := func(revision int, answers ...string) *review.Review {
		r := &review.Review{Lens: l.ID, LensVersion: l.Version, LensRevision: revision, Answers: map[string]review.Answer{}, Scope: review.Scope{Questions: []string{"LABSEC03"}}}
		for _, id := range answers {
			r.Answers[id] = review.Answer{Status: review.Implemented, By: "Ana"}
		}
		return r
	}
	p := gate.Policy{Threshold: gate.Threshold{FailOn: lens.High, MinCoverage: 100}, NewQuestions: gate.NewQuestionsNote, Safeguards: gate.Safeguards{Relaxations: gate.EnforceNote}}
	for revision, want := range map[int]gate.Outcome{1: gate.Passed, 3: gate.Incomplete} {
		old := state(revision, "LABSEC03-BP01", "LABSEC03-BP02")
		older := compare.FromAssessment("old", compare.ReviewFile, assessAsked(p, l, old, revision), l)
		a := assessAsked(p, l, state(1, "LABSEC03-BP01"), revision)
		v := gate.Judge(a, p, compare.Compare(older, compare.FromAssessment("new", compare.ReviewFile, a, l)))
		assert.Equal(t, want, v.Outcome, "baseline at revision %d: %v", revision, v.Reasons)
	}
}

// assessAsked assesses a review as the command line does before it judges it by a policy.
// What the lens asks only since a later revision than the given one counts as newly asked.
func assessAsked(p gate.Policy, l *lens.Lens, r *review.Review, revision int) *scoring.Assessment {
	return scoring.Assess(l, r, scoring.Options{Today: today, AcceptedGaps: p.AcceptedGaps(r, r.NewlyAsked(l, revision))})
}
