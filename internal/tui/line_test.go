package tui_test

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A lineRun is one session of the line review.
type lineRun struct {
	review *review.Review
	saved  *review.Review // what the last save held
	saves  int
	out    strings.Builder
	line   *tui.Line
}

// runLines runs a line review over typed lines.
func runLines(r *review.Review, typed string, filter interview.Filter) (*lineRun, error) {
	s := &lineRun{review: r, saved: r.Clone()}
	s.line = line(r, filter, typed, &s.out)
	s.line.Save = func(_, r *review.Review) (review.SyncResult, error) {
		s.saves++
		s.saved = r.Clone()
		return review.SyncResult{Review: r}, nil
	}
	return s, s.line.Run()
}

// line makes a line review that saves nothing.
func line(r *review.Review, filter interview.Filter, typed string, out io.Writer) *tui.Line {
	l := testlens.Lens()
	w := interview.New(l, r, filter)
	w.Stamp = func() (string, string) { return "Ana", "2026-11-23" }
	return &tui.Line{In: bufio.NewReader(strings.NewReader(typed)), Out: out, Session: &tui.Session{
		Lens: l, Walk: w, Path: "x.review.yaml", ReviewArgs: "x.review.yaml",
		OnMove:  func(interview.ResumePoint) {},
		Elapsed: func() int { return 0 },
		Save:    func(_, r *review.Review) (review.SyncResult, error) { return review.SyncResult{Review: r}, nil },
		Assess: func(r *review.Review) tui.Summary {
			return tui.Summary{Verdict: "Nothing is wrong.", Assessment: scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: "2026-11-23"})}
		},
		WriteReports: func(*review.Review, bool) ([]string, error) { return []string{"x.report.md"}, nil },
	}}
}

var reliability = interview.Filter{Scope: review.Scope{Questions: []string{"LABREL01"}}}

func TestAnswersAreSavedAtOnce(t *testing.T) {
	s, err := runLines(&review.Review{}, "3 drifts\n1\n", reliability)
	require.NoError(t, err)
	assert.Equal(t, map[string]review.Answer{
		"LABREL01-BP01": {Status: review.NotImplemented, Note: "drifts", By: "Ana", At: "2026-11-23"},
		"LABREL01-BP02": {Status: review.Implemented, By: "Ana", At: "2026-11-23"},
	}, s.saved.Answers)
	assert.Equal(t, 1, strings.Count(s.out.String(), "saved in x.review.yaml"), "shown once")
	assert.Contains(t, s.out.String(), "That was the last one.")
}

// A note that is given before the status is kept, also if the answer never comes.
func TestDetailsBeforeTheStatusAreKept(t *testing.T) {
	s, err := runLines(&review.Review{}, "n drifts\ns\nb\n3\nn for the second\no Bo\nq\n", reliability)
	require.NoError(t, err)
	assert.Equal(t, map[string]review.Answer{
		"LABREL01-BP01": {Status: review.NotImplemented, Note: "drifts", By: "Ana", At: "2026-11-23"},
	}, s.saved.Answers)
	assert.Equal(t, map[string]review.Answer{
		"LABREL01-BP02": {Note: "for the second", Owner: "Bo", By: "Ana", At: "2026-11-23"},
	}, s.saved.UnansweredDetails)
	out := s.out.String()
	assert.Contains(t, out, "  note: drifts\n  not answered yet: 1 to 5\n")
	assert.Contains(t, out, "Details of 1 best practice without an answer yet are kept and shown again.")
}

func TestLettersAnswer(t *testing.T) {
	for key, want := range map[string]review.Status{
		"y": review.Implemented, "H": review.PartiallyImplemented, "m": review.NotImplemented, "x": review.CannotDetermine,
	} {
		s, err := runLines(&review.Review{}, key+"\n", reliability)
		require.NoError(t, err)
		assert.Equal(t, want, s.saved.Answers["LABREL01-BP01"].Status, key)
	}
}

func TestAnswerOfTheProfileCanBeChanged(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{"LABREL01-BP01": {Status: review.NotApplicable, Reason: "The workload's profile says so", By: review.ByProfile}}}
	s, err := runLines(r, "g LABREL01-BP01\n2\n", reliability)
	require.NoError(t, err)
	assert.Equal(t, review.Answer{
		Status: review.PartiallyImplemented, By: "Ana", At: "2026-11-23",
		History: []review.Answer{{Status: review.NotApplicable, Reason: "The workload's profile says so", By: review.ByProfile}},
	}, s.saved.Answers["LABREL01-BP01"])
}

func TestWalkOverFindings(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{
		"LABREL01-BP01": {Status: review.NotImplemented},
		"LABREL01-BP02": {Status: review.Implemented},
		"LABREL08-BP01": {Status: review.CannotDetermine},
		"LABREL08-BP02": {Status: review.PartiallyImplemented, Note: "by hand"},
	}}
	s, err := runLines(r, "o Marta\n\n1\n\n", interview.Filter{Only: interview.OnlyFindings})
	require.NoError(t, err)
	assert.Contains(t, s.out.String(), "That was the last one.")
	assert.Equal(t, review.Answer{
		Status: review.NotImplemented, Owner: "Marta", By: "Ana", At: "2026-11-23", History: []review.Answer{{Status: review.NotImplemented}},
	}, s.saved.Answers["LABREL01-BP01"])
	assert.Equal(t, review.Implemented, s.saved.Answers["LABREL08-BP01"].Status)
	assert.Equal(t, "by hand", s.saved.Answers["LABREL08-BP02"].Note)
}

