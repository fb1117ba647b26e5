package scoring_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func lab(t require.TestingT) *framework.Framework {
	f, err := framework.Load("../../testdata/frameworks/lab.yaml", testlens.Lens())
	require.NoError(t, err)
	return f
}

func held(t require.TestingT, r *review.Review, today string) framework.Standing {
	l := testlens.Lens()
	return scoring.Assess(l, r, scoring.Options{Today: today}).StandingAgainst(lab(t), l)
}

// A standing has the state of each provision, and the answers behind it.
func TestStandingAgainst(t *testing.T) {
	r := &review.Review{
		Answers: map[string]review.Answer{
			"LABSEC01-BP01": {Status: review.NotImplemented, Owner: "Ana", Due: "2027-01-31"},
			"LABSEC02-BP01": {Status: review.Implemented, Evidence: []string{"WIKI-1"}, By: "Bo", At: "2026-11-01"},
			"LABSEC10-BP01": {Status: review.NotApplicable, Reason: "It has no radio."},
			"LABSEC10-BP03": {Status: review.CannotDetermine},
		},
		Waivers: []review.Waiver{{Practice: "LABSEC01-BP01", Reason: "Later.", Owner: "Ana", Approver: "Cy", Expires: "2027-06-30"}},
	}
	s := held(t, r, "2026-11-24")

	var states []framework.State
	for _, p := range s.Provisions {
		states = append(states, p.State)
	}
	assert.Equal(t, []framework.State{framework.NotMet, framework.PartlyMet, framework.Outside, framework.NotApplicable, framework.Unknown}, states)
	first, second := s.Provisions[0].Practices[0], s.Provisions[1].Practices
	assert.Equal(t, "2027-06-30", first.Waived, "a waiver is shown and leaves the gap")
	assert.Equal(t, []string{"Ana", "2027-01-31"}, []string{first.Owner, first.Due})
	assert.Equal(t, []string{"WIKI-1"}, second[0].Evidence)
	assert.Equal(t, "half of it", second[0].Lacks)
	assert.Equal(t, []string{"LABSEC03-BP01"}, open(s.Provisions[1]), "nobody answered it")
	assert.True(t, s.Provisions[3].Conditional)
	assert.False(t, s.Provisions[4].Conditional)
	assert.Equal(t, framework.MarketsNotAsked, s.Markets)
	assert.Equal(t, framework.AppliesYes, s.Applies)
}

func open(h framework.ProvisionStanding) []string {
	var ids []string
	for _, s := range h.Open() {
		ids = append(ids, s.Practice)
	}
	return ids
}

// A best practice that is out of scope is not answered, whatever its answer says.
func TestStandingOutOfScope(t *testing.T) {
	r := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC02"}}, Answers: map[string]review.Answer{"LABSEC01-BP01": {Status: review.Implemented}}}
	p := held(t, r, "2026-11-24").Provisions[0]
	assert.Equal(t, framework.NotAnswered, p.State)
	assert.Equal(t, "The scope of the review leaves it out.", p.Practices[0].NotAskedReason)
}

// The day of the report, the horizons of the plan and the first placing on a market decide
// when a provision is due.
func TestStandingDueDates(t *testing.T) {
	for _, c := range []struct {
		today, market string
		first, others framework.When
		due           string // of the others
	}{
		{"2026-01-15", "", framework.DueNext, framework.DueLater, "2027-01-15"},
		{"2026-11-24", "", framework.InForce, framework.DueNext, "2027-01-15"},
		{"2026-12-20", "", framework.InForce, framework.DueNow, "2027-01-15"},
		{"2027-01-15", "", framework.InForce, framework.InForce, "2027-01-15"},
		{"2026-11-24", "2026-10-01", framework.InForce, framework.NeverDue, ""},
		{"2026-11-24", "2027-02-01", framework.InForce, framework.DueNext, "2027-02-01"},
		{"2026-11-24", "2028-02-01", framework.InForce, framework.DueLater, "2028-02-01"},
	} {
		r := &review.Review{Workload: review.Workload{Profile: review.Profile{FirstMarket: c.market}}}
		s := held(t, r, c.today)
		assert.Equal(t, c.first, s.Provisions[0].When, "%+v", c)
		assert.Equal(t, c.others, s.Provisions[1].When, "%+v", c)
		assert.Equal(t, c.due, s.Provisions[1].Due, "%+v", c)
		require.Len(t, s.Duties, 2)
		assert.Equal(t, 1, s.Duties[0].Provisions)
		assert.Equal(t, 3, s.Duties[1].Provisions, "what is outside a review is no duty of it")
	}
}
