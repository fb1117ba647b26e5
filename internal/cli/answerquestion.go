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

// answerQuestion answers a question that does not apply as a whole: what of it is open,
// and with all what is answered, too.
func (a *app) answerQuestion(l *lens.Lens, f *review.File, q *lens.Question, status string, fields recordFlags[review.Answer], all bool) error {
	if normalizeStatus(status) != string(review.NotApplicable) {
		var ids []string
		for _, p := range q.Practices {
			ids = append(ids, p.ID)
		}
		return fmt.Errorf("%s is a question, which only not_applicable answers as a whole; its best practices: %s", q.ID, strings.Join(ids, ", "))
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
		fmt.Fprintf(a.Err, "left as answered: %s; --all replaces that, too\n", strings.Join(left, ", "))
	}
	return nil
}
