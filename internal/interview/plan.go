package interview

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
)

// An Agenda lists the open questions that fit into some minutes.
type Agenda struct {
	Minutes int    // to spend
	Planned int    // minutes for Ask; at most Minutes
	Needed  int    // minutes for everything that is open
	Ask     []Item // what fits, most important first
	LeftOut []Item // what doesn't; it will be reported as not assessed
}

// An Item is a question with unanswered best practices.
type Item struct {
	Question *lens.Question
	Open     int     // how many of its best practices are not answered
	Minutes  int     // to plan for it: its share of the minutes of the question
	Priority float64 // 0 to 100: of the worst of them, were it not implemented
}

// Plan chooses the open questions that fit into some minutes: the most important
// first, by the priority that a gap would have, shorter
// ones first where that is the same; one that is too long for the rest is left
// out, and the next that fits is taken. Only questions of the filter are looked at.
func Plan(l *lens.Lens, r *review.Review, f Filter, minutes int) Agenda {
	a := Agenda{Minutes: max(minutes, 0)}
	items := open(l, r, r.SetAside(l), f)
	slices.SortStableFunc(items, func(x, y Item) int {
		return cmp.Or(cmp.Compare(y.Priority, x.Priority), x.Minutes-y.Minutes)
	})
	for _, i := range items {
		a.Needed += i.Minutes
		if a.Planned+i.Minutes <= a.Minutes {
			a.Planned += i.Minutes
			a.Ask = append(a.Ask, i)
		} else {
			a.LeftOut = append(a.LeftOut, i)
		}
	}
	return a
}

// Minutes is how long to plan for a question: as its bank has it, else three for each
// of its best practices.
func Minutes(q *lens.Question) int {
	if q.Minutes > 0 {
		return q.Minutes
	}
	return 3 * len(q.Practices)
}

// MinutesFor is the share of the minutes of a question for some of its best practices.
func MinutesFor(q *lens.Question, practices int) int {
	return (Minutes(q)*practices + len(q.Practices) - 1) / len(q.Practices)
}

// open lists the questions with unanswered best practices, in lens order.
func open(l *lens.Lens, r *review.Review, aside map[string]string, f Filter) []Item {
	var items []Item
	facts := review.FactsOf(l, r.Workload.Profile)
	for q, p := range inScope(l, r, aside) {
		if choice.Of(q, p.ID, r.Answers).Status != review.Unanswered || !f.wants(r, q, p) {
			continue
		}
		if n := len(items); n == 0 || items[n-1].Question != q {
			items = append(items, Item{Question: q})
		}
		i := &items[len(items)-1]
		i.Open++
		i.Minutes = MinutesFor(q, i.Open)
		i.Priority = max(i.Priority, priority.Of(facts, p, priority.Gap{Missing: 1}).Priority)
	}
	return items
}

// Narrow is a filter for a walk over what an agenda asks; where that is nothing,
// over everything that is unanswered.
func (a Agenda) Narrow(f Filter) Filter {
	f.Scope.Questions, f.Only = nil, Unanswered
	for _, i := range a.Ask {
		f.Scope.Questions = append(f.Scope.Questions, i.Question.ID)
	}
	slices.Sort(f.Scope.Questions)
	return f
}

// Pace compares the time that is left with the time that is needed.
type Pace struct {
	Left   int // minutes; negative once the time is over
	Needed int // minutes for what is still open on the walk
}

// Short reports whether what is open takes longer than what is left.
func (p Pace) Short() bool { return p.Needed > p.Left }

// Pace compares the minutes that are left of a plan with what is still open on
// the walk.
func (w *Walk) Pace(minutes, elapsed int) Pace {
	p := Pace{Left: minutes - elapsed}
	for _, i := range open(w.lens, w.review, w.aside, w.filter) {
		p.Needed += i.Minutes
	}
	return p
}
