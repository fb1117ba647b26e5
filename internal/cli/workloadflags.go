package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

// workloadFlags are the values of the flags that describe a workload, by flag name.
type workloadFlags map[string]*[]string

// add adds a flag for each field of a workload.
func (d workloadFlags) add(c *cobra.Command, l *lens.Lens) {
	for _, f := range review.WorkloadFields() {
		v := new([]string)
		d[f.Flag] = v
		help := f.Help
		if known := lens.TermIDs(f.Terms(l)); len(known) > 0 {
			help += ": " + strings.Join(known, ", ")
			completeFlag(c, f.Flag, known)
		}
		if f.IsList() {
			c.Flags().StringSliceVar(v, f.Flag, nil, help+" (repeatable, or with commas)")
		} else {
			c.Flags().StringArrayVar(v, f.Flag, nil, help)
		}
	}
}

// changed reports whether any of the flags was given.
func (d workloadFlags) changed() bool {
	for _, v := range d {
		if len(*v) > 0 {
			return true
		}
	}
	return false
}

// apply sets the fields whose flags were given, and returns all problems with them.
func (d workloadFlags) apply(l *lens.Lens, w *review.Workload, today string) error {
	var errs []error
	for _, f := range review.WorkloadFields() {
		if d[f.Flag] == nil || len(*d[f.Flag]) == 0 {
			continue
		}
		values := slices.Clone(*d[f.Flag])
		if f.IsDate() && values[0] != review.Unknown {
			day, err := parseDay(f.Flag, values[0], today)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			values[0] = day
		}
		if err := f.Set(l, w, values); err != nil {
			errs = append(errs, fmt.Errorf("--%s: %w", f.Flag, err))
		}
	}
	return errors.Join(errs...)
}
