package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

func (a *app) initCommand() *cobra.Command {
	values := map[string]*[]string{}
	var scope review.Scope
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
			path := ""
			if len(args) == 1 {
				path = args[0]
			}
			return a.interruptible(func() error {
				f, err := a.init(path, values, scope, a.Terminal)
				if err != nil {
					return err
				}
				if err := f.Save(); err != nil {
					return err
				}
				fmt.Fprintf(a.Err, "wrote %s\nGo on: iotlens review %s\n", f.Path, a.again(f.Path))
				return nil
			})
		},
	}
	fieldFlags(c, shipped.Lens(), values)
	scopeFlags(c, &scope, "in scope of the review (repeatable, or with commas; default: all)")
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

// scopeFlagNames lists the flags of a scope.
func scopeFlagNames() []string {
	var names []string
	for _, d := range review.Dimensions() {
		if d.Flag {
			names = append(names, d.Name)
		}
	}
	return names
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

func (a *app) init(path string, values map[string]*[]string, scope review.Scope, prompt bool) (*review.File, error) {
	l, err := a.lens()
	if err != nil {
		return nil, err
	}
	r := &review.Review{Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Scope: scope}
	r.RecordRevision(l)
	errs := []error{checkScope(l, scope)}
	set := map[string]bool{}
	for _, f := range fields() {
		v := values[f.flag]
		if v == nil || len(*v) == 0 {
			continue
		}
		set[f.flag] = true
		if err := f.put(l, &r.Workload, *v); err != nil {
			errs = append(errs, fmt.Errorf("--%s: %w", f.flag, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if path != "" {
		if _, err := review.Create(path, r, l); err != nil { // before anybody types an answer
			return nil, err
		}
	}
	switch {
	case prompt:
		if err := describe(a.reader(), a.Out, l, &r.Workload, set); err != nil {
			return nil, err
		}
	case !set["name"]:
		return nil, errors.New("no terminal to prompt on; set --name")
	}
	if path == "" {
		path = slug(r.Workload.Name) + ".review.yaml"
	}
	return review.Create(path, r, l)
}

// slug makes a file name of a name.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	s := strings.Join(words, "-")
	if s == "" {
		return "workload"
	}
	return s
}
