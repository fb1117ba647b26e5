package answers

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A Target describes the workload and the lens in the WA Tool to export to.
type Target struct {
	WorkloadID      string // empty: left out of the inputs
	LensAlias       string // name or ARN of the lens; empty: left out
	Map             *Map   // ids in the WA Tool; nil: those of an exported lens
	Layers          bool   // export the answers to the layer banks instead of those to AWS's questions
	Repaired        bool   // the lens was exported with --repair
	NoQuestionNotes bool   // do not write the notes of questions
	WholeQuestions  bool   // mark a question as not applicable if none of its best practices applies
}

// Export returns the answers of a review as inputs of UpdateAnswer, one per question with an
// answer, in lens order, and remarks on what the WA Tool cannot store.
//
// Implemented is SELECTED, not applicable NOT_APPLICABLE, and the rest UNSELECTED with the
// status at the start of the choice's notes. "None of these" is SELECTED if every best
// practice has an answer, none is implemented, and one applies. If no best practice
// applies, the question stays applicable and its choices are NOT_APPLICABLE: they have the
// reasons, and scoring.AWSRisk expects it. With WholeQuestions the question does not apply
// either.
func Export(l *lens.Lens, r *review.Review, t Target) ([]UpdateAnswer, []Remark) {
	var out []UpdateAnswer
	e := exporter{review: r, target: t}
	for i := range l.Questions {
		q := &l.Questions[i]
		answered := answeredOf(q, r)
		if len(answered) == 0 {
			continue
		}
		if q.AWS() == t.Layers {
			if q.AWS() {
				remark(&e.remarks, "not exported: not in the layer banks", answered...)
			} else {
				remark(&e.remarks, "not exported: in the layer banks, which the lens in the WA Tool does not have (--layers exports them alone)", answered...)
			}
			continue
		}
		ids, ok := idsOf(q, t)
		if !ok {
			remark(&e.remarks, "not exported: the map has no id for the question", q.ID)
			continue
		}
		out = append(out, e.question(q, ids))
	}
	for _, w := range r.Waivers {
		if r.Answers[w.Practice].Status != review.Unanswered {
			remark(&e.remarks, "waived in the review; the WA Tool has no waivers and shows the risk", w.Practice)
		}
	}
	return out, e.remarks
}

type exporter struct {
	review  *review.Review
	target  Target
	remarks []Remark
}

// ids are the ids of a question and its choices in the WA Tool.
type ids struct {
	question string
	none     string            // empty: there is no such choice
	choices  map[string]string // by id in the bank
}

// idsOf returns the ids of a question: those of the map, or else those that iotlens lens
// export gives it. It returns false if the map lacks the question.
func idsOf(q *lens.Question, t Target) (ids, bool) {
	if t.Map != nil {
		given, ok := t.Map.Questions[q.ID]
		return ids{given.ID, given.None, given.Choices}, ok
	}
	out := ids{question: customlens.QuestionID(q), none: q.None, choices: map[string]string{}}
	taken := false
	repaired := out.question + customlens.NoneSuffix
	for i := range q.Practices {
		p := &q.Practices[i]
		out.choices[p.ID] = customlens.ChoiceID(p)
		taken = taken || out.choices[p.ID] == repaired
	}
	wanted := t.Repaired && (q.None != "" || len(q.Practices) < rules.MaxChoices)
	if !taken && (wanted || !q.AWS() && q.None == "") {
		out.none = repaired
	}
	return out, true
}

// answeredOf lists the best practices of a question with an answer.
func answeredOf(q *lens.Question, r *review.Review) []string {
	return slices.DeleteFunc(q.PracticeIDs(), func(id string) bool {
		_, ok := r.Answers[id]
		return !ok
	})
}

func (e *exporter) question(q *lens.Question, to ids) UpdateAnswer {
	u := UpdateAnswer{
		WorkloadID: e.target.WorkloadID, LensAlias: e.target.LensAlias, QuestionID: to.question, Question: q.ID,
		SelectedChoices: []string{}, ChoiceUpdates: map[string]ChoiceUpdate{}, IsApplicable: true,
	}
	s := countAnswers(q, e.review.Answers)
	var notes []practiceNotes
	for i := range q.Practices {
		p := &q.Practices[i]
		choice, ok := to.choices[p.ID]
		if !ok {
			remark(&e.remarks, "not exported: the map has no id for the choice", p.ID)
			continue
		}
		if isSettled(q, p.ID, e.review.Answers) {
			u.ChoiceUpdates[choice] = ChoiceUpdate{Status: ChoiceUnselected}
			continue
		}
		answer := e.review.Answers[p.ID]
		update, whole := choiceUpdate(answer)
		u.ChoiceUpdates[choice] = update
		if update.Status == ChoiceSelected {
			u.SelectedChoices = append(u.SelectedChoices, choice)
		}
		d, needed := notesOf(p.ID, answer, whole, !s.isAnswered(to.none != ""))
		if e.target.NoQuestionNotes {
			if !whole {
				remark(&e.remarks, "shortened in the notes of the choice", p.ID)
			}
			if needed && len(d.fields) > 0 {
				remark(&e.remarks, "owner, date, evidence or a second text not exported with --no-question-notes", p.ID)
			}
		} else if needed {
			notes = append(notes, d)
		}
	}
	if to.none != "" {
		none := ChoiceUpdate{Status: ChoiceUnselected}
		if s.isNone() {
			none.Status = ChoiceSelected
			u.SelectedChoices = append(u.SelectedChoices, to.none)
		}
		u.ChoiceUpdates[to.none] = none
	} else if s.isNone() && s.notApplicable == 0 {
		remark(&e.remarks, `nothing is implemented, but the lens in the WA Tool has no choice "None of these": the WA Tool will show UNANSWERED`, q.ID)
	}
	if e.target.WholeQuestions && s.notApplicable == s.all {
		u.IsApplicable, u.Reason = false, commonReason(u.ChoiceUpdates)
	}
	if s.answered < s.all && s.isAnswered(to.none != "") {
		remark(&e.remarks, "partly answered; the WA Tool counts unselected choices as missing", q.ID)
	}
	if e.target.NoQuestionNotes {
		return u
	}
	var lost []string
	u.Notes, lost = questionNotes(notes)
	remark(&e.remarks, "shortened: the notes of a question can have 2,084 characters in the WA Tool", lost...)
	return u
}
