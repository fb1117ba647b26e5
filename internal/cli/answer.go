package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

type answerOptions struct {
	file, id, status         string
	reason, note, owner, due string
	by                       string
	evidence                 []string
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
		RunE: func(c *cobra.Command, args []string) error {
			o.file, o.id, o.status = args[0], args[1], args[2]
			return a.answer(o, func(flag string) bool { return c.Flags().Changed(flag) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.reason, "reason", "", "why it does not apply; required with not_applicable")
	f.StringVar(&o.note, "note", "", "what was said")
	f.StringVar(&o.owner, "owner", "", "who closes the gap")
	f.StringVar(&o.due, "due", "", "by when, YYYY-MM-DD")
	f.StringArrayVar(&o.evidence, "evidence", nil, "what was shown: a link, a path, a record (repeatable)")
	f.StringVar(&o.by, "by", "", "who answers")
	return c
}

func (a *app) answer(o *answerOptions, given func(flag string) bool) error {
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
	errs := []error{oneOf("status", status, known)}
	if status == string(review.NotApplicable) && strings.TrimSpace(o.reason) == "" {
		errs = append(errs, errors.New("not_applicable needs --reason"))
	}
	if given("reason") && slices.Contains(known, status) && status != string(review.NotApplicable) {
		errs = append(errs, errors.New("--reason goes with not_applicable; --note takes any text"))
	}
	if o.due != "" {
		if err := review.CheckDate(o.due, false); err != nil {
			errs = append(errs, fmt.Errorf("--due: %w", err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if status == "unanswered" {
		delete(f.Review.Answers, p.ID)
	} else {
		n := f.Review.Answers[p.ID]
		n.Status, n.Reason, n.By, n.At = review.Status(status), o.reason, o.by, a.stamp()
		for flag, set := range map[string]func(){
			"note":     func() { n.Note = o.note },
			"owner":    func() { n.Owner = o.owner },
			"due":      func() { n.Due = o.due },
			"evidence": func() { n.Evidence = o.evidence },
		} {
			if given(flag) {
				set()
			}
		}
		f.Review.Put(p.ID, n)
	}
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: %s is %s\n", o.file, p.ID, strings.ReplaceAll(status, "_", " "))
	return nil
}
