package interview_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/catalog/shipped"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever is done in whatever order: nothing panics, only answering, parking
// and taking back change the review, and taking everything back gives the review
// as it was.
func TestNoSequenceLosesAnAnswer(t *testing.T) {
	ids := append(shipped.Lens().PracticeIDs(), "IOTSEC10", "nowhere")
	anAnswer := rapid.Custom(func(t *rapid.T) review.Answer {
		return review.Answer{
			Status: rapid.SampledFrom(review.Statuses()).Draw(t, "status"),
			Note:   rapid.StringMatching(`[a-z ]{0,8}`).Draw(t, "note"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Answers: rapid.MapOfN(rapid.SampledFrom(shipped.Lens().PracticeIDs()), anAnswer, 0, 20).Draw(t, "answered")}
		if rapid.Bool().Draw(t, "narrowed") {
			r.Scope.Questions = []string{"IOTSEC10", "IOTSEC11", "EDGE01"}
		}
		was := r.Clone()
		w := interview.New(shipped.Lens(), r, interview.Filter{
			Only: rapid.SampledFrom([]interview.Only{interview.Everything, interview.Unanswered, interview.Findings}).Draw(t, "only"),
		})
		answers, parked := maps.Clone(r.Answers), slices.Clone(r.Parked) // what is expected
		type state struct {
			answers map[string]review.Answer
			parked  []review.Topic
		}
		var past []state
		remember := func() { past = append(past, state{maps.Clone(answers), slices.Clone(parked)}) }
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				a := anAnswer.Draw(t, "answer")
				if s, ok := w.Current(); ok {
					remember()
					answers[s.Practice.ID] = a
				}
				w.Set(a)
			},
			"park": func(*rapid.T) {
				topic := review.Topic{Topic: "later"}
				if s, ok := w.Current(); ok {
					topic.Practice = s.Practice.ID
				}
				remember()
				parked = append(parked, topic)
				w.Park(review.Topic{Topic: "later"})
			},
			"undo": func(t *rapid.T) {
				_, ok := w.Undo()
				require.Equal(t, len(past) > 0, ok)
				if ok {
					answers, parked = past[len(past)-1].answers, past[len(past)-1].parked
					past = past[:len(past)-1]
				}
			},
			"next": func(*rapid.T) { w.Next() },
			"step": func(*rapid.T) { w.Step() },
			"back": func(*rapid.T) { w.Back() },
			"skip": func(*rapid.T) { w.Skip() },
			"go":   func(t *rapid.T) { w.Go(rapid.SampledFrom(ids).Draw(t, "id")) },
			"": func(t *rapid.T) {
				same(t, answers, parked, r)
				p := w.Progress()
				require.True(t, p.High <= p.Findings && p.Findings <= p.Answered && p.Answered+p.Skipped <= p.Stops, "%+v", p)
				s, ok := w.Current()
				a, answered := w.Answer()
				if ok {
					want, has := answers[s.Practice.ID]
					require.Equal(t, has, answered)
					require.Equal(t, want, a)
				} else {
					require.False(t, answered)
				}
			},
		})
		for range past {
			_, ok := w.Undo()
			require.True(t, ok)
		}
		_, ok := w.Undo()
		require.False(t, ok)
		same(t, was.Answers, was.Parked, r)
		r.Answers, r.Parked, was.Answers, was.Parked = nil, nil, nil, nil
		require.Equal(t, was, r, "nothing else is touched")
	})
}

// same compares without telling an empty list from none.
func same(t *rapid.T, answers map[string]review.Answer, parked []review.Topic, r *review.Review) {
	require.True(t, maps.EqualFunc(answers, r.Answers, func(a, b review.Answer) bool { return a.Status == b.Status && a.Note == b.Note }))
	require.True(t, slices.Equal(parked, r.Parked))
}
