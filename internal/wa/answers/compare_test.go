package answers_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const workload = "0123456789abcdef0123456789abcdef"

// stored returns what get-answer prints after the inputs were sent.
func stored(t require.TestingT, l *lens.Lens, inputs map[string]answers.UpdateAnswer) []answers.Match {
	var pages []any
	for _, id := range slices.Sorted(maps.Keys(inputs)) {
		u := inputs[id]
		var choices, states []any
		for _, c := range slices.Sorted(maps.Keys(u.ChoiceUpdates)) {
			x := u.ChoiceUpdates[c]
			choices = append(choices, map[string]any{"ChoiceId": c})
			states = append(states, map[string]any{"ChoiceId": c, "Status": x.Status, "Reason": x.Reason, "Notes": x.Notes})
		}
		pages = append(pages, map[string]any{"WorkloadId": workload, "LensAlias": "iot", "Answer": map[string]any{
			"QuestionId": u.QuestionID, "Choices": choices, "ChoiceAnswers": states, "IsApplicable": u.IsApplicable, "Notes": u.Notes,
		}})
	}
	data, err := json.Marshal(pages)
	require.NoError(t, err)
	if len(pages) == 0 {
		return nil
	}
	given, err := answers.Read("there.json", data)
	require.NoError(t, err)
	matches, unmatched := answers.MatchAll(l, given, nil)
	require.Empty(t, unmatched)
	return matches
}

func byQuestion(list []answers.UpdateAnswer) map[string]answers.UpdateAnswer {
	out := map[string]answers.UpdateAnswer{}
	for _, u := range list {
		out[u.Question] = u
	}
	return out
}

// Questions changed in the WA Tool after an import are written with overwrite only; those
// changed only in the review are always written.
func TestCompareTellsWhoChangedAQuestion(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := drawReview(t, l, rapid.SampledFrom([]string{"", "A note.", "Another one."}))
		sent, _ := answers.Export(l, r, answers.Target{})
		there := byQuestion(sent)
		matches := stored(t, l, there)
		taken := answers.Import(r, matches, answers.ImportOptions{Unselected: review.NotImplemented})
		r = taken.Review
		record := answers.ImportRecord(r, matches)

		hereChanged, thereChanged := map[string]bool{}, map[string]bool{}
		for _, u := range sent {
			q, _ := l.Question(u.Question)
			hereChanged[q.ID], thereChanged[q.ID] = rapid.Bool().Draw(t, "here"), rapid.Bool().Draw(t, "there")
			id := q.Practices[0].ID
			if a := r.Answers[id]; hereChanged[q.ID] {
				a.Status, a.Reason = map[bool]review.Status{true: review.Implemented, false: review.PartiallyImplemented}[a.Status != review.Implemented], ""
				r.Answers[id] = a
			}
			if thereChanged[q.ID] {
				changed := maps.Clone(u.ChoiceUpdates)
				choice := slices.Sorted(maps.Keys(changed))[0]
				c := changed[choice]
				c.Status = map[bool]answers.ChoiceStatus{true: answers.ChoiceSelected, false: answers.ChoiceUnselected}[c.Status != answers.ChoiceSelected]
				changed[choice] = c
				u.ChoiceUpdates = changed
				there[q.ID] = u
			}
		}
		now, _ := answers.Export(l, r, answers.Target{})
		today := stored(t, l, there)
		d := answers.CompareWithTool(r, record, now, today, false)
		in := func(list []answers.Remark, id string) bool {
			return slices.ContainsFunc(list, func(x answers.Remark) bool { return x.Text == id })
		}
		written := byQuestion(d.Write)
		for _, u := range now {
			_, writes := written[u.Question]
			i := slices.IndexFunc(today, func(m answers.Match) bool { return m.Question.ID == u.Question })
			same := answers.CompareWithTool(r, nil, []answers.UpdateAnswer{u}, today[i:i+1], false).Same > 0 // as far as the input goes
			here, there := hereChanged[u.Question], thereChanged[u.Question]
			require.Equal(t, here && !there && !same, writes, u.Question)
			require.Equal(t, !here && there && !same, in(d.Theirs, u.Question), u.Question)
			require.Equal(t, here && there && !same, in(d.Conflicts, u.Question), u.Question)
		}
		require.Empty(t, d.Missing)
		over := answers.CompareWithTool(r, record, now, today, true)
		require.Len(t, over.Write, len(d.Write)+len(d.Conflicts))

		// After sending and importing, there is nothing to write.
		for id, u := range byQuestion(over.Write) {
			there[id] = u
		}
		today = stored(t, l, there)
		taken = answers.Import(r, today, answers.ImportOptions{Unselected: review.NotImplemented})
		now, _ = answers.Export(l, taken.Review, answers.Target{})
		d = answers.CompareWithTool(taken.Review, answers.ImportRecord(taken.Review, today), now, today, false)
		require.Empty(t, d.Write)
		require.Empty(t, d.Theirs)
		require.Empty(t, d.Conflicts)
	})
}

