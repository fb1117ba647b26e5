package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) answerCommand() *cobra.Command {
	var fields recordFlags[review.Answer]
	var all bool
	c := &cobra.Command{
		Use:   "answer FILE ID STATUS",
		Short: "Answer one best practice, for scripts",
		Long: `Answer one best practice from a script. Note, owner, due and deadline keep their
values unless you set them. So does evidence, unless the status changes: it then moves
to the history with the earlier answer. STATUS is one of
  ` + strings.Join(review.Status("").Values(), ", ") + `
or unanswered, which removes the answer and its history from the file; to keep a copy
of the file, run iotlens milestone first.

If a whole question does not apply, give the ID of the question and the STATUS
not_applicable, with one reason. This answers every best practice of the question that
is in scope and unanswered; with --all, also those that are answered.

` + datesHelp(),
		Example: `  iotlens answer plant.review.yaml IOTSEC05-BP01 not_implemented --owner Marta --due "end of March"
  iotlens answer plant.review.yaml IOTSEC09-BP01 partially_implemented --extent most --deadline 2027-12-11
  iotlens answer plant.review.yaml IOTSUS03-BP06 not_applicable --reason "No video on these devices."
  iotlens answer plant.review.yaml IOTSUS03 not_applicable --reason "We buy the boards."`,
		Args: rangeArgs(3, 3, "FILE ID STATUS"),
		RunE: a.withReview(func(l *lens.Lens, f *review.File, args []string) error {
			if q, ok := l.Question(args[1]); ok {
				return a.answerQuestion(l, f, q, args[2], fields, all)
			}
			if all {
				return errors.New("--all needs the id of a question, not of a best practice")
			}
			return a.answer(l, f, args[1], args[2], fields)
		}),
	}
	fields = addRecordFlags(c, review.AnswerFields())
	c.Flags().BoolVar(&all, "all", false, "with a question: also replace existing answers")
	return c
}

// normalizeStatus accepts a status with hyphens or capitals, such as not-applicable.
func normalizeStatus(s string) string { return strings.ReplaceAll(strings.ToLower(s), "-", "_") }

func (a *app) answer(l *lens.Lens, f *review.File, id, status string, fields recordFlags[review.Answer]) error {
	p, ok := l.Practice(id)
	if !ok {
		return unknownID(l, id)
	}
	status = normalizeStatus(status)
	before := f.Review.Answers[p.ID]
	n, err := a.newAnswer(before.Clone(), status, fields)
	if err != nil {
		return err
	}
	if status == "unanswered" {
		delete(f.Review.Answers, p.ID)
	} else {
		f.Review.PutAnswer(p.ID, n)
	}
	if err := f.Save(); err != nil {
		return err
	}
	details := ""
	for _, f := range review.AnswerFields() {
		if f.Kind == review.KindDate && fields.changed(f) && f.Text(n) != "" {
			details += fmt.Sprintf(", %s %s (%s)", f.Key, f.Text(n), dates.Describe(f.Text(n), a.today()))
		}
	}
	if before.Unconfirmed() && n.SameContent(before) {
		details += ", confirmed"
	}
	is := strings.ReplaceAll(status, "_", " ")
	if review.Status(status) == review.CannotDetermine {
		is = `answered with "don't know"`
	}
	fmt.Fprintf(a.Err, "%s: %s is %s%s\n", disk.DisplayPath(f.Path), p.ID, is, details)
	if left := n.CountDroppedEvidence(before); left > 0 && status != "unanswered" {
		fmt.Fprintf(a.Err, "%s: the evidence of the earlier answer (%s) is now in its history; add evidence for the new answer with --evidence\n", p.ID, text.Count(left, "piece"))
	}
	return nil
}

// newAnswer changes the status of an answer and applies the flags.
func (a *app) newAnswer(n review.Answer, status string, fields recordFlags[review.Answer]) (review.Answer, error) {
	known := append(review.Status("").Values(), "unanswered")
	n.SetStatus(review.Status(status))
	n.Reason = ""
	n.Sign("", a.timestamp())
	due := n.Due
	errs := []error{checkOneOf("status", status, known), fields.apply(&n, a.today())}
	if n.Due != due && n.Due != "" && dates.Past(n.Due, a.today()) {
		errs = append(errs, fmt.Errorf("--due: %s is in the past (%s); did you mean %s?", n.Due, dates.Describe(n.Due, a.today()), dates.NextOccurrence(n.Due, a.today())))
	}
	if n.Status == review.NotApplicable && strings.TrimSpace(n.Reason) == "" {
		errs = append(errs, errors.New("not_applicable needs --reason"))
	}
	for _, f := range review.AnswerFields() {
		if f.OnlyWithStatus != review.Unanswered && f.OnlyWithStatus != n.Status && f.Text(n) != "" && slices.Contains(known, status) {
			errs = append(errs, fmt.Errorf("--%s can only be used with %s; use --note for other text", f.Key, f.OnlyWithStatus))
		}
	}
	return n, errors.Join(errs...)
}
