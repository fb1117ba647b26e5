package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fullReview answers every best practice of a lens, each with a history and evidence
// of its own, and waives some.
func fullReview(l *lens.Lens) *review.Review {
	r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant"}, Answers: map[string]review.Answer{}}
	for i, id := range l.PracticeIDs() {
		a := review.Answer{
			Status: review.Statuses()[i%5], Note: "note on " + id, Evidence: []string{"wiki/" + id}, Owner: "Ana", Due: "2027-03-01", By: "Ben", At: "2026-11-20",
			History: []review.Answer{{Status: review.CannotDetermine, Note: "first " + id, By: "Ben", At: "2026-10-01"}},
		}
		if a.Status == review.NotApplicable {
			a.Reason = "not here: " + id
		}
		if i%7 == 2 {
			r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Ana", Approver: "Bo", Reason: "later " + id, Expires: "2027-06-01"})
		}
		if i%9 == 0 {
			r.Parked = append(r.Parked, review.Topic{Topic: "topic of " + id, Practice: id})
		}
		r.Answers[id] = a
	}
	return r
}

// Versions of the published operational readiness review: a full review keeps every answer,
// in place if the newer version has the id or the title, otherwise without a place.
func TestAFullReviewOfAPublishedLensIsUpgraded(t *testing.T) {
	versions := map[string]string{}
	for _, f := range corpus.Lenses(t) {
		if _, rest, ok := strings.Cut(f.Name, "__orr-v"); ok {
			versions[strings.TrimSuffix(rest, "-PUBLISHED.json")] = f.Path
		}
	}
	for _, pair := range []struct {
		older, newer string
		aside        int // answers that have no place, as a person counts them
	}{{"1.3.3", "1.3.5", 0}, {"1.3.5", "1.3.6", 6}, {"1.3.3", "1.3.6", 0}} {
		t.Run(pair.older+" to "+pair.newer, func(t *testing.T) {
			require.Contains(t, versions, pair.older)
			require.Contains(t, versions, pair.newer)
			t.Chdir(t.TempDir())
			banks := map[string]*lens.Lens{}
			for _, v := range []string{pair.older, pair.newer} {
				exit, out := run(nil, "lens", "import", versions[v], "-o", v)
				require.Equal(t, cli.Done, exit, out)
				l, problems := bank.Load(bank.Dir(v))
				require.Empty(t, problems)
				banks[v] = l
			}
			from, to := banks[pair.older], banks[pair.newer]
			was := fullReview(from)
			f, err := review.Create("plant.review.yaml", was.Clone(), from)
			require.NoError(t, err)
			require.NoError(t, f.Save())
			before, err := os.ReadFile("plant.review.yaml")
			require.NoError(t, err)

			exit, out := run(nil, "upgrade", "plant.review.yaml", "--bank", pair.newer, "--from", pair.older, "--dry-run")
			require.Equal(t, cli.Done, exit, out)
			same, err := os.ReadFile("plant.review.yaml")
			require.NoError(t, err)
			require.Equal(t, string(before), string(same))

			exit, out = run(nil, "upgrade", "plant.review.yaml", "--bank", pair.newer, "--from", versions[pair.older], "--milestone", "Old lens")
			require.Equal(t, cli.Done, exit, out)
			upgraded, err := review.Load("plant.review.yaml", to)
			require.NoError(t, err)
			checkUpgrade(t, from, to, was, upgraded.Review)
			assert.Len(t, upgraded.Review.WithoutPlace, pair.aside)

			frozen, err := filepath.Glob("milestones/plant/*-old-lens.yaml")
			require.NoError(t, err)
			require.Len(t, frozen, 1)
			milestone, err := review.Load(frozen[0], from)
			require.NoError(t, err)
			assert.Equal(t, was.Answers, milestone.Review.Answers)
			assert.Equal(t, was.Waivers, milestone.Review.Waivers)

			exit, out = run(nil, "upgrade", "plant.review.yaml", "--bank", pair.newer, "--from", pair.older)
			assert.Equal(t, cli.Done, exit, out)
			assert.Contains(t, out, "already answers this version of the lens; nothing was changed")
		})
	}
}

// checkUpgrade checks that nothing of a review is lost and that every id or title of
// the newer lens has its answer.
func checkUpgrade(t *testing.T, from, to *lens.Lens, was, is *review.Review) {
	t.Helper()
	now := map[string]string{} // where an answer is, by its note, which is its own
	for id, a := range is.Answers {
		now[a.Note] = id
	}
	aside := map[string]review.AnswerWithoutPlace{}
	for _, n := range is.WithoutPlace {
		aside[n.Practice] = n
	}
	waived := map[string]string{}
	for _, w := range is.Waivers {
		waived[w.Reason] = w.Practice
	}
	for _, p := range from.All() {
		a := was.Answers[p.ID]
		w, _, hasWaiver := was.Waiver(p.ID)
		id, inPlace := now[a.Note]
		if !inPlace {
			n := aside[p.ID]
			assert.Equal(t, a, n.Answer, p.ID)
			assert.Equal(t, w, n.Waiver, p.ID)
			assert.Equal(t, p.Title, n.Title)
			_, same := to.Practice(p.ID)
			assert.False(t, same, "%s is in the newer lens", p.ID)
			continue
		}
		assert.Equal(t, a, is.Answers[id], p.ID)
		if hasWaiver {
			assert.Equal(t, id, waived[w.Reason], p.ID)
		}
		if _, same := to.Practice(p.ID); same {
			assert.Equal(t, p.ID, id, "the id is still there")
		}
	}
	assert.Len(t, is.Parked, len(was.Parked))
	assert.Equal(t, fmt.Sprint(to.ID, to.Version), fmt.Sprint(is.Lens, is.LensVersion))
}
