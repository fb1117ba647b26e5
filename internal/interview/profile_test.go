package interview_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
)

// LABSUS04-BP01 is for power: battery, harvesting.
const harvesting = "LABSUS04-BP01"

func TestApplyProfile(t *testing.T) {
	const (
		mains = "It is for other workloads."
		usb   = "It was for other workloads."
	)
	byProfile := func(reason, at string) *review.Answer {
		return &review.Answer{Status: review.NotApplicable, Reason: reason, By: review.ByProfile, At: at}
	}
	byPerson := &review.Answer{Status: review.NotApplicable, Reason: "a site without light", By: "Ana"}
	for _, c := range []struct {
		name           string
		power          []string
		before, after  *review.Answer
		rules, release bool
	}{
		{name: "an empty profile rules nothing out"},
		{name: "it applies", power: []string{"battery"}},
		{name: "it applies to a part of the fleet", power: []string{"mains", "battery"}},
		{name: "it is ruled out", power: []string{"mains"}, after: byProfile(mains, "now"), rules: true},
		{name: "it was ruled out", power: []string{"mains"}, before: byProfile(mains, "then"), after: byProfile(mains, "then")},
		{name: "it was ruled out for another reason", power: []string{"mains"}, before: byProfile(usb, "then"), after: byProfile(mains, "now")},
		{name: "it is released", power: []string{"battery"}, before: byProfile(mains, "then"), release: true},
		{name: "it is released when the profile has no value any more", before: byProfile(mains, "then"), release: true},
		{
			name: "a person's answer is not ruled out", power: []string{"mains"},
			before: &review.Answer{Status: review.Implemented, By: "Ana"}, after: &review.Answer{Status: review.Implemented, By: "Ana"},
		},
		{name: "a person's not applicable is not released", power: []string{"battery"}, before: byPerson, after: byPerson},
		{
			name: "whatever the wording of the reason", power: []string{"battery"},
			before: byProfile("no light", "then"), release: true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{
				Scope:    review.Scope{Questions: []string{"LABSUS04"}, Layers: layersOf(harvesting)},
				Workload: review.Workload{Profile: review.Profile{Power: c.power}},
			}
			if c.before != nil {
				r.Answers = map[string]review.Answer{harvesting: *c.before}
			}
			ruledOut, released := interview.ApplyProfile(testlens.Lens(), r, "now")
			answer, answered := r.Answers[harvesting]
			assert.Equal(t, c.after != nil, answered)
			if c.after != nil {
				assert.Equal(t, *c.after, answer)
			}
			assert.Equal(t, c.rules, len(ruledOut) > 0, ruledOut)
			assert.Equal(t, c.release, len(released) > 0, released)

			ruledOut, released = interview.ApplyProfile(testlens.Lens(), r, "later")
			assert.Empty(t, append(ruledOut, released...), "a second time changes nothing")
		})
	}
}

func TestApplyProfileKeepsToTheScope(t *testing.T) {
	r := &review.Review{
		Scope:    review.Scope{Pillars: []string{"security"}},
		Workload: review.Workload{Profile: review.Profile{Power: []string{"mains"}}},
	}
	ruledOut, _ := interview.ApplyProfile(testlens.Lens(), r, "now")
	assert.NotContains(t, ruledOut, harvesting)
	assert.NotContains(t, r.Answers, harvesting)
}

func layersOf(practice string) []string {
	p, _ := testlens.Lens().Practice(practice)
	return p.Layers
}
