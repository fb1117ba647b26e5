package review_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

// An upgrade maps every id and loses nothing.
func TestUpgrade(t *testing.T) {
	from := &lens.Lens{ID: "x", Version: "1", Pillars: []lens.Pillar{{ID: "sec", Name: "Security"}, {ID: "ops", Name: "Operations"}}}
	to := &lens.Lens{
		ID: "y", Version: "2", Revision: 3, Digest: "0123456789abcdef", Pillars: []lens.Pillar{{ID: "security", Name: "Security"}},
		Questions: []lens.Question{{ID: "Q1"}, {ID: "Q3"}},
	}
	move := map[string]string{"Q1-a": "Q1-b", "Q1-b": "Q1-b", "Q2-a": "Q3-a", "Q2": "Q3", "Q1": "Q1"}
	place := func(id string) (string, bool) { now, ok := move[id]; return now, ok }
	answer := func(note string) review.Answer {
		return review.Answer{Status: review.NotImplemented, Note: note, History: []review.Answer{{Status: review.Implemented, Note: "was " + note}}}
	}
	waiver := func(id string) review.Waiver {
		return review.Waiver{Practice: id, Owner: "Ana", Approver: "Bo", Reason: id, Expires: "2027-01-01"}
	}
	r := &review.Review{
		Schema: 1, Lens: "x", LensVersion: "1",
		Scope:   review.Scope{Pillars: []string{"ops", "sec"}, Questions: []string{"Q9"}},
		Answers: map[string]review.Answer{"Q1-a": answer("a"), "Q1-b": answer("b"), "Q2-a": answer("c"), "Q9-a": answer("d")},
		Waivers: []review.Waiver{waiver("Q2-a"), waiver("Q9-a"), waiver("Q8-a")},
		Parked:  []review.Topic{{Topic: "one", Practice: "Q2-a"}, {Topic: "two", Practice: "Q9-a"}, {Topic: "three"}},
		Notes:   review.Notes{Lens: "all", Pillars: map[string]string{"sec": "on security", "ops": "on operations"}},
		WA:      review.WATool{WorkloadID: "0123456789abcdef0123456789abcdef", Lens: "arn", LensVersion: "1", ImportedStates: map[string]string{"Q1": "x"}},
	}
	was := r.Clone()
	u := r.Upgrade(from, to, review.IDMapping{NewID: place, OldTitle: func(id string) string { return "title of " + id }})

	aside := func(id string, a review.Answer, w review.Waiver) review.AnswerWithoutPlace {
		return review.AnswerWithoutPlace{Practice: id, Title: "title of " + id, Lens: "x", LensVersion: "1", Answer: a, Waiver: w}
	}
	want := &review.Review{
		Schema: 1, Lens: "y", LensVersion: "2", LensRevision: 3, LensDigest: "0123456789ab",
		Scope:   review.Scope{Pillars: []string{"security"}},
		Answers: map[string]review.Answer{"Q1-b": was.Answers["Q1-b"], "Q3-a": was.Answers["Q2-a"]},
		Waivers: []review.Waiver{{Practice: "Q3-a", Owner: "Ana", Approver: "Bo", Reason: "Q2-a", Expires: "2027-01-01"}},
		Parked:  []review.Topic{{Topic: "one", Practice: "Q3-a"}, {Topic: "two (Q9-a)"}, {Topic: "three"}},
		Notes:   review.Notes{Lens: "all\n\nops: on operations", Pillars: map[string]string{"security": "on security"}},
		WA:      review.WATool{WorkloadID: was.WA.WorkloadID, Lens: "arn"},
		WithoutPlace: []review.AnswerWithoutPlace{
			aside("Q1-a", was.Answers["Q1-a"], review.Waiver{}), aside("Q8-a", review.Answer{}, was.Waivers[2]), aside("Q9-a", was.Answers["Q9-a"], was.Waivers[1]),
		},
	}
	assert.Equal(t, want, r)
	assert.Equal(t, review.UpgradeResult{
		Carried: 2, Renamed: map[string]string{"Q2-a": "Q3-a"}, WithoutPlace: want.WithoutPlace,
		Dropped: []string{"pillar ops", "question Q9", "notes on the pillar ops"}, Widened: []string{"questions"},
	}, u)
}

// An upgrade and a save at the same time do not undo each other.
func TestMergeKeepsAnswersWithoutPlace(t *testing.T) {
	base := &review.Review{Schema: 1}
	upgraded := &review.Review{Schema: 1, WithoutPlace: []review.AnswerWithoutPlace{{Practice: "Q1-a", Lens: "x", LensVersion: "1"}}}
	for _, pair := range [][2]*review.Review{{upgraded, base}, {base, upgraded}, {upgraded, upgraded}} {
		merged, conflicts := review.Merge(base, pair[0], pair[1])
		assert.Equal(t, upgraded.WithoutPlace, merged.WithoutPlace)
		assert.Empty(t, conflicts)
	}
}
