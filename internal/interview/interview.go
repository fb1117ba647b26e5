// Package interview is the walk through a review: which best practice comes next, what an
// answer changes, what can be undone, and what to ask if time is short.
//
// It is a state machine over plain values, without a screen, files or a clock. The line review
// and the full-screen review of package tui are built on it.
package interview

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Stop is a best practice on the walk.
type Stop struct {
	Question *lens.Question
	Practice *lens.Practice
}

// A Walk goes through a review, one best practice after the other. It changes the workload,
// answers, details, waivers and parked topics of its review, and nothing else.
type Walk struct {
	// Stamp returns who makes a change and when: it signs answers, waivers and
	// parked topics. If it is nil, they are not signed.
	Stamp func() (by, at string)
	// ReadOnly makes every change fail with ErrReadOnly.
	ReadOnly bool

	lens          *lens.Lens
	review        *review.Review
	filter        Filter
	stops         []Stop
	position      int // index of stops; their number at the end
	skipped       map[string]bool
	setAside      map[string]string // set aside by the profile and not opened, with the reason
	opened        map[string]bool   // set aside by the profile, but opened
	revisiting    bool              // no stop was open when the stops were made, so that Next visits all
	arrivedAt     string            // best practice at which the walk arrived last
	undoOnArrival int               // length of undo at that time
	undo          []change
	redo          []change
	plan          Plan
	route         []string // question ids in the order of a plan; nil for all in lens order
}

// New starts a walk at the first stop that is not answered; if all are, or the filter is
// for findings, at the first stop.
func New(l *lens.Lens, r *review.Review, f Filter) *Walk {
	w := &Walk{lens: l, review: r, skipped: map[string]bool{}, setAside: r.SetAside(l), opened: map[string]bool{}}
	w.rebuildStops(f)
	w.goToFirstOpen()
	return w
}

// QuestionText returns what to read aloud for a question in this workload.
func (w *Walk) QuestionText(q *lens.Question) string {
	return q.AskFor(w.review.Workload.Profile.Segment)
}

// goToFirstOpen moves to the first stop that is neither answered nor skipped, or else to
// the first one.
func (w *Walk) goToFirstOpen() {
	if w.GoTo(w.nextOpen(0)); w.position == len(w.stops) {
		w.GoTo(0)
	}
}

// rebuildStops sets the filter and makes the stops anew.
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

// insertStop appends a stop, or inserts it after the stops that it is asked together with.
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

// answered reports whether a stop needs no answer: it has one, or other answers of its
// question decide.
func (w *Walk) answered(s Stop) bool { return w.CountedAnswerOf(s).Status != review.Unanswered }

// CountedAnswer returns what the answer to the current stop counts as; unanswered at the
// end of the walk.
func (w *Walk) CountedAnswer() choice.Counted {
	s, ok := w.Current()
	if !ok {
		return choice.Counted{}
	}
	return w.CountedAnswerOf(s)
}

// CountedAnswerOf returns what the answer to a stop counts as.
func (w *Walk) CountedAnswerOf(s Stop) choice.Counted {
	return choice.Of(s.Question, s.Practice.ID, w.review.Answers)
}

// Stops returns the stops, in lens order or in that of the plan. The caller must not change
// the list.
func (w *Walk) Stops() []Stop { return w.stops }

// Position returns the index of the current stop; the number of stops at the end of the
// walk.
func (w *Walk) Position() int { return w.position }

// Review returns the review that the walk changes.
func (w *Walk) Review() *review.Review { return w.review }

// Current returns the current stop; false at the end of the walk.
func (w *Walk) Current() (Stop, bool) {
	if w.position >= len(w.stops) {
		return Stop{}, false
	}
	return w.stops[w.position], true
}

// Answer returns the answer to the current stop; false if it has none.
func (w *Walk) Answer() (review.Answer, bool) {
	s, ok := w.Current()
	if !ok {
		return review.Answer{}, false
	}
	a, ok := w.review.Answers[s.Practice.ID]
	return a, ok
}

// Next moves to the next stop that is neither answered nor skipped, or to the end. A walk
// that follows a plan returns to earlier open stops first. A walk that had nothing open
// when it started moves to the next stop.
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

// Step moves to the next stop, answered or not, past the other alternatives of the current
// choice.
func (w *Walk) Step() {
	_, end := w.groupAround(w.position, sameChoice)
	w.GoTo(end)
}

// Back moves to the previous stop, answered or not, or to the first alternative of a
// choice; false at the first one.
func (w *Walk) Back() bool { return w.previousGroup(sameChoice) }

// Skip marks the current stop, and the alternatives asked with it, as skipped on this walk
// if they are unanswered, and moves on as Next does.
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

// GoToID moves to a best practice, or the first one of a question, and opens what the
// profile sets aside of it; false if the id is not in the scope of the walk. If the walk
// follows a plan, the question is inserted before the current one.
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

// GoTo moves to an index of Stops, limited to the first stop and the end.
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

// Chapter returns the name of the pillar of a question, or of the layer bank or part that
// it belongs to.
func Chapter(l *lens.Lens, q *lens.Question) string {
	return l.BankName(q)
}

// nextOpen returns the index of the first stop from i on that is neither answered nor
// skipped; the number of stops if there is none.
func (w *Walk) nextOpen(i int) int {
	for ; i < len(w.stops); i++ {
		if s := w.stops[i]; !w.skipped[s.Practice.ID] && !w.answered(s) {
			return i
		}
	}
	return len(w.stops)
}
