package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

type answerOptions struct {
	file, id, status string
	fields           recordFlags[review.Answer]
}

func (a *app) answerCommand() *cobra.Command {
	o := &answerOptions{}
	statuses := review.Status("").Values()
	c := &cobra.Command{
		Use:   "answer FILE ID STATUS",
		Short: "Answer one best practice, for scripts",
		Long: `Answer one best practice without a screen. Note, owner, due and evidence that
are not given stay as they were. STATUS is one of
  ` + strings.Join(statuses, ", ") + `
or unanswered, which takes the answer out of the file, with the history of what
it replaced; iotlens milestone keeps a copy of the file before that.`,
		Example: `  iotlens answer plant.review.yaml IOTSEC05-BP01 not_implemented --owner Marta --due 2027-01-31
  iotlens answer plant.review.yaml IOTSUS03-BP06 not_applicable --reason "No video on these devices."`,
		Args: args(3, 3, "FILE ID STATUS"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file, o.id, o.status = args[0], args[1], args[2]
			return a.answer(o)
		},
	}
	o.fields = flagsOf(c, review.AnswerFields())
	return c
}

func (a *app) answer(o *answerOptions) error {
	l, f, err := a.open(o.file)
	if err != nil {
		return err
	}
	p, ok := l.Practice(o.id)
	if !ok {
		return unknownID(l, o.id)
	}
	known := append(review.Status("").Values(), "unanswered")
	status := strings.ReplaceAll(strings.ToLower(o.status), "-", "_")
	n := f.Review.Answers[p.ID]
	n.Status, n.Reason, n.By, n.At = review.Status(status), "", "", a.stamp()
	errs := []error{oneOf("status", status, known), o.fields.put(&n)}
	if n.Status == review.NotApplicable && strings.TrimSpace(n.Reason) == "" {
		errs = append(errs, errors.New("not_applicable needs --reason"))
	}
	if n.Reason != "" && slices.Contains(known, status) && n.Status != review.NotApplicable {
		errs = append(errs, errors.New("--reason goes with not_applicable; --note takes any text"))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if status == "unanswered" {
		delete(f.Review.Answers, p.ID)
	} else {
		f.Review.Put(p.ID, n)
	}
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: %s is %s\n", disk.Shown(o.file), p.ID, strings.ReplaceAll(status, "_", " "))
	return nil
}
