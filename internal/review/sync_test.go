package review_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A testSession is a session without a screen. It adopts the result of each sync.
type testSession struct {
	file *review.File
	from *review.Review
	now  *review.Review
}

func startSession(t require.TestingT, path string) *testSession {
	f, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	return &testSession{file: f, from: f.Saved(), now: f.Review}
}

func (s *testSession) sync() (review.SyncResult, error) {
	done, err := s.file.Sync(s.from, s.now)
	if err == nil {
		s.from, s.now = done.Review, done.Review.Clone()
	}
	return done, err
}

func writeFile(t require.TestingT, path, text string) {
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

const fileWithOneAnswer = `# the plant in Graz
schema: 1
lens: lab-iot
lens_version: 2026-01-15

workload:
  name: Plant
  x-cost-centre: 4711

answers:
  # asked again in spring
  LABSEC01-BP01:
    status: implemented
    by: Ben
    at: 2026-11-20
`

func newTestSession(t *testing.T) (*testSession, string) {
	path := filepath.Join(t.TempDir(), "plant.review.yaml")
	writeFile(t, path, fileWithOneAnswer)
	return startSession(t, path), path
}

// Resetting the file to an earlier state removes neither the answers of the session nor
// earlier ones.
func TestResetFileRemovesNoAnswers(t *testing.T) {
	s, path := newTestSession(t)
	s.now.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, Note: "four images", By: "Ana", At: "2026-11-24"})
	s.now.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"})
	_, err := s.sync()
	require.NoError(t, err)
	writeFile(t, path, fileWithOneAnswer)
	assert.True(t, s.file.ChangedOnDisk())
	done, err := s.sync()
	require.NoError(t, err)
	assert.Empty(t, done.Conflicts)
	assert.Equal(t, []string{"LABSEC02-BP01"}, done.Restored)
	assert.Equal(t, review.NotImplemented, done.Review.Answers["LABSEC01-BP01"].Status)
	assert.False(t, s.file.ChangedOnDisk())

	writeFile(t, path, strings.Split(fileWithOneAnswer, "answers:")[0])
	done, err = s.sync()
	require.NoError(t, err)
	assert.Equal(t, []string{"LABSEC01-BP01", "LABSEC02-BP01"}, done.Restored)
	assert.Contains(t, readFile(t, path), "note: four images")
	assert.Contains(t, readFile(t, path), "x-cost-centre: 4711")
}

// Changes of others to waivers, topics and the workload are named as well.
func TestSyncNamesExternalChanges(t *testing.T) {
	s, path := newTestSession(t)
	s.now.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"})
	s.now.Parked = append(s.now.Parked, review.Topic{Topic: "Who pays?"})
	s.now.PutWaiver(review.Waiver{Practice: "LABSEC02-BP01", Owner: "Ana", Approver: "Ben", Reason: "new board", Expires: "2027-01-31"})
	done, err := s.sync()
	require.NoError(t, err)
	require.Empty(t, done.Changed)

	other, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	other.Review.Waivers[0].Reason = "new board in March"
	other.Review.Parked[0].Owner = "Cem"
	other.Review.Workload.Name = "Pumps"
	require.NoError(t, other.Save())
	done, err = s.sync()
	require.NoError(t, err)
	assert.Equal(t, []string{"parked topics", "waiver of LABSEC02-BP01", "workload"}, done.Changed)

	// What was said in this session comes back, as after a checkout; what was there before
	// it can be taken out.
	other.Review.Waivers, other.Review.Parked = nil, nil
	require.NoError(t, other.Save())
	done, err = s.sync()
	require.NoError(t, err)
	assert.Equal(t, []string{"parked topics", "waiver of LABSEC02-BP01"}, done.Restored)
	assert.Empty(t, done.Changed)
	assert.Len(t, done.Review.Waivers, 1)

	s = startSession(t, path)
	other, err = review.Load(path, testlens.Lens())
	require.NoError(t, err)
	other.Review.Waivers = nil
	require.NoError(t, other.Save())
	done, err = s.sync()
	require.NoError(t, err)
	assert.Equal(t, []string{"waiver of LABSEC02-BP01 (removed)"}, done.Changed)
	assert.Empty(t, done.Review.Waivers)
}

// A deleted file is written again with its layout.
func TestSyncRecreatesDeletedFile(t *testing.T) {
	s, path := newTestSession(t)
	require.NoError(t, os.Remove(path))
	assert.True(t, s.file.ChangedOnDisk())
	done, err := s.sync()
	require.NoError(t, err)
	assert.True(t, done.Recreated)
	assert.Equal(t, fileWithOneAnswer, readFile(t, path))
}

