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
		Short: "Show what got better and what got worse between two reviews",
		Long: `Show what changed between two states of a review: findings that are new, regressed,
still open or resolved, scores and risks that changed, answers that changed and who
changed them, and what the lens added, dropped or reworded.

A finding is resolved if the newer state says that it is in place or does not apply.
A finding that is now out of scope, no longer answered or no longer asked is gone,
which does not count as resolved. One that is now answered "don't know" is unknown.

OLD and NEW are review files, saved JSON reports or reviews in AWS's open schema. If
one of them was answered with another lens than that of this run, set --old-bank or
--new-bank to it, so that all rewording can be shown.`,
		Example: `  iotlens diff plant.milestone.yaml plant.review.yaml
  git show v1.0:plant.review.yaml > old.yaml && iotlens diff old.yaml plant.review.yaml
  iotlens diff march.json plant.review.yaml -f markdown`,
		Args: rangeArgs(2, 2, "OLD NEW"),
		RunE: func(_ *cobra.Command, args []string) error { return a.diff(args[0], args[1], o) },
	}
	enumFlag(c, &o.format, "format", "f", "text", "format (the schema of json is schemas/diff.schema.json)", report.DiffFormats().Names())
	c.Flags().StringVar(&o.oldBank, "old-bank", "", "bank with which OLD was answered, if it is not that of this run")
	c.Flags().StringVar(&o.newBank, "new-bank", "", "bank with which NEW was answered, if it is not that of this run")
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
