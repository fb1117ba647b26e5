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
		assert.Equal(t, want, ids(recap.New(assessed(r), day).InPlace), day)
	}
}

func TestNewRecap(t *testing.T) {
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
	}, Waivers: []review.Waiver{{Practice: "LABSEC10-BP01", Owner: "Ana", At: at}, {Practice: "LABSEC11-BP01", At: "2026-11-20"}}}
	got := recap.New(assessed(r), "2026-11-24")
	assert.Equal(t, []string{"Ana", "Marta"}, []string{got.Owners[0].Name, got.Owners[1].Name}, "the owner of an accepted risk has the finding where nobody else does")
	assert.Equal(t, "LABSEC11-BP01", got.Owners[1].Actions[0].ID)
	assert.True(t, got.Owners[1].Actions[0].New)
	assert.Equal(t, "LABSEC10-BP02", ids(got.Changed))
	assert.Equal(t, review.PartiallyImplemented, got.Changed[0].Before.Status, "what stood when the day began")
	assert.Equal(t, "LABSEC10-BP03", ids(got.InPlace))
	assert.Nil(t, got.InPlace[0].Before)
	assert.Equal(t, "LABREL08-BP01", ids(got.NotApplicable), "an answer of the profile is not a decision")
	assert.Equal(t, []recap.Respondent{{Name: "Ben", Answers: 3}, {Name: "Ana", Answers: 2}}, got.Respondents)
	assert.Equal(t, 5, got.Decided)
	assert.Equal(t, "LABSEC10-BP02 LABSEC10-BP03", ids(got.WithoutEvidence))
	assert.Empty(t, got.UnownedActions, "one has a waiver, one an owner")
	assert.Len(t, got.Waivers, 1)
	assert.Equal(t, 4, got.HistoryEntries)
	assert.Equal(t, "2026-11-24", got.LastDay)
}

// A person is one, however the name is written, and has everything in one list.
func TestOwnersAreMergedBySpelling(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC10-BP01": {Status: review.NotImplemented, Owner: "Marta  Ek", Due: "2027-03-01", At: "2026-11-24"},
		"LABSEC10-BP02": {Status: review.CannotDetermine, Owner: "marta ek", At: "2026-11-01"},
		"LABSEC10-BP03": {Status: review.PartiallyImplemented, Extent: "few", Owner: " Marta Ek", Due: "2027-01-01", Deadline: "2027-02-01", By: "Ana", At: "2026-11-24", Note: "only the new units"},
	}, Parked: []review.Topic{{Topic: "Who pays?", Owner: "Marta Ek"}, {Topic: "Which law?"}}}
	got := recap.New(assessed(r), "2026-11-24")
	require.Len(t, got.Owners, 1)
	assert.Equal(t, "Marta Ek", got.Owners[0].Name)
	var due []string
	for _, a := range got.Owners[0].Actions {
		due = append(due, a.ID+" "+a.Due)
	}
	assert.Equal(t, []string{"LABSEC10-BP03 2027-01-01", "LABSEC10-BP01 2027-03-01", "LABSEC10-BP02 "}, due)
	assert.Equal(t, "Who pays?", got.Owners[0].Topics[0].Topic)
	page := recap.Text(got, "x.review.yaml")
	for _, words := range []string{
		"Marta Ek (4)", "Due 2027-01-01; deadline 2027-02-01; partially implemented", "(few of it is)", "Note by Ana: only the new units",
		"To do: Find out whether it is in place", "since 2026-11-01", "Parked: Which law?",
	} {
		assert.Contains(t, strings.Join(strings.Fields(page), " "), words)
	}
}

// Whatever is in a review: every action, with its title, its note and its date, is in the
// mail once, nothing is shortened, and nothing is obeyed by a terminal.
func TestRecapProperties(t *testing.T) {
	l := testlens.Repeat(6) // more than a page has room for
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Workload: review.Workload{Name: "Plant"}, Answers: map[string]review.Answer{}}
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)) //nolint:gosec // only a test
		share := rapid.IntRange(0, 10).Draw(t, "share")
		for i, id := range l.PracticeIDs() {
			if dice.IntN(10) >= share {
				continue
			}
			r.Answers[id] = review.Answer{
				Status: review.Statuses()[dice.IntN(5)], Reason: "x", At: []string{"2026-11-24", "2026-11-20"}[dice.IntN(2)], Note: fmt.Sprintf("note%d.", i),
				By: []string{"Ana", "Ben"}[dice.IntN(2)], Owner: []string{"", "Marta", "Bo"}[dice.IntN(3)], Due: []string{"", "2027-01-31"}[dice.IntN(2)],
			}
			if i%17 == 0 {
				r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Zoe", At: "2026-11-24", Reason: strings.Repeat("why ", i)})
			}
		}
		for i := range rapid.IntRange(0, 30).Draw(t, "parked") {
			r.Parked = append(r.Parked, review.Topic{Topic: fmt.Sprintf("topic %d. \x1b[2J\u202e", i), Owner: []string{"", "Bo"}[dice.IntN(2)]})
		}
		a := scoring.Assess(l, r, scoring.Options{Today: "2026-11-24"})
		page := recap.Text(recap.New(a, "2026-11-24"), "x.review.yaml")
		for _, line := range strings.Split(page, "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
		}
		require.NotContains(t, page, "\x1b")
		require.NotContains(t, page, "\u202e")
		require.NotContains(t, page, "…")
		require.NotContains(t, page, " more:")
		flat := strings.Join(strings.Fields(page), " ")
		for _, f := range a.Findings {
			require.Contains(t, flat, strings.Join(strings.Fields(f.Title), " ")+" ("+f.ID+")")
			require.Equal(t, 1, strings.Count(flat, ": "+f.Note+" "), f.Note)
		}
		for _, topic := range r.Parked {
			require.Equal(t, 1, strings.Count(flat, strings.Fields(topic.Topic)[0]+" "+strings.Fields(topic.Topic)[1]+" "))
		}
		require.Equal(t, page, recap.Text(recap.New(a, "2026-11-24"), "x.review.yaml"))
	})
}
