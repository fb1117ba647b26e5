package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

type waiveOptions struct {
	fields recordFlags[review.Waiver]
	remove bool
	extend string // new end of the waiver
}

func (a *app) waiveCommand() *cobra.Command {
	o := &waiveOptions{}
	c := &cobra.Command{
		Use:   "waive FILE ID",
		Short: "Accept a finding for a limited time, or remove the waiver",
		Long: `Accept a finding for a limited time. Until the day of --expires, the gate counts its
best practice as in place, with a warning in the last weeks; from that day on, the gate
fails because of the expired waiver. Reports still show the finding, with the waiver. An
existing waiver is replaced; --extend gives it a later end and keeps all else.

` + datesHelp(),
		Example: `  iotlens waive plant.review.yaml IOTSEC05-BP01 --owner Marta --approver "R. Lind" --expires 2027-03-31 \
      --reason "The new PKI starts in March." --control "Claims are valid for two hours, one line at a time."
  iotlens waive plant.review.yaml IOTSEC05-BP01 --extend "end of Q2"
  iotlens waive plant.review.yaml IOTSEC05-BP01 --remove`,
		Args: rangeArgs(2, 2, "FILE ID"),
		RunE: a.withReview(func(l *lens.Lens, f *review.File, args []string) error {
			return a.waive(o, l, f, args[1])
		}),
	}
	o.fields = addRecordFlags(c, review.WaiverFields())
	c.Flags().BoolVar(&o.remove, "remove", false, "remove the waiver")
	c.Flags().StringVar(&o.extend, "extend", "", "new end of the existing waiver, the first day on which it no longer applies: "+dates.Examples)
	return c
}

func (a *app) waive(o *waiveOptions, l *lens.Lens, f *review.File, id string) error {
	p, ok := l.Practice(id)
	if !ok {
		return unknownID(l, id)
	}
	if o.remove && o.extend != "" {
		return errors.New("--remove and --extend cannot be used together")
	}
	if o.remove {
		return a.unwaive(o, f, p.ID)
	}
	w := review.Waiver{Practice: p.ID}
	if o.extend != "" {
		until, err := parseDay("extend", o.extend, a.today())
		if err != nil {
			return err
		}
		before, _, exists := f.Review.Waiver(p.ID)
		switch {
		case !exists:
			return fmt.Errorf("%s has no waiver to extend", p.ID)
		case o.fields.flags.Changed("expires"):
			return errors.New("--extend and --expires cannot be used together")
		case until <= before.Expires:
			return fmt.Errorf("the waiver of %s already lasts until %s; to set an earlier day, use --expires", p.ID, before.Expires)
		}
		w = before
		w.Expires, w.By = until, ""
	}
	w.At = a.timestamp()
	unread := o.fields.apply(&w, a.today())
	if unread != nil && w.Expires == "" && o.fields.flags.Changed("expires") {
		w.Expires = "9999-12-31" // a valid date, so that the other fields are checked, too
	}
	q, _ := l.Question(p.Question)
	if err := errors.Join(unread, review.CheckWaiver(w, choice.Of(q, p.ID, f.Review.Answers).Answer, a.today())); err != nil {
		return err
	}
	before, replaced := f.Review.PutWaiver(w)
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: %s is waived until %s (owner %s, approved by %s)\n", disk.DisplayPath(f.Path), p.ID, w.Expires, w.Owner, w.Approver)
	if replaced {
		fmt.Fprintf(a.Err, "this replaces the waiver until %s (owner %s, approved by %s)\n", before.Expires, before.Owner, before.Approver)
	}
	return nil
}

func (a *app) unwaive(o *waiveOptions, f *review.File, practice string) error {
	if i := slices.IndexFunc(o.fields.fields, o.fields.changed); i >= 0 {
		return fmt.Errorf("--remove and --%s cannot be used together", o.fields.fields[i].Key)
	}
	if !f.Review.RemoveWaiver(practice) {
		return fmt.Errorf("%s has no waiver", practice)
	}
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: the waiver of %s was removed\n", disk.DisplayPath(f.Path), practice)
	return nil
}
