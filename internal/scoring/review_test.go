package scoring_test

import (
	"bytes"
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const today = "2026-03-01"

func assess(r *review.Review) *scoring.Assessment {
	return scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today})
}

func jsonOf(t require.TestingT, a *scoring.Assessment) string {
	f, err := report.Formats().Find("json")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, a))
	return b.String()
}

// anyReview draws a review of the test lens: any statuses, profile, scope
// and waivers. It draws first which statuses occur at all, so that reviews with
// nothing answered or everything in place come up, too.
func anyReview(t *rapid.T) *review.Review {
	l := testlens.Lens()
	r := &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "any", Profile: anyProfile(t)},
		Answers: map[string]review.Answer{},
	}
	all := append(review.Statuses(), review.Unanswered)
	occur := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, len(all), rapid.ID).Draw(t, "statuses")
	for _, id := range l.PracticeIDs() {
		if s := rapid.SampledFrom(occur).Draw(t, id); s != review.Unanswered {
			r.Answers[id] = review.Answer{Status: s, Reason: "as said"}
		}
	}
	if rapid.Bool().Draw(t, "narrowed") {
		r.Scope = review.Scope{
			Pillars: some(t, "scope pillars", l.PillarIDs()), Layers: some(t, "scope layers", l.LayerIDs()),
			Scenarios: some(t, "scope scenarios", l.ScenarioIDs()), Questions: some(t, "scope questions", l.QuestionIDs()),
		}
	}
	for _, id := range some(t, "waived", l.PracticeIDs()) {
		r.Waivers = append(r.Waivers, review.Waiver{
			Practice: id, Owner: "o", Approver: "a", Reason: "r",
			Expires: rapid.SampledFrom([]string{"2025-03-01", today, "2026-03-02", "2026-03-31", "2027-03-01"}).Draw(t, "expires"),
		})
	}
	return r
}

func anyProfile(t *rapid.T) review.Profile {
	l := testlens.Lens()
	yes, no := true, false
	return review.Profile{
		FleetSize:      rapid.SampledFrom([]int{0, 999, 1000, 99999, 100000}).Draw(t, "fleet"),
		Stage:          rapid.SampledFrom(append(lens.TermIDs(l.Stages), "")).Draw(t, "stage"),
		FieldUpdatable: rapid.SampledFrom([]*bool{nil, &yes, &no}).Draw(t, "field-updatable"),
		SafetyCritical: new(rapid.Bool().Draw(t, "safety-critical")),
		PersonalData:   new(rapid.Bool().Draw(t, "personal data")),
		Power:          some(t, "power", lens.TermIDs(l.Power)),
		Connectivity:   some(t, "connectivity", lens.TermIDs(l.Connectivity)),
		Scenarios:      some(t, "scenarios", l.ScenarioIDs()),
	}
}

// some draws a few of the words, often none.
func some(t *rapid.T, label string, words []string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, min(len(words), 6), rapid.ID).Draw(t, label)
}

// change answers some practices anew, as step says for the answer they have; it
// leaves those for which step says nothing.
func change(t *rapid.T, r *review.Review, step func(review.Status) []review.Status) *review.Review {
	out := r.Clone()
	for _, id := range some(t, "changed", testlens.Lens().PracticeIDs()) {
		if next := step(r.Answers[id].Status); len(next) > 0 {
			out.Answers[id] = review.Answer{Status: rapid.SampledFrom(next).Draw(t, "to"), Reason: "as said"}
		}
	}
	return out
}

// tallies names every tally of an assessment.
func tallies(a *scoring.Assessment) map[string]scoring.Tally {
	out := map[string]scoring.Tally{"lens": a.Lens, "layer banks": a.LayerBanks}
	for _, p := range slices.Concat(a.Pillars, a.Layers) {
		out[p.ID], out[p.ID+" layer banks"] = p.Lens, p.LayerBanks
	}
	for _, c := range a.Matrix {
		out[c.Layer+" x "+c.Pillar], out[c.Layer+" x "+c.Pillar+" layer banks"] = c.Lens, c.LayerBanks
	}
	return out
}

func names(m map[string]scoring.Tally) []string { return slices.Sorted(maps.Keys(m)) }

func byID(fs []scoring.Finding) map[string]scoring.Finding {
	out := map[string]scoring.Finding{}
	for _, f := range fs {
		out[f.ID] = f
	}
	return out
}
