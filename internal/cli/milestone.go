package cli

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) milestoneCommand() *cobra.Command {
	var by string
	c := &cobra.Command{
		Use:   "milestone FILE NAME",
		Short: "Freeze a copy of a review",
		Long: `Freeze a copy of a review as it is now, as after a workshop or before a release.
The copy goes to milestones/<review>/<day>-<name>.yaml beside the review, loads
like any review, and is never changed. In the review itself the history of the
answers begins anew. Both happen or neither.`,
		Example: `  iotlens milestone plant.review.yaml "Before launch"
  iotlens report milestones/plant/2026-11-24-before-launch.yaml`,
		Args: args(2, 2, "FILE NAME"),
		RunE: a.onReview(func(_ *lens.Lens, f *review.File, args []string) error {
			path, err := f.TakeMilestone(review.Milestone{Name: args[1], At: a.stamp(), By: by}, a.today())
			if err != nil {
				return err
			}
			fmt.Fprintf(a.Err, "wrote %s: %s answered; lens %s, revision %d\n", disk.Shown(path), text.Count(len(f.Review.Answers), "best practice"), f.Review.LensVersion, f.Review.AskedRevision())
			return nil
		}),
	}
	c.Flags().StringVar(&by, "by", "", "who makes the copy; written into it")
	return c
}
