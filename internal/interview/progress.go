package interview

import (
	"iter"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Progress counts best practices.
type Progress struct {
	Stops    int // best practices
	Answered int
	Skipped  int // unanswered and skipped on this walk
	Findings int
	High     int        // findings of high severity
	Worst    lens.Level // highest severity of a finding; empty for none
}

// Done reports whether all best practices are answered.
func (p Progress) Done() bool { return p.Answered == p.Stops }

func (p *Progress) add(w *Walk, s Stop) {
	p.Stops++
	a, practice := w.CountedAnswerOf(s), s.Practice
	switch answered := a.Status != review.Unanswered; {
	case !answered && w.skipped[practice.ID]:
		p.Skipped++
	case answered:
		p.Answered++
	}
	if !a.IsFinding() {
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

// Progress counts the stops of the walk.
func (w *Walk) Progress() Progress {
	var p Progress
	for _, s := range w.stops {
		p.add(w, s)
	}
	return p
}

// Overall counts everything in the scope of the review, whatever the filter.
func (w *Walk) Overall() Progress { return w.Part("", "") }

// Part counts what belongs to a pillar and a layer in the scope of the review, whatever the
// filter. An empty id stands for all. A best practice of several layers counts in each.
func (w *Walk) Part(pillar, layer string) Progress {
	var n Progress
	for _, s := range w.PartStops(pillar, layer) {
		n.add(w, s)
	}
	return n
}

// PartStops lists what Part counts, in lens order.
func (w *Walk) PartStops(pillar, layer string) []Stop {
	var out []Stop
	for q, p := range inScope(w.lens, w.review, w.setAside) {
		if inPart(p, pillar, layer) {
			out = append(out, Stop{q, p})
		}
	}
	return out
}

func inPart(p *lens.Practice, pillar, layer string) bool {
	return (pillar == "" || p.Pillar == pillar) && (layer == "" || slices.Contains(p.Layers, layer))
}

// A QuestionState is the progress of a question in the scope of the review.
type QuestionState struct {
	Question *lens.Question
	Stop     int // index of its first stop; -1 if it is not on the walk
	Progress
}

// Questions returns the state of each question in the scope of the review, in lens order,
// whatever the filter.
func (w *Walk) Questions() []QuestionState {
	var out []QuestionState
	for q, p := range inScope(w.lens, w.review, w.setAside) {
		if n := len(out); n == 0 || out[n-1].Question != q {
			stop := slices.IndexFunc(w.stops, func(s Stop) bool { return s.Question == q })
			out = append(out, QuestionState{Question: q, Stop: stop})
		}
		out[len(out)-1].add(w, Stop{q, p})
	}
	return out
}

// inScope iterates over the best practices in the scope of a review that are not set aside,
// in lens order.
func inScope(l *lens.Lens, r *review.Review, aside map[string]string) iter.Seq2[*lens.Question, *lens.Practice] {
	return func(yield func(*lens.Question, *lens.Practice) bool) {
		for q, p := range l.All() {
			if _, set := aside[p.ID]; !set && r.Scope.Includes(q, p) && !yield(q, p) {
				return
			}
		}
	}
}
