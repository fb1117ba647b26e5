package review_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPutAnswer(t *testing.T) {
	was := review.Answer{Status: review.NotImplemented, Note: "shared key", By: "Ana", At: "2026-11-24T09:00:00Z"}
	past := review.Answer{Status: review.NotImplemented, Note: "shared key", By: "Ana", At: "2026-11-24T09:00:00Z"}
	for _, c := range []struct {
		name    string
		change  func(*review.Answer)
		changed bool
		kept    bool
	}{
		{"the same again, later that day", func(a *review.Answer) { a.At = "2026-11-24T15:00:00Z" }, false, false},
		{"the same, confirmed on another day", func(a *review.Answer) { a.At = "2026-11-25T09:00:00Z" }, true, false},
		{"the same, confirmed by somebody else", func(a *review.Answer) { a.By = "Ben" }, true, false},
		{"another status", func(a *review.Answer) { a.Status = review.Implemented }, true, true},
		{"another note", func(a *review.Answer) { a.Note = "one key each" }, true, true},
		{"the note taken away", func(a *review.Answer) { a.Note = "" }, true, true},
		{"an owner added", func(a *review.Answer) { a.Owner = "Marta" }, true, false},
		{"evidence added", func(a *review.Answer) { a.Evidence = []string{"a link"} }, true, false},
		{"an owner added on another day", func(a *review.Answer) { a.Owner, a.At = "Marta", "2026-11-25" }, true, true},
		{"an owner added by somebody else", func(a *review.Answer) { a.Owner, a.By = "Marta", "Ben" }, true, true},
		{"a history of the caller's", func(a *review.Answer) { a.History = []review.Answer{{Status: review.Implemented}} }, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{}
			require.True(t, r.PutAnswer("LABSEC01-BP01", was))
			a := was
			c.change(&a)
			assert.Equal(t, c.changed, r.PutAnswer("LABSEC01-BP01", a))
			a.History = nil
			if c.kept {
				a.History = []review.Answer{past}
			}
			if !c.changed {
				a = was
			}
			assert.Equal(t, a, r.Answers["LABSEC01-BP01"])
		})
	}
}

// The laws of a history, over any answers by anybody on any day: whatever a
// status, note or owner once was stands in the answer or in its history; the
// history only grows, by one at most, at its end; saying the same never makes it
// grow; and what was put in, a file gives back.
func TestHistoryProperties(t *testing.T) {
	const id = "LABSEC01-BP01"
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		r := &review.Review{Schema: 1, Lens: testlens.Lens().ID, LensVersion: testlens.Lens().Version, Workload: review.Workload{Name: "Plant"}}
		var given []review.Answer
		for range rapid.IntRange(1, 8).Draw(t, "answers") {
			word := rapid.SampledFrom([]string{"", "", "a", "b: #c", "d\ne"})
			a := review.Answer{
				Status: rapid.SampledFrom(review.Statuses()).Draw(t, "status"), Reason: "because",
				Note: word.Draw(t, "note"), Owner: rapid.SampledFrom([]string{"", "Ana"}).Draw(t, "owner"),
				Evidence: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"x", "y"}), 0, 2, rapid.ID[string]).Draw(t, "evidence"),
				By:       rapid.SampledFrom([]string{"Ana", "Ben"}).Draw(t, "by"), At: "2026-11-2" + strconv.Itoa(rapid.IntRange(0, 3).Draw(t, "day")),
			}
			if len(a.Evidence) == 0 {
				a.Evidence = nil
			}
			before, had := r.Answers[id]
			before = before.Clone()
			changed := r.PutAnswer(id, a)
			now := r.Answers[id]
			require.True(t, changed || had && now.SameContent(before))
			require.True(t, now.SameContent(a))
			require.LessOrEqual(t, len(now.History)-len(before.History), 1)
			for i, kept := range before.History {
				require.Equal(t, kept, now.History[i], "what is kept stays as it is")
			}
			if had && before.SameContent(a) {
				require.Len(t, now.History, len(before.History))
			}
			once := r.Clone()
			require.False(t, r.PutAnswer(id, a), "the same once more is no change")
			require.Equal(t, once, r)
			given = append(given, a)
		}
		now := r.Answers[id]
		for _, g := range given {
			require.True(t, g.Status == now.Status || slices.ContainsFunc(now.History, func(p review.Answer) bool { return p.Status == g.Status }))
			require.True(t, g.Note == "" || g.Note == now.Note || slices.ContainsFunc(now.History, func(p review.Answer) bool { return p.Note == g.Note }))
		}
		path := filepath.Join(dir, strconv.Itoa(n)+".review.yaml")
		require.NoError(t, os.WriteFile(path, yamlfile.Encode(*r), 0o644))
		f, err := review.Load(path, testlens.Lens())
		require.NoError(t, err)
		require.Equal(t, r.Answers, f.Review.Answers)
		require.NoError(t, os.Remove(path))
	})
}

func TestParseChecksHistory(t *testing.T) {
	_, problems := review.Parse("x.review.yaml", []byte(`schema: 1
lens: lab-iot
lens_version: 2026-01-15
workload:
  name: Plant
answers:
  LABSEC01-BP01:
    status: implemented
    history:
      - status: implemnted
      - note: no status
      - status: not_applicable
        at: yesterday
      - status: implemented
        ownre: Ana
      - status: implemented
        history:
          - status: implemented
`), testlens.Lens())
	assert.Equal(t, []string{
		`x.review.yaml:10: unknown status "implemnted", did you mean "implemented"?`,
		"x.review.yaml:11: LABSEC01-BP01 has no status; known: implemented, partially_implemented, not_implemented, not_applicable, cannot_determine",
		"x.review.yaml:12: LABSEC01-BP01 is not_applicable and needs a reason",
		`x.review.yaml:13: at: "yesterday" is not a date such as 2026-12-31`,
		`x.review.yaml:15: unknown key "ownre", did you mean "owner"?`,
		"x.review.yaml:17: an answer in a history must not have a history",
	}, func() []string {
		var out []string
		for _, p := range problems {
			out = append(out, p.String())
		}
		return out
	}())
}

// An answer must be on disk within 100 ms of the key.
func BenchmarkSyncFullReview(b *testing.B) {
	data, err := os.ReadFile(testlens.ReviewPath(testlens.Waterworks))
	require.NoError(b, err)
	path := filepath.Join(b.TempDir(), "full.review.yaml")
	require.NoError(b, os.WriteFile(path, data, 0o644))
	f, err := review.Load(path, testlens.Lens())
	require.NoError(b, err)
	require.Len(b, f.Review.Answers, len(testlens.Lens().PracticeIDs()))
	for i := 0; b.Loop(); i++ {
		a := f.Review.Answers["LABSEC01-BP01"]
		a.Note = strconv.Itoa(i)
		f.Review.Answers["LABSEC01-BP01"] = a
		if _, err := f.Sync(f.Saved(), f.Review.Clone()); err != nil {
			b.Fatal(err)
		}
	}
}
