package interview_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The stops of the cases are the three practices of LABSEC10 and the two of
// LABSEC11, written 10-1 to 11-2. A step is a verb and what it is about:
//
//	yes, no     answer, and stay
//	amend-yes, amend-no
//	next, step, back, skip, park, undo, redo
//	go ID
//
// "end" is where no stop is left.
func TestWalk(t *testing.T) {
	for _, c := range []struct {
		name     string
		answered string // before
		only     interview.AnswerFilter
		steps    string
		at       string // after
		answers  string // after
	}{
		{name: "a new review begins at the start", at: "10-1"},
		{name: "resume at the first that is not answered", answered: "10-1 yes, 10-2 no", at: "10-3", answers: "10-1 yes, 10-2 no"},
		{name: "resume at a gap in the middle", answered: "10-1 yes, 10-3 yes", at: "10-2", answers: "10-1 yes, 10-3 yes"},
		{
			name: "answered in full: from the start again", answered: "10-1 yes, 10-2 yes, 10-3 yes, 11-1 yes, 11-2 yes", at: "10-1",
			answers: "10-1 yes, 10-2 yes, 10-3 yes, 11-1 yes, 11-2 yes",
		},
		{name: "an answer stays where it was given", steps: "yes", at: "10-1", answers: "10-1 yes"},
		{name: "an answer can be given again", steps: "yes no", at: "10-1", answers: "10-1 no"},
		{name: "next passes what is answered", answered: "10-2 yes, 10-3 no", steps: "next", at: "11-1", answers: "10-2 yes, 10-3 no"},
		{name: "step does not", answered: "10-2 yes", steps: "step", at: "10-2", answers: "10-2 yes"},
		{name: "step stops at the end", steps: "go-11-2 step step", at: "end"},
		{name: "back goes to what is answered", answered: "10-1 yes", steps: "back", at: "10-1", answers: "10-1 yes"},
		{name: "back stops at the start", steps: "back back", at: "10-1"},
		{name: "back from the end", steps: "go-11-2 next back", at: "11-2"},
		{name: "skip leaves it open and moves on", steps: "skip", at: "10-2"},
		{name: "next passes what was skipped", steps: "skip back step back next", at: "10-2"},
		{name: "skipped to the end", steps: "skip skip skip skip skip", at: "end"},
		{name: "at the end nothing can be answered or skipped", steps: "skip skip skip skip skip yes skip next", at: "end"},
		{name: "go to a best practice", steps: "go-11-2", at: "11-2"},
		{name: "go as the WA Tool writes it", steps: "go-labsec11_bp02", at: "11-2"},
		{name: "go to a question", steps: "go-LABSEC11", at: "11-1"},
		{name: "go to what is not on the walk stays", steps: "go-11-1 go-LABOPS01 go-nowhere", at: "11-1"},
		{name: "park stays", steps: "park", at: "10-1"},
		{name: "undo an answer", steps: "yes next undo", at: "10-1"},
		{name: "undo brings the answer before back", answered: "10-1 yes", steps: "go-10-1 no next undo", at: "10-1", answers: "10-1 yes"},
		{name: "undo as deep as there were changes", steps: "yes next no next park yes undo undo undo undo undo", at: "10-1"},
		{name: "undo with nothing to undo", steps: "step undo", at: "10-2"},
		{name: "redo makes again what was undone", steps: "yes next undo redo", at: "10-1", answers: "10-1 yes"},
		{name: "redo as often as undo", steps: "yes next no undo undo redo redo", at: "10-2", answers: "10-1 yes, 10-2 no"},
		{name: "redo with nothing undone", steps: "yes next redo", at: "10-2", answers: "10-1 yes"},
		{name: "a new change leaves nothing to do again", steps: "yes undo no redo", at: "10-1", answers: "10-1 no"},
		{name: "the same answer again is no change", steps: "yes yes undo", at: "10-1"},
		{name: "an amended answer is one change", steps: "amend-yes amend-no undo", at: "10-1"},
		{name: "amended back to what it was: no change at all", answered: "10-1 no", steps: "go-10-1 amend-yes amend-no undo", at: "10-1", answers: "10-1 no"},
		{name: "amended after a move: a change of its own", steps: "amend-yes step back amend-no undo", at: "10-1", answers: "10-1 yes"},
		{name: "undo does not touch what a move did", steps: "yes next step step undo", at: "10-1"},
		{name: "only unanswered", answered: "10-1 yes, 11-1 no", only: interview.OnlyUnanswered, steps: "step step", at: "11-2", answers: "10-1 yes, 11-1 no"},
		{name: "only unanswered keeps what is answered on the way", only: interview.OnlyUnanswered, steps: "yes next back", at: "10-1", answers: "10-1 yes"},
		{name: "only findings begins at the first", answered: "10-1 yes, 10-2 no, 11-2 no", only: interview.OnlyFindings, at: "10-2", answers: "10-1 yes, 10-2 no, 11-2 no"},
		{name: "only findings, step by step", answered: "10-1 yes, 10-2 no, 11-2 no", only: interview.OnlyFindings, steps: "step", at: "11-2", answers: "10-1 yes, 10-2 no, 11-2 no"},
		{name: "only findings where there are none", answered: "10-1 yes", only: interview.OnlyFindings, at: "end", answers: "10-1 yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC10", "LABSEC11"}}, Answers: parse(c.answered)}
			w := interview.New(testlens.Lens(), r, interview.Filter{Only: c.only})
			for _, step := range strings.Fields(c.steps) {
				do(w, step)
			}
			assert.Equal(t, c.at, place(w))
			assert.Equal(t, parse(c.answers), withoutHistory(r.Answers))
		})
	}
}

