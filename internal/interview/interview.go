// Package interview is the walk through a review: which best practice comes
// next, what an answer changes, what can be taken back.
//
// It is a state machine over plain values, without a screen, files or a clock;
// the line review and the full-screen review of package tui both stand on it.
package interview

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Only narrows a walk by what was answered.
type Only string

// The ways to narrow.
const (
	Everything Only = ""
	Unanswered Only = "unanswered"
	Findings   Only = "findings"
)

// Values lists the ways to narrow.
func (Only) Values() []string { return []string{string(Unanswered), string(Findings)} }

// A Filter narrows a walk. It does not change the scope of the review.
type Filter struct {
	Scope review.Scope
	Only  Only
}

// A Stop is one best practice on the walk.
type Stop struct {
	Question *lens.Question
	Practice *lens.Practice
}

// A Walk is a position in a review.
type Walk struct {
	lens    *lens.Lens
	review  *review.Review
	stops   []Stop
	at      int // len(stops): the end
	skipped map[string]bool
	again   bool // everything was answered when it began: it goes through all of it
	undo    []change
}

// A change can be taken back.
type change struct {
	practice string
	before   review.Answer
	answered bool // there was an answer before
	parked   bool // it was a topic that was parked
	at       int
}

// New begins a walk at the first stop that is not answered; a walk over
// findings, or over a review that is answered in full, begins at the first stop.
func New(l *lens.Lens, r *review.Review, f Filter) *Walk {
	w := &Walk{lens: l, review: r, skipped: map[string]bool{}}
	for i := range l.Questions {
		q := &l.Questions[i]
		for j := range q.Practices {
			p := &q.Practices[j]
			if r.Scope.Includes(q, p) && f.Scope.Includes(q, p) && w.wanted(p.ID, f.Only) {
				w.stops = append(w.stops, Stop{q, p})
			}
		}
	}
	if w.at = w.from(0); w.at == len(w.stops) {
		w.at, w.again = 0, true
	}
	return w
}

func (w *Walk) wanted(id string, only Only) bool {
	a, answered := w.review.Answers[id]
	switch only {
	case Unanswered:
		return !answered
	case Findings:
		return answered && a.Status != review.Implemented && a.Status != review.NotApplicable
	}
	return true
}

// Current is where the walk stands; false at its end.
func (w *Walk) Current() (Stop, bool) {
	if w.at >= len(w.stops) {
		return Stop{}, false
	}
	return w.stops[w.at], true
}

// Answer is what the review says of the current stop.
func (w *Walk) Answer() (review.Answer, bool) {
	s, ok := w.Current()
	if !ok {
		return review.Answer{}, false
	}
	a, ok := w.review.Answers[s.Practice.ID]
	return a, ok
}

// Set answers the current stop, stays there, and can be taken back.
func (w *Walk) Set(a review.Answer) {
	s, ok := w.Current()
	if !ok {
		return
	}
	before, answered := w.review.Answers[s.Practice.ID]
	w.undo = append(w.undo, change{practice: s.Practice.ID, before: before, answered: answered, at: w.at})
	if w.review.Answers == nil {
		w.review.Answers = map[string]review.Answer{}
	}
	w.review.Answers[s.Practice.ID] = a
	delete(w.skipped, s.Practice.ID)
}

// Next moves to the next stop that is neither answered nor skipped, or to the
// end; on a walk that had nothing open when it began, to the next stop.
func (w *Walk) Next() {
	if w.again {
		w.Step()
		return
	}
	w.at = w.from(w.at + 1)
}

// Step moves to the next stop whether it is answered or not.
func (w *Walk) Step() { w.at = min(w.at+1, len(w.stops)) }

// Back moves to the stop before, whether it is answered or not.
func (w *Walk) Back() bool {
	if w.at == 0 {
		return false
	}
	w.at--
	return true
}

