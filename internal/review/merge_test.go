package review_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newReview() *review.Review {
	updatable := true
	return &review.Review{
		Schema: 1, Lens: "lab", LensVersion: "1",
		Workload: review.Workload{Name: "Pump fleet", AWSRegions: []string{"eu-west-1"}, Profile: review.Profile{FleetSize: 100, FieldUpdatable: &updatable}},
		Answers: map[string]review.Answer{
			"A": {Status: review.NotImplemented, Note: "not yet", Evidence: []string{"one", "two"}, By: "Ana", At: "2026-01-01"},
			"B": {Status: review.NotApplicable, Reason: "no radio"},
		},
		Waivers: []review.Waiver{{Practice: "A", Owner: "Ana", Approver: "Ben", Reason: "later", Expires: "2027-01-01"}},
		Parked:  []review.Topic{{Topic: "who signs?"}},
	}
}

// Changes to different fields are merged without conflicts.
func TestMergeWithoutConflicts(t *testing.T) {
	base, theirs, ours := newReview(), newReview(), newReview()
	theirs.Answers["A"] = review.Answer{Status: review.NotImplemented, Note: "planned", Evidence: []string{"two", "three"}, By: "Ben", At: "2026-02-02"}
	theirs.Answers["C"] = review.Answer{Status: review.Implemented, By: "Ben"}
	theirs.Workload.Profile.FleetSize = 200
	theirs.Workload.AWSRegions = []string{"eu-west-1", "us-east-1"}
	theirs.Parked = nil
	theirs.Scope.Pillars = []string{"security"}
	ours.Answers["A"] = review.Answer{
		Status: review.PartiallyImplemented, Note: "not yet", Evidence: []string{"one", "two", "four"}, Owner: "Cem", By: "Cem", At: "2026-03-03",
		History: []review.Answer{{Status: review.NotImplemented, By: "Ana", At: "2026-01-01"}},
	}
	delete(ours.Answers, "B")
	ours.Answers["D"] = review.Answer{Status: review.CannotDetermine}
	ours.Workload.Name = "Pumps"
	ours.Workload.AWSRegions = []string{"ap-south-1"}
	ours.Waivers[0].Expires = "2028-01-01"
	ours.Parked = append(ours.Parked, review.Topic{Topic: "budget"})
	merged, conflicts := review.Merge(base, theirs, ours)
	assert.Empty(t, conflicts)
	want := newReview()
	want.Answers = map[string]review.Answer{
		"A": {
			Status: review.PartiallyImplemented, Note: "planned", Evidence: []string{"two", "three", "four"}, Owner: "Cem", By: "Cem", At: "2026-03-03",
			History: []review.Answer{{Status: review.NotImplemented, By: "Ana", At: "2026-01-01"}},
		},
		"C": {Status: review.Implemented, By: "Ben"},
		"D": {Status: review.CannotDetermine},
	}
	want.Workload.Name, want.Workload.Profile.FleetSize = "Pumps", 200
	want.Workload.AWSRegions = []string{"us-east-1", "ap-south-1"}
	want.Scope.Pillars = []string{"security"}
	want.Waivers[0].Expires = "2028-01-01"
	want.Parked = []review.Topic{{Topic: "budget"}}
	assert.Equal(t, want, merged)
}

