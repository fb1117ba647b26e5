package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

type initOptions struct {
	path   string               // empty: made of the name of the workload
	values map[string]*[]string // of the flags that describe a workload
	scope  review.Scope
}

func (a *app) initCommand() *cobra.Command {
	o := &initOptions{values: map[string]*[]string{}}
	c := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Describe a workload and make its review file",
		Long: `Describe a workload and make its review file, by prompts on a terminal or by
flags. The profile decides which best practices apply and how much a gap weighs.
Without FILE the name of the workload gives it.`,
		Example: `  iotlens init
  iotlens init plant.review.yaml --name "Plant telemetry" --segment industrial --stage production \
      --device-class mpu,mcu --protocol mqtt,opc-ua --fleet-size 1200 --field-updatable yes`,
		Args: args(0, 1, "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.path = first(args)
			return a.interruptible(func() error { return a.init(o) })
		},
	}
	fieldFlags(c, shipped.Lens(), o.values)
	scopeFlags(c, &o.scope, "in scope of the review (repeatable, or with commas; default: all)")
	return c
}

// scopeFlags adds the flags of a scope; one that the command has already, as init
// has --scenario, is left alone.
func scopeFlags(c *cobra.Command, s *review.Scope, help string) {
	for _, d := range review.Dimensions() {
		if !d.Flag || c.Flags().Lookup(d.Name) != nil {
			continue
		}
		known := d.Known(shipped.Lens())
		c.Flags().StringSliceVar(d.List(s), d.Name, nil, d.Name+" "+help+": "+strings.Join(known, ", "))
		complete(c, d.Name, known)
	}
}

// checkScope refuses what the lens doesn't have, all at once.
func checkScope(l *lens.Lens, s review.Scope) error {
	var errs []error
	for _, d := range review.Dimensions() {
		for _, id := range d.IDs(s) {
			errs = append(errs, oneOf(d.Name, id, d.Known(l)))
		}
	}
	return errors.Join(errs...)
}

func (a *app) init(o *initOptions) error {
	f, err := a.start(o, a.Terminal)
	if err != nil {
		return err
	}
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "wrote %s\nNext: iotlens review %s\n", disk.Shown(f.Path), a.again(f.Path))
	return nil
}

// start makes the file of a new review, which is not written yet.
func (a *app) start(o *initOptions, prompt bool) (*review.File, error) {
	l, err := a.lens()
	if err != nil {
		return nil, err
	}
	r := &review.Review{Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Scope: o.scope}
	r.RecordRevision(l)
	errs := []error{checkScope(l, o.scope)}
	set := func(flag string) bool { return o.values[flag] != nil && len(*o.values[flag]) > 0 }
	for _, f := range fields() {
		if !set(f.flag) {
			continue
		}
		if err := f.put(l, &r.Workload, *o.values[f.flag]); err != nil {
			errs = append(errs, fmt.Errorf("--%s: %w", f.flag, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if disk.Exists(o.path) { // before anybody types an answer
		return nil, fmt.Errorf("%s: %w", disk.Shown(o.path), disk.ErrExists)
	}
	switch {
	case prompt:
		if err := describe(a.reader(), a.Out, l, &r.Workload, set); err != nil {
			return nil, err
		}
	case !set("name"):
		return nil, errors.New("no terminal to prompt on; set --name")
	}
	f, err := review.Create(cmp.Or(o.path, slug(r.Workload.Name)+".review.yaml"), r, l)
	if err == nil {
		f.Options = a.writing()
	}
	return f, err
}

// slug makes a file name of a name.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return cmp.Or(strings.Join(words, "-"), "workload")
}
