package cli

import (
	"errors"
	"fmt"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/spf13/cobra"
)

// narrowing is what part of a review to walk through, and in how many minutes.
type narrowing struct {
	filter  interview.Filter
	only    string
	minutes int
}

// everything is the word for --only that lets all through, whatever was
// remembered.
const everything = "all"

func (n *narrowing) flags(c *cobra.Command, to string) {
	scopeFlags(c, &n.filter.Scope, to+" (repeatable, or with commas; default: all)")
	choiceFlag(c, &n.only, "only", "", "", "only these", onlyValues())
	choiceFlag(c, (*string)(&n.filter.Severity), "severity", "", "", "only best practices of this severity", lens.Level("").Values())
	c.Flags().IntVar(&n.minutes, "minutes", 0, "minutes planned for questions; where they don't suffice, what matters most is offered")
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
	return errors.Join(errs...)
}
