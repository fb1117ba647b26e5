package review_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newFile(t require.TestingT, dir string) *review.File {
	l := testlens.Lens()
	r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant"}}
	f, err := review.Create(filepath.Join(dir, "plant.review.yaml"), r, l)
	require.NoError(t, err)
	return f
}

func TestSaveAndLoad(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	f.Review.Answers = map[string]review.Answer{"LABSEC01-BP01": {Status: review.Implemented, Note: "a\nb"}}
	require.NoError(t, f.Save())
	again, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, f.Review, again.Review)
}

func TestCreateRefusesExistingFile(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	_, err := review.Create(f.Path, f.Review, testlens.Lens())
	require.ErrorIs(t, err, disk.ErrExists)

	late := newFile(t, t.TempDir()) // made when there was none; then somebody else makes one
	require.NoError(t, os.WriteFile(late.Path, []byte("mine\n"), 0o644))
	require.ErrorIs(t, late.Save(), disk.ErrExists)
	assert.Equal(t, "mine\n", readFile(t, late.Path))
}

// A save merges what others changed since the file was read, and keeps comments.
func TestSaveMergesExternalChanges(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	theirs, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	theirs.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, By: "Ben"})
	require.NoError(t, theirs.Save())
	require.NoError(t, os.WriteFile(f.Path, []byte(readFile(t, f.Path)+"# by hand\n"), 0o644))

	f.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ana"})
	require.NoError(t, f.Save())
	assert.Equal(t, "Ben", f.Review.Answers["LABSEC01-BP01"].By, "it is in the review that was saved, too")
	f.Review.Workload.Name = "Plant 2"
	require.NoError(t, f.Save())
	before := readFile(t, f.Path)
	require.NoError(t, f.Save())
	assert.Equal(t, before, readFile(t, f.Path))
	assert.Contains(t, before, "# by hand")
	now, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, "Plant 2", now.Review.Workload.Name)
	assert.Equal(t, "Ben", now.Review.Answers["LABSEC01-BP01"].By)
	assert.Equal(t, "Ana", now.Review.Answers["LABSEC02-BP01"].By)
}

// If both changed a field, the later save wins. The earlier answer goes to the history, and
// every conflict is a warning.
func TestSaveConflictKeepsBothAnswers(t *testing.T) {
	f := newFile(t, t.TempDir())
	f.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.Implemented})
	require.NoError(t, f.Save())
	theirs, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	theirs.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.Implemented, Note: "theirs", By: "Ben", At: "2026-11-24"})
	theirs.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ben", At: "2026-11-24"})
	theirs.Review.Workload.Name = "Theirs"
	require.NoError(t, theirs.Save())

	var told []string
	f.Options.Warn = func(s string) { told = append(told, s) }
	f.Review.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-25"})
	delete(f.Review.Answers, "LABSEC02-BP01")
	f.Review.Workload.Name = "Ours"
	require.NoError(t, f.Save())
	now, err := review.Load(f.Path, testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, "Ours", now.Review.Workload.Name)
	a := now.Review.Answers["LABSEC01-BP01"]
	assert.Equal(t, review.NotImplemented, a.Status)
	require.Len(t, a.History, 1)
	assert.Equal(t, review.Answer{Status: review.Implemented, Note: "theirs", By: "Ben", At: "2026-11-24"}, a.History[0])
	assert.Equal(t, review.NotImplemented, now.Review.Answers["LABSEC02-BP01"].Status, "what one took out and the other changed stays")
	assert.Equal(t, []string{
		f.Path + `: workload name: also changed by somebody else, to "Theirs"; saved as "Ours"`,
		f.Path + `: LABSEC01-BP01 status: also changed by somebody else, to "implemented"; saved as "not implemented"`,
		f.Path + `: LABSEC02-BP01: removed here and changed by somebody else, to "not implemented"; kept`,
	}, told)
	assert.Equal(t, review.Implemented, theirs.Review.Answers["LABSEC01-BP01"].Status)
}

func TestSaveRefusesInvalidFile(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	f.Review.Workload.Name = "Plant 2"
	require.NoError(t, os.WriteFile(f.Path, []byte("broken: true\n"), 0o644))
	require.ErrorContains(t, f.Save(), "not saved, because somebody else changed the file and it is now invalid:\n"+f.Path+":1: unknown key")
	assert.Equal(t, "broken: true\n", readFile(t, f.Path))
	require.NoError(t, os.Remove(f.Path))
	require.EqualError(t, f.Save(), f.Path+": was removed meanwhile; nothing was written")
	assert.NoFileExists(t, f.Path)
}

