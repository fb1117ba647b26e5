package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/spf13/cobra"
)

// narrowing is what part of a review to walk through, in how many minutes and with whom.
type narrowing struct {
	filter  interview.Filter
	only    string
	minutes int
	present []string // roles in the room
}

// everything is the word for --only that lets all through, whatever was
// remembered.
const everything = "all"

func (n *narrowing) flags(c *cobra.Command, to string) {
	scopeFlags(c, &n.filter.Scope, to+" (repeatable, or with commas; default: all)")
	choiceFlag(c, &n.only, "only", "", "", "only these", onlyValues())
	choiceFlag(c, (*string)(&n.filter.Severity), "severity", "", "", "only best practices of this severity", lens.Level("").Values())
	c.Flags().IntVar(&n.minutes, "minutes", 0, "minutes for questions: asks what fits into them, the most important first")
	c.Flags().StringSliceVar(&n.present, "present", nil, "roles that are in the room (repeatable, or with commas); questions without their owners wait")
	complete(c, "present", shipped.Lens().Roles())
}

func onlyValues() []string { return append(interview.Only("").Values(), everything) }

// given reports whether there is a filter, if only to have none.
func (n *narrowing) given() bool {
	return !n.filter.Scope.Empty() || n.only != "" || n.filter.Severity != ""
}

// check makes the filter, and says everything that is wrong with the flags.
func (n *narrowing) check(l *lens.Lens) error {
	errs := []error{checkScope(l, n.filter.Scope)}
	if n.only != "" {
		errs = append(errs, oneOf("--only", n.only, onlyValues()))
		if n.only != everything {
			n.filter.Only = interview.Only(n.only)
		}
	}
	if n.filter.Severity != "" {
		errs = append(errs, oneOf("--severity", string(n.filter.Severity), lens.Level("").Values()))
	}
	if n.minutes < 0 {
		errs = append(errs, fmt.Errorf("--minutes is a number of minutes such as 90, not %d", n.minutes))
	}
	known := l.Roles()
	if len(n.present) > 0 && len(known) == 0 {
		errs = append(errs, errors.New("--present: this lens does not say who should be in the room"))
		n.present = nil
	}
	for i, name := range n.present {
		at := slices.IndexFunc(known, func(role string) bool { return strings.EqualFold(role, strings.TrimSpace(name)) })
		if at < 0 {
			errs = append(errs, oneOf("--present", name, known))
			continue
		}
		n.present[i] = known[at]
	}
	return errors.Join(errs...)
}
