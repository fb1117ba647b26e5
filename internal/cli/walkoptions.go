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

// walkOptions select the part of a review to walk through, the minutes for it, and the roles
// that are present.
type walkOptions struct {
	filter  interview.Filter
	only    string
	minutes int
	present []string // roles in the room
}

// onlyAll is the value of --only that removes the filter of the last session.
const onlyAll = "all"

// addFlags adds the flags. owners returns the owners of a review, for completion.
func (n *walkOptions) addFlags(c *cobra.Command, to string, owners func(args []string) []string) {
	scopeFlags(c, &n.filter.Scope, to+" (repeatable, or with commas; default: all)")
	enumFlag(c, &n.only, "only", "", "", "only best practices that are", onlyValues())
	enumFlag(c, (*string)(&n.filter.Severity), "severity", "", "", "only best practices of this severity", lens.Level("").Values())
	c.Flags().StringVar(&n.filter.Owner, "owner", "", "only what this person owns, according to an answer, a note, a waiver or a parked topic")
	_ = c.RegisterFlagCompletionFunc("owner", func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return owners(args), cobra.ShellCompDirectiveNoFileComp
	})
	c.Flags().IntVar(&n.minutes, "minutes", 0, "minutes for questions: ask as many as fit, the most important first")
	c.Flags().StringSliceVar(&n.present, "present", nil, "roles in the room (repeatable, or with commas); questions for absent roles are asked last")
	completeFlag(c, "present", shipped.Lens().Roles())
}

func onlyValues() []string { return append(interview.AnswerFilter("").Values(), onlyAll) }

// changed reports whether a flag of the filter was given, even if it selects everything.
func (n *walkOptions) changed() bool {
	return !n.filter.Scope.Empty() || n.only != "" || n.filter.Severity != "" || n.filter.Owner != ""
}

// check builds the filter, and returns all problems with the flags.
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
		errs = append(errs, fmt.Errorf("--minutes must be a number of minutes such as 90, not %d", n.minutes))
	}
	known := l.Roles()
	if len(n.present) > 0 && len(known) == 0 {
		errs = append(errs, errors.New("--present cannot be used: this lens has no roles"))
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

// resolveOwner replaces the owner by the same name as it is spelled in the review.
func (n *walkOptions) resolveOwner(r *review.Review) error {
	owners := r.Owners()
	i := slices.IndexFunc(owners, func(name string) bool { return review.PersonKey(name) == review.PersonKey(n.filter.Owner) })
	switch {
	case n.filter.Owner == "":
		return nil
	case len(owners) == 0:
		return errors.New("--owner: the review has no owners yet; to set one: iotlens answer FILE ID --owner NAME")
	case i < 0:
		return checkOneOf("--owner", n.filter.Owner, owners)
	}
	n.filter.Owner = owners[i]
	return nil
}

// ownersOf lists the owners in the review of the first argument, or in the only review of
// this folder. It is for completion and ignores errors.
func (a *app) ownersOf(args []string) []string {
	path := firstArg(args)
	if path == "" {
		found, err := disk.List(".", reviewSuffix, false)
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
