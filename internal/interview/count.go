package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Progress counts best practices.
type Progress struct {
	Stops    int // best practices
	Answered int
	Skipped  int // left open on this walk
	Findings int
	High     int        // findings of high severity
	Worst    lens.Level // highest severity of a finding; empty where there is none
}

// Done tells whether every one is answered. None at all is done.
func (p Progress) Done() bool { return p.Answered == p.Stops }

func (p *Progress) add(w *Walk, practice *lens.Practice) {
	p.Stops++
	a, answered := w.review.Answers[practice.ID]
	switch {
	case !answered && w.skipped[practice.ID]:
		p.Skipped++
	case answered:
		p.Answered++
	}
	if !a.Finding() {
		return
	}
	p.Findings++
	if practice.Severity == lens.High {
		p.High++
	}
	if practice.Severity.Rank() > p.Worst.Rank() {
		p.Worst = practice.Severity
	}
}

// Progress says how far the walk is: over its stops.
func (w *Walk) Progress() Progress {
	var p Progress
	for _, s := range w.stops {
		p.add(w, s.Practice)
	}
	return p
}

// Overall says how far the review is: over everything in its scope, whatever the
// filter.
func (w *Walk) Overall() Progress {
	var p Progress
	w.scope(func(_ *lens.Question, b *lens.Practice) { p.add(w, b) })
	return p
}

// A Part is how far a pillar or a layer is.
type Part struct {
	ID, Name string
	Progress
}

// Pillars says how far each pillar is, in lens order: over everything in the
// scope of the review, layer banks included.
func (w *Walk) Pillars() []Part {
	var parts []Part
	for _, p := range w.lens.Pillars {
		parts = append(parts, Part{ID: p.ID, Name: p.Name})
	}
	return w.parts(parts, func(p *lens.Practice, id string) bool { return p.Pillar == id })
}

// Layers says how far each layer is, in lens order; a best practice of several
// layers counts in each.
func (w *Walk) Layers() []Part {
	var parts []Part
	for _, y := range w.lens.Layers {
		parts = append(parts, Part{ID: y.ID, Name: y.Name})
	}
	return w.parts(parts, func(p *lens.Practice, id string) bool { return slices.Contains(p.Layers, id) })
}

func (w *Walk) parts(parts []Part, in func(*lens.Practice, string) bool) []Part {
	w.scope(func(_ *lens.Question, p *lens.Practice) {
		for i := range parts {
			if in(p, parts[i].ID) {
				parts[i].add(w, p)
			}
		}
	})
	return parts
}

// A Cell is how far one layer of one pillar is.
type Cell struct {
	Layer, Pillar string // ids
	Progress
}

// Map is the layers down and the pillars across, row by row, over everything in
// the scope of the review.
func (w *Walk) Map() []Cell {
	var cells []Cell
	for _, y := range w.lens.Layers {
		for _, p := range w.lens.Pillars {
			cells = append(cells, Cell{Layer: y.ID, Pillar: p.ID})
		}
	}
	w.scope(func(_ *lens.Question, p *lens.Practice) {
		for i := range cells {
			if cells[i].Pillar == p.Pillar && slices.Contains(p.Layers, cells[i].Layer) {
				cells[i].add(w, p)
			}
		}
	})
	return cells
}

// State is how far a question is.
type State string

// The states of a question.
const (
	Open   State = "unanswered"
	Partly State = "partly answered"
	Done   State = "answered"
)

// A QuestionState is how far one question in the scope of the review is.
type QuestionState struct {
	Question *lens.Question
	Stop     int // its first place in Stops; -1 where it is not on the walk
	State    State
	Progress
}

// Questions says how far each question in the scope of the review is, in lens
// order, whatever the filter: a list to jump from.
func (w *Walk) Questions() []QuestionState {
	var out []QuestionState
	w.scope(func(q *lens.Question, p *lens.Practice) {
		if n := len(out); n == 0 || out[n-1].Question != q {
			out = append(out, QuestionState{Question: q, Stop: -1})
		}
		out[len(out)-1].add(w, p)
	})
	for i := range out {
		s := &out[i]
		s.Stop = slices.IndexFunc(w.stops, func(stop Stop) bool { return stop.Question == s.Question })
		switch {
		case s.Done():
			s.State = Done
		case s.Answered > 0:
			s.State = Partly
		default:
			s.State = Open
		}
	}
	return out
}

// scope visits every best practice in the scope of the review, in lens order.
func (w *Walk) scope(visit func(*lens.Question, *lens.Practice)) {
	inScope(w.lens, w.review, visit)
}

func inScope(l *lens.Lens, r *review.Review, visit func(*lens.Question, *lens.Practice)) {
	included := r.Scope.Includes
	for i := range l.Questions {
		q := &l.Questions[i]
		for j := range q.Practices {
			if p := &q.Practices[j]; included(q, p) {
				visit(q, p)
			}
		}
	}
}
