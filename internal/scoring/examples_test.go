package scoring_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lensOf is the test lens with its weights and one best practice.
func lensOf(p lens.Practice) *lens.Lens {
	l := *testlens.Lens()
	p.ID, p.Question = "IOTX01-BP01", "IOTX01"
	l.Questions = []lens.Question{{
		ID: "IOTX01", Pillar: p.Pillar, Practices: []lens.Practice{p},
		Rules: []lens.Rule{{When: "IOTX01-BP01", Risk: lens.RuleNone}, {When: "default", Risk: lens.RuleHigh}},
	}}
	return &l
}

func practice(effort lens.Level, fix lens.Fix, layers ...string) lens.Practice {
	return lens.Practice{Severity: lens.High, RatedBy: "aws", Effort: effort, Fix: fix, Pillar: "security", Layers: layers}
}

// What an assessment makes of priorities. Their calculation is tested in package priority.
func TestPriorityByExample(t *testing.T) {
	safe := review.Profile{SafetyCritical: new(true), PersonalData: new(true)}
	worst := func(effort lens.Level, fix lens.Fix) lens.Practice {
		p := practice(effort, fix, "edge")
		p.AtStake, p.Worse = []string{"control", "outage"}, []string{"safety_critical", "personal_data"}
		return p
	}
	const missing = review.NotImplemented
	for _, c := range []struct {
		name       string
		practice   lens.Practice
		status     review.Status
		profile    review.Profile
		priority   float64
		because    []string // nil: not looked at
		compensate bool
	}{
		{
			name: "nothing is known of the workload: 10/17.5 x 4/8 x 0.8", practice: practice(lens.High, lens.Cloud), status: missing,
			priority: 22.9, because: []string{"it can be fixed in the cloud"},
		},
		{
			name: "the same, but little work", practice: practice(lens.Low, lens.Cloud), status: missing,
			priority: 22.9,
		},
		{
			name: "all that can make it worse: 17/17.5 x 11/15 x 0.8", practice: worst(lens.High, lens.Cloud), status: missing, profile: safe,
			priority: 57,
			because:  []string{"it can be fixed in the cloud", "a failure can hurt people"},
		},
		{
			name: "the same, but little work", practice: worst(lens.Low, lens.Cloud), status: missing, profile: safe,
			priority: 57,
		},
		{
			name: "don't know: the root of 0.8", practice: worst(lens.High, lens.Cloud), status: review.CannotDetermine, profile: safe,
			priority: 51,
		},
		{
			name: "in part: the root of 0.5", practice: worst(lens.High, lens.Cloud), status: review.PartiallyImplemented, profile: safe,
			priority: 40.3,
		},
		{
			name: "hardware while the design is open", practice: worst(lens.High, lens.Hardware), status: missing,
			profile:  review.Profile{Stage: "design", SafetyCritical: safe.SafetyCritical, PersonalData: safe.PersonalData},
			priority: 71.2,
		},
		{
			name: "hardware after it has shipped: compensate", practice: worst(lens.High, lens.Hardware), status: missing,
			profile:  review.Profile{Stage: "production"},
			priority: 34, compensate: true,
			because: []string{"only hardware could fix it and the fleet has shipped: compensate, and change the next revision"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{Workload: review.Workload{Profile: c.profile}, Answers: map[string]review.Answer{"IOTX01-BP01": {Status: c.status}}}
			a := scoring.Assess(lensOf(c.practice), r, scoring.Options{Mode: scoring.Monotone, Today: today})
			require.Len(t, a.Findings, 1)
			f := a.Findings[0]
			assert.Equal(t, c.priority, f.Priority)
			assert.Equal(t, c.compensate, f.Compensate)
			if c.because != nil {
				assert.Equal(t, c.because, f.Reasons)
			}
		})
	}
}

func TestWaiverStateByDay(t *testing.T) {
	for _, c := range []struct {
		name, expires string
		status        review.Status
		state         scoring.WaiverState
		days          int
		waived        bool
	}{
		{"far away", "2027-03-01", review.NotImplemented, scoring.WaiverActive, 365, true},
		{"31 days before", "2026-04-01", review.NotImplemented, scoring.WaiverActive, 31, true},
		{"30 days before: pointed out", "2026-03-31", review.NotImplemented, scoring.WaiverExpiring, 30, true},
		{"on its last day it holds", "2026-03-02", review.PartiallyImplemented, scoring.WaiverExpiring, 1, true},
		{"on the day of expiry it does not", "2026-03-01", review.NotImplemented, scoring.WaiverExpired, 0, false},
		{"long gone, over a change of the clocks", "2025-03-01", review.CannotDetermine, scoring.WaiverExpired, -365, false},
		{"the gap is closed", "2027-03-01", review.Implemented, scoring.WaiverUnused, 365, false},
		{"closed before it expired", "2025-03-01", review.Implemented, scoring.WaiverUnused, -365, false},
		{"it does not apply", "2027-03-01", review.NotApplicable, scoring.WaiverUnused, 365, false},
		{"a waiver answers nothing", "2027-03-01", review.Unanswered, scoring.WaiverUnused, 365, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{
				Answers: map[string]review.Answer{"IOTX01-BP01": {Status: c.status}},
				Waivers: []review.Waiver{{Practice: "IOTX01-BP01", Expires: c.expires}},
			}
			if c.status == review.Unanswered {
				r.Answers = nil
			}
			a := scoring.Assess(lensOf(practice(lens.Low, lens.Cloud)), r, scoring.Options{Mode: scoring.Monotone, Today: today})
			assert.Equal(t, c.state, a.Waivers[0].State)
			assert.Equal(t, c.days, a.Waivers[0].Days)
			for _, f := range a.Findings {
				assert.Equal(t, c.waived, f.Waived)
				assert.Equal(t, &a.Waivers[0], f.Waiver)
			}
		})
	}
}

// A waiver changes no score and no count: the risk is accepted, not gone.
func TestWaiverChangesNoNumber(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{"LABSEC11-BP01": {Status: review.NotImplemented}, "LABSEC11-BP02": {Status: review.NotImplemented}}}
	bare := assess(r)
	r.Waivers = []review.Waiver{{Practice: "LABSEC11-BP01", Expires: "2027-03-01"}}
	waived := assess(r)
	assert.Equal(t, bare.Lens, waived.Lens)
	assert.Equal(t, bare.Pillars, waived.Pillars)
	for i, q := range waived.Questions {
		assert.Equal(t, bare.Questions[i].Risk, q.Risk)
		if q.ID == "LABSEC11" {
			assert.Equal(t, scoring.RiskHigh, q.Risk)
			assert.Equal(t, scoring.RiskMedium, q.AcceptedRisk, "what a gate sees")
		}
	}
}