// External changes are merged. A field that both changed is a conflict, with both values on
// disk until it is resolved.
func TestSyncReturnsConflicts(t *testing.T) {
	s, path := newTestSession(t)
	s.now.PutAnswer("LABSEC01-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"})
	_, err := s.sync()
	require.NoError(t, err)
	text := strings.Replace(readFile(t, path), "status: not_implemented", "status: cannot_determine", 1)
	text = strings.Replace(text, "answers:\n", "answers:\n  LABSEC03-BP01: {status: implemented, by: Cem} # by hand\n", 1)
	writeFile(t, path, text)
	done, err := s.sync()
	require.NoError(t, err)
	assert.Equal(t, []string{"LABSEC01-BP01", "LABSEC03-BP01"}, done.Changed)
	assert.Equal(t, []review.Conflict{{Part: "answers", ID: "LABSEC01-BP01", Field: "status", Base: "implemented", Current: "don't know", Other: "not implemented"}}, done.Conflicts)
	a := done.Review.Answers["LABSEC01-BP01"]
	assert.Equal(t, review.CannotDetermine, a.Status)
	assert.Equal(t, review.NotImplemented, a.History[len(a.History)-1].Status)
	assert.Contains(t, readFile(t, path), "# by hand")

	mine := s.now.Clone()
	mine.Answers["LABSEC01-BP01"] = review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"}
	s.now.Resolve(done.Conflicts[0], mine)
	done, err = s.sync()
	require.NoError(t, err)
	assert.Empty(t, done.Conflicts)
	assert.Equal(t, review.NotImplemented, done.Review.Answers["LABSEC01-BP01"].Status)
}

// Changes that others saved before the session's first sync stay in the file.
func TestSyncAfterSaveThatMerged(t *testing.T) {
	s, path := newTestSession(t)
	other, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	other.Review.PutAnswer("LABSEC03-BP01", review.Answer{Status: review.Implemented, By: "Ben"})
	require.NoError(t, other.Save())
	s.file.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ana"})
	require.NoError(t, s.file.Save())
	s.from, s.now = s.file.Saved(), s.file.Review
	done, err := s.sync()
	require.NoError(t, err)
	assert.Len(t, done.Review.Answers, 3)
	assert.Contains(t, readFile(t, path), "LABSEC03-BP01")
}

// An answer that has ours in its history is no conflict.
func TestSyncTakesAnswerWithOursInHistory(t *testing.T) {
	s, path := newTestSession(t)
	s.now.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"})
	_, err := s.sync()
	require.NoError(t, err)
	ben, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	ben.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.Implemented, By: "Ben", At: "2026-11-24"})
	require.NoError(t, ben.Save())
	done, err := s.sync()
	require.NoError(t, err)
	assert.Empty(t, done.Conflicts)
	assert.Equal(t, []string{"LABSEC02-BP01"}, done.Changed)
	assert.Equal(t, review.Implemented, done.Review.Answers["LABSEC02-BP01"].Status)
}

// If the session can't be saved, a valid rescue file has it until it can.
func TestSyncWritesRescueFile(t *testing.T) {
	const conflict = "<<<<<<< HEAD\n" + fileWithOneAnswer + "=======\n" + fileWithOneAnswer + ">>>>>>> theirs\n"
	for name, spoil := range map[string]func(path string){
		"merge conflict": func(path string) { writeFile(t, path, conflict) },
		"another lens":   func(path string) { writeFile(t, path, strings.Replace(fileWithOneAnswer, "lab-iot", "other", 1)) },
		"a milestone":    func(path string) { writeFile(t, path, fileWithOneAnswer+"milestone: {name: Spring}\n") },
		"a folder":       func(path string) { require.NoError(t, errors.Join(os.Remove(path), os.Mkdir(path, 0o755))) },
	} {
		t.Run(name, func(t *testing.T) {
			s, path := newTestSession(t)
			rescue := review.RescuePath(path)
			writeFile(t, rescue, "of an earlier session\n")
			spoil(path)
			s.file.Bank = "the lab"
			s.now.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24"})
			_, err := s.sync()
			var lost *review.NotSavedError
			require.ErrorAs(t, err, &lost)
			assert.Equal(t, strings.Replace(rescue, ".yaml", "-2.yaml", 1), strings.Replace(lost.RescuePath, ".review-2", ".review", 1))
			assert.Equal(t, "import "+path+" "+lost.RescuePath+" --bank 'the lab'", lost.ImportCommand())
			for range 2 {
				s.now.PutAnswer("LABSEC03-BP01", review.Answer{Status: review.Implemented})
				_, err = s.sync()
				require.ErrorAs(t, err, &lost)
			}
			saved, err := review.Load(lost.RescuePath, testlens.Lens())
			require.NoError(t, err)
			assert.Equal(t, s.now.Answers, saved.Review.Answers)
			require.NoError(t, os.RemoveAll(path))
			writeFile(t, path, fileWithOneAnswer)
			done, err := s.sync()
			require.NoError(t, err)
			assert.Len(t, done.Review.Answers, 3)
			assert.NoFileExists(t, lost.RescuePath)
			assert.Equal(t, "of an earlier session\n", readFile(t, rescue))
		})
	}
}

