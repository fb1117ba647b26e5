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

func practice(severity, effort lens.Level, fix lens.Fix, pillar string, layers ...string) lens.Practice {
	return lens.Practice{Severity: severity, RatedBy: "aws", Effort: effort, Fix: fix, Pillar: pillar, Layers: layers}
}

func TestPriorityByExample(t *testing.T) {
	yes, no := true, false
	plain := practice(lens.High, lens.High, lens.Cloud, "security", "edge")
	air := practice(lens.High, lens.High, lens.OverTheAir, "security", "edge")
	hardware := practice(lens.High, lens.High, lens.Hardware, "security", "edge")
	own := practice(lens.Medium, lens.High, lens.Cloud, "sustainability", "edge")
	own.RatedBy = "iotlens"
	const (
		missing = review.NotImplemented
		part    = review.PartiallyImplemented
		unknown = review.CannotDetermine
	)
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
			name: "a profile that says nothing: 1 x 1 x 0.5 x 0.8", practice: plain, status: missing,
			priority: 40,
			because:  []string{"AWS rates the risk high", "it is not implemented", "it can be fixed in the cloud"},
		},
		{
			name: "the same, but little work", practice: practice(lens.High, lens.Low, lens.Cloud, "security", "edge"), status: missing,
			priority: 40,
		},
		{
			name: "don't know: x 0.8", practice: plain, status: unknown,
			priority: 32,
			because:  []string{"AWS rates the risk high", "the answer is \"don't know\"", "it can be fixed in the cloud"},
		},
		{
			name: "in part: x 0.5", practice: plain, status: part,
			priority: 20,
			because:  []string{"AWS rates the risk high", "it is implemented in part", "it can be fixed in the cloud"},
		},
		{
			name: "medium and little work", practice: practice(lens.Medium, lens.Low, lens.Cloud, "security"), status: missing,
			priority: 24,
		},
		{
			name: "low", practice: practice(lens.Low, lens.Medium, lens.Cloud, "security"), status: missing,
			priority: 12,
		},
		{
			name: "a half is rounded up: 0.6 x 1 x 0.5 x 0.75 is 22.5", practice: practice(lens.Medium, lens.High, lens.Cloud, "security"), status: missing,
			profile:  review.Profile{Stage: "pilot"},
			priority: 23,
		},
		{
			name: "a half that binary fractions make less than one: 1 x 1 x 0.9 x 0.85 is 76.5", practice: air, status: missing,
			profile:  review.Profile{Stage: "pilot", FleetSize: 1000, SafetyCritical: new(true)},
			priority: 77,
		},
		{
			name: "exposure adds up: 0.5 + 0.1 + 0.1 + 0.3", practice: plain, status: missing,
			profile:  review.Profile{Stage: "production", FleetSize: 100000, SafetyCritical: new(true)},
			priority: 90,
			because: []string{
				"AWS rates the risk high", "it is not implemented", "a fault repeats itself on 1,000 devices or more",
				"with 100,000 devices or more nobody can fix by hand", "the workload is safety-critical",
				"it can be fixed in the cloud without touching a device",
			},
		},
		{
			name: "and ends at 1", practice: plain, status: missing,
			profile:  review.Profile{Stage: "production", FleetSize: 100000, SafetyCritical: new(true), PersonalData: new(true)},
			priority: 90,
		},
		{
			name: "one device fewer than 1,000", practice: plain, status: missing, profile: review.Profile{FleetSize: 999},
			priority: 40,
		},
		{
			name: "personal data is a matter of security", practice: practice(lens.High, lens.High, lens.Cloud, "reliability"), status: missing,
			profile:  review.Profile{PersonalData: new(true)},
			priority: 40,
		},
		{
			name: "batteries and thin links, rated by us: 0.6 x (0.5 + 0.2 + 0.1) x 0.8 is 38.4", practice: own, status: missing,
			profile:  review.Profile{Power: []string{"mains", "battery"}, Connectivity: []string{"cellular"}},
			priority: 38,
			because: []string{
				"we rate the risk medium", "it is not implemented", "wasted energy is battery life",
				"links that drop or cost by the byte carry the traffic", "it can be fixed in the cloud",
			},
		},
		{
			name: "the same in a layer that neither touches", practice: practice(lens.Medium, lens.High, lens.Cloud, "sustainability", "analytics"), status: missing,
			profile:  review.Profile{Power: []string{"battery"}, Connectivity: []string{"cellular"}},
			priority: 24,
		},
		{
			name: "hardware while the design is open comes first, and 60 is urgent", practice: hardware, status: missing,
			profile:  review.Profile{Stage: "design", FleetSize: 1000},
			priority: 60,
		},
		{
			name: "hardware after it has shipped: compensate; 35 is important", practice: hardware, status: missing,
			profile:  review.Profile{Stage: "production"},
			priority: 35, compensate: true,
			because: []string{
				"AWS rates the risk high", "it is not implemented",
				"only hardware could fix it and the fleet has shipped: compensate, and change the next revision",
			},
		},
		{
			name: "hardware on the way out", practice: hardware, status: missing, profile: review.Profile{Stage: "retiring"},
			priority: 20, compensate: true,
		},
		{
			name: "over the air in production", practice: air, status: missing,
			profile:  review.Profile{Stage: "production", FieldUpdatable: &yes},
			priority: 50,
			because:  []string{"AWS rates the risk high", "it is not implemented", "an update can fix it on the whole fleet"},
		},
		{
			name: "where there are no updates over the air, it is a visit", practice: air, status: missing,
			profile:  review.Profile{Stage: "production", FieldUpdatable: &no},
			priority: 45,
			because: []string{
				"AWS rates the risk high", "it is not implemented", "the devices can't be updated over the air",
				"it takes a visit to every site, and the fleet grows",
			},
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
				assert.Equal(t, c.because, f.Because)
			}
		})
	}
}

func TestWaiversAroundTheirDates(t *testing.T) {
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
			a := scoring.Assess(lensOf(practice(lens.High, lens.Low, lens.Cloud, "security")), r, scoring.Options{Mode: scoring.Monotone, Today: today})
			assert.Equal(t, c.state, a.Waivers[0].State)
			assert.Equal(t, c.days, a.Waivers[0].Days)
			for _, f := range a.Findings {
				assert.Equal(t, c.waived, f.Waived)
				assert.Equal(t, &a.Waivers[0], f.Waiver)
			}
		})
	}
}

// A waiver moves no figure: the risk is accepted, not gone.
func TestAWaiverMovesNoFigure(t *testing.T) {
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
			assert.Equal(t, scoring.RiskMedium, q.Accepted, "what a gate sees")
		}
	}
}
