package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Plan is what a room wants of its time. The zero value plans nothing.
type Plan struct {
	Minutes int      `json:"minutes,omitempty"` // for questions
	Active  bool     `json:"active,omitempty"`  // the walk goes by it
	Present []string `json:"present,omitempty"` // roles that are in the room; none: nobody said, so everybody is
	Pinned  []string `json:"pinned,omitempty"`  // ids of questions that come first into the minutes
	Dropped []string `json:"dropped,omitempty"` // ids of questions that the room doesn't want to be asked
	Order   []string `json:"order,omitempty"`   // ids of questions as the room put them in order; others follow
	Again   bool     `json:"-"`                 // what is answered is planned as well
}

// Equal reports whether two plans are the same.
func (p Plan) Equal(q Plan) bool {
	return p.Minutes == q.Minutes && p.Active == q.Active && p.Again == q.Again && slices.Equal(p.Present, q.Present) &&
		slices.Equal(p.Pinned, q.Pinned) && slices.Equal(p.Dropped, q.Dropped) && slices.Equal(p.Order, q.Order)
}

// TogglePin pins a question, or no longer, and takes it back where it was dropped.
func (p *Plan) TogglePin(id string) {
	p.Pinned, p.Dropped = toggle(p.Pinned, id), without(p.Dropped, id)
}

// ToggleDrop drops a question, or takes it back, and pins it no longer.
func (p *Plan) ToggleDrop(id string) {
	p.Pinned, p.Dropped = without(p.Pinned, id), toggle(p.Dropped, id)
}

// Move moves a question of an agenda by some places, as far as it goes; the agenda then
// keeps the order that it has. It reports whether the question is on the agenda and moved.
func (p *Plan) Move(a Agenda, id string, by int) bool {
	order := ids(a.Ask)
	from := slices.Index(order, id)
	to := min(max(from+by, 0), len(order)-1)
	if from < 0 || from == to {
		return false
	}
	order = slices.Delete(order, from, from+1)
	p.Order = slices.Insert(order, to, id)
	return true
}

func without(list []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == id })
}

func toggle(list []string, id string) []string {
	if slices.Contains(list, id) {
		return without(list, id)
	}
	return append(slices.Clone(list), id)
}

// An Agenda is what a plan makes of the open questions. Each is on one of its lists.
type Agenda struct {
	Minutes int    // to spend; 0 where the time is over
	Planned int    // minutes for Ask; more than Minutes only where the current question takes longer
	Needed  int    // minutes for everything that is open
	Ask     []Item // what fits, in the order in which it is asked
	LeftOut []Item // what doesn't fit, most important first
	Waiting []Item // whose owners are absent
	Dropped []Item // what the room dropped
	Skipped []Item // what was skipped on this walk
}

// NotAsked lists what is open and not asked; it will be reported as not assessed.
func (a Agenda) NotAsked() []Item {
	return slices.Concat(a.LeftOut, a.Waiting, a.Dropped, a.Skipped)
}

// An Item is a question with unanswered best practices.
type Item struct {
	Question *lens.Question
	Open     int     // how many of its best practices are not answered
	Minutes  int     // to plan for it: its share of the minutes of the question
	Priority float64 // 0 to 100: of the worst of them, were it not implemented
	Risk     float64 // what is open in it: the priorities of them all, each further one half as much as the one before
	Reason   string  // why it is asked, in a clause
	Current  bool    // it is the current question
	Core     bool    // no workshop should skip it
	Pinned   bool
	Absent   bool // none of those who know about it is in the room
}

// Rate is the open risk that a minute of the question is about.
func (i Item) Rate() float64 { return i.Risk / float64(max(i.Minutes, 1)) }

func ids(items []Item) []string {
	out := make([]string, 0, len(items))
	for _, i := range items {
		out = append(out, i.Question.ID)
	}
	return out
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

// Pace compares the time that is left with the time that is needed.
type Pace struct {
	Left   int // minutes; negative once the time is over
	Needed int // minutes for what is still open on the walk
}

// Behind reports whether what is open takes longer than what is left.
func (p Pace) Behind() bool { return p.Needed > p.Left }

// Pace compares the minutes that are left of a plan with what is still open on
// the walk.
func (w *Walk) Pace(minutes, elapsed int) Pace {
	p := Pace{Left: minutes - elapsed}
	for _, i := range w.planItems(w.plan) {
		if i.Open > 0 && (!w.FollowsPlan() || slices.Contains(w.route, i.Question.ID)) {
			p.Needed += i.Minutes
		}
	}
	return p
}
