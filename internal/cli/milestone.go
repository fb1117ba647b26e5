package cli

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/spf13/cobra"
)

func (a *app) milestoneCommand() *cobra.Command {
	var by string
	var list bool
	run := func(l *lens.Lens, f *review.File, args []string) error {
		if list {
			return a.listMilestones(l, f)
		}
		path, err := f.TakeMilestone(review.Milestone{Name: args[1], At: a.timestamp(), By: by}, a.today())
		if err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s: %s answered; lens %s, revision %d\n", disk.DisplayPath(path), text.Count(len(f.Review.Answers), "best practice"), f.Review.LensVersion, f.Review.AskedRevision())
		return nil
	}
	c := &cobra.Command{
		Use:   "milestone FILE NAME | FILE --list",
		Short: "Freeze a copy of a review, or list the frozen copies",
		Long: `Freeze a copy of a review as it is now, for example after a workshop or before a
release. The copy is written to milestones/<review>/<day>-<name>.yaml next to the
review. It loads like any review and is never changed. In the review itself, the history
of the answers starts again. Either both files are written or neither.

--list shows the milestones of a review: day, score, coverage, questions at high risk,
open findings, and the lens with which they were asked. iotlens trend draws them, and
iotlens report --since compares with one.`,
		Example: `  iotlens milestone plant.review.yaml "Before launch"
  iotlens milestone plant.review.yaml --list
  iotlens report milestones/plant/2026-11-24-before-launch.yaml`,
		Args: func(c *cobra.Command, given []string) error {
			if list {
				return rangeArgs(1, 1, "FILE --list")(c, given)
			}
			return rangeArgs(2, 2, "FILE NAME, or FILE --list")(c, given)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list && disk.IsFolder(args[0]) {
				return fmt.Errorf("%s: is a folder; give one review. To show the milestones of all reviews in it: iotlens trend %s", disk.DisplayPath(args[0]), a.fileArgs(args[0]))
			}
			return a.withReview(run)(c, args)
		},
	}
	c.Flags().StringVar(&by, "by", "", "who creates the milestone; saved in it")
	c.Flags().BoolVar(&list, "list", false, "list the milestones of the review")
	return c
}

// listMilestones prints the milestones of a review. It returns an error for those that
// cannot be read.
func (a *app) listMilestones(l *lens.Lens, f *review.File) error {
	list, unread := a.milestonesOf(f.Path, l, "")
	if len(list) == 0 && unread == nil {
		fmt.Fprintf(a.Err, "%s: has no milestone; to create one: iotlens milestone %s NAME\n", disk.DisplayPath(f.Path), a.fileArgs(f.Path))
		return nil
	}
	if len(list) > 0 {
		var states []trend.State
		for _, s := range list {
			states = append(states, s.trend())
		}
		now := scoring.Assess(l, f.Review, scoring.Options{Today: a.today()})
		states = append(states, trend.StateOf(trend.StateNow, a.today(), "", now, 0))
		if err := a.print(trend.MilestoneTable(trend.NewSeries("", "", "", "", states).States)); err != nil {
			return err
		}
	}
	return unread
}
