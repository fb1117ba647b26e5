package interview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// on lists the questions of a part of an agenda.
func on(items []interview.Item) string {
	var out []string
	for _, i := range items {
		out = append(out, i.Question.ID)
	}
	return strings.Join(out, " ")
}

// route lists the questions of a walk in its order.
func route(w *interview.Walk) string {
	var out []string
	for _, s := range w.Stops() {
		if n := len(out); n == 0 || out[n-1] != s.Question.ID {
			out = append(out, s.Question.ID)
		}
	}
	return strings.Join(out, " ")
}

func walk(answers string) *interview.Walk {
	r := &review.Review{Workload: review.Workload{Profile: review.Profile{FleetSize: 200000, PersonalData: new(true), Stage: "pilot"}}, Answers: parse(answers)}
	return interview.New(testlens.Lens(), r, interview.Filter{})
}

// planned is a walk by a plan.
func planned(t *testing.T, w *interview.Walk, p interview.Plan) *interview.Walk {
	t.Helper()
	w.SetPlan(p)
	require.True(t, w.FollowAgenda(w.Agenda(p)))
	return w
}

func TestAgendaPrefersCoreThenOpenRiskPerMinute(t *testing.T) {
	w := walk("10-1 yes")
	whole := w.Agenda(interview.Plan{Minutes: 10000})
	assert.Len(t, whole.Ask, len(testlens.Lens().Questions))
	assert.Empty(t, whole.NotAsked())
	assert.Equal(t, whole.Needed, whole.Planned)
	core := slices.IndexFunc(whole.Ask, func(i interview.Item) bool { return !i.Core })
	assert.Equal(t, 4, core, "one each of security, reliability and the update path, then the fourth")
	for n := core + 1; n < len(whole.Ask); n++ {
		assert.GreaterOrEqual(t, whole.Ask[n-1].Rate(), whole.Ask[n].Rate())
		assert.False(t, whole.Ask[n].Core)
		assert.NotEmpty(t, whole.Ask[n].Reason)
	}
	for _, i := range whole.Ask {
		if i.Question.ID == "LABSEC10" {
			assert.Equal(t, 2, i.Open)
			assert.Equal(t, (i.Question.Minutes*2+2)/3, i.Minutes, "its share of the minutes")
		}
	}

	some := w.Agenda(interview.Plan{Minutes: 45})
	assert.LessOrEqual(t, some.Planned, 45)
	assert.Len(t, slices.Concat(some.Ask, some.LeftOut), len(whole.Ask), "nothing is forgotten")
	for _, out := range some.LeftOut {
		assert.Greater(t, some.Planned+out.Minutes, 45, "what fits is asked")
		assert.False(t, out.Core)
	}
	none := w.Agenda(interview.Plan{Minutes: -5})
	assert.Equal(t, 0, none.Minutes)
	assert.Empty(t, none.Ask)
	w.GoToID("LABSEC10-BP02")
	none = w.Agenda(interview.Plan{Minutes: -5})
	require.Len(t, none.Ask, 1, "what was begun is finished")
	assert.True(t, none.Ask[0].Current)
}

// Two best practices of one question are less than twice the risk of one, and a shorter
// question is not more important than a longer one for being shorter.
func TestOpenRiskDiminishes(t *testing.T) {
	practice := func(id string) lens.Practice {
		return lens.Practice{ID: id, Question: id[:1], Severity: lens.High, Fix: lens.Cloud}
	}
	l := &lens.Lens{Questions: []lens.Question{
		{ID: "A", Minutes: 4, Practices: []lens.Practice{practice("A-1")}},
		{ID: "B", Minutes: 5, Practices: []lens.Practice{practice("B-1"), practice("B-2")}},
	}, Weights: testlens.Lens().Weights}
	w := interview.New(l, &review.Review{}, interview.Filter{})
	w.GoTo(10)
	a := w.Agenda(interview.Plan{Minutes: 9})
	require.Equal(t, "B A", on(a.Ask))
	assert.InDelta(t, a.Ask[1].Priority*1.5, a.Ask[0].Risk, 1e-9)
	assert.Equal(t, "it can be fixed in the cloud", a.Ask[0].Reason)
}

