package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Plan is what the people in the room want to do with their time. The zero value plans
// nothing.
type Plan struct {
	Minutes int      `json:"minutes,omitempty"` // for questions, without breaks
	Active  bool     `json:"active,omitempty"`  // the walk follows it
	Present []string `json:"present,omitempty"` // roles in the room; empty if not known
	Pinned  []string `json:"pinned,omitempty"`  // ids of questions to ask in any case, before others
	Dropped []string `json:"dropped,omitempty"` // ids of questions not to ask
	Order   []string `json:"order,omitempty"`   // ids of questions ordered by hand; others follow
	Again   bool     `json:"-"`                 // plan answered questions as well
}

// Equal reports whether two plans are the same.
func (p Plan) Equal(q Plan) bool {
	return p.Minutes == q.Minutes && p.Active == q.Active && p.Again == q.Again && slices.Equal(p.Present, q.Present) &&
		slices.Equal(p.Pinned, q.Pinned) && slices.Equal(p.Dropped, q.Dropped) && slices.Equal(p.Order, q.Order)
}

// TogglePin pins a question or unpins it. A pinned question is not dropped.
func (p *Plan) TogglePin(id string) {
	p.Pinned, p.Dropped = toggle(p.Pinned, id), without(p.Dropped, id)
}

// ToggleDrop drops a question or takes it back. A dropped question is not pinned.
func (p *Plan) ToggleDrop(id string) {
	p.Pinned, p.Dropped = without(p.Pinned, id), toggle(p.Dropped, id)
}

// Move moves a question of an agenda by some places, within its bounds, and makes the
// resulting order that of the plan. It returns false if the question did not move.
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

// An Agenda distributes the open questions by a plan. Each is in one of the lists.
type Agenda struct {
	Minutes int    // available; 0 if the time is over
	Planned int    // minutes for Ask; more than Minutes only if the current question needs more
	Needed  int    // minutes for all open questions
	Ask     []Item // fit into the minutes, in the order of asking
	LeftOut []Item // do not fit, most important first
	Waiting []Item // their owners are absent
	Dropped []Item // dropped by hand
	Skipped []Item // skipped on this walk
}

// NotAsked lists the open questions that are not asked, and will be reported as not
// assessed.
func (a Agenda) NotAsked() []Item {
	return slices.Concat(a.LeftOut, a.Waiting, a.Dropped, a.Skipped)
}

// An Item is a question with unanswered best practices.
type Item struct {
	Question *lens.Question
	Open     int     // number of unanswered best practices
	Minutes  int     // to plan for its open best practices
	Priority float64 // 0 to 100, highest of its open best practices if they were not implemented
	Risk     float64 // sum of their priorities, each with half the weight of the one before
	Reason   string  // why it should be asked, as a clause
	Current  bool    // it is the current question
	Core     bool    // a core question, which no workshop should skip
	Pinned   bool
	Absent   bool // nobody with a role for it is in the room
}

// Rate returns the open risk per minute of the question.
func (i Item) Rate() float64 { return i.Risk / float64(max(i.Minutes, 1)) }

func ids(items []Item) []string {
	out := make([]string, 0, len(items))
	for _, i := range items {
		out = append(out, i.Question.ID)
	}
	return out
}

// Minutes returns how long to plan for a question: as its bank says, or three minutes for
// each best practice.
func Minutes(q *lens.Question) int {
	if q.Minutes > 0 {
		return q.Minutes
	}
	return 3 * len(q.Practices)
}

// MinutesFor returns the share of the minutes of a question for some of its best practices,
// rounded up.
func MinutesFor(q *lens.Question, practices int) int {
	return (Minutes(q)*practices + len(q.Practices) - 1) / len(q.Practices)
}

// A Pace compares the time left with the time needed.
type Pace struct {
	Left   int // minutes; negative if the time is over
	Needed int // minutes for the open questions of the walk
}

// Behind reports whether the open questions need more time than is left.
func (p Pace) Behind() bool { return p.Needed > p.Left }

// Pace returns the pace of the walk, elapsed minutes into a plan of some minutes.
func (w *Walk) Pace(minutes, elapsed int) Pace {
	p := Pace{Left: minutes - elapsed}
	for _, i := range w.planItems(w.plan) {
		if i.Open > 0 && (!w.FollowsPlan() || slices.Contains(w.route, i.Question.ID)) {
			p.Needed += i.Minutes
		}
	}
	return p
}
