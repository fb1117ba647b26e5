package cli

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/runsheet"
	"github.com/spf13/cobra"
)

type runsheetOptions struct {
	walkOptions
	file   string // review; empty for a run sheet of the lens
	output string // empty: stdout
}

func (a *app) runsheetCommand() *cobra.Command {
	o := &runsheetOptions{}
	c := &cobra.Command{
		Use:   "runsheet [FILE]",
		Short: "Write a run sheet for the facilitator of a workshop",
		Long: `Write a run sheet as Markdown: agenda with times and breaks, who should be in the
room, ground rules, and a card for each question with what to ask, what good sounds
like, red flags and the evidence to look at. Without FILE, it covers the whole lens.

With --minutes, the agenda has as many open questions as fit, the most important first:
the core questions that no workshop should skip, then those with the most risk per
minute. With --present, questions whose roles are all absent come last; core questions
keep their place and are marked "owner absent".

iotlens review --facilitator SHEET also writes a run sheet, then starts the review.`,
		Example: `  iotlens runsheet plant.review.yaml --minutes 120 -o monday.md
  iotlens runsheet plant.review.yaml --minutes 60 --present "firmware lead,cloud architect"
  iotlens runsheet --pillar security`,
		Args: rangeArgs(0, 1, "[FILE]"),
		RunE: a.withLens(func(l *lens.Lens, args []string) error {
			o.file = firstArg(args)
			return a.runsheet(l, o)
		}),
	}
	o.addFlags(c, "to ask about", a.ownersOf)
	c.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output)")
	return c
}

func (a *app) runsheet(l *lens.Lens, o *runsheetOptions) error {
	if err := o.check(l); err != nil {
		return err
	}
	var r *review.Review
	if o.filter.Owner != "" && o.file == "" {
		return errors.New("--owner needs a review: iotlens runsheet FILE --owner NAME")
	}
	if o.file != "" {
		f, err := a.openReview(o.file, l)
		if err != nil {
			return err
		}
		r = f.Review
		if err := o.resolveOwner(r); err != nil {
			return fmt.Errorf("%s: %w", disk.DisplayPath(o.file), err)
		}
	}
	return a.writeSheet(o.output, l, r, o.filter, interview.Plan{Minutes: o.minutes, Present: o.present})
}

// writeSheet writes a run sheet to a file, or to standard output without a path. It only
// replaces a file that is a run sheet.
func (a *app) writeSheet(path string, l *lens.Lens, r *review.Review, filter interview.Filter, plan interview.Plan) error {
	if disk.IsFile(path) {
		was, err := disk.Read(path, maxFileSize)
		if err != nil {
			return err
		}
		if len(was) > 0 && !bytes.HasPrefix(was, []byte(runsheet.Title)) {
			return fmt.Errorf("%s: already exists and is not a run sheet; nothing was changed", disk.DisplayPath(path))
		}
	}
	page := runsheet.Markdown(runsheet.New(l, r, filter, plan))
	return a.writeOutput(path, []byte(page), "")
}
