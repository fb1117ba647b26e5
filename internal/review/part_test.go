package review_test

import (
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withPart returns the test lens with a part that needs the markets: a best practice for
// all, one for sold products, and one for consumers.
func withPart() *lens.Lens {
	l := *testlens.Lens()
	l.Parts = []lens.Part{{ID: "product", Name: "Product", Prefix: "LABPRODUCT", Needs: lens.NeedMarkets}}
	l.Markets = []lens.Term{{ID: "eu"}, {ID: "uk"}, {ID: "none"}}
	l.Audiences = []lens.Term{{ID: "consumer"}, {ID: "industrial"}}
	l.ProductClasses = []lens.Term{{ID: "default"}, {ID: "critical"}}
	l.Facts = append(slices.Clone(l.Facts), lens.Fact{
		ID: "for_consumers", Name: "consumers buy it", Otherwise: "no consumer buys it",
		When: []lens.Condition{{Audiences: []string{"consumer"}}, {Segments: []string{"consumer"}}},
	})
	l.Questions = append(slices.Clone(l.Questions), lens.Question{ID: "LABPRODUCT01", Part: "product", Title: "t", Ask: "t", Practices: []lens.Practice{
		{ID: "LABPRODUCT01-BP01", Question: "LABPRODUCT01", Part: "product", Severity: lens.High, Layers: []string{"edge"}, Pillar: "security"},
		{
			ID: "LABPRODUCT01-BP02", Question: "LABPRODUCT01", Part: "product", Severity: lens.High, Layers: []string{"edge"}, Pillar: "security",
			AskedOf: lens.Condition{Markets: []string{"eu", "uk"}, Because: "it is placed on no market"},
		},
		{
			ID: "LABPRODUCT01-BP03", Question: "LABPRODUCT01", Part: "product", Severity: lens.Low, Layers: []string{"edge"}, Pillar: "security",
			AppliesTo: lens.Condition{Is: []string{"for_consumers"}},
		},
	}})
	return &l
}

func TestPartIsAskedOnceProfileHasItsNeeds(t *testing.T) {
	const waits = "The product questions are not asked: markets is not set in the profile."
	for name, c := range map[string]struct {
		profile review.Profile
		want    [3]string // the reasons; empty where it is asked
	}{
		"nothing is said":      {review.Profile{Segment: "industrial"}, [3]string{waits, waits, waits}},
		"no market":            {review.Profile{Markets: []string{"none"}}, [3]string{"", "It is placed on no market.", ""}},
		"sold":                 {review.Profile{Markets: []string{"none", "uk"}}, [3]string{"", "", ""}},
		"by the segment":       {review.Profile{Markets: []string{"eu"}, Segment: "industrial"}, [3]string{"", "", "No consumer buys it."}},
		"the audience decides": {review.Profile{Markets: []string{"eu"}, Segment: "industrial", Audience: []string{"consumer"}}, [3]string{"", "", ""}},
		"and against, as well": {review.Profile{Markets: []string{"eu"}, Segment: "consumer", Audience: []string{"industrial"}}, [3]string{"", "", "No consumer buys it."}},
	} {
		t.Run(name, func(t *testing.T) {
			l := withPart()
			facts := review.FactsOf(l, c.profile)
			q, ok := l.Question("LABPRODUCT01")
			require.True(t, ok)
			for i := range q.Practices {
				ruling, reason := facts.Applicability(&q.Practices[i])
				assert.Equal(t, c.want[i], reason, q.Practices[i].ID)
				assert.Equal(t, c.want[i] == "", ruling == review.Asked, q.Practices[i].ID)
				if reason == waits {
					assert.Equal(t, review.OnDemand, ruling, "nothing is written into the file while the part waits")
					assert.Equal(t, "Product", facts.UnaskedPart(&q.Practices[i]))
				}
			}
		})
	}
}

func TestFirstMarketIsDate(t *testing.T) {
	l := withPart()
	var w review.Workload
	field := func(flag string) review.WorkloadField {
		fields := review.WorkloadFields()
		i := slices.IndexFunc(fields, func(f review.WorkloadField) bool { return f.Flag == flag })
		require.GreaterOrEqual(t, i, 0, flag)
		return fields[i]
	}
	day := field("first-market")
	assert.ErrorContains(t, day.Set(l, &w, []string{"spring"}), `"spring" is not a date such as 2026-12-31`)
	require.NoError(t, day.Set(l, &w, []string{"2027-03-01"}))
	assert.Equal(t, "2027-03-01", day.Text(w))
	assert.True(t, day.Relevant(l))
	assert.False(t, day.Relevant(testlens.Lens()), "a lens without markets has no use for it")

	market := field("market")
	require.NoError(t, market.Set(l, &w, []string{"1-2"}))
	assert.Equal(t, []string{"eu", "uk"}, w.Profile.Markets)
	assert.ErrorContains(t, field("product-class").Set(l, &w, []string{"defalt"}), `did you mean "default"?`)
	assert.ErrorContains(t, market.Set(testlens.Lens(), &w, []string{"eu"}), "does not use it")
}

// A part waits for a key of the profile, which is therefore there.
func TestPartNeedsAreProfileKeys(t *testing.T) {
	for _, key := range lens.Need("").Values() {
		l := withPart()
		l.Parts[0].Needs = lens.Need(key)
		_, p := l.Question("LABPRODUCT01")
		require.True(t, p)
		q, _ := l.Question("LABPRODUCT01")
		assert.NotPanics(t, func() { review.FactsOf(l, review.Profile{}).UnaskedPart(&q.Practices[0]) }, key)
	}
}