func TestPlanChanges(t *testing.T) {
	w := walk("")
	w.GoTo(1000) // nowhere, so that nothing is begun
	plain := w.Agenda(interview.Plan{Minutes: 45})
	last := plain.LeftOut[len(plain.LeftOut)-1].Question.ID

	var p interview.Plan
	p.Minutes = 45
	p.TogglePin(last)
	a := w.Agenda(p)
	assert.Equal(t, last, a.Ask[0].Question.ID, "what is pinned comes first")
	assert.True(t, a.Ask[0].Pinned)
	p.ToggleDrop("LABSEC01")
	p.ToggleDrop(last)
	a = w.Agenda(p)
	assert.Equal(t, "LABSEC01 "+last, on(a.Dropped), "in lens order; what is dropped is pinned no longer")
	assert.Empty(t, p.Pinned)
	p.ToggleDrop("LABSEC01")
	p.ToggleDrop(last)
	assert.Equal(t, on(plain.Ask), on(w.Agenda(p).Ask), "both were taken back")

	first, second := plain.Ask[0].Question.ID, plain.Ask[1].Question.ID
	require.True(t, p.Move(plain, first, 1))
	assert.True(t, strings.HasPrefix(on(w.Agenda(p).Ask), second+" "+first+" "))
	assert.False(t, p.Move(w.Agenda(p), second, -1), "it is the first")
	assert.False(t, p.Move(plain, last, 1), "it is not asked")
	p.Minutes = 20
	short := on(w.Agenda(p).Ask)
	assert.True(t, strings.HasPrefix(short, second+" "+first), "the order of the room holds where less fits: %s", short)
}

// Without its owners a question waits, unless it is core or pinned.
func TestOwnersAbsent(t *testing.T) {
	w := walk("")
	w.GoTo(1000)
	p := interview.Plan{Minutes: 1000, Present: []string{"Firmware Lead"}}
	a := w.Agenda(p)
	assert.Equal(t, "LABOPS01 LABOPS03 LABPERF06 LABCOST01 LABSUS04 LABINGEST01", on(a.Waiting))
	assert.Empty(t, a.LeftOut)
	for _, i := range a.Ask {
		assert.False(t, i.Absent, i.Question.ID)
	}
	p.TogglePin("LABPERF06")
	assert.True(t, w.Agenda(p).Ask[0].Absent)
	p.Present = []string{"fleet operator"}
	for _, i := range w.Agenda(p).Ask {
		if i.Question.ID == "LABSEC01" {
			assert.True(t, i.Core && i.Absent, "a core question does not wait")
		}
	}
	p.Present = nil
	assert.Empty(t, w.Agenda(p).Waiting, "nobody said who is there")
}

func TestFollowAgenda(t *testing.T) {
	w := planned(t, walk(""), interview.Plan{Minutes: 45})
	plan := strings.Fields(route(w))
	require.Greater(t, len(plan), 4)
	assert.Equal(t, on(w.Agenda(w.Plan()).Ask), route(w))
	assert.Equal(t, w.Pace(45, 0), interview.Pace{Left: 45, Needed: w.Agenda(w.Plan()).Planned})

	// A jump ahead, and to what is not planned: the walk goes on where it was.
	w.GoToID(plan[0])
	left := here(w)
	w.GoToID(plan[3])
	assert.Contains(t, here(w), plan[3])
	for range 20 {
		if strings.HasPrefix(here(w), plan[3]) {
			w.Skip()
		}
	}
	assert.Equal(t, left, here(w))
	require.True(t, w.GoToID("LABSUS04-BP02"))
	assert.Equal(t, "LABSUS04-BP02", here(w))
	w.Skip()
	assert.Equal(t, left, here(w))
	assert.False(t, w.GoToID("nowhere"))
	assert.Equal(t, left, here(w))

	// What was passed comes again at the end.
	w.GoTo(len(w.Stops()) - 1)
	w.Skip()
	assert.NotEqual(t, len(w.Stops()), w.Position())

	w.LeavePlan()
	assert.False(t, w.FollowsPlan())
	assert.Equal(t, route(walk("")), route(w))
}