// If the folder of the file can't be written, the rescue file goes to another one.
func TestRescueFileInAnotherFolder(t *testing.T) {
	s, path := newTestSession(t)
	s.file.RescueDirs = []string{filepath.Join(t.TempDir(), "cache", "rescue")}
	require.NoError(t, os.RemoveAll(filepath.Dir(path)))
	s.now.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented})
	_, err := s.sync()
	var lost *review.NotSavedError
	require.ErrorAs(t, err, &lost)
	assert.Equal(t, s.file.RescueDirs[0], filepath.Dir(lost.RescuePath))
	_, err = review.Load(lost.RescuePath, testlens.Lens())
	require.NoError(t, err)
}

// A note on an unanswered best practice is saved and becomes part of its answer.
func TestDetailsBecomePartOfAnswer(t *testing.T) {
	s, path := newTestSession(t)
	s.now.PutDetails("LABSEC02-BP01", review.Answer{Note: "ask Priya", Owner: "Bo", Status: review.Implemented})
	_, err := s.sync()
	require.NoError(t, err)
	assert.Contains(t, readFile(t, path), "unanswered:\n  LABSEC02-BP01:\n    note: ask Priya\n    owner: Bo\n")
	other, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	other.Review.PutAnswer("LABSEC02-BP01", review.Answer{Status: review.NotImplemented, Note: "four images", By: "Ben"})
	require.NoError(t, other.Save())
	s.now.PutDetails("LABSEC02-BP01", review.Answer{Note: "ask Priya, or Jo", Owner: "Bo"})
	done, err := s.sync()
	require.NoError(t, err)
	assert.Empty(t, done.Conflicts)
	assert.Empty(t, done.Review.UnansweredDetails)
	assert.Equal(t, "ask Priya, or Jo\nask Priya\nfour images", done.Review.Answers["LABSEC02-BP01"].Note)
	_, problems := review.Parse("x", []byte(fileWithOneAnswer+"unanswered:\n  LABSEC02-BP01: {status: implemented}\n  LABSEC02-BP99: {note: x}\n"), testlens.Lens())
	require.ErrorContains(t, problems.Err(), "LABSEC02-BP01 has a status here; an answer belongs under answers")
	require.ErrorContains(t, problems.Err(), `no best practice "LABSEC02-BP99"`)
}

// Notes of unanswered best practices have no history. If the file is reset to before the
// last line of a note, the line stays; a rewritten note is taken.
func TestSyncKeepsNotesOfEarlierSessions(t *testing.T) {
	for name, c := range map[string]struct{ now, want string }{
		"put back":  {"ask Priya", "ask Priya\nask Jo"},
		"rewritten": {"ask Mia", "ask Mia"},
		"added to":  {"ask Priya\nask Jo, by mail", "ask Priya\nask Jo, by mail"},
	} {
		t.Run(name, func(t *testing.T) {
			s, path := newTestSession(t)
			s.now.PutDetails("LABSEC02-BP01", review.Answer{Note: "ask Priya\nask Jo"})
			_, err := s.sync()
			require.NoError(t, err)
			s = startSession(t, path)
			other, err := review.Load(path, testlens.Lens())
			require.NoError(t, err)
			other.Review.PutDetails("LABSEC02-BP01", review.Answer{Note: c.now})
			require.NoError(t, other.Save())
			done, err := s.sync()
			require.NoError(t, err)
			assert.Equal(t, c.want, done.Review.UnansweredDetails["LABSEC02-BP01"].Note)
		})
	}
}

