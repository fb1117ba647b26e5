package cli

import (
	"errors"
	"fmt"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

type waiveOptions struct {
	file, id string
	waiver   review.Waiver
	remove   bool
}

func (a *app) waiveCommand() *cobra.Command {
	o := &waiveOptions{}
	c := &cobra.Command{
		Use:   "waive FILE ID",
		Short: "Accept a finding for a time, or take that back",
		Long: `Accept a finding for a time. The gate then counts its best practice as in place
until the day of --expires, warns in the weeks before it, and from that day on
fails by its name. Every report keeps the finding and names the waiver. A waiver
that is there already is replaced.`,
		Example: `  iotlens waive plant.review.yaml IOTSEC05-BP01 --owner Marta --approver "R. Lind" --expires 2027-03-31 \
      --reason "The new PKI starts in March." --control "Claims are valid for two hours, one line at a time."
  iotlens waive plant.review.yaml IOTSEC05-BP01 --remove`,
		Args: args(2, 2, "FILE ID"),
		RunE: func(c *cobra.Command, args []string) error {
			o.file, o.id = args[0], args[1]
			return a.waive(o, func(flag string) bool { return c.Flags().Changed(flag) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.waiver.Owner, "owner", "", "who carries the risk (required)")
	f.StringVar(&o.waiver.Approver, "approver", "", "who accepts it (required)")
	f.StringVar(&o.waiver.Reason, "reason", "", "why it is accepted (required)")
	f.StringVar(&o.waiver.Control, "control", "", "the compensating control")
	f.StringVar(&o.waiver.Expires, "expires", "", "the first day on which it no longer holds, YYYY-MM-DD (required)")
	f.StringVar(&o.waiver.By, "by", "", "who writes it down")
	f.BoolVar(&o.remove, "remove", false, "take the waiver away")
	return c
}

func (a *app) waive(o *waiveOptions, given func(flag string) bool) error {
	l, f, err := a.open(o.file)
	if err != nil {
		return err
	}
	p, ok := l.Practice(o.id)
	if !ok {
		return unknownID(l, o.id)
	}
	o.waiver.Practice = p.ID
	if o.remove {
		return a.unwaive(o, f, given)
	}
	o.waiver.At = a.stamp()
	answer := f.Review.Answers[p.ID]
	errs := []error{o.waiver.Check()}
	if !answer.Finding() {
		errs = append(errs, fmt.Errorf("%s is %s, which is no finding: there is nothing to waive", p.ID, answer.Status.Words()))
	}
	if review.CheckDate(o.waiver.Expires, false) == nil && o.waiver.Expires <= a.today() {
		errs = append(errs, fmt.Errorf("a waiver that ends on %s holds on no day: it is %s", o.waiver.Expires, a.today()))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	before, replaced := f.Review.PutWaiver(o.waiver)
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: %s is waived until %s (owner %s, approved by %s)\n", o.file, p.ID, o.waiver.Expires, o.waiver.Owner, o.waiver.Approver)
	if replaced {
		fmt.Fprintf(a.Err, "it replaces a waiver until %s (owner %s, approved by %s)\n", before.Expires, before.Owner, before.Approver)
	}
	return nil
}

func (a *app) unwaive(o *waiveOptions, f *review.File, given func(flag string) bool) error {
	for _, flag := range []string{"owner", "approver", "reason", "control", "expires"} {
		if given(flag) {
			return fmt.Errorf("--remove takes the waiver away; --%s goes with a new one", flag)
		}
	}
	if !f.Review.DropWaiver(o.waiver.Practice) {
		return fmt.Errorf("%s has no waiver", o.waiver.Practice)
	}
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: the waiver of %s is taken away\n", o.file, o.waiver.Practice)
	return nil
}
