package answers

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// ImportOptions control an import of answers.
type ImportOptions struct {
	// Unselected is the status of an unselected choice of an answered question, if its
	// notes name no status. The WA Tool treats it as a gap, like not_implemented;
	// Unanswered imports it as not answered.
	Unselected review.Status
	By, At     string // who imports the answers, and when
}

// An ImportResult has the changes that answers of the WA Tool make to a review.
type ImportResult struct {
	Review  *review.Review  // the review with the changes
	Changes []review.Change // in lens order
	Same    int             // number of best practices with equal answers
	Kept    []string        // questions with an answer in the review that the WA Tool lacks
	Remarks []Remark
}

// Import merges answers of the WA Tool into a copy of a review. An answer of the review is
// kept if it agrees with the state of the choice and has more detail (partially
// implemented is unselected in the tool), or if the question has no answer in the tool.
// Everything else becomes a change.
func Import(r *review.Review, matches []Match, o ImportOptions) ImportResult {
	t := importer{options: o, ImportResult: ImportResult{Review: r.Clone()}}
	for i := range matches {
		t.question(&matches[i])
	}
	t.Review.Apply(t.Changes)
	return t.ImportResult
}

type importer struct {
	ImportResult
	options ImportOptions
}

func (t *importer) question(m *Match) {
	g, q := m.Answer, m.Question
	notes, theirs := readQuestionNotes(g.Notes)
	if m.selected(none) && slices.ContainsFunc(g.Choices, func(c ToolChoice) bool { return c.Status == ChoiceSelected && c.ID != m.None }) {
		remark(&t.Remarks, `"None of these" is selected beside best practices; selected practices count as implemented`, q.ID)
	}
	if !g.Applicable && slices.ContainsFunc(g.Choices, func(c ToolChoice) bool { return c.Status == ChoiceSelected }) {
		remark(&t.Remarks, "not applicable as a whole; its selected choices were not imported", q.ID)
	}
	for i := range q.Practices {
		p := &q.Practices[i]
		c, ok := m.choice(p.ID)
		if !ok {
			remark(&t.Remarks, "missing in the answers of the WA Tool", p.ID)
			continue
		}
		s := toolStateOf(p, g, c, notes)
		if s.state != ChoiceUnselected || s.inNotes || c.Notes != "" || !isSettled(q, p.ID, m.selections(t.Review)) {
			t.practice(m, p, c, s)
		}
	}
	t.keepQuestionNotes(q, theirs)
}

// selections returns the answers of a review, with those to m.Question replaced by what is
// selected or not applicable in the WA Tool.
func (m *Match) selections(r *review.Review) map[string]review.Answer {
	out := maps.Clone(r.Answers)
	if out == nil {
		out = map[string]review.Answer{}
	}
	for i := range m.Question.Practices {
		id := m.Question.Practices[i].ID
		switch c, _ := m.choice(id); c.Status {
		case ChoiceSelected:
			out[id] = review.Answer{Status: review.Implemented}
		case ChoiceNotApplicable:
			out[id] = review.Answer{Status: review.NotApplicable}
		}
	}
	return out
}

// keepQuestionNotes appends what people wrote in the notes of a question, for which a review
// has no field, to the note of its first answered best practice.
func (t *importer) keepQuestionNotes(q *lens.Question, theirs string) {
	if theirs == "" {
		return
	}
	for i := range q.Practices {
		p := &q.Practices[i]
		is, ok := t.Review.Answers[p.ID]
		if j := t.changeIndex(p.ID); j >= 0 {
			is, ok = t.Changes[j].After, true
		}
		if !ok {
			continue
		}
		if strings.Contains(is.Note, theirs) {
			return
		}
		was := is
		is.Note = strings.TrimSpace(is.Note + "\nOn the whole question: " + theirs)
		t.change(p, was, is, "the question has notes")
		return
	}
	remark(&t.Remarks, "has notes but no answer; the notes were not imported", q.ID)
}

// practice imports the state of one best practice.
func (t *importer) practice(m *Match, p *lens.Practice, c ToolChoice, s toolState) {
	was, answered := t.Review.Answers[p.ID]
	if s.state == ChoiceUnselected && !s.inNotes && m.Answer.answered() {
		s.status, s.reason = t.options.Unselected, "the question is answered and the choice is unselected"
		if m.selected(none) {
			s.status, s.reason = review.NotImplemented, `"None of these" is selected`
		}
	}
	status := s.status
	if answered && !s.inNotes && stateOf(was.Status) == s.state {
		status = was.Status // the same state with more detail
	}
	if status == review.Unanswered {
		if answered && (s.inNotes || stateOf(was.Status) != ChoiceUnselected) {
			remark(&t.Remarks, "answered in the review but not in the WA Tool; kept", p.ID)
			t.Kept = append(t.Kept, m.Question.ID)
		}
		if !answered && c.Notes != "" && !s.inNotes {
			remark(&t.Remarks, "has notes but no answer; the notes were not imported", p.ID)
		}
		return
	}
	is := was.Clone()
	is.SetStatus(status)
	if status == review.NotApplicable && (was.Status != review.NotApplicable || addsTo(s.answer.Reason, was.Reason, true)) {
		is.Reason = s.answer.Reason
	}
	for _, f := range review.AnswerFields() {
		theirs, ours := f.Values(s.answer), f.Values(was)
		theirs = slices.DeleteFunc(slices.Clone(theirs), func(e string) bool {
			return slices.ContainsFunc(ours, func(o string) bool { return !addsTo(e, o, false) })
		})
		switch {
		case !f.InWANotes || f.Key == "reason" || len(theirs) == 0 || f.Signature && answered:
		case f.Kind == review.KindList:
			f.Set(&is, slices.Concat(f.Values(is), theirs)...)
		default:
			f.Set(&is, theirs...)
		}
	}
	is.SetStatus(status)
	if is.SameContent(was) {
		t.Same++
		return
	}
	if !t.Review.Scope.Includes(m.Question, p) {
		remark(&t.Remarks, "imported, but outside the scope of the review and not assessed", p.ID)
	}
	t.change(p, was, is, s.reason)
}

// change adds a change, or replaces the change of the same best practice.
func (t *importer) change(p *lens.Practice, was, is review.Answer, because string) {
	if was.Status != is.Status || was.By == review.ByProfile {
		stated := is
		is.Sign(t.options.By, t.options.At)
		if was.Status == review.Unanswered {
			is = fromTemplate(is, stated)
		}
	}
	if i := t.changeIndex(p.ID); i >= 0 {
		t.Changes[i].After = is
		return
	}
	t.Changes = append(t.Changes, review.Change{Practice: p.ID, Title: strings.TrimSpace(p.Title), Before: was, After: is, Reason: because})
}

// fromTemplate marks an answer as copied from a template if the notes of the WA Tool say
// so. Missing details get placeholders, and without a date it is vouched for until the day
// of the import only.
func fromTemplate(is, stated review.Answer) review.Answer {
	if stated.Template+stated.VouchedBy+stated.VouchedUntil == "" {
		return is
	}
	is.Template, is.VouchedBy = cmp.Or(stated.Template, "not named"), cmp.Or(stated.VouchedBy, "nobody")
	is.VouchedUntil = cmp.Or(stated.VouchedUntil, review.DayOf(is.At), "1970-01-01")
	return is
}

// changeIndex returns the index of the change of a best practice, or -1.
func (t *importer) changeIndex(practice string) int {
	return slices.IndexFunc(t.Changes, func(c review.Change) bool { return c.Practice == practice })
}
