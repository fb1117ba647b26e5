package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// A Target says where answers are to go.
type Target struct {
	WorkloadID string // empty: left out of the inputs
	LensAlias  string // name or ARN of the lens; empty: left out
	Map        *Map   // the ids there; nil: those of AWS's custom lens
	Layers     bool   // the layer banks' questions instead of AWS's
	Repaired   bool   // the lens there has its choices "None of these" mended
	Plain      bool   // leave the notes of questions alone
	Whole      bool   // mark a question of which nothing applies as a whole
}

// Export writes the answers of a review as inputs of UpdateAnswer, one a
// question with an answer, in lens order, and remarks on what the WA Tool can't
// hold.
//
// Implemented is SELECTED, not applicable NOT_APPLICABLE, the rest UNSELECTED with
// the status in words before the choice's note. Where every best practice has an
// answer, none is implemented and something applies, "None of these" is SELECTED
// if the question has it. A question of which nothing applies stays applicable
// with all its choices marked: that is what the reasons belong to, and what
// scoring.AWSRisk holds. With Whole it is NOT_APPLICABLE there, its choices marked
// all the same.
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
				remark(&e.remarks, "not exported, as they are not of the layer banks", answered...)
			} else {
				remark(&e.remarks, "not exported, as they are of the layer banks, which the lens there doesn't have (--layers exports them alone)", answered...)
			}
			continue
		}
		ids, ok := idsOf(q, t)
		if !ok {
			remark(&e.remarks, "not exported, as the map has no id for the question", q.ID)
			continue
		}
		out = append(out, e.question(q, ids))
	}
	for _, w := range r.Waivers {
		if r.Answers[w.Practice].Status != review.Unanswered {
			remark(&e.remarks, "waived here; the WA Tool has no waivers and shows the risk", w.Practice)
		}
	}
	return out, e.remarks
}

type exporter struct {
	review  *review.Review
	target  Target
	remarks []Remark
}

// ids are a question's ids in the WA Tool.
type ids struct {
	question string
	none     string            // empty where it has no such choice
	choices  map[string]string // by our id
}

// idsOf returns the ids of a question: those of a map, or the ones that
// iotlens lens export gives the lens.
func idsOf(q *lens.Question, t Target) (ids, bool) {
	if t.Map != nil {
		given, ok := t.Map.Questions[q.ID]
		return ids{given.ID, given.None, given.Choices}, ok
	}
	out := ids{question: idThere(q.ID, q.WA), none: q.None, choices: map[string]string{}}
	taken := false
	mended := out.question + "_no"
	for i := range q.Practices {
		p := &q.Practices[i]
		out.choices[p.ID] = idThere(p.ID, p.WA)
		taken = taken || out.choices[p.ID] == mended
	}
	wanted := t.Repaired && (q.None != "" || len(q.Practices) < rules.MaxChoices)
	if !taken && (wanted || !q.AWS() && q.None == "") {
		out.none = mended
	}
	return out, true
}

// idThere is the id in the WA Tool of what has an id here.
func idThere(id string, wa lens.WA) string {
	if wa.ID != "" {
		return wa.ID
	}
	return strings.ReplaceAll(id, "-", "_")
}

func answeredOf(q *lens.Question, r *review.Review) []string {
	var out []string
	for i := range q.Practices {
		if _, ok := r.Answers[q.Practices[i].ID]; ok {
			out = append(out, q.Practices[i].ID)
		}
	}
	return out
}

func (e *exporter) question(q *lens.Question, to ids) UpdateAnswer {
	u := UpdateAnswer{
		WorkloadID: e.target.WorkloadID, LensAlias: e.target.LensAlias, QuestionID: to.question, Question: q.ID,
		SelectedChoices: []string{}, ChoiceUpdates: map[string]ChoiceUpdate{}, IsApplicable: true,
	}
	s := tally(q, e.review.Answers)
	var notes []details
	for i := range q.Practices {
		p := &q.Practices[i]
		choice, ok := to.choices[p.ID]
		if !ok {
			remark(&e.remarks, "not exported, as the map has no id for the choice", p.ID)
			continue
		}
		answer := e.review.Answers[p.ID]
		update, whole := choiceUpdate(answer)
		u.ChoiceUpdates[choice] = update
		if update.Status == ChoiceSelected {
			u.SelectedChoices = append(u.SelectedChoices, choice)
		}
		d, needed := detailsOf(p.ID, answer, whole, !s.shown(to.none != ""))
		if e.target.Plain {
			if !whole {
				remark(&e.remarks, "cut in the notes of the choice", p.ID)
			}
			if needed && len(d.fields) > 0 {
				remark(&e.remarks, "owner, date, evidence or a second text left out with --no-question-notes", p.ID)
			}
		} else if needed {
			notes = append(notes, d)
		}
	}
	if to.none != "" {
		none := ChoiceUpdate{Status: ChoiceUnselected}
		if s.none() {
			none.Status = ChoiceSelected
			u.SelectedChoices = append(u.SelectedChoices, to.none)
		}
		u.ChoiceUpdates[to.none] = none
	} else if s.none() && s.notApplicable == 0 {
		remark(&e.remarks, `nothing is implemented, and the lens there has no choice "None of these" to say so: the WA Tool will show UNANSWERED`, q.ID)
	}
	if e.target.Whole && s.notApplicable == s.all {
		u.IsApplicable, u.Reason = false, commonReason(u.ChoiceUpdates)
	}
	if s.answered < s.all && s.shown(to.none != "") {
		remark(&e.remarks, "partly answered; the WA Tool counts what is not ticked as missing", q.ID)
	}
	if e.target.Plain {
		return u
	}
	var lost []string
	u.Notes, lost = questionNotes(notes)
	remark(&e.remarks, "cut, as the notes of a question take 2,084 characters there", lost...)
	return u
}