// If both changed a field, the current value is kept and the conflict has both.
func TestMergeConflicts(t *testing.T) {
	base, theirs, ours := newReview(), newReview(), newReview()
	theirs.LensVersion, ours.LensVersion = "2", "3"
	theirs.Workload.Name, ours.Workload.Name = "P", "Q"
	no := false
	theirs.Workload.Profile.FieldUpdatable, ours.Workload.Profile.FieldUpdatable = &no, nil
	theirs.Answers["A"] = review.Answer{Status: review.Implemented, Note: "theirs"}
	ours.Answers["A"] = review.Answer{Status: review.NotApplicable, Reason: "no such part", Note: "ours"}
	delete(theirs.Answers, "B")
	ours.Answers["B"] = review.Answer{Status: review.NotApplicable, Reason: "no antenna"}
	theirs.Answers["C"] = review.Answer{Status: review.Implemented}
	ours.Answers["C"] = review.Answer{Status: review.NotImplemented}
	theirs.Waivers[0].Approver, ours.Waivers = "Cem", nil
	merged, conflicts := review.Merge(base, theirs, ours)
	assert.Equal(t, []review.Conflict{
		{Part: "lens_version", Base: "1", Current: "2", Other: "3"},
		{Part: "workload", Field: "name", Base: "Pump fleet", Current: "P", Other: "Q"},
		{Part: "workload", Field: "profile.field_updatable", Base: "true", Current: "false"},
		{Part: "answers", ID: "A", Field: "status", Base: "not implemented", Current: "implemented", Other: "not applicable: no such part"},
		{Part: "answers", ID: "A", Field: "note", Base: "not yet", Current: "theirs", Other: "ours"},
		{Part: "answers", ID: "B", Base: "not applicable: no radio", Other: "not applicable: no antenna"},
		{Part: "answers", ID: "C", Field: "status", Current: "implemented", Other: "not implemented"},
		{Part: "waivers", ID: "A", Base: "A: Ana: Ben: later: 2027-01-01", Current: "A: Ana: Cem: later: 2027-01-01"},
	}, conflicts)
	assert.Equal(t, "P", merged.Workload.Name)
	assert.Equal(t, review.Answer{Status: review.Implemented, Note: "theirs"}, merged.Answers["A"])
	assert.Equal(t, "no antenna", merged.Answers["B"].Reason)
	assert.Len(t, merged.Waivers, 1)
}

var anyAnswer = rapid.Custom(func(t *rapid.T) review.Answer {
	word := rapid.SampledFrom([]string{"", "x", "y", "z"})
	a := review.Answer{
		Status: rapid.SampledFrom(review.Statuses()).Draw(t, "status"), Reason: word.Draw(t, "reason"), Note: word.Draw(t, "note"), Owner: word.Draw(t, "owner"),
		Evidence: rapid.SliceOfDistinct(rapid.SampledFrom([]string{"x", "y", "z"}), rapid.ID).Draw(t, "evidence"),
		At:       rapid.SampledFrom([]string{"", "2026-01-01", "2026-02-02"}).Draw(t, "at"), By: word.Draw(t, "by"),
	}
	if a.Status == review.NotApplicable && a.Reason == "" {
		a.Reason = "w"
	}
	if len(a.Evidence) == 0 {
		a.Evidence = nil
	}
	return a
})

var anyReview = rapid.Custom(func(t *rapid.T) *review.Review {
	r := newReview()
	r.Answers = rapid.MapOfN(rapid.SampledFrom([]string{"A", "B", "C"}), anyAnswer, 0, 3).Draw(t, "answers")
	if len(r.Answers) == 0 {
		r.Answers = nil
	}
	r.Workload.Profile.FleetSize = rapid.IntRange(0, 2).Draw(t, "fleet")
	r.Workload.Name = rapid.SampledFrom([]string{"P", "Q", "R"}).Draw(t, "name")
	if rapid.Bool().Draw(t, "waived") {
		r.Waivers = nil
	}
	return r
})

// A change of only one version is taken completely, and the result would load.
func TestMergeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, theirs, ours := anyReview.Draw(t, "base"), anyReview.Draw(t, "theirs"), anyReview.Draw(t, "ours")
		for _, c := range [][3]*review.Review{{base, base, ours}, {base, theirs, base}, {base, ours, ours}} {
			merged, conflicts := review.Merge(c[0], c[1], c[2])
			want := c[2]
			if c[1] != base {
				want = c[1]
			}
			require.Empty(t, conflicts)
			require.Equal(t, want, merged)
		}
		before := theirs.Clone()
		merged, conflicts := review.Merge(base, theirs, ours)
		require.Equal(t, before, theirs)
		for id, a := range merged.Answers {
			require.NoError(t, a.Check(), id)
		}
		other, others := review.Merge(base, ours, theirs)
		require.Len(t, others, len(conflicts))
		if len(conflicts) == 0 {
			require.Len(t, other.Answers, len(merged.Answers))
			for id, a := range merged.Answers {
				b := other.Answers[id]
				require.ElementsMatch(t, a.Evidence, b.Evidence)
				a.Evidence, b.Evidence = nil, nil
				require.True(t, a.SameContent(b), id)
			}
		}
	})
}

