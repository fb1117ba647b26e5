package interview_test

import (
	"os"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func alternatives(t *testing.T) *lens.Lens {
	data, err := os.ReadFile("../../testdata/lenses/alternatives.json")
	require.NoError(t, err)
	doc, _ := customlens.Read("alternatives.json", data)
	l, problems := customlens.Import(doc, "", "")
	require.NoError(t, problems.Err())
	return l
}

func all(c interview.Choice, s review.Status) map[string]review.Answer {
	out := map[string]review.Answer{}
	for _, stop := range c.Stops {
		out[stop.Practice.ID] = review.Answer{Status: s}
	}
	return out
}

func statuses(r *review.Review) map[string]review.Status {
	out := map[string]review.Status{}
	for id, a := range r.Answers {
		out[id] = a.Status
	}
	return out
}

func TestAlternativesAreOneChoice(t *testing.T) {
	r := &review.Review{}
	w := interview.New(alternatives(t), r, interview.Filter{})
	w.Stamp = func() (string, string) { return "Ana", "2026-11-24" }
	c, ok := w.Choice()
	require.True(t, ok)
	assert.Len(t, c.Stops, 4)
	assert.False(t, c.Several)

	in := func(ids ...string) map[string]review.Answer {
		out := map[string]review.Answer{}
		for _, id := range ids {
			out["standby-"+id] = review.Answer{Status: review.Implemented}
		}
		return out
	}
	require.NoError(t, w.PickAlternatives(in("ch3")))
	assert.Equal(t, map[string]review.Status{"standby-ch3": review.Implemented}, statuses(r), "the others need no answer")
	s, _ := w.Current()
	assert.Equal(t, "standby-ch3", s.Practice.ID, "what is said further is said of it")

	require.NoError(t, w.PickAlternatives(in("ch4")))
	assert.Equal(t, map[string]review.Status{"standby-ch3": review.NotImplemented, "standby-ch4": review.Implemented}, statuses(r))
	assert.Equal(t, review.Implemented, r.Answers["standby-ch3"].History[0].Status)
	assert.Equal(t, "Ana", r.Answers["standby-ch3"].By)

	require.NoError(t, w.PickAlternatives(all(c, review.CannotDetermine)))
	require.NoError(t, w.PickAlternatives(in("ch2")))
	assert.NotContains(t, statuses(r), review.CannotDetermine)
	assert.Equal(t, interview.Progress{Stops: 12, Answered: 4, Findings: 1, High: 1, Worst: lens.High}, w.Progress())
	before := statuses(r)
	require.Error(t, w.PickAlternatives(all(c, review.NotApplicable)), "a reason is missing")
	assert.Equal(t, before, statuses(r))
	for range 4 {
		what, ok := w.Undo()
		assert.True(t, ok)
		assert.Equal(t, "the answer to standby", what)
	}
	assert.Empty(t, r.Answers)
	w.Redo()
	assert.Equal(t, map[string]review.Status{"standby-ch3": review.Implemented}, statuses(r))

	w.ReadOnly = true
	require.ErrorIs(t, w.PickAlternatives(in("ch1")), interview.ErrReadOnly)
}

// They are walked through together, also where another choice is between them; a filter
// lets all of them through or none.
func TestAlternativesAreOneStep(t *testing.T) {
	w := interview.New(alternatives(t), &review.Review{}, interview.Filter{})
	place := func() string {
		s, _ := w.Current()
		return s.Practice.ID
	}
	w.Skip()
	assert.Equal(t, "links-fibre", place())
	c, ok := w.Choice()
	require.True(t, ok)
	assert.True(t, c.Several)
	assert.Len(t, c.Stops, 4)
	w.Step()
	assert.Equal(t, "links-ids", place())
	assert.True(t, w.Back())
	assert.Equal(t, "links-fibre", place())
	require.NoError(t, w.PickAlternatives(map[string]review.Answer{"links-radio": {Status: review.Implemented}, "links-phone": {Status: review.Implemented}}))
	w.SetFilter(interview.Filter{Only: interview.OnlyFindings})
	assert.Empty(t, w.Stops())
	w.SetFilter(interview.Filter{})
	w.GoToID("links-radio")
	require.NoError(t, w.PickAlternatives(map[string]review.Answer{"links-radio": {Status: review.Implemented}}))
	w.SetFilter(interview.Filter{Only: interview.OnlyFindings})
	assert.Len(t, w.Stops(), 4)
	assert.Equal(t, 1, w.Progress().Findings)
}

// Whatever is picked in the lenses of the corpus, exactly that holds, nothing more is
// asked of the alternatives, and one undo takes it back.
func TestPickingInTheCorpus(t *testing.T) {
	choices := 0
	for _, f := range corpus.Lenses(t) {
		doc, _ := customlens.Read(f.Name, f.Data)
		l, problems := customlens.Import(doc, "", "")
		require.Empty(t, problems, f.Name)
		r := &review.Review{}
		w := interview.New(l, r, interview.Filter{})
		for at := 0; at < len(w.Stops()); at++ {
			w.GoTo(at)
			c, ok := w.Choice()
			if !ok {
				continue
			}
			choices++
			at += len(c.Stops) - 1
			for set := range 1 << len(c.Stops) {
				before := yamlfile.Encode(*r)
				picked := map[string]review.Answer{}
				for i, s := range c.Stops {
					if set>>i&1 == 1 {
						picked[s.Practice.ID] = review.Answer{Status: review.Implemented}
					}
				}
				if set == 0 {
					picked = all(c, review.NotImplemented)
				}
				require.NoError(t, w.PickAlternatives(picked))
				for _, s := range c.Stops {
					_, is := picked[s.Practice.ID]
					require.Equal(t, set != 0 && is, r.Answers[s.Practice.ID].Status == review.Implemented, "%s %s", f.Name, s.Practice.ID)
					require.NotEqual(t, review.Unanswered, w.CountedAnswerOf(s).Status, "%s %s is still asked", f.Name, s.Practice.ID)
				}
				if _, ok := w.Undo(); ok {
					require.Equal(t, string(before), string(yamlfile.Encode(*r)))
				}
				require.NoError(t, w.PickAlternatives(picked)) // the next one begins with this
			}
		}
	}
	require.Greater(t, choices, 40)
}

// Picking alternatives that a template gave confirms the choice as a whole.
func TestPickingConfirmsAChoiceFromATemplate(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{}}
	l := alternatives(t)
	c, _ := interview.New(l, r, interview.Filter{}).Choice()
	for i, stop := range c.Stops {
		s := review.NotImplemented
		if i == 0 {
			s = review.Implemented
		}
		r.Answers[stop.Practice.ID] = review.Answer{Status: s, By: "Bo", At: "2026-11-01", Template: "Platform", VouchedBy: "Bo", VouchedUntil: "2027-06-30"}
	}
	w := interview.New(l, r, interview.Filter{Only: interview.OnlyUnconfirmed})
	w.Stamp = func() (string, string) { return "Ana", "2026-11-24" }
	require.Len(t, w.Stops(), len(c.Stops))
	first := c.Stops[0].Practice.ID
	require.NoError(t, w.PickAlternatives(map[string]review.Answer{first: r.Answers[first]}))
	for i, stop := range c.Stops {
		a := r.Answers[stop.Practice.ID]
		assert.False(t, a.Unconfirmed(), stop.Practice.ID)
		assert.Equal(t, i == 0, a.Status == review.Implemented, stop.Practice.ID)
		assert.Equal(t, "Ana", a.By)
	}
	_, ok := w.Undo()
	require.True(t, ok)
	assert.True(t, r.Answers[first].Unconfirmed())
}
