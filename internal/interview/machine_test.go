package interview_test

import (
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var answerPrefix = rapid.Custom(func(t *rapid.T) review.Answer {
	a := review.Answer{
		Status: rapid.SampledFrom(append(review.Statuses(), review.Unanswered)).Draw(t, "status"),
		Reason: rapid.SampledFrom([]string{"", "why not"}).Draw(t, "reason"),
		Note:   rapid.StringMatching(`[a-z ]{0,3}`).Draw(t, "note"),
		Owner:  rapid.SampledFrom([]string{"", "Ana"}).Draw(t, "owner"),
	}
	if rapid.Bool().Draw(t, "shown") {
		a.Evidence = []string{"a link"}
	}
	return a
})

var aFilter = rapid.Custom(func(t *rapid.T) interview.Filter {
	return interview.Filter{
		Scope: rapid.SampledFrom([]review.Scope{
			{},
			{Pillars: []string{"security"}},
			{Layers: []string{"edge"}},
			{Scenarios: []string{"firmware-update"}},
			{Questions: []string{"LABSEC10", "LABEDGE01"}},
			{Pillars: []string{"nowhere"}},
		}).Draw(t, "scope"),
		Severity: rapid.SampledFrom([]lens.Level{"", "", lens.High, lens.Low}).Draw(t, "severity"),
		Only:     rapid.SampledFrom([]interview.AnswerFilter{interview.AllAnswers, interview.OnlyUnanswered, interview.OnlyFindings}).Draw(t, "only"),
	}
})

// Whatever is done in whatever order: nothing panics; only answering, waiving,
// parking, taking back and doing again change the review; what is refused changes
// nothing; taking n steps back and doing them again is as if nothing had been;
// and taking everything back gives the review as it was, byte for byte.
func TestNoSequenceLosesAnAnswer(t *testing.T) {
	l := testlens.Lens()
	ids := append(l.PracticeIDs(), "LABSEC10", "nowhere")
	rapid.Check(t, func(t *rapid.T) {
		valid := answerPrefix.Filter(func(a review.Answer) bool { return a.Check() == nil })
		r := &review.Review{Answers: rapid.MapOfN(rapid.SampledFrom(l.PracticeIDs()), valid, 0, 20).Draw(t, "answered")}
		if rapid.Bool().Draw(t, "narrowed") {
			r.Scope.Questions = []string{"LABSEC10", "LABSEC11", "LABEDGE01"}
		}
		w := interview.New(l, r, aFilter.Draw(t, "filter"))
		day := "2026-11-24"
		if rapid.Bool().Draw(t, "signed") {
			w.Stamp = func() (string, string) { return "Ben", day }
		}
		now := func() string { return string(yamlfile.Encode(*r)) }
		var past, future []string // what the review was before each change; what was undone
		composing := false        // the last thing that happened here was an answer
		changes := func(change func() error, amends bool) func(*rapid.T) {
			return func(t *rapid.T) {
				before := now()
				err := change()
				switch {
				case err != nil:
					require.Equal(t, before, now(), "what is refused changes nothing")
					return
				case before == now():
					return
				case amends && composing:
					future = nil
					if now() == past[len(past)-1] {
						past, composing = past[:len(past)-1], false
					}
					return
				}
				past, future = append(past, before), nil
			}
		}
		answers := func(set func(review.Answer) error, amends bool) func(*rapid.T) {
			return func(t *rapid.T) {
				a, n := answerPrefix.Draw(t, "answer"), len(past)
				changes(func() error { return set(a) }, amends)(t)
				composing = composing || len(past) > n
			}
		}
		other := func(change func() error) func(*rapid.T) {
			return func(t *rapid.T) {
				n := len(past)
				changes(change, false)(t)
				composing = composing && len(past) == n
			}
		}
		moves := func(move func(*rapid.T)) func(*rapid.T) {
			return func(t *rapid.T) {
				before := now()
				from, _ := w.Current()
				move(t)
				to, _ := w.Current()
				composing = composing && from == to
				require.Equal(t, before, now(), "a move changes nothing")
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"set":   answers(w.SetAnswer, false),
			"amend": answers(w.AmendAnswer, true),
			"park":  other(func() error { return w.Park(review.Topic{Topic: "later", Owner: "Ana"}) }),
			"park nothing": other(func() error {
				err := w.Park(review.Topic{Topic: " "})
				require.Error(t, err)
				return err
			}),
			"repark": func(t *rapid.T) {
				i := rapid.IntRange(-1, len(r.Parked)).Draw(t, "topic")
				other(func() error { return w.UpdateTopic(i, review.Topic{Topic: "sooner", Owner: "Ben"}) })(t)
			},
			"waive": func(t *rapid.T) {
				v := review.Waiver{
					Owner: "Ana", Approver: "Ben", Reason: "spare parts", Practice: "is set anyway",
					Expires: rapid.SampledFrom([]string{"2027-01-01", "2027-02-01", "soon"}).Draw(t, "expires"),
				}
				other(func() error { return w.SetWaiver(v) })(t)
			},
			"unwaive":  other(w.RemoveWaiver),
			"next day": func(*rapid.T) { day = "2026-11-25" },
			"read-only": func(t *rapid.T) {
				w.ReadOnly = true
				before := now()
				require.ErrorIs(t, w.SetAnswer(review.Answer{Status: review.Implemented}), interview.ErrReadOnly)
				require.ErrorIs(t, w.AmendAnswer(review.Answer{Status: review.Implemented}), interview.ErrReadOnly)
				require.ErrorIs(t, w.Park(review.Topic{Topic: "x"}), interview.ErrReadOnly)
				require.ErrorIs(t, w.SetWaiver(review.Waiver{}), interview.ErrReadOnly)
				require.ErrorIs(t, w.RemoveWaiver(), interview.ErrReadOnly)
				_, undone := w.Undo()
				_, redone := w.Redo()
				require.False(t, undone || redone)
				require.Equal(t, before, now())
				w.ReadOnly = false
			},
			"undo": func(t *rapid.T) {
				before := now()
				_, ok := w.Undo()
				require.Equal(t, len(past) > 0, ok)
				if ok {
					require.Equal(t, past[len(past)-1], now())
					past, future, composing = past[:len(past)-1], append(future, before), false
				}
			},
			"redo": func(t *rapid.T) {
				before := now()
				_, ok := w.Redo()
				require.Equal(t, len(future) > 0, ok)
				if ok {
					require.Equal(t, future[len(future)-1], now())
					future, past, composing = future[:len(future)-1], append(past, before), false
				}
			},
			"next":          moves(func(*rapid.T) { w.Next() }),
			"step":          moves(func(*rapid.T) { w.Step() }),
			"back":          moves(func(*rapid.T) { w.Back() }),
			"skip":          moves(func(*rapid.T) { w.Skip() }),
			"next one":      moves(func(*rapid.T) { w.NextPillar() }),
			"prev one":      moves(func(*rapid.T) { w.PrevPillar() }),
			"next question": moves(func(*rapid.T) { w.NextQuestion() }),
			"prev question": moves(func(*rapid.T) { w.PrevQuestion() }),
			"go":            moves(func(t *rapid.T) { w.GoToID(rapid.SampledFrom(ids).Draw(t, "id")) }),
			"go to":         moves(func(t *rapid.T) { w.GoTo(rapid.IntRange(-5, 200).Draw(t, "place")) }),
			"refilter":      moves(func(t *rapid.T) { w.SetFilter(aFilter.Draw(t, "filter")) }),
			"resume": moves(func(t *rapid.T) {
				again := interview.Resume(l, r, w.ResumePoint())
				here, ok := w.Current()
				there, _ := again.Current()
				if ok && slices.Contains(again.Stops(), here) {
					require.Equal(t, here, there)
				}
			}),
			"wish": moves(func(t *rapid.T) {
				p, a := w.Plan(), w.Agenda(w.Plan())
				id := rapid.SampledFrom(l.QuestionIDs()).Draw(t, "question")
				switch rapid.IntRange(0, 3).Draw(t, "wish") {
				case 0:
					p.TogglePin(id)
				case 1:
					p.ToggleDrop(id)
				case 2:
					p.Move(a, id, rapid.IntRange(-3, 3).Draw(t, "by"))
				case 3:
					p.Present = rapid.SliceOfN(rapid.SampledFrom(l.Roles()), 0, 2).Draw(t, "present")
				}
				p.Minutes = rapid.IntRange(-5, 120).Draw(t, "minutes")
				w.SetPlan(p)
			}),
			"go by the plan": moves(func(*rapid.T) { w.FollowAgenda(w.Agenda(w.Plan())) }),
			"leave the plan": moves(func(*rapid.T) { w.LeavePlan() }),
			"plan anew": moves(func(t *rapid.T) {
				here, ok := w.Current()
				if rapid.Bool().Draw(t, "wish") {
					w.UpdateAgenda(w.Agenda(w.Plan()))
				} else {
					w.FitInto(rapid.IntRange(-5, 120).Draw(t, "minutes"))
				}
				if there, still := w.Current(); ok {
					require.True(t, still)
					require.Equal(t, here, there, "a new plan leaves the room where it is")
				}
			}),
			"look": moves(func(t *rapid.T) {
				for _, h := range w.Search(rapid.SampledFrom([]string{"", "key", "Ana later", "LABSEC1", "\x00 x", "é"}).Draw(t, "query")) {
					require.True(t, h.Stop < len(w.Stops()) && h.Topic < len(r.Parked))
				}
				a := w.Agenda(interview.Plan{Minutes: rapid.IntRange(-10, 300).Draw(t, "minutes")})
				require.True(t, (a.Planned <= a.Minutes || len(a.Ask) == 1 && a.Ask[0].Current) && a.Planned <= a.Needed)
				w.Pace(10, 5)
				w.Part("security", "edge")
				w.Questions()
			}),
			"": func(t *rapid.T) {
				p, all := w.Progress(), w.Overall()
				require.True(t, p.High <= p.Findings && p.Findings <= p.Answered && p.Answered+p.Skipped <= p.Stops, "%+v", p)
				require.True(t, p.Stops <= all.Stops && p.Answered <= all.Answered && p.Findings <= all.Findings)
				s, ok := w.Current()
				require.Equal(t, ok, w.Position() < len(w.Stops()))
				first, end := w.QuestionStops()
				require.True(t, first <= w.Position() && w.Position() <= end && end <= len(w.Stops()))
				a, answered := w.Answer()
				if ok {
					want, has := r.Answers[s.Practice.ID]
					require.Equal(t, has, answered)
					require.Equal(t, want, a)
				} else {
					require.False(t, answered)
				}
			},
		})
		end := now()
		n := rapid.IntRange(0, len(past)).Draw(t, "n")
		for range n {
			_, ok := w.Undo()
			require.True(t, ok)
		}
		for range n {
			_, ok := w.Redo()
			require.True(t, ok)
		}
		require.Equal(t, end, now(), "n back and n forth")
		first := end
		for i := len(past) - 1; i >= 0; i-- {
			_, ok := w.Undo()
			require.True(t, ok)
			first = past[i]
			require.Equal(t, first, now())
		}
		_, ok := w.Undo()
		require.False(t, ok)
		require.Equal(t, first, now())
	})
}
