package testlens_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheTestLensIsSound(t *testing.T) {
	_, problems := bank.Validate(bank.Dir(testlens.Dir()))
	require.NoError(t, problems.Err())
}

// Tests rely on the test lens to have one question of each kind: without one, they would pass
// without testing anything.
func TestTheTestLensHasOneOfEachKind(t *testing.T) {
	l := testlens.Lens()
	has := map[string]bool{}
	for _, q := range l.Questions {
		has["question of the pillar "+q.Pillar] = true
		has["question of the layer "+q.Layer] = true
		has["topic"], has["wording for a segment"], has["follow-ups"] = true, has["wording for a segment"] || len(q.Asks) > 0, has["follow-ups"] || len(q.FollowUps) > 0
		if q.AWS() {
			has[map[bool]string{true: "with None", false: "without None"}[q.None != ""]] = true
		}
		for _, r := range q.Rules {
			has["rule with the risk "+string(r.Risk)] = true
		}
		none, all := map[string]review.Answer{}, map[string]review.Answer{}
		for i, p := range q.Practices {
			all[p.ID] = review.Answer{Status: review.Implemented}
			none[p.ID] = review.Answer{Status: review.NotImplemented}
			if i < len(q.Practices)-1 {
				none[p.ID] = review.Answer{Status: review.Implemented}
			}
			has["severity "+string(p.Severity)], has["effort "+string(p.Effort)], has["fix "+string(p.Fix)] = true, true, true
			has["rated by "+string(p.RatedBy)] = true
			a := p.AppliesTo
			for word, list := range map[string][]string{"device classes": a.DeviceClasses, "protocols": a.Protocols, "segments": a.Segments, "power": a.Power, "connectivity": a.Connectivity} {
				has["applies to "+word] = has["applies to "+word] || len(list) > 0
			}
			for _, h := range p.How {
				has["guidance"] = has["guidance"] || h.Guidance != ""
			}
		}
		require.Equal(t, scoring.RiskNone, scoring.AWSRisk(&q, all), q.ID)
		has["doing more makes a risk worse, to the letter"] = has["doing more makes a risk worse, to the letter"] || scoring.AWSRisk(&q, none) != scoring.MonotoneRisk(&q, none)
	}
	for _, s := range l.Services {
		has["service "+string(s.Status)] = true
	}
	want := []string{
		"topic", "wording for a segment", "follow-ups", "with None", "without None", "guidance", "doing more makes a risk worse, to the letter",
		"question of the layer edge", "question of the layer ingestion", "rated by aws", "rated by iotlens", "rated by lens", "rated by rules",
		"applies to device classes", "applies to protocols", "applies to segments", "applies to power", "applies to connectivity",
	}
	for _, p := range l.PillarIDs() {
		want = append(want, "question of the pillar "+p)
	}
	for kind, words := range map[string][]string{
		"severity ": lens.Level("").Values(), "effort ": lens.Level("").Values(), "fix ": lens.Fix("").Values(),
		"rule with the risk ": lens.RuleRisk("").Values(), "service ": lens.ServiceStatus("").Values(),
	} {
		for _, w := range words {
			want = append(want, kind+w)
		}
	}
	for _, w := range want {
		assert.True(t, has[w], w)
	}
	assert.Equal(t, shipped.Lens().LayerIDs(), l.LayerIDs(), "all layers, so that maps and scopes have them")
	assert.Equal(t, shipped.Lens().PillarIDs(), l.PillarIDs())
}

func TestTimes(t *testing.T) {
	once, thrice := testlens.Lens(), testlens.Repeat(3)
	assert.Len(t, thrice.Questions, 3*len(once.Questions))
	ids := map[string]bool{}
	for _, q := range thrice.Questions {
		answers := map[string]review.Answer{}
		for _, p := range q.Practices {
			ids[p.ID] = true
			answers[p.ID] = review.Answer{Status: review.Implemented}
		}
		assert.Equal(t, scoring.RiskNone, scoring.AWSRisk(&q, answers), "%s has rules of its own", q.ID)
	}
	assert.Len(t, ids, 3*len(once.PracticeIDs()))
	_, found := thrice.Practice("LABSEC41-BP01")
	assert.True(t, found)
}

func TestNoIDOfTheTestLensIsAWS(t *testing.T) {
	ours := map[string]bool{}
	for _, id := range append(shipped.Lens().QuestionIDs(), shipped.Lens().PracticeIDs()...) {
		ours[id] = true
	}
	for _, id := range append(testlens.Lens().QuestionIDs(), testlens.Lens().PracticeIDs()...) {
		assert.False(t, ours[id], id)
		assert.True(t, strings.HasPrefix(id, "LAB"), id)
	}
}

func TestTheReviewsHaveEveryStatusAndStateOfAWaiver(t *testing.T) {
	const today = "2026-11-23"
	states := map[scoring.WaiverState]bool{}
	for _, name := range []string{testlens.Waterworks, testlens.Trackers, testlens.Thermostats} {
		r := testlens.Review(name)
		for _, w := range scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today}).Waivers {
			states[w.State] = true
		}
		has := map[review.Status]bool{}
		for _, a := range r.Answers {
			has[a.Status] = true
		}
		for _, s := range review.Statuses() {
			assert.True(t, has[s], "%s: %s", name, s)
		}
	}
	assert.Len(t, testlens.Review(testlens.Waterworks).Answers, len(testlens.Lens().PracticeIDs()))
	assert.Len(t, states, 4)
}
