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

// ImportRecord is the record of what was imported, by question, for review.WATool. Each entry has
// three words: the states of the choices there, a letter for each best practice and one
// for None of these (S selected, N not applicable, U unselected; a question that is not
// applicable as a whole begins with !); a digest of the notes and reasons there, - where
// they were not read; and a digest of the answers here after the import. They are the base
// of a three-way comparison: CompareWithTool tells by them who has changed a question since.
func ImportRecord(r *review.Review, matches []Match) map[string]string {
	out := map[string]string{}
	for i := range matches {
		m := &matches[i]
		if !m.Answer.Input {
			b := baseOf(r, m)
			out[m.Question.ID] = b.states + " " + b.notes + " " + b.ours
		}
	}
	return out
}

type base struct{ states, notes, ours string }

func baseOf(r *review.Review, m *Match) base {
	b := base{notes: "-", ours: oursOf(r, m.Question)}
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

// readBase reads an entry; false where there is none, or the question has other best
// practices since.
func readBase(taken map[string]string, q *lens.Question) (base, bool) {
	words := strings.Fields(taken[q.ID])
	if len(words) != 3 || len(strings.TrimPrefix(words[0], "!")) != len(q.Practices)+1 {
		return base{}, false
	}
	return base{words[0], words[1], words[2]}, true
}

// oursOf is a digest of what the review says on a question.
func oursOf(r *review.Review, q *lens.Question) string {
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

// A Difference is how inputs of UpdateAnswer differ from what the WA Tool has today.
type Difference struct {
	Write     []UpdateAnswer // changed here, in the order of the inputs
	Same      int            // nothing is to be written
	Theirs    []Remark       // changed there alone, by question
	Conflicts []Remark       // changed here and there
	Missing   []string       // questions that are not among the answers of today
}

// CompareWithTool compares inputs, made of a review, with the answers that the WA Tool has today.
// Who changed a question since the last import is known by the record of that import, taken. A
// question that was never imported was changed there if it has an answer there. With
// overwrite, what was changed here and there is written as well.
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
		was, known := readBase(taken, m.Question)
		is := baseOf(r, m)
		ours := !known && answered || known && was.ours != is.ours
		theirs := known && (was.states != is.states || was.notes != "-" && is.notes != "-" && was.notes != is.notes) ||
			!known && (m.Answer.answered() || m.Answer.Notes != "")
		switch {
		case answered && u.agrees(m) && (m.Answer.HasNotes || !ours), !ours && !theirs:
			d.Same++
		case !theirs:
			write[id] = answered
		case ours:
			write[id] = overwrite
			d.Conflicts = append(d.Conflicts, Remark{id, m.changes(was, is, u, r)})
		default:
			d.Theirs = append(d.Theirs, Remark{id, m.changes(was, is, u, r)})
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

// agrees reports whether an input would change nothing there, as far as it can be seen.
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

// changes says what was changed there, and what the review has instead.
func (m *Match) changes(was, is base, u UpdateAnswer, r *review.Review) []string {
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
