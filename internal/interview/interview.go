// Package interview is the walk through a review: which best practice comes
// next, what an answer changes, what can be undone, what to ask when time runs
// short.
//
// It is a state machine over plain values, without a screen, files or a clock;
// the line review and the full-screen review of package tui both use it.
package interview

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Stop is one best practice on the walk.
type Stop struct {
	Question *lens.Question
	Practice *lens.Practice
}

// A Walk is a position in a review. It changes the review that it was made for,
// and nothing but its workload, answers, what is said of the unanswered, waivers and
// parked topics.
type Walk struct {
	// Stamp returns who makes a change and when: it signs answers, waivers and
	// parked topics. Where it is nil they are kept as they are given.
	Stamp func() (by, at string)
	// ReadOnly refuses every change with ErrReadOnly.
	ReadOnly bool

	lens          *lens.Lens
	review        *review.Review
	filter        Filter
	stops         []Stop
	position      int // len(stops): the end
	skipped       map[string]bool
	setAside      map[string]string // what the profile sets aside and nobody opened, with the reason
	opened        map[string]bool   // what it sets aside and somebody opened
	revisiting    bool              // everything was answered when it began: it goes through all of it
	arrivedAt     string            // best practice of the stop that the walk came to last
	undoOnArrival int               // length of undo when it did
	undo          []change
	redo          []change
	plan          Plan
	route         []string // ids of questions, in the order of a plan; nil: everything, in lens order
}

// New begins a walk at the first stop that is not answered; a walk over
// findings, or over a review that is answered in full, begins at the first stop.
func New(l *lens.Lens, r *review.Review, f Filter) *Walk {
	w := &Walk{lens: l, review: r, skipped: map[string]bool{}, setAside: r.SetAside(l), opened: map[string]bool{}}
	w.rebuildStops(f)
	w.goToFirstOpen()
	return w
}

// QuestionText is what to read aloud of a question in this workload.
func (w *Walk) QuestionText(q *lens.Question) string {
	return q.AskFor(w.review.Workload.Profile.Segment)
}

// goToFirstOpen moves to the first stop that is not answered, or else to the first.
func (w *Walk) goToFirstOpen() {
	if w.GoTo(w.nextOpen(0)); w.position == len(w.stops) {
		w.GoTo(0)
	}
}

// rebuildStops makes the stops of a filter.
func (w *Walk) rebuildStops(f Filter) {
	w.filter, w.stops = f, nil
	for q, p := range inScope(w.lens, w.review, w.setAside) {
		if f.includes(w.review, q, p) {
			w.stops = insertStop(w.stops, Stop{q, p})
		}
	}
	if w.FollowsPlan() {
		w.stops = w.routeStops(w.route, w.stops, nil)
	}
	w.revisiting = !slices.ContainsFunc(w.stops, func(s Stop) bool { return !w.answered(s) })
}

// insertStop adds a stop at the end, or behind what is asked as one with it.
func insertStop(stops []Stop, s Stop) []Stop {
	i := len(stops)
	for j := i - 1; j >= 0 && sameQuestion(stops[j], s); j-- {
		if sameChoice(stops[j], s) {
			i = j + 1
			break
		}
	}
	return slices.Insert(stops, i, s)
}

// answered tells whether a stop needs no answer: it has one, or the answers to the other
// choices of its question decide.
func (w *Walk) answered(s Stop) bool { return w.CountedAnswerOf(s).Status != review.Unanswered }

// CountedAnswer is what the answer to the current stop counts as; unanswered at the end.
func (w *Walk) CountedAnswer() choice.Counted {
	s, ok := w.Current()
	if !ok {
		return choice.Counted{}
	}
	return w.CountedAnswerOf(s)
}

// CountedAnswerOf is what the answer to a stop counts as.
func (w *Walk) CountedAnswerOf(s Stop) choice.Counted {
	return choice.Of(s.Question, s.Practice.ID, w.review.Answers)
}

