package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// allTyped is typed to replace existing answers, too.
const allTyped = "all"

// A wholeQuestion is a question to answer as not applicable as a whole.
type wholeQuestion struct {
	id             string
	open, answered []interview.Stop
}

// currentWholeQuestion returns the current question; false, with a message, if all of it is
// answered as not applicable already.
func (s *Session) currentWholeQuestion() (q wholeQuestion, ok bool) {
	stop, ok := s.Walk.Current()
	if !s.orNotify(ok, interview.ErrAtEnd.Error()) {
		return q, false
	}
	q.id = stop.Question.ID
	q.open, q.answered = s.Walk.QuestionPractices()
	q.answered = slices.DeleteFunc(q.answered, func(stop interview.Stop) bool {
		a, answered := s.Walk.Review().Answers[stop.Practice.ID]
		return !answered || a.Status == review.NotApplicable
	})
	return q, s.orNotify(len(q.open)+len(q.answered) > 0, "All of "+q.id+" is answered as not applicable already.")
}

// reasonPrompt asks why the question does not apply.
func (q wholeQuestion) reasonPrompt() string {
	return fmt.Sprintf("why does %s as a whole not apply (%s)", q.id, text.Count(len(q.open)+len(q.answered), "best practice"))
}

// replacePrompt asks whether to replace existing answers; empty if there are none.
func (q wholeQuestion) replacePrompt() string {
	switch n, open := len(q.answered), len(q.open); {
	case n == 0:
		return ""
	case open == 0:
		return fmt.Sprintf("all %d are answered otherwise: %q replaces that", n, allTyped)
	default:
		return fmt.Sprintf("%s otherwise: Enter leaves that, %q replaces it", text.Plural(n, "is answered", "are answered"), allTyped)
	}
}

// answerNotApplicable answers the open best practices of a question as not applicable, and,
// if all, also those that are answered. It is one change.
func (s *Session) answerNotApplicable(q wholeQuestion, reason string, all bool) error {
	stops := q.open
	if all {
		stops = append(stops[:len(stops):len(stops)], q.answered...)
	}
	if len(stops) == 0 {
		s.notify("%s", nothingChanged)
		return nil
	}
	answers := map[string]review.Answer{}
	for _, stop := range stops {
		id := stop.Practice.ID
		answers[id] = s.withStatus(id, review.NotApplicable, reason, "")
	}
	if err := s.finishAnswer(s.Walk.SetAnswers(answers)); err != nil {
		return err
	}
	left := ""
	if n := len(q.answered); n > 0 && !all {
		left = fmt.Sprintf(" %s.", text.Plural(n, "answer stays as it was", "answers stay as they were"))
	}
	s.notify("%s of %s: not applicable.%s u undoes it.", text.Count(len(stops), "best practice"), q.id, left)
	return nil
}

// errNoReason is returned for not applicable without a reason.
var errNoReason = errors.New("not applicable needs a reason; Esc leaves it open")

// askWhole asks why the current question does not apply as a whole and, if some of it is
// answered, whether to replace that.
func (m *model) askWhole() {
	q, ok := m.currentWholeQuestion()
	if !ok {
		return
	}
	subject := q.id + ", why it does not apply"
	replace := q.replacePrompt()
	p := prompt{label: q.reasonPrompt(), subject: subject, suggestions: m.suggestions(detailReason), moreFollow: replace != ""}
	p.onEnter = func(reason string) error {
		if reason == "" {
			return errNoReason
		}
		if replace == "" {
			return m.answerNotApplicable(q, reason, false)
		}
		m.ask(prompt{label: replace, subject: subject, onEnter: func(typed string) error {
			switch strings.ToLower(typed) {
			case "", allTyped:
				return m.answerNotApplicable(q, reason, typed != "")
			}
			return fmt.Errorf("%q is not known here: Enter or %s; Esc leaves it open", typed, allTyped)
		}}, "")
		return nil
	}
	m.ask(p, "")
}

// answerWhole answers the current question as not applicable, with one reason.
func (l *Line) answerWhole(reason string) (moved bool) {
	if l.Walk.ReadOnly {
		return l.succeeded(interview.ErrReadOnly)
	}
	q, ok := l.currentWholeQuestion()
	if !ok {
		return false
	}
	if reason = l.argOrSuggestion(reason, q.reasonPrompt(), l.suggestions(detailReason)); reason == "" {
		l.printf("Not applicable needs a reason; nothing was changed.")
		return false
	}
	all := false
	if asked := q.replacePrompt(); asked != "" {
		all = strings.EqualFold(l.argOrAsk("", asked), allTyped)
	}
	if !l.succeeded(l.answerNotApplicable(q, reason, all)) || len(q.open) == 0 && !all {
		return false
	}
	l.Walk.Next()
	return true
}
