package interview_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	copied := &review.Answer{Status: review.Implemented, By: "Ana", Template: "Platform", VouchedBy: "Ana", VouchedUntil: "2027-06-30"}
	ruled := *byProfile(mains, "now")
	ruled.History = []review.Answer{*copied}
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
		{name: "one from a template that nobody confirmed is ruled out", power: []string{"mains"}, before: copied, after: &ruled, rules: true},
		{name: "one from a template that applies stays", power: []string{"battery"}, before: copied, after: copied},
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
			ruling := interview.ApplyProfile(testlens.Lens(), r, r.Workload.Profile, "now")
			answer, answered := r.Answers[harvesting]
			assert.Equal(t, c.after != nil, answered)
			if c.after != nil {
				assert.Equal(t, *c.after, answer)
			}
			assert.Equal(t, c.rules, len(ruling.RuledOut) > 0, ruling)
			assert.Equal(t, c.release, len(ruling.AskedAgain) > 0, ruling)

			ruling = interview.ApplyProfile(testlens.Lens(), r, r.Workload.Profile, "later")
			assert.Equal(t, interview.ProfileEffect{}, ruling, "a second time changes nothing")
		})
	}
}

func TestApplyProfileKeepsToTheScope(t *testing.T) {
	r := &review.Review{
		Scope:    review.Scope{Pillars: []string{"security"}},
		Workload: review.Workload{Profile: review.Profile{Power: []string{"mains"}}},
	}
	assert.Empty(t, interview.ApplyProfile(testlens.Lens(), r, r.Workload.Profile, "now").RuledOut)
	assert.NotContains(t, r.Answers, harvesting)
}

// LABSEC05-BP01, the only one of its question, is asked from the pilot on, LABREL08-BP04
// until the product retires.
func TestSetAside(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{Schema: 1, Workload: review.Workload{Profile: review.Profile{Stage: "design"}}}
	w := interview.New(l, r, interview.Filter{})
	ids := func() []string {
		var out []string
		for _, a := range w.SetAside() {
			out = append(out, a.Practice.ID)
		}
		return out
	}
	all := len(l.PracticeIDs())
	assert.Equal(t, []string{"LABSEC05-BP01"}, ids())
	assert.Equal(t, "No certificate is in the field yet.", w.SetAside()[0].Reason)
	assert.Equal(t, all-1, w.Overall().Stops)
	assert.Len(t, w.Stops(), all-1)
	for _, q := range w.Questions() {
		assert.NotEqual(t, "LABSEC05", q.Question.ID, "a question of which all is set aside is not asked")
	}
	before := w.Agenda(interview.Plan{Minutes: 1000}).Needed
	assert.Less(t, before, interview.New(l, &review.Review{Schema: 1}, interview.Filter{}).Agenda(interview.Plan{}).Needed)

	// Opening it asks it, where it belongs; an answer counts, and can be taken back.
	require.True(t, w.GoToID("LABSEC05"))
	s, _ := w.Current()
	assert.Equal(t, "LABSEC05-BP01", s.Practice.ID)
	assert.Equal(t, slices.Index(l.PracticeIDs(), s.Practice.ID), w.Position())
	assert.Empty(t, ids())
	assert.Equal(t, all, w.Overall().Stops)
	assert.Empty(t, r.Answers, "nothing is written by opening it")
	require.NoError(t, w.SetAnswer(review.Answer{Status: review.NotImplemented}))
	assert.Empty(t, r.SetAside(l), "an answer that exists counts")
	w.Undo()
	assert.Equal(t, []string{"LABSEC05-BP01"}, slices.Sorted(maps.Keys(r.SetAside(l))), "the next session sets it aside again")

	// A profile that changes brings back and sets aside, and can be undone.
	ruling, err := w.SetWorkload(review.Workload{Profile: review.Profile{Stage: "retiring", Power: []string{"mains"}}})
	require.NoError(t, err)
	assert.Equal(t, "LABREL08-BP04", ruling.SetAside[0].Practice.ID)
	assert.Equal(t, "Nothing changes on a fleet that is taken out of service.", ruling.SetAside[0].Reason)
	assert.Equal(t, "LABSEC05-BP01", ruling.AskedAgain[0].Practice.ID)
	assert.Equal(t, harvesting, ruling.RuledOut[0].Practice.ID)
	assert.Equal(t, harvesting, w.RuledOut()[0].Practice.ID)
	assert.False(t, slices.ContainsFunc(w.Stops(), func(s interview.Stop) bool { return s.Practice.ID == "LABREL08-BP04" }))
	w.Undo()
	assert.Equal(t, "design", r.Workload.Profile.Stage)
	assert.NotContains(t, r.Answers, harvesting)
	assert.True(t, slices.ContainsFunc(w.Stops(), func(s interview.Stop) bool { return s.Practice.ID == "LABREL08-BP04" }))
}

func layersOf(practice string) []string {
	p, _ := testlens.Lens().Practice(practice)
	return p.Layers
}
