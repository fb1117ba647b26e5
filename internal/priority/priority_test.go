package priority_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// small is a lens with few facts: severities of 8, 4 and 2 points, two stakes, and
// facts of weight 3 and 1.
func small() *lens.Lens {
	return &lens.Lens{
		Facts: []lens.Fact{
			{ID: "personal_data", Name: "people", Weight: 3},
			{ID: "battery", Name: "a cell", Weight: 1, When: []lens.Condition{{Power: []string{"battery"}}}},
		},
		Stakes: []lens.Stake{{ID: "control", Weight: 8}, {ID: "money", Weight: 4}},
		Weights: lens.Weights{
			Harm: lens.Harm{High: 8, Medium: 4, Low: 2, FurtherStake: 0.5}, Reach: lens.Reach{Base: 2, Half: 2}, UrgentDays: 10,
			Reversibility: []lens.Reversible{
				{Fix: lens.Cloud, Factor: 0.5},
				{Fix: lens.Process, Stage: "design", Closes: lens.ClosingOrder, Factor: 1, Because: "before the order"},
				{Fix: lens.Process, Factor: 0.5},
				{Fix: lens.OverTheAir, Factor: 0.8},
				{Fix: lens.FieldVisit, Factor: 0.9, Because: "a visit"},
				{Fix: lens.Hardware, Stage: "design", Factor: 1, Because: "before the freeze"},
				{Fix: lens.Hardware, Stage: "production", Factor: 0.4, Because: "too late", Compensate: true},
			},
		},
	}
}

func TestRank(t *testing.T) {
	whole := priority.Gap{Missing: 1}
	for _, c := range []struct {
		name     string
		practice lens.Practice
		profile  review.Profile
		gap      priority.Gap
		want     float64
		because  []string
	}{
		{"severity alone: 8/20 x 2/4 x 0.5", lens.Practice{Severity: lens.High, Fix: lens.Cloud}, review.Profile{}, whole, 10, nil},
		{"our severity goes before AWS's: 4/20", lens.Practice{Severity: lens.High, OwnSeverity: lens.OwnSeverity{Level: lens.Medium, Why: "It is little."}, Fix: lens.Cloud}, review.Profile{}, whole, 5, []string{"It is little."}},
		{"two things at stake: (8+8+2)/20", lens.Practice{Severity: lens.High, AtStake: []string{"control", "money"}, Fix: lens.Cloud}, review.Profile{}, whole, 22.5, nil},
		{"a fact that holds: 5/7", lens.Practice{Severity: lens.High, Worse: []string{"personal_data", "battery"}, Fix: lens.Cloud}, review.Profile{PersonalData: new(true)}, whole, 14.3, []string{"people"}},
		{"two that hold: 6/8, the heavier first", lens.Practice{Severity: lens.High, Worse: []string{"battery", "personal_data"}, Fix: lens.Cloud}, review.Profile{PersonalData: new(true), Power: []string{"battery"}}, whole, 15, []string{"people", "a cell"}},
		{"one that does not make it worse", lens.Practice{Severity: lens.High, Fix: lens.Cloud}, review.Profile{PersonalData: new(true)}, whole, 10, nil},
		{"half of it is missing: x 0.707", lens.Practice{Severity: lens.High, Fix: lens.Cloud}, review.Profile{}, priority.Gap{Missing: 0.5}, 7.1, nil},
		{"an update where none is possible", lens.Practice{Severity: lens.High, Fix: lens.OverTheAir}, review.Profile{FieldUpdatable: new(false)}, whole, 18, []string{"a visit"}},
		{"a decision that closes", lens.Practice{Severity: lens.High, Fix: lens.Process, Closes: lens.ClosingOrder}, review.Profile{Stage: "design"}, whole, 20, []string{"before the order"}},
		{"a closing without a row: the row without it", lens.Practice{Severity: lens.High, Fix: lens.Process, Closes: lens.ClosingOrder}, review.Profile{Stage: "production"}, whole, 10, nil},
		{"its day has come: nothing but harm counts", lens.Practice{Severity: lens.High, Fix: lens.Cloud}, review.Profile{}, priority.Gap{Missing: 0.5, HasDeadline: true}, 40, []string{"its deadline is today"}},
		{"its day is ten days away: half of the way", lens.Practice{Severity: lens.High, Fix: lens.Cloud}, review.Profile{}, priority.Gap{Missing: 1, HasDeadline: true, DaysLeft: 10}, 25, []string{"its deadline is in 10 days"}},
	} {
		r := priority.Of(review.FactsOf(small(), c.profile), &c.practice, c.gap)
		assert.Equal(t, c.want, r.Priority, c.name)
		assert.Equal(t, c.because, r.Reasons, c.name)
	}
}

