package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/spf13/cobra"
)

type trendOptions struct {
	outputs []string
	scoring scoring.Mode
}

func (a *app) trendCommand() *cobra.Command {
	o := &trendOptions{}
	c := &cobra.Command{
		Use:   "trend FILE...|DIR",
		Short: "Show how scores, risks and findings changed over time",
		Long: `Show how the score, coverage, risks and open findings of a review changed over its
milestones until today. The milestones are those in the folder milestones next to the
review, and the milestones and saved JSON reports that you give. For a folder, it takes
all reviews in it. Each review is a series of its own.

A milestone is scored as of its day, with the lens of this run. If it was asked with
another revision, had another scope or was scored in another way, its numbers are marked
and the reason is shown. A file that cannot be read is reported and left out; the exit
code is then 2.`,
		Example: `  iotlens trend plant.review.yaml
  iotlens trend reviews/ -f text -f svg=trend.svg
  iotlens trend march.json june.json plant.review.yaml -f json`,
		Args: rangeArgs(1, math.MaxInt, "FILE...|DIR"),
		RunE: func(_ *cobra.Command, args []string) error { return a.trend(args, o) },
	}
	outputsFlag(c, &o.outputs, report.TrendFormats().Names())
	scoringFlag(c, &o.scoring)
	return c
}

func (a *app) trend(args []string, o *trendOptions) error {
	outputs, err := parseOutputs(report.TrendFormats(), o.outputs)
	if err := errors.Join(err, checkScoring(o.scoring)); err != nil {
		return err
	}
	l, err := a.lens()
	if err != nil {
		return err
	}
	g := trendBuilder{app: a, lens: l, mode: o.scoring}
	for _, arg := range args {
		g.add(arg)
	}
	if err := checkOverwrite(outputs, g.read...); err != nil {
		return err
	}
	out := &trend.Trend{Series: g.series(), Skipped: g.skipped}
	if len(out.Series) == 0 {
		return exitError{NotRun} // the reasons were printed
	}
	if err := writeOutputs(a, outputs, out, nil); err != nil {
		return err
	}
	if len(g.skipped) > 0 {
		return exitError{NotRun}
	}
	return nil
}

// A trendBuilder collects the states of several reviews.
type trendBuilder struct {
	*app
	lens    *lens.Lens
	mode    scoring.Mode
	read    []string  // the files, each once
	rows    [][]state // one row for each review
	extra   []state   // milestones and reports that were given as arguments
	skipped []trend.SkippedFile
}

// skip records and reports a file that is left out.
func (g *trendBuilder) skip(file string, err error) {
	reason := strings.TrimPrefix(err.Error(), disk.DisplayPath(file)+": ")
	g.skipped = append(g.skipped, trend.SkippedFile{File: portablePath(file), Reason: text.Clean(reason, true)})
	fmt.Fprintln(g.Err, text.EscapeLog(text.Clean("left out: "+err.Error(), true)))
}

// add adds the file of an argument, or the reviews of a folder.
func (g *trendBuilder) add(arg string) {
	files, err := expandArg(arg)
	if err != nil && disk.IsFolder(arg) { // a folder of milestones
		if found, listErr := disk.List(arg, ".yaml", false); listErr == nil && len(found) > 0 {
			files, err = found, nil
		}
	}
	if err != nil {
		g.skip(arg, err)
		return
	}
	for _, file := range files {
		if g.known(file) {
			continue
		}
		s, err := g.stateAt(file, g.lens, g.mode, true)
		switch {
		case err != nil:
			g.skip(file, err)
		case s.review == nil || s.milestone():
			g.markRead(file)
			g.extra = append(g.extra, s)
		default:
			g.markRead(file)
			g.review(file, s)
		}
	}
}

func (g *trendBuilder) markRead(file string) { g.read = append(g.read, file) }

// known reports whether a file was already read.
func (g *trendBuilder) known(file string) bool {
	return slices.ContainsFunc(g.read, func(f string) bool { return f == file || disk.SameFile(f, file) })
}

// review adds a review with its milestones.
func (g *trendBuilder) review(file string, now state) {
	states, err := g.milestonesOf(file, g.lens, g.mode)
	if err != nil {
		g.skip(file, err)
	}
	row := []state{}
	for _, s := range states {
		g.markRead(s.file)
		row = append(row, s)
	}
	g.rows = append(g.rows, append(row, now))
}

// series makes the series. An extra state belongs to the review of the same workload and
// lens if there is exactly one; otherwise it is a series of its own.
func (g *trendBuilder) series() []trend.Series {
	reviews := len(g.rows)
	for _, s := range g.extra {
		if slices.ContainsFunc(g.rows[:reviews], func(row []state) bool {
			return slices.ContainsFunc(row, func(of state) bool { return disk.SameFile(of.file, s.file) })
		}) {
			continue // already read as a milestone of its review
		}
		var same []int
		for i, row := range g.rows {
			of := row[len(row)-1].assessed
			if of.Workload.Name == s.assessed.Workload.Name && of.LensID == s.assessed.LensID {
				same = append(same, i)
			}
		}
		if len(same) == 1 {
			row := g.rows[same[0]]
			g.rows[same[0]] = append([]state{s}, row...)
		} else {
			g.rows = append(g.rows, []state{s})
		}
	}
	var out []trend.Series
	for i, row := range g.rows {
		last, file := row[len(row)-1], ""
		if i < reviews {
			file = portablePath(last.file)
		}
		var states []trend.State
		for _, s := range row {
			states = append(states, s.trend())
		}
		out = append(out, trend.NewSeries(last.assessed.Workload.Name, file, last.assessed.LensID, last.assessed.LensName, states))
	}
	return out
}
