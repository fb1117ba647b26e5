package review_test

import (
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A screen goes on changing the review while a snapshot of it is saved. With -race
// this proves that the two don't meet.
func TestSyncWhileReviewChanges(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	snapshots := make(chan *review.Review, 1)
	saved := make(chan error)
	go func() {
		var errs []error
		from := f.Saved()
		for s := range snapshots {
			done, err := f.Sync(from, s)
			from, errs = done.Review, append(errs, err)
		}
		saved <- errors.Join(errs...)
	}()
	ids := testlens.Lens().PracticeIDs()
	for i, id := range ids {
		f.Review.PutAnswer(id, review.Answer{Status: review.NotImplemented, Note: strconv.Itoa(i), Evidence: []string{"a"}})
		snapshots <- f.Review.Clone()
		f.Review.PutAnswer(id, review.Answer{Status: review.Implemented, Note: strconv.Itoa(i), Evidence: []string{"b"}})
	}
	snapshots <- f.Review.Clone()
	close(snapshots)
	require.NoError(t, <-saved)
	again, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, f.Review, again.Review)
}

func TestCloneIsDeep(t *testing.T) {
	files, err := filepath.Glob("../../testdata/lens/reviews/*.review.yaml")
	require.NoError(t, err)
	for _, file := range files {
		f, err := review.Load(file, testlens.Lens())
		require.NoError(t, err)
		f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.CannotDetermine, Evidence: []string{"a"}})
		f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, Evidence: []string{"a"}, By: "x"})
		c := f.Review.Clone()
		require.Equal(t, f.Review, c)
		c.Answers["LABSEC01-BP01"].Evidence[0] = "changed"
		c.Answers["LABSEC01-BP01"].History[0].Evidence = []string{"changed"}
		c.Answers["LABSEC02-BP01"] = review.Answer{}
		for _, list := range [][]string{c.Workload.AWSRegions, c.Workload.Profile.Protocols, c.Workload.Profile.Power, c.Scope.Pillars} {
			for i := range list {
				list[i] = "changed"
			}
		}
		if u := c.Workload.Profile.FieldUpdatable; u != nil {
			*u = !*u
		}
		for i := range c.Parked {
			c.Parked[i].Topic = "changed"
		}
		for i := range c.Waivers {
			c.Waivers[i].Reason = "changed"
		}
		again, err := review.Load(file, testlens.Lens())
		require.NoError(t, err)
		again.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.CannotDetermine, Evidence: []string{"a"}})
		again.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, Evidence: []string{"a"}, By: "x"})
		assert.Equal(t, again.Review, f.Review)
	}
}
