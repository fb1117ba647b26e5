package cli

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// answerQuestion answers a question that does not apply: its unanswered best practices, and
// with all also the answered ones.
func (a *app) answerQuestion(l *lens.Lens, f *review.File, q *lens.Question, status string, fields recordFlags[review.Answer], all bool) error {
	if normalizeStatus(status) != string(review.NotApplicable) {
		var ids []string
		for _, p := range q.Practices {
			ids = append(ids, p.ID)
		}
		return fmt.Errorf("%s is a question, and a whole question can only be answered not_applicable; its best practices are %s", q.ID, strings.Join(ids, ", "))
	}
	w := interview.New(l, f.Review, interview.Filter{})
	if !w.GoToID(q.ID) {
		return fmt.Errorf("%s is not in the scope of %s", q.ID, disk.DisplayPath(f.Path))
	}
	stops, answered := w.QuestionPractices()
	if all {
		stops, answered = append(stops, answered...), nil
	}
	answers := map[string]review.Answer{}
	for _, s := range stops {
		n, err := a.newAnswer(f.Review.Answers[s.Practice.ID], string(review.NotApplicable), fields)
		if err != nil {
			return err
		}
		answers[s.Practice.ID] = n
	}
	if err := w.SetAnswers(answers); err != nil {
		return err
	}
	if err := f.Save(); err != nil {
		return err
	}
	if len(stops) > 0 {
		fmt.Fprintf(a.Err, "%s: %s: %s not applicable\n", disk.DisplayPath(f.Path), q.ID, text.Plural(len(stops), "best practice is", "best practices are"))
	}
	var left []string
	for _, s := range answered {
		words := s.Practice.ID
		if given, ok := f.Review.Answers[s.Practice.ID]; ok {
			words += " (" + given.Status.Words() + ")"
		}
		left = append(left, words)
	}
	if len(left) > 0 {
		fmt.Fprintf(a.Err, "not changed, because already answered: %s; to replace them, set --all\n", strings.Join(left, ", "))
	}
	return nil
}