// Skip leaves the current stop as it is, unanswered for this walk, and moves on
// as Next does.
func (w *Walk) Skip() {
	s, ok := w.Current()
	if !ok {
		return
	}
	if _, answered := w.review.Answers[s.Practice.ID]; !answered {
		w.skipped[s.Practice.ID] = true
	}
	w.Next()
}

// Go moves to a best practice, or to the first one of a question.
func (w *Walk) Go(id string) bool {
	id = strings.TrimSpace(id)
	for i, s := range w.stops {
		if lens.Same(s.Practice.ID, id) || lens.Same(s.Question.ID, id) {
			w.at = i
			return true
		}
	}
	return false
}

// Park sets a topic aside at the current stop. It can be taken back.
func (w *Walk) Park(t review.Topic) {
	if s, ok := w.Current(); ok {
		t.Practice = s.Practice.ID
	}
	w.undo = append(w.undo, change{parked: true, at: w.at})
	w.review.Parked = append(w.review.Parked, t)
}

// Undo takes the last change back, goes to where it was made, and says which
// best practice it concerned (empty: a parked topic); false where nothing is
// left to take back.
func (w *Walk) Undo() (practice string, ok bool) {
	if len(w.undo) == 0 {
		return "", false
	}
	c := w.undo[len(w.undo)-1]
	w.undo = w.undo[:len(w.undo)-1]
	w.at = c.at
	switch {
	case c.parked:
		w.review.Parked = slices.Clone(w.review.Parked[:len(w.review.Parked)-1])
	case c.answered:
		w.review.Answers[c.practice] = c.before
	default:
		delete(w.review.Answers, c.practice)
	}
	return c.practice, true
}

// from is the first stop at or after i that is neither answered nor skipped.
func (w *Walk) from(i int) int {
	for ; i < len(w.stops); i++ {
		id := w.stops[i].Practice.ID
		if _, answered := w.review.Answers[id]; !answered && !w.skipped[id] {
			return i
		}
	}
	return len(w.stops)
}

// Progress counts the stops of the walk.
type Progress struct {
	Stops    int
	Answered int
	Skipped  int
	Findings int
	High     int // findings of high severity
}

// Progress says how far the walk is.
func (w *Walk) Progress() Progress {
	p := Progress{Stops: len(w.stops), Skipped: len(w.skipped)}
	for _, s := range w.stops {
		a, ok := w.review.Answers[s.Practice.ID]
		if !ok {
			continue
		}
		p.Answered++
		if a.Status != review.Implemented && a.Status != review.NotApplicable {
			p.Findings++
			if s.Practice.Severity == lens.High {
				p.High++
			}
		}
	}
	return p
}

// ApplyProfile answers every unanswered best practice that the workload's
// profile rules out, with the profile as its reason, and takes back what the
// profile answered and no longer rules out. It returns the ids of both. What the
// profile ruled out before gets the reason of today; an answer that a person
// gave stays.
func ApplyProfile(l *lens.Lens, r *review.Review, at string) (ruledOut, released []string) {
	for i := range l.Questions {
		for j := range l.Questions[i].Practices {
			p := &l.Questions[i].Practices[j]
			a, answered := r.Answers[p.ID]
			reason := review.RuledOut(p, r.Workload.Profile)
			switch {
			case !r.Scope.Includes(&l.Questions[i], p):
			case reason != "" && !answered:
				if r.Answers == nil {
					r.Answers = map[string]review.Answer{}
				}
				r.Answers[p.ID] = review.Answer{Status: review.NotApplicable, Reason: reason, By: review.ByProfile, At: at}
				ruledOut = append(ruledOut, p.ID)
			case !byProfile(a) || a.Reason == reason:
			case reason != "":
				a.Reason, a.At = reason, at
				r.Answers[p.ID] = a
			default:
				delete(r.Answers, p.ID)
				released = append(released, p.ID)
			}
		}
	}
	return ruledOut, released
}

func byProfile(a review.Answer) bool {
	return a.By == review.ByProfile && a.Status == review.NotApplicable && strings.HasPrefix(a.Reason, "The workload's profile says")
}