func TestSaveRefusesInvalidReview(t *testing.T) {
	f := newFile(t, t.TempDir())
	require.NoError(t, f.Save())
	before, err := os.ReadFile(f.Path)
	require.NoError(t, err)
	f.Review.Answers = map[string]review.Answer{"LABSEC01-BP01": {Status: review.NotApplicable}}
	require.ErrorContains(t, f.Save(), "LABSEC01-BP01 is not_applicable and needs a reason")
	after, err := os.ReadFile(f.Path)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}

func TestSaveLeavesNoTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	f := newFile(t, dir)
	require.NoError(t, f.Save())
	require.NoError(t, os.Chmod(f.Path, 0o600))
	f.Review.Workload.Name = "Plant 2"
	require.NoError(t, f.Save())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	info, err := entries[0].Info()
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "permissions are kept")
}

func TestSaveKeepsSymlink(t *testing.T) {
	dir := t.TempDir()
	f := newFile(t, dir)
	require.NoError(t, f.Save())
	link := filepath.Join(dir, "link.review.yaml")
	if err := os.Symlink(f.Path, link); errors.Is(err, errors.ErrUnsupported) {
		t.Skip("this system has no symbolic links")
	}
	through, err := review.Load(link, testlens.Lens())
	require.NoError(t, err)
	through.Review.Workload.Name = "Through the link"
	require.NoError(t, through.Save())
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	data, err := os.ReadFile(f.Path)
	require.NoError(t, err)
	assert.Contains(t, string(data), "Through the link")
}

// The samples in testdata/reviews are of the shipped lens and answer everything that AWS
// asks, except the half-answered one.
func TestSampleReviewsAreCanonical(t *testing.T) {
	for dir, l := range map[string]*lens.Lens{"../../testdata/reviews": shipped.Lens(), "../../testdata/lens/reviews": testlens.Lens()} {
		files, err := filepath.Glob(dir + "/*.review.yaml")
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(files), 3)
		for _, file := range files {
			f, err := review.Load(file, l)
			require.NoError(t, err)
			before, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, f.Save(), "saving what was loaded changes no byte")
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(before), string(after))
			if l != shipped.Lens() {
				continue
			}
			open := 0
			for _, q := range l.Questions {
				for _, p := range q.Practices {
					if _, answered := f.Review.Answers[p.ID]; q.AWS() && !answered {
						open++
					}
				}
			}
			assert.Equal(t, strings.Contains(file, "half-answered"), open > 0, file)
		}
	}
}

// Any sequence of answers is on disk after each save.
func TestEverySaveHasAllAnswers(t *testing.T) {
	ids := testlens.Lens().PracticeIDs()[:5] // few, so that answers replace others
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		sub := filepath.Join(dir, string(rune('a'+n%26)), strings.Repeat("x", n/26+1))
		require.NoError(t, os.MkdirAll(sub, 0o755))
		_ = os.Remove(filepath.Join(sub, "plant.review.yaml"))
		f := newFile(t, sub)
		require.NoError(t, f.Save())
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab :#-'\"\\|>é\n[]{}&*!%@`,")))
		for range rapid.IntRange(1, 9).Draw(t, "saves") {
			id := rapid.SampledFrom(ids).Draw(t, "id")
			if rapid.IntRange(0, 4).Draw(t, "drop") == 0 {
				delete(f.Review.Answers, id)
			} else {
				f.Review.PutAnswer(id, review.Answer{
					Status: review.NotApplicable, Reason: "r" + strings.TrimRight(text.Draw(t, "reason"), "\n"),
					Note: strings.TrimRight(text.Draw(t, "note"), "\n"), Owner: rapid.SampledFrom([]string{"", "Ana"}).Draw(t, "owner"),
				})
			}
			require.NoError(t, f.Save())
			again, err := review.Load(f.Path, testlens.Lens())
			require.NoError(t, err)
			require.Equal(t, len(f.Review.Answers), len(again.Review.Answers))
			for id, a := range f.Review.Answers {
				require.Equal(t, a, again.Review.Answers[id], "with all that it replaced")
			}
		}
	})
}
