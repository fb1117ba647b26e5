package recap_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/recap"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func assessed(r *review.Review) *scoring.Assessment {
	return scoring.Assess(testlens.Lens(), r, scoring.Options{Today: "2026-11-24"})
}

func ids(list []recap.Decision) string {
	var out []string
	for _, d := range list {
		out = append(out, d.ID)
	}
	return strings.Join(out, " ")
}

func TestTheDayOfAnAnswerIsThatOfUTC(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC10-BP01": {Status: review.Implemented, At: "2026-11-24T23:30:00Z"},
		"LABSEC10-BP02": {Status: review.Implemented, At: "2026-11-24"},
		"LABSEC10-BP03": {Status: review.Implemented, At: "2026-11-25T00:00:00Z"},
	}}
	for day, want := range map[string]string{
		"2026-11-23": "", "2026-11-24": "LABSEC10-BP01 LABSEC10-BP02", "2026-11-25": "LABSEC10-BP03",
	} {
		assert.Equal(t, want, ids(recap.Of(assessed(r), day).InPlace), day)
	}
}

func TestWhatADayChanged(t *testing.T) {
	past := func(s review.Status, at string) review.Answer { return review.Answer{Status: s, By: "Ana", At: at} }
	at := "2026-11-24"
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC10-BP01": {Status: review.NotImplemented, By: "Ben", At: at},
		"LABSEC10-BP02": {Status: review.Implemented, By: "Ben", At: at, History: []review.Answer{past(review.NotImplemented, "2026-11-01"), past(review.PartiallyImplemented, "2026-11-20")}},
		"LABSEC10-BP03": {Status: review.Implemented, By: "Ben", At: at, History: []review.Answer{past(review.NotImplemented, at)}}, // wavered that day
		"LABSEC11-BP01": {Status: review.CannotDetermine, By: "Ana", At: at, Owner: "Marta", History: []review.Answer{past(review.CannotDetermine, "2026-11-20")}},
		"LABSEC11-BP02": {Status: review.NotApplicable, Reason: "x", By: review.ByProfile, At: at},
		"LABREL08-BP01": {Status: review.NotApplicable, Reason: "x", By: "Ana", At: at},
		"LABREL08-BP02": {Status: review.Implemented, Evidence: []string{"x"}, By: "Ana", At: "2026-11-20"},
	}, Waivers: []review.Waiver{{Practice: "LABSEC10-BP01", At: at}, {Practice: "LABSEC11-BP01", At: "2026-11-20"}}}
	got := recap.Of(assessed(r), "2026-11-24")
	assert.Equal(t, "LABSEC10-BP01 LABSEC11-BP01", ids(got.Gaps), "findings without another answer before, by priority")
	assert.Equal(t, "LABSEC10-BP02", ids(got.Changed))
	assert.Equal(t, review.PartiallyImplemented, got.Changed[0].Before.Status, "what stood when the day began")
	assert.Equal(t, "LABSEC10-BP03", ids(got.InPlace))
	assert.Nil(t, got.InPlace[0].Before)
	assert.Equal(t, "LABREL08-BP01", ids(got.Excluded), "an answer of the profile is not a decision")
	assert.Equal(t, []recap.Person{{Name: "Ben", Answers: 3}, {Name: "Ana", Answers: 2}}, got.People)
	assert.Equal(t, 5, got.Decided())
	assert.Equal(t, "LABSEC11-BP01", ids(got.Unknown))
	assert.Equal(t, "LABSEC10-BP02 LABSEC10-BP03", ids(got.Unproven))
	assert.Empty(t, got.Ownerless, "one has a waiver, one an owner")
	assert.Len(t, got.Waivers, 1)
	assert.Equal(t, 4, got.Superseded)
	assert.Equal(t, "2026-11-24", got.LastDay)
}

// Whatever is in a review: the mail keeps to its width and its length.
func TestAnyRecapFits(t *testing.T) {
	l := testlens.Times(6) // more than a mail has room for
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Workload: review.Workload{Name: "Plant"}, Answers: map[string]review.Answer{}}
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)) //nolint:gosec // only a test
		share := rapid.IntRange(0, 10).Draw(t, "share")
		for i, id := range l.PracticeIDs() {
			if dice.IntN(10) >= share {
				continue
			}
			r.Answers[id] = review.Answer{
				Status: review.Statuses()[dice.IntN(5)], Reason: "x", At: "2026-11-24",
				By: []string{"Ana", "Ben"}[dice.IntN(2)], Owner: []string{"", "Marta"}[dice.IntN(2)],
			}
			if i%17 == 0 {
				r.Waivers = append(r.Waivers, review.Waiver{Practice: id, At: "2026-11-24", Reason: strings.Repeat("why ", i)})
			}
		}
		for i := range rapid.IntRange(0, 30).Draw(t, "parked") {
			r.Parked = append(r.Parked, review.Topic{Topic: fmt.Sprintf("topic %d \x1b[2J\u202e", i)})
		}
		c := recap.Of(assessed(r), "2026-11-24")
		page := recap.Text(c, "x.review.yaml")
		for _, line := range strings.Split(page, "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
		}
		require.LessOrEqual(t, strings.Count(page, "\n"), recap.Lines)
		require.NotContains(t, page, "\x1b")
		require.NotContains(t, page, "\u202e")
		require.Equal(t, page, recap.Text(recap.Of(assessed(r), "2026-11-24"), "x.review.yaml"))
	})
}
