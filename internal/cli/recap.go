package cli

import (
	"cmp"
	"fmt"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/recap"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/spf13/cobra"
)

func (a *app) recapCommand() *cobra.Command {
	var day string
	c := &cobra.Command{
		Use:   "recap FILE",
		Short: "Sum up a day of a review as a mail, by person",
		Long: `Sum up a day of a review in plain text, to send round after a workshop: by person
all their actions with due date, note and what to do, of whatever day; actions without
an owner; answers that changed and what they were before; waivers, parked topics, what
is to be verified and what is not assessed. Nothing is shortened.`,
		Example: `  iotlens recap plant.review.yaml
  iotlens recap plant.review.yaml --day 2026-11-20 | mail -s "IoT review" team@example.com`,
		Args: rangeArgs(1, 1, "FILE"),
		RunE: a.withReview(func(l *lens.Lens, f *review.File, _ []string) error {
			if day != "" {
				var err error
				if day, err = dates.Parse(day, a.today()); err != nil {
					return fmt.Errorf("--day: %w", err)
				}
			}
			assessed := scoring.Assess(l, f.Review, scoring.Options{Today: a.today()})
			return a.print(recap.Text(recap.New(assessed, cmp.Or(day, a.today())), a.fileArgs(f.Path)))
		}),
	}
	c.Flags().StringVar(&day, "day", "", "the day to sum up, in UTC, as 2026-11-20 or yesterday (default: today)")
	return c
}
