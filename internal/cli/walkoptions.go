package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
)

// walkOptions is what part of a review to walk through, in how many minutes and with whom.
type walkOptions struct {
	filter  interview.Filter
	only    string
	minutes int
	present []string // roles in the room
}

// onlyAll is the word for --only that lets all through, whatever was
// remembered.
const onlyAll = "all"

// addFlags adds the flags; owners lists those of the review that the arguments name.
func (n *walkOptions) addFlags(c *cobra.Command, to string, owners func(args []string) []string) {
	scopeFlags(c, &n.filter.Scope, to+" (repeatable, or with commas; default: all)")
	enumFlag(c, &n.only, "only", "", "", "only these", onlyValues())
	enumFlag(c, (*string)(&n.filter.Severity), "severity", "", "", "only best practices of this severity", lens.Level("").Values())
	c.Flags().StringVar(&n.filter.Owner, "owner", "", "only what this person owns: an answer, a note before it, a waiver or a parked topic names them")
	_ = c.RegisterFlagCompletionFunc("owner", func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return owners(args), cobra.ShellCompDirectiveNoFileComp
	})
	c.Flags().IntVar(&n.minutes, "minutes", 0, "minutes for questions: asks what fits into them, the most important first")
	c.Flags().StringSliceVar(&n.present, "present", nil, "roles that are in the room (repeatable, or with commas); questions without their owners wait")
	completeFlag(c, "present", shipped.Lens().Roles())
}

func onlyValues() []string { return append(interview.AnswerFilter("").Values(), onlyAll) }

// changed reports whether there is a filter, if only to have none.
func (n *walkOptions) changed() bool {
	return !n.filter.Scope.Empty() || n.only != "" || n.filter.Severity != "" || n.filter.Owner != ""
}

// check makes the filter, and says everything that is wrong with the flags.
func (n *walkOptions) check(l *lens.Lens) error {
	errs := []error{checkScope(l, n.filter.Scope)}
	if n.only != "" {
		errs = append(errs, checkOneOf("--only", n.only, onlyValues()))
		if n.only != onlyAll {
			n.filter.Only = interview.AnswerFilter(n.only)
		}
	}
	if n.filter.Severity != "" {
		errs = append(errs, checkOneOf("--severity", string(n.filter.Severity), lens.Level("").Values()))
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
			errs = append(errs, checkOneOf("--present", name, known))
			continue
		}
		n.present[i] = known[at]
	}
	return errors.Join(errs...)
}

// resolveOwner checks the owner against a review, and takes the spelling that it has there.
func (n *walkOptions) resolveOwner(r *review.Review) error {
	owners := r.Owners()
	i := slices.IndexFunc(owners, func(name string) bool { return review.PersonKey(name) == review.PersonKey(n.filter.Owner) })
	switch {
	case n.filter.Owner == "":
		return nil
	case len(owners) == 0:
		return errors.New("--owner: the review names no owner yet; iotlens answer FILE ID --owner NAME sets one")
	case i < 0:
		return checkOneOf("--owner", n.filter.Owner, owners)
	}
	n.filter.Owner = owners[i]
	return nil
}

// ownersOf lists the owners of the review that the first argument names, or of the one
// review of this folder: for completion, so it says nothing of what cannot be read.
func (a *app) ownersOf(args []string) []string {
	path := firstArg(args)
	if path == "" {
		found, err := disk.List(".", ".review.yaml", false)
		if err != nil || len(found) != 1 {
			return nil
		}
		path = found[0]
	}
	data, err := disk.Read(path, maxFileSize)
	if err != nil {
		return nil
	}
	f, err := review.Open(path, data, nil)
	if err != nil {
		return nil
	}
	return f.Review.Owners()
}
