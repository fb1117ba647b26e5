package cli

import (
	"errors"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/spf13/cobra"
)

type diffOptions struct {
	oldBank, newBank string
	format           string
	scoring          scoring.Mode
}

func (a *app) diffCommand() *cobra.Command {
	o := &diffOptions{}
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what got better and what got worse between two reviews",
		Long: `Say what changed from one state of a review to another: findings that are new,
regressed, still open or resolved, scores and risks that moved, answers that
changed and who changed them, and what the lens added, dropped or reworded.

A finding is resolved where the newer state says that it is in place or does not
apply. What is out of scope now, no longer answered or no longer asked is gone,
which is no pass; what nobody can say any more is unknown.

OLD and NEW are review files, saved JSON reports or reviews in AWS's open schema;
the content tells which. Of a lens that was answered and is not at hand, what it
reworded cannot be told in full: --old-bank and --new-bank take it.`,
		Example: `  iotlens diff plant.milestone.yaml plant.review.yaml
  git show v1.0:plant.review.yaml > old.yaml && iotlens diff old.yaml plant.review.yaml
  iotlens diff march.json plant.review.yaml -f markdown`,
		Args: rangeArgs(2, 2, "OLD NEW"),
		RunE: func(_ *cobra.Command, args []string) error { return a.diff(args[0], args[1], o) },
	}
	enumFlag(c, &o.format, "format", "f", "text", "format; schemas/diff.schema.json is that of json", report.DiffFormats().Names())
	c.Flags().StringVar(&o.oldBank, "old-bank", "", "bank that OLD answered, where it is not the one of this run")
	c.Flags().StringVar(&o.newBank, "new-bank", "", "bank that NEW answered, where it is not the one of this run")
	scoringFlag(c, &o.scoring)
	return c
}

func (a *app) diff(old, current string, o *diffOptions) error {
	format, err := report.DiffFormats().Find(o.format)
	if err := errors.Join(err, checkScoring(o.scoring)); err != nil {
		return err
	}
	older, err := a.snapshot(old, snapshotOptions{bank: o.oldBank, mode: o.scoring})
	if err != nil {
		return err
	}
	newer, err := a.snapshot(current, snapshotOptions{bank: o.newBank, mode: o.scoring})
	if err != nil {
		return err
	}
	c, err := compareStates(older, newer)
	if err != nil {
		return err
	}
	return format.Write(a.Out, c)
}