// A larger gap, a nearer deadline and one more aggravating fact never lower a priority. It
// stays between 0 and 100.
func TestPriorityIsMonotone(t *testing.T) {
	l := small()
	rapid.Check(t, func(t *rapid.T) {
		p := lens.Practice{
			Severity: rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low}).Draw(t, "severity"),
			Fix:      rapid.SampledFrom([]lens.Fix{lens.Cloud, lens.OverTheAir, lens.Hardware, lens.Process}).Draw(t, "fix"),
			AtStake:  []string{"control", "money"}, Worse: []string{"personal_data"},
		}
		profile := review.Profile{Stage: rapid.SampledFrom([]string{"", "design", "production"}).Draw(t, "stage")}
		gap := priority.Gap{Missing: rapid.Float64Range(0.01, 1).Draw(t, "missing"), HasDeadline: rapid.Bool().Draw(t, "day"), DaysLeft: rapid.IntRange(-10, 400).Draw(t, "days")}
		least := priority.Of(review.FactsOf(l, profile), &p, gap).Priority
		assert.GreaterOrEqual(t, least, 0.0)
		for name, change := range map[string]func(){
			"less is there": func() { gap.Missing = 1 },
			"a fact holds":  func() { profile.PersonalData = new(true) },
			"the day nears": func() { gap.HasDeadline, gap.DaysLeft = true, gap.DaysLeft-5 },
		} {
			g, f := gap, profile
			change()
			more := priority.Of(review.FactsOf(l, profile), &p, gap).Priority
			assert.GreaterOrEqual(t, more, least, name)
			assert.LessOrEqual(t, more, 100.0, name)
			gap, profile = g, f
		}
	})
}

// All else equal, a partly implemented practice of high severity ranks above a missing one
// of medium severity.
func TestPartialHighRanksAboveMissingMedium(t *testing.T) {
	facts := review.FactsOf(small(), review.Profile{})
	half := priority.Of(facts, &lens.Practice{Severity: lens.High, Fix: lens.Cloud}, priority.Gap{Missing: 0.5})
	medium := priority.Of(facts, &lens.Practice{Severity: lens.Medium, Fix: lens.Cloud}, priority.Gap{Missing: 1})
	assert.Greater(t, half.Priority, medium.Priority)
}

// A gap that only new hardware fixes ranks first while the design is open, and needs a
// compensating control once devices have shipped.
func TestReversibility(t *testing.T) {
	p := lens.Practice{Severity: lens.High, Fix: lens.Hardware}
	design := priority.Of(review.FactsOf(small(), review.Profile{Stage: "design"}), &p, priority.Gap{Missing: 1})
	shipped := priority.Of(review.FactsOf(small(), review.Profile{Stage: "production"}), &p, priority.Gap{Missing: 1})
	assert.Greater(t, design.Priority, shipped.Priority)
	assert.False(t, design.Compensate)
	assert.True(t, shipped.Compensate)
}

func TestNoGapHasNoPriority(t *testing.T) {
	for _, s := range []review.Status{review.Implemented, review.NotApplicable, review.Unanswered} {
		assert.False(t, s.IsFinding())
		assert.Zero(t, priority.GapOf(lens.Gap{NotImplemented: 1, CannotDetermine: 1, PartiallyImplemented: 1}, review.Answer{Status: s}, 0).Missing)
	}
}

func TestDistinctReasons(t *testing.T) {
	assert.Equal(t, [][]string{{"c", "b"}, {"b"}, {}, {"d"}, {}, nil},
		priority.DistinctReasons([][]string{{"a", "b", "c"}, {"a", "b"}, {"a"}, {"a", "d"}, {"a"}, nil}))
	assert.Equal(t, [][]string{{"a", "b"}}, priority.DistinctReasons([][]string{{"a", "b", "c"}}), "one finding shares nothing")
}