// A note that one version removed and the other changed is a conflict, and no empty note
// remains.
func TestRemovedAndChangedNoteConflicts(t *testing.T) {
	notes := func(text map[string]string) *review.Review { return &review.Review{Notes: review.Notes{Pillars: text}} }
	base, changed, gone := notes(map[string]string{"security": "a"}), notes(map[string]string{"security": "b"}), notes(nil)
	merged, conflicts := review.Merge(base, changed, gone)
	assert.Equal(t, []review.Conflict{{Part: "notes", Field: "pillars.security", Base: "a", Current: "b"}}, conflicts)
	assert.Equal(t, changed.Notes, merged.Notes)
	merged, conflicts = review.Merge(base, gone, changed)
	assert.Equal(t, []review.Conflict{{Part: "notes", Field: "pillars.security", Base: "a", Other: "b"}}, conflicts)
	assert.Equal(t, gone.Notes, merged.Notes)
	merged, conflicts = review.Merge(base, base, gone)
	assert.Empty(t, conflicts)
	assert.Equal(t, gone.Notes, merged.Notes)
}

// An answer confirmed by somebody else or on another day keeps the new signature; a change
// of the other version takes precedence.
func TestMergeConfirmedAnswer(t *testing.T) {
	answer := func(status review.Status, by, at string) *review.Review {
		return &review.Review{Answers: map[string]review.Answer{"a": {Status: status, By: by, At: at}}}
	}
	base := answer(review.Implemented, "ana", "2026-01-01")
	confirmed, changed := answer(review.Implemented, "ben", "2026-03-01"), answer(review.NotImplemented, "eve", "2026-02-01")
	for _, c := range [][3]*review.Review{{base, confirmed, confirmed}, {confirmed, base, confirmed}, {confirmed, changed, changed}, {changed, confirmed, changed}} {
		merged, conflicts := review.Merge(base, c[0], c[1])
		assert.Empty(t, conflicts)
		assert.Equal(t, c[2], merged)
	}
}

// A confirmed answer from a template stays confirmed. If the other version has a new answer
// of the template, it is a conflict.
func TestMergeKeepsConfirmationAfterTemplateUpdate(t *testing.T) {
	copied := review.Answer{Status: review.Implemented, By: "Pat", At: "2026-01-01", Template: "Platform", VouchedBy: "Platform team", VouchedUntil: "2027-01-01"}
	confirmed := review.Answer{Status: review.Implemented, By: "Ana", At: "2026-02-02", History: []review.Answer{copied}}
	renewed, changed := copied, copied
	renewed.At, renewed.VouchedUntil = "2026-03-03", "2028-01-01"
	changed.At, changed.Status = "2026-03-03", review.NotImplemented
	with := func(a review.Answer) *review.Review {
		r := newReview()
		r.Answers["A"] = a
		return r
	}
	for _, sides := range [][2]review.Answer{{confirmed, renewed}, {renewed, confirmed}} {
		merged, conflicts := review.Merge(with(copied), with(sides[0]), with(sides[1]))
		assert.Empty(t, conflicts)
		assert.Equal(t, confirmed, merged.Answers["A"])
	}
	for _, sides := range [][2]review.Answer{{confirmed, changed}, {changed, confirmed}} {
		merged, conflicts := review.Merge(with(copied), with(sides[0]), with(sides[1]))
		require.Len(t, conflicts, 1)
		assert.Equal(t, "A, status", conflicts[0].Subject())
		want := sides[0]
		want.History = confirmed.History
		assert.Equal(t, want, merged.Answers["A"], "theirs stays")
	}
}

// Resolving a conflict takes the origin of an answer with its status.
func TestResolvedConflictKeepsOrigin(t *testing.T) {
	text := func(answer string) string {
		return "schema: 1\nlens: lab\nlens_version: \"1\"\nworkload:\n  name: Pumps\nanswers:\n  A:\n" + answer
	}
	const origin = "    template: Platform\n    vouched_by: Platform team\n    vouched_until: 2028-01-01\n"
	mine := text("    status: not_implemented\n    by: Ana\n    at: 2026-02-02\n")
	platform := text("    status: partially_implemented\n    by: Pat\n    at: 2026-03-03\n" + origin)
	for _, c := range [][2]string{{mine, platform}, {platform, mine}} {
		m := mergeFiles(t, text("    status: implemented\n    by: Pat\n    at: 2026-01-01\n"+origin), c[0], c[1])
		require.Len(t, m.Conflicts, 1)
		for side, taken := range map[review.Side]string{review.Current: c[0], review.Other: c[1]} {
			r, _, _ := decodeFile(t, string(resolveFile(t, m, side).Data))
			want, _, _ := decodeFile(t, taken)
			got := r.Answers["A"]
			assert.Len(t, got.History, 1)
			got.History = nil
			assert.Equal(t, want.Answers["A"], got)
		}
	}
}