// An answer in the WA Tool that was never imported counts as changed there.
func TestCompareWithoutARecordOverwritesNothing(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC03-BP01": {Status: review.NotImplemented}, "LABSEC05-BP01": {Status: review.NotImplemented}, "LABREL08-BP01": {Status: review.Implemented},
	}}
	inputs, _ := answers.Export(l, r, answers.Target{})
	there := byQuestion(inputs)
	empty, taken := there["LABREL08"], there["LABSEC05"]
	empty.ChoiceUpdates, empty.Notes = map[string]answers.ChoiceUpdate{"LABREL08_BP01": {Status: answers.ChoiceUnselected}}, ""
	taken.ChoiceUpdates = map[string]answers.ChoiceUpdate{"LABSEC05_BP01": {Status: answers.ChoiceSelected}}
	there["LABREL08"], there["LABSEC05"] = empty, taken
	delete(there, "LABSEC03")
	d := answers.CompareWithTool(r, nil, inputs, stored(t, l, there), false)
	assert.Equal(t, []string{"LABSEC03"}, d.Missing)
	assert.Equal(t, []answers.Remark{{Text: "LABSEC05", IDs: []string{"LABSEC05-BP01: selected (here not implemented)"}}}, d.Conflicts)
	require.Len(t, d.Write, 1)
	assert.Equal(t, "LABREL08", d.Write[0].Question)
}

func TestReadState(t *testing.T) {
	for _, at := range []string{`"2026-11-23T10:30:00+01:00"`, `"2026-11-23T09:30:00Z"`, "1795426200", "1795426200.7"} {
		var s answers.State
		require.NoError(t, s.Read("a.json", []byte(`{"WorkloadId": "w", "LensReview": {"LensAlias": "iot", "LensVersion": "1.0", "UpdatedAt": `+at+`}}`)))
		assert.Equal(t, "2026-11-23T09:30:00Z", s.UpdatedAt, at)
		assert.Equal(t, "1.0", s.LensVersion)
	}
	var s answers.State
	require.ErrorContains(t, s.Read("a.json", []byte("{\n]")), "a.json:")

	// Empty values and notes on unknown pillars change nothing.
	l, r := testlens.Lens(), &review.Review{Workload: review.Workload{Name: "Plant", Description: "Ours."}}
	require.NoError(t, s.Read("a.json", []byte(`{"Workload": {"WorkloadName": "Plant", "Description": "", "PillarPriorities": ["beauty"]}}
		{"LensReview": {"LensAlias": "iot", "PillarReviewSummaries": [{"PillarId": "beauty", "Notes": "Nice."}]}}`)))
	assert.Empty(t, s.Apply(l, r))
	assert.Equal(t, &review.Review{Workload: review.Workload{Name: "Plant", Description: "Ours."}}, r)
}
