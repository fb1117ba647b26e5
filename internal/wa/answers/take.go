package answers

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// TakeOptions say how answers of the WA Tool are read.
type TakeOptions struct {
	// Unselected is the status of an unselected choice in a question with an answer,
	// if its notes have none. In the WA Tool it is a gap, as with not_implemented;
	// Unanswered reads it as not answered.
	Unselected review.Status
	By, At     string // who brought the answers in, and when
}

// Taken is what the answers of the WA Tool do to a review.
type Taken struct {
	Review  *review.Review  // the review as it would be
	Changes []review.Change // in lens order
	Same    int             // best practices of which both say the same
	Kept    []string        // questions of which an answer here was kept against the WA Tool
	Remarks []Remark
}

// Take brings answers of the WA Tool into those of a review, which it
// leaves as it is. An answer of the review that says what the tool's state of the
// choice says, and more, stays: partially implemented is not ticked there. So
// does one to a question that the tool has no answer to. Everything else becomes
// a change.
func Take(r *review.Review, matches []Match, o TakeOptions) Taken {
	t := taker{options: o, Taken: Taken{Review: r.Clone()}}
	for i := range matches {
		t.question(&matches[i])
	}
	t.Review.Apply(t.Changes)
	return t.Taken
}

// answer is the answer to a best practice after the changes so far.
func (t *taker) answer(id string) (review.Answer, bool) {
	for _, c := range t.Changes {
		if c.Practice == id {
			return c.Is, true
		}
	}
	a, ok := t.Review.Answers[id]
	return a, ok
}

type taker struct {
	Taken
	options TakeOptions
}

func (t *taker) question(m *Match) {
	g, q := m.Given, m.Question
	notes, theirs := readQuestionNotes(g.Notes)
	if m.selected(none) && slices.ContainsFunc(g.Choices, func(c GivenChoice) bool { return c.Status == ChoiceSelected && c.ID != m.None }) {
		remark(&t.Remarks, `"None of these" is selected beside best practices; selected practices count as implemented`, q.ID)
	}
	if !g.Applicable && slices.ContainsFunc(g.Choices, func(c GivenChoice) bool { return c.Status == ChoiceSelected }) {
		remark(&t.Remarks, "not applicable as a whole; its selected choices were not imported", q.ID)
	}
	for i := range q.Practices {
		p := &q.Practices[i]
		c, ok := m.choice(p.ID)
		if !ok {
			remark(&t.Remarks, "missing in the answers of the WA Tool", p.ID)
			continue
		}
		t.practice(m, p, c, statementOf(p, g, c, notes))
	}
	t.aside(q, theirs)
}

// aside keeps what people wrote as the notes of a question, for which a review
// has no place, with its first answered best practice.
func (t *taker) aside(q *lens.Question, theirs string) {
	if theirs == "" {
		return
	}
	for i := range q.Practices {
		id := q.Practices[i].ID
		a, ok := t.answer(id)
		if !ok {
			continue
		}
		if strings.Contains(a.Note, theirs) {
			return
		}
		was := a
		a.Note = strings.TrimSpace(a.Note + "\nOn the whole question: " + theirs)
		t.change(&q.Practices[i], was, a, "the question has notes")
		return
	}
	remark(&t.Remarks, "has notes but no answer; the notes were not imported", q.ID)
}

// practice takes what the WA Tool says of one best practice.
func (t *taker) practice(m *Match, p *lens.Practice, c GivenChoice, s statement) {
	was, answered := t.Review.Answers[p.ID]
	if s.state == ChoiceUnselected && !s.worded && m.Given.answered() {
		s.status, s.because = t.options.Unselected, "the question is answered and the choice is unselected"
		if m.selected(none) {
			s.status, s.because = review.NotImplemented, `"None of these" is selected`
		}
	}
	status := s.status
	if answered && !s.worded && stateOf(was.Status) == s.state {
		status = was.Status // it says as much and more
	}
	if status == review.Unanswered {
		if answered && (s.worded || stateOf(was.Status) != ChoiceUnselected) {
			remark(&t.Remarks, "answered in the review but not in the WA Tool; kept", p.ID)
			t.Kept = append(t.Kept, m.Question.ID)
		}
		if !answered && c.Notes != "" && !s.worded {
			remark(&t.Remarks, "has notes but no answer; the notes were not imported", p.ID)
		}
		return
	}
	is := was.Clone()
	is.Status = status
	if status != review.NotApplicable {
		is.Reason = ""
	} else if was.Status != review.NotApplicable || richer(s.answer.Reason, was.Reason, true) {
		is.Reason = s.answer.Reason
	}
	for _, f := range review.AnswerFields() {
		theirs, ours := f.Values(s.answer), f.Values(was)
		theirs = slices.DeleteFunc(slices.Clone(theirs), func(e string) bool {
			return slices.ContainsFunc(ours, func(o string) bool { return !richer(e, o, false) })
		})
		switch {
		case !f.Notes || f.Key == "reason" || len(theirs) == 0:
		case f.Kind == review.List:
			f.Set(&is, slices.Concat(ours, theirs)...)
		default:
			f.Set(&is, theirs...)
		}
	}
	if is.Same(was) {
		t.Same++
		return
	}
	if !t.Review.Scope.Includes(m.Question, p) {
		remark(&t.Remarks, "imported, but outside the scope of the review and not assessed", p.ID)
	}
	t.change(p, was, is, s.because)
}

// change records a change, or makes one that is recorded already larger.
func (t *taker) change(p *lens.Practice, was, is review.Answer, because string) {
	if was.Status != is.Status || was.By == review.ByProfile {
		is.By, is.At = t.options.By, t.options.At
	}
	for i := range t.Changes {
		if t.Changes[i].Practice == p.ID {
			t.Changes[i].Is = is
			return
		}
	}
	t.Changes = append(t.Changes, review.Change{Practice: p.ID, Title: strings.TrimSpace(p.Title), Was: was, Is: is, Because: because})
}