func withoutHistory(answers map[string]review.Answer) map[string]review.Answer {
	out := map[string]review.Answer{}
	for id, a := range answers {
		a.History = nil
		out[id] = a
	}
	return out
}

func do(w *interview.Walk, step string) {
	switch step {
	case "yes":
		_ = w.SetAnswer(review.Answer{Status: review.Implemented})
	case "no":
		_ = w.SetAnswer(review.Answer{Status: review.NotImplemented})
	case "next":
		w.Next()
	case "step":
		w.Step()
	case "back":
		w.Back()
	case "skip":
		w.Skip()
	case "park":
		_ = w.Park(review.Topic{Topic: "later"})
	case "undo":
		w.Undo()
	case "redo":
		w.Redo()
	case "amend-yes":
		_ = w.AmendAnswer(review.Answer{Status: review.Implemented})
	case "amend-no":
		_ = w.AmendAnswer(review.Answer{Status: review.NotImplemented})
	default:
		w.GoToID(long(strings.TrimPrefix(step, "go-")))
	}
}

// long makes LABSEC10-BP01 of 10-1.
func long(id string) string {
	if question, n, ok := strings.Cut(id, "-"); ok && len(id) == 4 {
		return "LABSEC" + question + "-BP0" + n
	}
	return id
}

func short(id string) string {
	return strings.Replace(strings.TrimPrefix(id, "LABSEC"), "BP0", "", 1)
}

func place(w *interview.Walk) string {
	s, ok := w.Current()
	if !ok {
		return "end"
	}
	return short(s.Practice.ID)
}

func parse(s string) map[string]review.Answer {
	out := map[string]review.Answer{}
	for _, part := range strings.Split(s, ", ") {
		id, status, _ := strings.Cut(part, " ")
		switch status {
		case "yes":
			out[long(id)] = review.Answer{Status: review.Implemented}
		case "no":
			out[long(id)] = review.Answer{Status: review.NotImplemented}
		}
	}
	return out
}

// A filter narrows the walk within the scope of the review, and never widens it.
func TestScopeAndFilter(t *testing.T) {
	for _, c := range []struct {
		name          string
		scope, filter review.Scope
		stops         int
	}{
		{name: "everything", scope: review.Scope{}, filter: review.Scope{}, stops: len(testlens.Lens().PracticeIDs())},
		{name: "the scope of the review", scope: review.Scope{Questions: []string{"LABSEC10"}}, filter: review.Scope{}, stops: 3},
		{name: "a filter", scope: review.Scope{}, filter: review.Scope{Questions: []string{"LABSEC10", "LABSEC11"}}, stops: 5},
		{name: "both must match", scope: review.Scope{Pillars: []string{"security"}}, filter: review.Scope{Questions: []string{"LABSEC10", "LABOPS01"}}, stops: 3},
		{name: "nothing is left", scope: review.Scope{Pillars: []string{"security"}}, filter: review.Scope{Pillars: []string{"reliability"}}, stops: 0},
	} {
		w := interview.New(testlens.Lens(), &review.Review{Scope: c.scope}, interview.Filter{Scope: c.filter})
		assert.Equal(t, c.stops, w.Progress().Stops, c.name)
		_, ok := w.Current()
		assert.Equal(t, c.stops > 0, ok, c.name)
	}
}

func TestProgress(t *testing.T) {
	r := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC10", "LABSEC11"}}}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	for _, step := range strings.Fields("no next yes next skip no next") {
		do(w, step)
	}
	want := interview.Progress{Stops: 5, Answered: 3, Skipped: 1, Findings: 2, High: 1, Worst: lens.High}
	assert.Equal(t, want, w.Progress())

	do(w, "go-10-1") // skipping what is answered skips nothing
	do(w, "skip")
	assert.Equal(t, want, w.Progress())

	do(w, "go-10-3") // and what was skipped can be answered after all
	do(w, "yes")
	want.Answered, want.Skipped = 4, 0
	assert.Equal(t, want, w.Progress())
}

func TestParkedTopicsKnowWhereTheyCameUp(t *testing.T) {
	r := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC10"}}, Parked: []review.Topic{{Topic: "before"}}}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	w.Step()
	require.NoError(t, w.Park(review.Topic{Topic: "key ceremony"}))
	for range 3 {
		w.Step()
	}
	require.NoError(t, w.Park(review.Topic{Topic: "at the end"}))
	assert.Equal(t, []review.Topic{{Topic: "before"}, {Topic: "key ceremony", Practice: "LABSEC10-BP02"}, {Topic: "at the end"}}, r.Parked)
	for i := range 3 {
		_, ok := w.Undo()
		assert.Equal(t, i < 2, ok, "a topic of another session stays: "+strconv.Itoa(i))
	}
	assert.Equal(t, []review.Topic{{Topic: "before"}}, r.Parked)
}
