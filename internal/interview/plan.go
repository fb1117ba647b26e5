package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
)

// An Agenda says which open questions fit into some minutes.
type Agenda struct {
	Minutes int    // to spend
	Planned int    // minutes that Ask takes; at most Minutes
	Needed  int    // minutes that everything open takes
	Ask     []Item // what fits, most important first
	LeftOut []Item // what doesn't; it will be reported as not assessed
}

// An Item is one question with something open.
type Item struct {
	Question *lens.Question
	Open     []string // ids of its best practices that are not answered
	Minutes  int      // what it takes: its share of the minutes of the question
	Priority int      // 0 to 100: of the worst of them, were it not implemented
	Because  []string // why it ranks there, in words
}

// Plan chooses the open questions that fit into some minutes: the most important
// first, by what a gap would weigh (severity x exposure x reversibility), shorter
// ones first where that is the same; one that is too long for what is left gives
// way to the next that fits. The filter narrows what is looked at.
func Plan(l *lens.Lens, r *review.Review, f Filter, minutes int) Agenda {
	a := Agenda{Minutes: max(minutes, 0)}
	items := open(l, r, f)
	slices.SortStableFunc(items, func(x, y Item) int {
		if x.Priority != y.Priority {
			return y.Priority - x.Priority
		}
		return x.Minutes - y.Minutes
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

// Minutes is how long to plan for a question: as its bank says, else three for each
// of its best practices.
func Minutes(q *lens.Question) int {
	if q.Minutes > 0 {
		return q.Minutes
	}
	return 3 * len(q.Practices)
}

// open lists the questions with something open, in lens order.
func open(l *lens.Lens, r *review.Review, f Filter) []Item {
	var items []Item
	inScope(l, r, func(q *lens.Question, p *lens.Practice) {
		if _, answered := r.Answers[p.ID]; answered || !f.wants(r, q, p) {
			return
		}
		if n := len(items); n == 0 || items[n-1].Question != q {
			items = append(items, Item{Question: q})
		}
		i := &items[len(items)-1]
		i.Open = append(i.Open, p.ID)
		i.Minutes = (Minutes(q)*len(i.Open) + len(q.Practices) - 1) / len(q.Practices)
		rank := priority.Of(l.Weights, r.Workload.Profile, p, 1)
		if rank.Priority > i.Priority || i.Because == nil {
			i.Priority = rank.Priority
			i.Because = append([]string{"a gap would be of " + string(p.Severity) + " severity"}, rank.Because...)
		}
	})
	return items
}

// Narrow is a filter for a walk over what an agenda asks; where that is nothing,
// over everything that is unanswered.
func (a Agenda) Narrow(f Filter) Filter {
	f = f.clone()
	f.Scope.Questions, f.Only = nil, Unanswered
	for _, i := range a.Ask {
		f.Scope.Questions = append(f.Scope.Questions, i.Question.ID)
	}
	slices.Sort(f.Scope.Questions)
	return f
}

// Pace is how time stands.
type Pace struct {
	Left   int // minutes; negative once the time is over
	Needed int // minutes for what is still open on the walk
}

// Short tells whether what is open takes longer than what is left.
func (p Pace) Short() bool { return p.Needed > p.Left }

// Pace compares the minutes that are left of a plan with what is still open on
// the walk.
func (w *Walk) Pace(minutes, elapsed int) Pace {
	p := Pace{Left: minutes - elapsed}
	for _, i := range open(w.lens, w.review, w.filter) {
		p.Needed += i.Minutes
	}
	return p
}