// A slow room loses the last of its plan; it comes back when there is time again.
func TestFitInto(t *testing.T) {
	ids := func(list []*lens.Question) string {
		var out []string
		for _, q := range list {
			out = append(out, q.ID)
		}
		return strings.Join(out, " ")
	}
	w := planned(t, walk(""), interview.Plan{Minutes: 60})
	whole := route(w)
	plan := strings.Fields(whole)
	w.GoToID(plan[0])
	at := here(w)
	off, back := w.FitInto(60)
	assert.Empty(t, ids(off)+ids(back), "all of it fits")
	off, back = w.FitInto(w.Pace(60, 0).Needed - 1)
	assert.Equal(t, plan[len(plan)-1], ids(off), "the last one falls off")
	assert.Empty(t, back)
	more, back := w.FitInto(30)
	assert.Empty(t, back)
	assert.Equal(t, at, here(w))
	assert.LessOrEqual(t, w.Pace(30, 0).Needed, 30)
	assert.Equal(t, whole, route(w)+" "+ids(more)+" "+ids(off), "from the end, in order")
	gone, back := w.FitInto(60)
	assert.Empty(t, gone)
	assert.Equal(t, ids(more)+" "+ids(off), ids(back))
	assert.Equal(t, whole, route(w))

	p := w.Plan()
	p.TogglePin(plan[len(plan)-1])
	w.SetPlan(p)
	off, _ = w.FitInto(30)
	assert.NotContains(t, ids(off), plan[len(plan)-1], "what is pinned falls off last")
	off, _ = w.FitInto(0)
	assert.Contains(t, ids(off), plan[len(plan)-1])
	assert.Equal(t, plan[0], route(w), "the current question is finished")
	w.LeavePlan()
	off, back = w.FitInto(0)
	assert.Empty(t, ids(off)+ids(back), "there is no plan")
}

// What the room wants changes a walk by a plan at once, behind the current question.
func TestUpdateAgenda(t *testing.T) {
	w := planned(t, walk(""), interview.Plan{Minutes: 60})
	plan := strings.Fields(route(w))
	w.GoToID(plan[1])
	p := w.Plan()
	p.ToggleDrop(plan[2])
	p.TogglePin("LABSUS04")
	w.SetPlan(p)
	w.UpdateAgenda(w.Agenda(p))
	assert.Equal(t, plan[1]+" LABSUS04 ", route(w)[:len(plan[1])+10], "what was passed and is open comes in its place")
	assert.NotContains(t, route(w), plan[2])
	p.ToggleDrop(plan[2])
	w.SetPlan(p)
	w.UpdateAgenda(w.Agenda(p))
	assert.Contains(t, route(w), plan[2])
}

func TestResumePointKeepsPlan(t *testing.T) {
	w := planned(t, walk(""), interview.Plan{Minutes: 45, Pinned: []string{"LABSUS04"}, Dropped: []string{"LABSEC02"}})
	w.GoTo(3)
	p := w.ResumePoint()
	assert.True(t, p.Plan.Active)
	again := interview.Resume(testlens.Lens(), w.Review(), p)
	assert.False(t, again.FollowsPlan(), "the caller says in how many minutes")
	require.True(t, again.FollowAgenda(again.Agenda(again.Plan())))
	again.GoToID(p.Practice)
	assert.Equal(t, here(w), here(again))
	assert.Contains(t, route(again), "LABSUS04")
	assert.NotContains(t, route(again), "LABSEC02")

	other := p
	other.Plan.Pinned = nil
	assert.False(t, p.Equal(other))
	assert.True(t, p.Equal(w.ResumePoint()))
}

// What is answered is planned once more where that is wanted, by what it leaves open.
func TestPlanAgain(t *testing.T) {
	var all []string
	for n, id := range testlens.Lens().PracticeIDs() {
		all = append(all, id+[]string{" yes", " no"}[n%2])
	}
	r := &review.Review{Answers: map[string]review.Answer{}}
	for _, a := range all {
		id, status, _ := strings.Cut(a, " ")
		r.Answers[id] = review.Answer{Status: map[string]review.Status{"yes": review.Implemented, "no": review.NotImplemented}[status]}
	}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	assert.Empty(t, w.Agenda(interview.Plan{Minutes: 60}).Ask)
	a := w.Agenda(interview.Plan{Minutes: 60, Again: true})
	assert.NotEmpty(t, a.Ask)
	assert.Contains(t, on(a.Ask), "LABREL08", fmt.Sprint(on(a.Ask)))
}