// A failed save is reported at once, the review goes on, and its end lists what is not
// saved.
func TestFailedSave(t *testing.T) {
	var out strings.Builder
	l := line(&review.Review{}, reliability, "3 drifts\n1\n", &out)
	l.Save = func(_, _ *review.Review) (review.SyncResult, error) {
		return review.SyncResult{}, errors.New("disk full")
	}
	err := l.Run()
	var lost *tui.NotSavedError
	require.ErrorAs(t, err, &lost)
	assert.Contains(t, err.Error(), "Not saved: disk full.\n  LABREL01-BP01, status: not implemented\n  LABREL01-BP01, note: drifts\n")
	assert.Contains(t, err.Error(), "0 of 31 answered, 0 findings, in x.review.yaml when it was saved last.")
	assert.Equal(t, 1, strings.Count(out.String(), "Not saved: disk full."), "told once")

	fails := true
	l = line(&review.Review{}, reliability, "3 drifts\n1\n", &out)
	l.Save = func(_, r *review.Review) (review.SyncResult, error) {
		if fails {
			fails = false
			return review.SyncResult{}, &review.NotSavedError{Err: errors.New("disk full"), RescuePath: "x.review.rescue.yaml", Path: "x.review.yaml"}
		}
		return review.SyncResult{Review: r}, nil
	}
	require.NoError(t, l.Run())
	assert.Contains(t, out.String(), "The unsaved changes are in x.review.rescue.yaml.")
	assert.Contains(t, out.String(), "Saved again: all answers are in x.review.yaml.")
}

// No sequence of lines panics, and everything is saved after it.
func TestAnyLinesAreSaved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(
			rapid.SampledFrom([]string{
				"1", "2 note", "3", "4", "4 reason", "5", "b", "s", "u", "?", "help", "", "p", "p topic", "n", "n text", "o Ana", "e link", "d 2027-01-01", "d x", "g LABREL01", "g x",
				"r", ">", "<", "/", "/ time", "/rotation", "g 1", "g 99", "f", "f all", "f unanswered", "f findings high", "f edge", "f nowhere", "t", "t 20", "t go", "t x",
				"list", "map", "sum", "parked", "parked 1 Ana", "parked 9 Ana", "w", "w -", "p topic @ Ben", "n -", "e -", "2027-01-01",
			}),
			rapid.String(),
		), 0, 40).Draw(t, "lines")
		r := &review.Review{Answers: map[string]review.Answer{"LABREL08-BP01": {Status: review.Implemented, Note: "before"}}}
		s, err := runLines(r, strings.Join(lines, "\n"), interview.Filter{Scope: review.Scope{Pillars: []string{"reliability"}}})
		require.NoError(t, err)
		require.Equal(t, r.Answers, s.saved.Answers)
		require.Equal(t, r.Waivers, s.saved.Waivers)
		require.Len(t, s.saved.Parked, len(r.Parked))
		require.Contains(t, s.out.String(), "x.review.yaml")
	})
}

// No output is wider than 80 columns.
func TestLineReviewFits80Columns(t *testing.T) {
	keys := []string{
		"", "zz", "?", "help", "w", "n note", "o Ana", "3", "b", "w", "Marta", "Ben", "why", "", "2027-01-01", "w -", "u", "r", "r", "4", "", "d x", "p", "", "p topic", "parked", "parked 9",
		"parked 1 Ana", "/", "/ certificate", "/", "/ xyzzy", "g 1", "g 99", "g LABREL01", "f", "f security", "f reliability findings", "f nowhere", "g LABREL01", "f all", "t", "t x", "t 20", "t", "t go",
		"list", "map", "sum", "report", ">", "<", "<", "s", "5", "e a link", "q",
	}
	for _, minutes := range []int{0, 90} {
		var out strings.Builder
		l := line(&review.Review{}, interview.Filter{}, strings.Join(keys, "\n"), &out)
		l.Minutes = minutes
		require.NoError(t, l.Run())
		for _, line := range strings.Split(strings.ReplaceAll(out.String(), "> ", "\n"), "\n") {
			if !strings.HasPrefix(strings.TrimSpace(line), "https://") {
				assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
			}
		}
	}
}

// The line review shows every field of an answer.
func TestLineReviewShowsEveryField(t *testing.T) {
	a := review.Answer{Status: review.NotImplemented}
	for _, f := range review.AnswerFields() {
		if f.Kind == review.KindText || f.Kind == review.KindList {
			f.Set(&a, "a value of "+f.Key)
		}
	}
	a.Due = "2031-05-17"
	s, err := runLines(&review.Review{Answers: map[string]review.Answer{"LABREL01-BP01": a}}, "b\n", reliability)
	require.NoError(t, err)
	for _, f := range review.AnswerFields() {
		if !f.Signature {
			assert.Contains(t, s.out.String(), f.Text(a))
		}
	}
}