// Whatever happens to the file during sessions, and however these end: an answer or note
// that was reported as saved stays on disk, and so does a comment in the file.
func TestSyncLosesNothing(t *testing.T) {
	dir := t.TempDir()
	ids := testlens.Lens().PracticeIDs()[:4]
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		path := filepath.Join(dir, fmt.Sprint(run), "plant.review.yaml")
		require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755))
		writeFile(t, path, fileWithOneAnswer)
		s := startSession(t, path)
		versions := []string{fileWithOneAnswer} // of the file, as git has them
		valid := fileWithOneAnswer              // what the file had before it was broken
		token := 0
		said, saved, comments := map[string]string{}, map[string]bool{}, map[string]bool{}
		read := func() string {
			data, err := os.ReadFile(path)
			if err != nil {
				return ""
			}
			return string(data)
		}
		unique := func(kind string) string { token++; return fmt.Sprintf("%s%d.", kind, token) }
		syncs := func() {
			_, err := s.sync()
			if err != nil {
				var lost *review.NotSavedError
				require.ErrorAs(t, err, &lost)
				require.NotEmpty(t, lost.RescuePath)
				return
			}
			valid = read()
			for _, words := range said {
				saved[words] = true
			}
		}
		outside := func(text string) {
			for c := range comments {
				if !strings.Contains(text, c) {
					delete(comments, c)
				}
			}
			writeFile(t, path, text)
		}
		for range rapid.IntRange(5, 25).Draw(t, "steps") {
			id := rapid.SampledFrom(ids).Draw(t, "id")
			switch rapid.SampledFrom([]string{"answer", "answer", "note", "sync", "sync", "edit", "comment", "checkout", "commit", "remove", "break", "repair", "other", "kill"}).Draw(t, "what") {
			case "answer":
				words := unique("said")
				said[id+words] = words
				s.now.PutAnswer(id, review.Answer{Status: rapid.SampledFrom(review.Statuses()).Draw(t, "status"), Reason: "r", Note: words, By: "Ana", At: "2026-11-24"})
				a := s.now.Answers[id]
				if a.Status != review.NotApplicable {
					a.Reason = ""
					s.now.Answers[id] = a
				}
			case "note":
				if _, answered := s.now.Answers[id]; !answered {
					words := unique("open")
					said[id+words] = words
					s.now.PutDetails(id, review.Answer{Note: strings.TrimSpace(s.now.UnansweredDetails[id].Note + "\n" + words), By: "Ana"})
				}
			case "sync":
				syncs()
			case "edit": // an editor that knows nothing of sessions
				text := read()
				if r, problems := review.Parse(path, []byte(text), testlens.Lens()); problems == nil && len(r.Answers) > 0 {
					first := slices.Sorted(maps.Keys(r.Answers))[0]
					at := strings.Index(text, first+":")
					outside(text[:at] + strings.Replace(text[at:], "status: ", "status: implemented # was ", 1))
					if _, problems := review.Parse(path, []byte(read()), testlens.Lens()); problems != nil {
						writeFile(t, path, text)
					}
				}
				syncs()
			case "comment":
				if _, problems := review.Parse(path, []byte(read()), testlens.Lens()); problems == nil {
					lines := strings.SplitAfter(read(), "\n")
					at := slices.Index(lines, "answers:\n")
					if at < 0 {
						break
					}
					words := "# " + unique("comment")
					comments[words] = true
					writeFile(t, path, strings.Join(slices.Insert(lines, at, words+"\n"), ""))
				}
				syncs()
			case "commit":
				versions = append(versions, valid)
			case "checkout":
				outside(rapid.SampledFrom(versions).Draw(t, "version"))
				syncs()
			case "remove":
				syncs()
				_ = os.Remove(path)
				syncs()
			case "break":
				syncs()
				writeFile(t, path, "<<<<<<< HEAD\n"+read())
				syncs()
			case "repair":
				writeFile(t, path, valid)
				syncs()
			case "other": // another session
				f, err := review.Load(path, testlens.Lens())
				if err != nil {
					break
				}
				words := unique("other")
				saved[words] = true
				f.Review.PutAnswer(id, review.Answer{Status: review.NotImplemented, Note: words, By: "Ben", At: "2026-11-24"})
				require.NoError(t, f.Save())
				syncs()
			case "kill":
				if _, problems := review.Parse(path, []byte(read()), testlens.Lens()); problems != nil {
					break // the next session can't begin
				}
				said = map[string]string{}
				s = startSession(t, path)
			}
		}
		writeFile(t, path, valid)
		syncs()
		disk := read()
		for words := range saved {
			require.Contains(t, disk, words)
		}
		for c := range comments {
			require.Contains(t, disk, c)
		}
		left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
		require.NoError(t, err)
		require.LessOrEqual(t, len(left), 1+run, "rescue files go")
	})
}
