package review_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func lockOf(f *review.File) string {
	return filepath.Join(filepath.Dir(f.Path), "."+filepath.Base(f.Path)+".lock")
}

func TestALockSaysWhoHoldsIt(t *testing.T) {
	f := fresh(t, t.TempDir())
	require.NoError(t, f.Save())
	f.Holder = review.Holder{Name: "Ana \x1b[2J\u202eRuiz", Since: "2026-11-24 10:00"}
	require.NoError(t, f.Lock())
	second, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	err = second.Lock()
	var locked *review.LockedError
	require.ErrorAs(t, err, &locked)
	require.ErrorIs(t, err, review.ErrLocked)
	host, err := os.Hostname()
	require.NoError(t, err)
	assert.Equal(t, os.Getpid(), locked.Holder.PID)
	assert.Equal(t, host, locked.Holder.Host)
	assert.Equal(t, "Ana [2JRuiz since 2026-11-24 10:00 (process "+strconv.Itoa(os.Getpid())+" on "+host+")", locked.Holder.String(), "nothing in it drives a terminal")
	assert.Contains(t, locked.Error(), f.Path+": another iotlens is at work on this review; close it first: Ana")
	f.Unlock()
	assert.NoFileExists(t, lockOf(f))
	require.NoError(t, second.Lock())
	second.Unlock()
}

func TestWhoCannotBeToldIsNotTold(t *testing.T) {
	for _, content := range []string{"", "x", " {", " {\"pid\":\"no number\"}"} {
		f := fresh(t, t.TempDir())
		require.NoError(t, f.Save())
		require.NoError(t, f.Lock())
		require.NoError(t, os.WriteFile(lockOf(f), []byte(content), 0o644))
		second, err := review.Load(f.Path, testlens.Lens())
		require.NoError(t, err)
		err = second.Lock()
		require.ErrorIs(t, err, review.ErrLocked)
		assert.Equal(t, f.Path+": another iotlens is at work on this review; close it first", err.Error())
		f.Unlock()
	}
}

func TestALockThatWasLeftBehindIsTakenOver(t *testing.T) {
	f := fresh(t, t.TempDir())
	require.NoError(t, f.Save())
	require.NoError(t, os.WriteFile(lockOf(f), make([]byte, 4000), 0o644)) // of a process that was killed
	f.Holder = review.Holder{Name: "Ana"}
	require.NoError(t, f.Lock())
	second, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	var locked *review.LockedError
	require.ErrorAs(t, second.Lock(), &locked)
	assert.Equal(t, "Ana", locked.Holder.Name)
	f.Unlock()
}

// However many want it at once, and however often it changes hands: one at a time
// has it.
func TestALockHasOneHolder(t *testing.T) {
	f := fresh(t, t.TempDir())
	require.NoError(t, f.Save())
	var inside sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				mine, err := review.Load(f.Path, testlens.Lens())
				if !assert.NoError(t, err) {
					return
				}
				if err := mine.Lock(); err != nil {
					assert.ErrorIs(t, err, review.ErrLocked)
					continue
				}
				if assert.True(t, inside.TryLock(), "two hold the lock") {
					time.Sleep(50 * time.Microsecond)
					inside.Unlock()
				}
				mine.Unlock()
			}
		}()
	}
	wg.Wait()
}

// A screen goes on changing the review while a snapshot of it is saved. With -race
// this proves that the two don't meet.
func TestSnapshotsAreSavedWhileTheReviewChanges(t *testing.T) {
	f := fresh(t, t.TempDir())
	require.NoError(t, f.Save())
	require.NoError(t, f.Lock())
	defer f.Unlock()
	snapshots := make(chan *review.Review, 1)
	saved := make(chan error)
	go func() {
		var errs []error
		for s := range snapshots {
			errs = append(errs, f.SaveSnapshot(s))
		}
		saved <- errors.Join(errs...)
	}()
	ids := testlens.Lens().PracticeIDs()
	for i, id := range ids {
		f.Review.Put(id, review.Answer{Status: review.NotImplemented, Note: strconv.Itoa(i), Evidence: []string{"a"}})
		snapshots <- f.Review.Clone()
		f.Review.Put(id, review.Answer{Status: review.Implemented, Note: strconv.Itoa(i), Evidence: []string{"b"}})
	}
	snapshots <- f.Review.Clone()
	close(snapshots)
	require.NoError(t, <-saved)
	again, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, f.Review, again.Review)
}

func TestACloneSharesNothing(t *testing.T) {
	files, err := filepath.Glob("../../testdata/lens/reviews/*.review.yaml")
	require.NoError(t, err)
	for _, file := range files {
		f, err := review.Load(file, testlens.Lens())
		require.NoError(t, err)
		f.Review.Put("LABSEC01-BP01", review.Answer{Status: review.CannotDetermine, Evidence: []string{"a"}})
		f.Review.Put("LABSEC01-BP01", review.Answer{Status: review.Implemented, Evidence: []string{"a"}, By: "x"})
		c := f.Review.Clone()
		require.Equal(t, f.Review, c)
		c.Answers["LABSEC01-BP01"].Evidence[0] = "changed"
		c.Answers["LABSEC01-BP01"].History[0].Evidence = []string{"changed"}
		c.Answers["LABSEC02-BP01"] = review.Answer{}
		for _, list := range [][]string{c.Workload.Regions, c.Workload.Profile.Protocols, c.Workload.Profile.Power, c.Scope.Pillars} {
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
		again.Review.Put("LABSEC01-BP01", review.Answer{Status: review.CannotDetermine, Evidence: []string{"a"}})
		again.Review.Put("LABSEC01-BP01", review.Answer{Status: review.Implemented, Evidence: []string{"a"}, By: "x"})
		assert.Equal(t, again.Review, f.Review)
	}
}

func TestWhatAKilledSaveLeftBehindIsTakenAway(t *testing.T) {
	f := fresh(t, t.TempDir())
	require.NoError(t, f.Save())
	dir := filepath.Dir(f.Path)
	for _, name := range []string{".plant.review.yaml.123.tmp", ".other.review.yaml.123.tmp", "plant.review.yaml.tmp"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o644))
	}
	require.NoError(t, f.Lock())
	f.Unlock()
	assert.NoFileExists(t, filepath.Join(dir, ".plant.review.yaml.123.tmp"))
	assert.FileExists(t, filepath.Join(dir, ".other.review.yaml.123.tmp"), "another review's")
	assert.FileExists(t, filepath.Join(dir, "plant.review.yaml.tmp"), "somebody's own")
}
