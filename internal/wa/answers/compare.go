package answers

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// ImportRecord returns a record of an import by question, which review.WATool stores. It is
// the base from which CompareWithTool tells who changed a question later. Each record has
// three words: the states of the choices in the WA Tool, a letter for each best practice
// and one for None of these (S selected, N not applicable, U unselected; a leading ! means
// that the question does not apply as a whole); a digest of the notes and reasons in the
// tool, or - if they were not read; and a digest of the answers in the review after the
// import.
func ImportRecord(r *review.Review, matches []Match) map[string]string {
	out := map[string]string{}
	for i := range matches {
		m := &matches[i]
		if !m.Answer.Input {
			b := stateOfQuestion(r, m)
			out[m.Question.ID] = b.states + " " + b.notes + " " + b.answers
		}
	}
	return out
}

type importedState struct{ states, notes, answers string }

func stateOfQuestion(r *review.Review, m *Match) importedState {
	b := importedState{notes: "-", answers: digestAnswers(r, m.Question)}
	if !m.Answer.Applicable {
		b.states = "!"
	}
	notes := []string{m.Answer.Notes, string(m.Answer.Reason)}
	for _, id := range append(m.Question.PracticeIDs(), none) {
		c, _ := m.choice(id)
		switch c.Status {
		case ChoiceSelected, ChoiceNotApplicable:
			b.states += string(c.Status[:1])
		default:
			b.states += "U"
		}
		notes = append(notes, id, string(c.Reason), strings.TrimSpace(c.Notes))
	}
	if m.Answer.HasNotes {
		b.notes = digest(notes)
	}
	return b
}

// parseState parses a record; false if there is none, or if the best practices of the
// question have changed.
func parseState(taken map[string]string, q *lens.Question) (importedState, bool) {
	words := strings.Fields(taken[q.ID])
	if len(words) != 3 || len(strings.TrimPrefix(words[0], "!")) != len(q.Practices)+1 {
		return importedState{}, false
	}
	return importedState{words[0], words[1], words[2]}, true
}

// digestAnswers returns a digest of the answers of a review to a question.
func digestAnswers(r *review.Review, q *lens.Question) string {
	var texts []string
	for _, id := range q.PracticeIDs() {
		for _, f := range review.AnswerFields() {
			if values := f.Values(r.Answers[id]); !f.Signature && len(values) > 0 {
				texts = append(append(texts, id, f.Key), values...)
			}
		}
	}
	return digest(texts)
}

func digest(texts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:4])
}

// A Difference compares inputs of UpdateAnswer with the current answers of the WA Tool.
type Difference struct {
	Write     []UpdateAnswer // changed in the review, in the order of the inputs
	Same      int            // number of questions with nothing to write
	Theirs    []Remark       // changed only in the WA Tool, by question
	Conflicts []Remark       // changed in both
	Missing   []string       // questions without a current answer
}

// CompareWithTool compares inputs, exported from a review, with the current answers of the WA
// Tool. taken has the records of the last import (ImportRecord), which tell who changed a
// question. A question without a record was changed in the tool if it has an answer there.
// With overwrite, questions changed in both are written as well.
func CompareWithTool(r *review.Review, taken map[string]string, inputs []UpdateAnswer, today []Match, overwrite bool) Difference {
	var d Difference
	byQuestion := map[string]UpdateAnswer{}
	for _, u := range inputs {
		byQuestion[u.Question] = u
	}
	write := map[string]bool{}
	for i := range today {
		m := &today[i]
		id := m.Question.ID
		u, answered := byQuestion[id]
		was, known := parseState(taken, m.Question)
		is := stateOfQuestion(r, m)
		ours := !known && answered || known && was.answers != is.answers
		theirs := known && (was.states != is.states || was.notes != "-" && is.notes != "-" && was.notes != is.notes) ||
			!known && (m.Answer.answered() || m.Answer.Notes != "")
		switch {
		case answered && u.agrees(m) && (m.Answer.HasNotes || !ours), !ours && !theirs:
			d.Same++
		case !theirs:
			write[id] = answered
		case ours:
			write[id] = overwrite
			d.Conflicts = append(d.Conflicts, Remark{id, m.describeChanges(was, is, u, r)})
		default:
			d.Theirs = append(d.Theirs, Remark{id, m.describeChanges(was, is, u, r)})
		}
	}
	for _, u := range inputs {
		seen := slices.ContainsFunc(today, func(m Match) bool { return m.Question.ID == u.Question })
		if !seen {
			d.Missing = append(d.Missing, u.Question)
		}
		if write[u.Question] {
			d.Write = append(d.Write, u)
		}
	}
	return d
}

// agrees reports whether an input would change nothing in the WA Tool, as far as is known.
func (u *UpdateAnswer) agrees(m *Match) bool {
	g := m.Answer
	if u.IsApplicable != g.Applicable || g.HasNotes && u.Notes != "" && plain(u.Notes) != g.Notes {
		return false
	}
	for _, c := range g.Choices {
		if _, ok := u.ChoiceUpdates[c.ID]; !ok && c.Status == ChoiceSelected {
			return false
		}
	}
	for id, want := range u.ChoiceUpdates {
		c, _ := g.choice(id)
		if c.Status != want.Status || g.HasNotes && (plain(want.Notes) != plain(c.Notes) || want.Status == ChoiceNotApplicable && want.Reason != c.Reason) {
			return false
		}
	}
	return true
}

// describeChanges describes what was changed in the WA Tool, and what the review has
// instead.
func (m *Match) describeChanges(was, is importedState, u UpdateAnswer, r *review.Review) []string {
	var out []string
	if before, after := strings.HasPrefix(was.states, "!"), strings.HasPrefix(is.states, "!"); before != after && was.states != "" {
		out = append(out, map[bool]string{true: "now not applicable as a whole", false: "now applicable"}[after])
	}
	before, after := strings.TrimPrefix(was.states, "!"), strings.TrimPrefix(is.states, "!")
	for i, id := range append(m.Question.PracticeIDs(), none) {
		name := id
		if id == none {
			name = "None of these"
		}
		switch {
		case before == "" && after[i] != 'U':
			out = append(out, name+": "+stateWords[after[i]])
		case before != "" && before[i] != after[i]:
			out = append(out, fmt.Sprintf("%s: %s -> %s", name, stateWords[before[i]], stateWords[after[i]]))
		default:
			continue
		}
		if a, ok := r.Answers[id]; ok && u.Question != "" {
			out[len(out)-1] += fmt.Sprintf(" (here %s)", a.Status.Words())
		}
	}
	if was.states != "" && was.notes != "-" && is.notes != "-" && was.notes != is.notes || len(out) == 0 {
		out = append(out, "notes or reasons")
	}
	return out
}

var stateWords = map[byte]string{'S': "selected", 'N': "not applicable", 'U': "unselected"}
