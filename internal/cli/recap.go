package cli

import (
	"cmp"

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
		Short: "Summarise a day of a review by person, as a mail",
		Long: `Summarise a day of a review in plain text, to send after a workshop: for each person
all actions with due date, note and what to do, from any day; actions without an owner;
answers that changed on the day and what they were before; waivers, parked topics, what
has to be verified and what is not assessed. Nothing is shortened.`,
		Example: `  iotlens recap plant.review.yaml
  iotlens recap plant.review.yaml --day 2026-11-20 | mail -s "IoT review" team@example.com`,
		Args: rangeArgs(1, 1, "FILE"),
		RunE: a.withReview(func(l *lens.Lens, f *review.File, _ []string) error {
			if day != "" {
				var err error
				if day, err = parseDay("day", day, a.today()); err != nil {
					return err
				}
			}
			assessed := scoring.Assess(l, f.Review, scoring.Options{Today: a.today()})
			return a.print(recap.Text(recap.New(assessed, cmp.Or(day, a.today())), a.fileArgs(f.Path)))
		}),
	}
	c.Flags().StringVar(&day, "day", "", "day to summarise, in UTC, such as 2026-11-20 or yesterday (default: today)")
	return c
}
