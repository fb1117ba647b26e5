package priority_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
)

// The workload of the example on docs/scoring.md.
var example = review.Profile{Stage: "production", FleetSize: 20000, PersonalData: new(true), Connectivity: []string{"cellular"}}

func TestRank(t *testing.T) {
	l := testlens.Lens()
	cloud := func(p review.Profile) review.Profile { no := false; p.FieldUpdatable = &no; return p }
	for _, c := range []struct {
		name     string
		practice string
		profile  review.Profile
		status   review.Status
		want     float64
		because  string // one of the reasons
	}{
		{name: "the page, unknown", practice: "LABSEC11-BP01", profile: example, status: review.CannotDetermine, want: 39, because: "personal data is handled"},
		{name: "the page, in part", practice: "LABSEC10-BP03", profile: example, status: review.PartiallyImplemented, want: 22, because: "personal data is handled"},
		{name: "nothing is known of the workload", practice: "LABSEC10-BP01", profile: review.Profile{}, status: review.NotImplemented, want: 43},
		{name: "a fix over the air, where that is not possible", practice: "LABSEC10-BP01", profile: cloud(review.Profile{}), status: review.NotImplemented, want: 45, because: "the devices can't be updated over the air"},
	} {
		p, ok := l.Practice(c.practice)
		assert.True(t, ok)
		r := priority.Of(l.Weights, review.FactsOf(l, c.profile), p, priority.Gap{Missing: priority.Missing(l.Weights.Gap, c.status)})
		assert.Equal(t, c.want, r.Priority, c.name)
		if c.because != "" {
			assert.Contains(t, r.Because, c.because, c.name)
		}
	}
}

func TestWhatIsNoFinding(t *testing.T) {
	for _, s := range []review.Status{review.Implemented, review.NotApplicable, review.Unanswered} {
		assert.False(t, s.Finding())
		assert.Zero(t, priority.Missing(testlens.Lens().Weights.Gap, s))
	}
}

// What only new hardware can fix comes first while the design is open, and is flagged
// once it has shipped.
func TestReversibility(t *testing.T) {
	l := testlens.Lens()
	p := lens.Practice{Severity: lens.High, Fix: lens.Hardware}
	design := priority.Of(l.Weights, review.FactsOf(l, review.Profile{Stage: "design"}), &p, priority.Gap{Missing: 1})
	shipped := priority.Of(l.Weights, review.FactsOf(l, review.Profile{Stage: "production"}), &p, priority.Gap{Missing: 1})
	assert.Greater(t, design.Priority, shipped.Priority)
	assert.False(t, design.Compensate)
	assert.True(t, shipped.Compensate)
}
