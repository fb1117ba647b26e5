package answers

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// TakeOptions say how answers of the WA Tool are read.
type TakeOptions struct {
	// Unticked is what a choice means that isn't ticked in a question that has an
	// answer, where no words of an export say it. The WA Tool takes it for a gap,
	// and so does not_implemented; Unanswered takes it for not looked at.
	Unticked review.Status
	By, At   string // who brought the answers in, and when
}

// A Change is an answer that a review would take from the WA Tool.
type Change struct {
	Practice string
	Title    string
	Was, Is  review.Answer // Was is empty where there was no answer
	Because  string        // what the WA Tool says, in words
}

// Taken is what the answers of the WA Tool do to a review.
type Taken struct {
	Review  *review.Review // the review as it would be
	Changes []Change       // in lens order
	Same    int            // best practices of which both say the same
	Kept    []string       // questions of which an answer here was kept against the WA Tool
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
	for _, c := range t.Changes {
		t.Review.Put(c.Practice, c.Is)
	}
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
	if m.ticked(none) && slices.ContainsFunc(g.Choices, func(c GivenChoice) bool { return c.Status == ChoiceSelected && c.ID != m.None }) {
		remark(&t.Remarks, `"None of these" is ticked beside best practices; what is ticked counts as implemented`, q.ID)
	}
	if !g.Applicable && slices.ContainsFunc(g.Choices, func(c GivenChoice) bool { return c.Status == ChoiceSelected }) {
		remark(&t.Remarks, "not applicable as a whole; what is ticked under it was not taken", q.ID)
	}
	for i := range q.Practices {
		p := &q.Practices[i]
		c, ok := m.choice(p.ID)
		if !ok {
			remark(&t.Remarks, "not in the answers of the WA Tool", p.ID)
			continue
		}
		t.practice(m, p, c, said(p, g, c, notes))
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
	remark(&t.Remarks, "has notes and no answer; the notes were not taken", q.ID)
}

func (m *Match) choice(practice string) (GivenChoice, bool) {
	id, ok := m.Choices[practice]
	if practice == none {
		id, ok = m.None, m.None != ""
	}
	if !ok {
		return GivenChoice{}, false
	}
	i := slices.IndexFunc(m.Given.Choices, func(c GivenChoice) bool { return c.ID == id })
	if i < 0 {
		return GivenChoice{}, false
	}
	return m.Given.Choices[i], true
}

func (m *Match) ticked(practice string) bool {
	c, ok := m.choice(practice)
	return ok && c.Status == ChoiceSelected
}

// A Statement is what the WA Tool says of a best practice.
type statement struct {
	state   ChoiceStatus
	worded  bool // the status stands in words
	status  review.Status
	answer  review.Answer // the texts
	because string
}

// said reads what the WA Tool says of a best practice, before anything is made
// of a choice that is merely not ticked.
func said(p *lens.Practice, g *Given, c GivenChoice, notes []details) statement {
	s := statement{state: c.Status}
	fromChoice, note, worded := readChoiceNotes(c.Notes)
	var own details
	if i := slices.IndexFunc(notes, func(d details) bool { return d.practice == p.ID }); i >= 0 {
		own = notes[i]
	}
	switch {
	case !g.Applicable:
		s.state, s.status, s.because = ChoiceNotApplicable, review.NotApplicable, "the question is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, g.Reason)
		if c.Status != ChoiceNotApplicable {
			s.answer.Reason = reasonText("", g.Reason)
		}
	case c.Status == ChoiceNotApplicable:
		s.status, s.because = review.NotApplicable, "the choice is marked as not applicable"
		s.answer.Reason = reasonText(c.Notes, c.Reason)
	case c.Status == ChoiceSelected:
		s.status, s.because = review.Implemented, "the choice is ticked"
		s.answer.Note = c.Notes
	case worded:
		s.worded, s.status, s.because = true, fromChoice, "the notes of the choice say so"
		s.answer.Note = note
	case own.practice != "" && own.status != review.Implemented && own.status != review.NotApplicable:
		s.worded, s.status, s.because = true, own.status, "the notes of the question say so"
		s.answer.Note = c.Notes
	default:
		s.answer.Note = c.Notes
	}
	for _, f := range own.fields {
		switch f.key {
		case keyOwner:
			s.answer.Owner = f.text
		case keyDue:
			if review.CheckDate(f.text, false) == nil {
				s.answer.Due = f.text
			}
		case keyEvidence:
			s.answer.Evidence = append(s.answer.Evidence, f.text)
		case keyReason:
			if s.status == review.NotApplicable {
				s.answer.Reason = f.text
			}
		case keyNote:
			s.answer.Note = f.text
		}
	}
	return s
}

func reasonText(notes string, r Reason) string {
	if notes != "" {
		return notes
	}
	if words := r.words(); words != "" {
		return words
	}
	return "Marked as not applicable in the WA Tool, without a reason."
}

// practice takes what the WA Tool says of one best practice.
func (t *taker) practice(m *Match, p *lens.Practice, c GivenChoice, s statement) {
	was, answered := t.Review.Answers[p.ID]
	if s.state == ChoiceUnselected && !s.worded && m.Given.answered() {
		s.status, s.because = t.options.Unticked, "the question is answered and the choice is not ticked"
		if m.ticked(none) {
			s.status, s.because = review.NotImplemented, `"None of these" is ticked`
		}
	}
	status := s.status
	if answered && !s.worded && stateOf(was.Status) == s.state {
		status = was.Status // it says as much and more
	}
	if status == review.Unanswered {
		if answered && (s.worded || stateOf(was.Status) != ChoiceUnselected) {
			remark(&t.Remarks, "answered here and not there; kept", p.ID)
			t.Kept = append(t.Kept, m.Question.ID)
		}
		if !answered && c.Notes != "" && !s.worded {
			remark(&t.Remarks, "has notes and no answer; the notes were not taken", p.ID)
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
	if richer(s.answer.Note, was.Note, false) {
		is.Note = s.answer.Note
	}
	if richer(s.answer.Owner, was.Owner, false) {
		is.Owner = s.answer.Owner
	}
	if s.answer.Due != "" {
		is.Due = s.answer.Due
	}
	for _, e := range s.answer.Evidence {
		if !slices.ContainsFunc(was.Evidence, func(ours string) bool { return !richer(e, ours, false) }) {
			is.Evidence = append(is.Evidence, e)
		}
	}
	if is.Same(was) {
		t.Same++
		return
	}
	if !t.Review.Scope.Includes(m.Question, p) {
		remark(&t.Remarks, "outside the scope of the review, so taken and not assessed", p.ID)
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
	t.Changes = append(t.Changes, Change{Practice: p.ID, Title: strings.TrimSpace(p.Title), Was: was, Is: is, Because: because})
}

// richer tells whether a text of the WA Tool says what ours doesn't: it is there,
// differs, and is not a cut copy of ours. A reason may also be the WA Tool's
// general word for what ours says in particular.
func richer(theirs, ours string, reason bool) bool {
	theirs, ours = strings.TrimSpace(theirs), strings.TrimSpace(ours)
	if theirs == "" || theirs == ours {
		return false
	}
	if head, ok := wasCut(theirs); ok && strings.HasPrefix(ours, head) {
		return false
	}
	if reason && ours != "" {
		for _, r := range []Reason{OutOfScope, BusinessPriorities, ArchitectureConstraints, OtherReason, NoReason} {
			if theirs == reasonText("", r) {
				return false
			}
		}
	}
	return true
}

// stateOf is the state that a choice has for a status.
func stateOf(s review.Status) ChoiceStatus {
	switch s {
	case review.Implemented:
		return ChoiceSelected
	case review.NotApplicable:
		return ChoiceNotApplicable
	}
	return ChoiceUnselected
}