// Stops lists the stops of the walk, in lens order or in that of its plan. The caller
// doesn't change it.
func (w *Walk) Stops() []Stop { return w.stops }

// Position is the place of the walk in Stops; their number at its end.
func (w *Walk) Position() int { return w.position }

// Review is the review that the walk changes.
func (w *Walk) Review() *review.Review { return w.review }

// Current is the stop of the walk; false at its end.
func (w *Walk) Current() (Stop, bool) {
	if w.position >= len(w.stops) {
		return Stop{}, false
	}
	return w.stops[w.position], true
}

// Answer is the answer of the current stop; false where it has none.
func (w *Walk) Answer() (review.Answer, bool) {
	s, ok := w.Current()
	if !ok {
		return review.Answer{}, false
	}
	a, ok := w.review.Answers[s.Practice.ID]
	return a, ok
}

// Next moves to the next stop that is neither answered nor skipped, or to the
// end; on a walk that had nothing open when it began it steps on. On a walk by a plan
// it comes back for what was passed.
func (w *Walk) Next() {
	if w.revisiting {
		w.Step()
		return
	}
	i := w.nextOpen(w.position + 1)
	if i == len(w.stops) && w.FollowsPlan() {
		i = w.nextOpen(0)
	}
	w.GoTo(i)
}

// Step moves to the next stop, past what is asked as one with the current one, whether
// it is answered or not.
func (w *Walk) Step() {
	_, end := w.groupAround(w.position, sameChoice)
	w.GoTo(end)
}

// Back moves to the stop before, or to the first of what is asked as one with it,
// whether it is answered or not; false at the first.
func (w *Walk) Back() bool { return w.previousGroup(sameChoice) }

// Skip leaves the current stop, and what is asked as one with it, as it is, unanswered
// for this walk, and moves on as Next does.
func (w *Walk) Skip() {
	first, end := w.groupAround(w.position, sameChoice)
	for _, s := range w.stops[first:end] {
		if !w.answered(s) {
			w.skipped[s.Practice.ID] = true
		}
	}
	if first < end {
		w.Next()
	}
}

// Skipped reports whether a best practice was skipped on this walk.
func (w *Walk) Skipped(practice string) bool { return w.skipped[practice] }

// GoToID moves to a best practice, or to the first one of a question, and opens what of
// it the profile set aside; false where it is not on the walk. A walk by a plan takes
// any question of the review in before the current one, so that it goes on there.
func (w *Walk) GoToID(id string) bool {
	id = strings.TrimSpace(id)
	if !slices.ContainsFunc(w.stops, func(s Stop) bool { return lens.SameID(s.Question.ID, id) }) {
		w.openSetAside(id)
	}
	if w.FollowsPlan() {
		w.insertQuestion(id)
	}
	for i, s := range w.stops {
		if lens.SameID(s.Practice.ID, id) || lens.SameID(s.Question.ID, id) {
			w.GoTo(i)
			return true
		}
	}
	return false
}

// GoTo moves to a place in Stops; one beyond either end is the end there.
func (w *Walk) GoTo(i int) {
	w.position = min(max(i, 0), len(w.stops))
	here := ""
	if s, ok := w.Current(); ok {
		here = s.Practice.ID
	}
	if here != w.arrivedAt {
		w.arrivedAt, w.undoOnArrival = here, len(w.undo)
	}
}

// Chapter is the name of the pillar of a question, or of the layer bank that it
// is in.
func Chapter(l *lens.Lens, q *lens.Question) string {
	return l.BankName(q)
}

// nextOpen is the first stop at or after i that is neither answered nor skipped.
func (w *Walk) nextOpen(i int) int {
	for ; i < len(w.stops); i++ {
		if s := w.stops[i]; !w.skipped[s.Practice.ID] && !w.answered(s) {
			return i
		}
	}
	return len(w.stops)
}
