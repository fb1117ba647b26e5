package cli

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/dataset"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type portfolioOptions struct {
	portfolio.Options
	outputs    []string
	frameworks []string
	banks      []string
	noCache    bool
	shard      string // name of the files of a dataset
	needsPlan  bool   // for datasets, which have the plan of each review
	scoring    scoring.Mode
}

func (a *app) portfolioCommand() *cobra.Command {
	o := &portfolioOptions{}
	c := &cobra.Command{
		Use:   "portfolio PATH...",
		Short: "Summarise many reviews: risks, scores, most frequent gaps, what is due",
		Long: `Summarise many reviews: workloads by verdict, score and coverage, the best practices
that fail most often, the weakest pillars and layers, owners with overdue findings,
waivers that end soon, old reviews, and how each review changed since its last
milestone.

PATH is a review, a folder with reviews named *.review.yaml, a pattern such as
'plants/**/*.review.yaml', or - for a list of paths on standard input, each followed by
a line break or a NUL character. Milestones, saved reports, policy files and the like
that match a pattern are skipped; review templates are counted separately. A file that
cannot be read is reported with all its problems and left out; the exit code is then 2.

The verdict of a review is the same as in its report, by the default policy of the gate.
Reviews are grouped by lens. Every lens except the shipped one and that of --bank needs
--also-bank.

--where selects reviews by their workload, such as segment=industrial. Of several values
of one field, one must match; of several fields, all must match. --by counts the reviews
by the values of a field. The fields are those of iotlens profile, and owner.

Results are kept in the cache folder of the user, by the content of the file, the lens
and the program, so that the next run is fast. --no-cache does not use the cache.

Formats:
` + formatsHelp(report.PortfolioFormats()) + `
  parquet    a folder of tables for DuckDB, Spark, Trino and Athena (docs/portfolio.md)

Exit codes: 0 done, 2 a file was left out or nothing could be read.`,
		Example: `  iotlens portfolio reviews/
  iotlens portfolio 'plants/**/*.review.yaml' -f html=portfolio.html -f json=portfolio.json
  iotlens portfolio . --where segment=industrial --by stage --framework cra
  git ls-files -z '*.review.yaml' | iotlens portfolio - -f csv=portfolio.csv
  iotlens portfolio . -f parquet=lake --shard plant-telemetry`,
		Args: rangeArgs(1, math.MaxInt, "PATH... [-f FORMAT[=PATH]]..."),
		RunE: func(_ *cobra.Command, args []string) error { return a.portfolio(args, o) },
	}
	f := c.Flags()
	outputsFlag(c, &o.outputs, portfolioFormats())
	f.StringArrayVar(&o.Where, "where", nil, "only reviews whose workload has this value, as FIELD=VALUE, or FIELD= for an open field (repeatable)")
	_ = c.RegisterFlagCompletionFunc("where", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return view.Map(portfolio.FactNames(), func(name string) string { return name + "=" }), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	})
	enumFlag(c, &o.CountBy, "by", "", "", "count the reviews by this field of their workloads", portfolio.FactNames())
	enumFlag(c, (*string)(&o.Sort), "sort", "", string(portfolio.ByRisk), "order of the workloads", portfolio.Order("").Values())
	f.IntVar(&o.Top, "top", 20, "maximum number of entries of a list in text and markdown; 0 for all")
	f.StringVar(&o.Since, "since", "", "compare with the last milestone up to this day, such as 2026-06-30 (default: with the last milestone)")
	f.IntVar(&o.Stale, "stale", 365, "number of days after its last answer from which a review is old")
	f.IntVar(&o.Soon, "soon", 30, "number of days within which a waiver ends soon or a finding is due soon")
	frameworkFlag(c, &o.frameworks, "framework", "law or standard to hold the reviews against: its id (iotlens framework list) or a file of your own (repeatable)")
	f.StringArrayVar(&o.banks, "also-bank", nil, "bank of another lens that reviews answer (repeatable)")
	f.StringVar(&o.shard, "shard", "", "name of the files of -f parquet, if several machines write to one folder (default: made from the reviews)")
	f.BoolVar(&o.noCache, "no-cache", false, "assess every review again, and do not use the cache")
	scoringFlag(c, &o.scoring)
	return c
}

// parquetFormat is the format of a dataset. It is written while the reviews are read, one
// row at a time, and always to a folder.
const parquetFormat = "parquet"

func portfolioFormats() []string { return append(report.PortfolioFormats().Names(), parquetFormat) }

// parsePortfolioOutputs splits the values of -f into the formats that are written at the
// end, and the folders of datasets.
func parsePortfolioOutputs(values []string) (outputs []output[*portfolio.Portfolio], folders []string, err error) {
	var others []string
	var errs []error
	for _, v := range values {
		name, path, _ := strings.Cut(v, "=")
		switch err := checkOneOf("format", name, portfolioFormats()); {
		case err != nil:
			errs = append(errs, err)
		case name != parquetFormat:
			others = append(others, v)
		case path == "":
			errs = append(errs, fmt.Errorf("-f %s needs a folder: -f %s=FOLDER", v, name))
		default:
			folders = append(folders, path)
		}
	}
	outputs, err = parseOutputs(report.PortfolioFormats(), others)
	return outputs, folders, errors.Join(append(errs, err)...)
}

// newDataset begins a dataset in a folder.
func (a *app) newDataset(folder string, o *portfolioOptions, lenses []portfolioLens) *dataset.Dataset {
	return dataset.New(dataset.Options{
		Folder: folder, Day: o.Today, Shard: o.shard, Writing: a.writeOptions(),
		Frameworks: func(l *lens.Lens) []*framework.Framework {
			i := slices.IndexFunc(lenses, func(p portfolioLens) bool { return p.Lens == l })
			return lenses[i].frameworks
		},
	})
}

func (a *app) portfolio(args []string, o *portfolioOptions) error {
	outputs, folders, err := parsePortfolioOutputs(o.outputs)
	if o.shard != "" && len(folders) == 0 {
		err = errors.Join(err, errors.New("--shard needs -f parquet=FOLDER"))
	}
	filter, filterErr := portfolio.ParseFilter(o.Where)
	if err := errors.Join(err, filterErr, checkScoring(o.scoring), a.checkPortfolio(o)); err != nil {
		return err
	}
	lenses, err := a.portfolioLenses(o)
	if err != nil {
		return err
	}
	files, unread, err := a.findWorkloads(args)
	if err != nil {
		return err
	}
	paths := slices.Clone(folders)
	for _, out := range outputs {
		if out.path != "" {
			paths = append(paths, out.path)
		}
	}
	inputs := view.Map(files, func(c candidate) string { return c.file })
	if err := checkPortfolioOverwrite(paths, append(inputs, o.frameworks...)); err != nil {
		return err
	}
	o.Program, o.Today, o.needsPlan = a.Version, a.today(), len(folders) > 0
	var datasets []*dataset.Dataset
	for _, folder := range folders {
		datasets = append(datasets, a.newDataset(folder, o, lenses))
	}
	sum := portfolio.NewBuilder(o.Options, lenses[0].frameworks)
	run := a.newPortfolioRun(o, lenses, files)
	for _, u := range unread {
		run.unread(sum, u)
	}
	for r, problems := range run.rows(files) {
		for _, p := range problems {
			run.unread(sum, p)
		}
		switch {
		case r == nil:
		case !filter.Includes(r.Facts):
			sum.CountFiltered()
		default:
			sum.Add(r)
			for _, d := range datasets {
				if err := d.Record(r); err != nil {
					return err
				}
			}
		}
	}
	run.progress.clear()
	run.cache.save()
	sum.CountTemplates(run.templates)
	tightenGC()
	out := sum.Build()
	if len(out.Reviews) == 0 && len(out.Unread) > 0 {
		return exitError{NotRun} // the reasons were printed
	}
	for i, d := range datasets {
		if err := d.Close(); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s\n", disk.DisplayPath(folders[i]))
	}
	linkWorkloads(outputs, files, run.name)
	if err := writeOutputs(a, outputs, out, nil); err != nil {
		return err
	}
	if len(out.Unread) > 0 {
		return exitError{NotRun}
	}
	return nil
}

// unread reports a file that is left out, with all its problems.
func (r *portfolioRun) unread(sum *portfolio.Builder, u unreadFile) {
	r.progress.clear()
	sum.AddUnread(r.name(u.file), u.problems())
	for line := range strings.Lines(u.err.Error()) {
		fmt.Fprintln(r.Err, text.EscapeLog(text.Clean("left out: "+strings.TrimSuffix(line, "\n"), false)))
	}
}

// checkPortfolio checks the values of flags, and parses the day of --since.
func (a *app) checkPortfolio(o *portfolioOptions) error {
	var errs []error
	if o.Since != "" {
		day, err := dates.Parse(o.Since, a.Now().UTC().Format(time.DateOnly))
		if err != nil {
			errs = append(errs, fmt.Errorf("--since: %w", err))
		}
		o.Since = day
	}
	if o.CountBy != "" {
		errs = append(errs, checkOneOf("field", o.CountBy, portfolio.FactNames()))
	}
	if err := dataset.CheckShard(o.shard); err != nil {
		errs = append(errs, fmt.Errorf("--shard: %w", err))
	}
	errs = append(errs, checkOneOf("order", string(o.Sort), portfolio.Order("").Values()))
	for _, n := range []struct {
		flag  string
		value int
	}{{"--top", o.Top}, {"--stale", o.Stale}, {"--soon", o.Soon}} {
		if n.value < 0 {
			errs = append(errs, fmt.Errorf("%s: must not be negative", n.flag))
		}
	}
	return errors.Join(errs...)
}

// A portfolioLens is a lens with the frameworks that its reviews are held against.
type portfolioLens struct {
	*lens.Lens
	frameworks []*framework.Framework
}

// portfolioLenses returns the lenses that reviews may answer: those of --bank, --also-bank
// and the program, each with the named frameworks.
func (a *app) portfolioLenses(o *portfolioOptions) ([]portfolioLens, error) {
	first, err := a.lens()
	if err != nil {
		return nil, err
	}
	list := []*lens.Lens{first}
	for _, dir := range o.banks {
		l, err := loadBank(dir)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	if own := a.ownLens(); !slices.ContainsFunc(list, func(l *lens.Lens) bool { return l.ID == own.ID }) {
		list = append(list, own)
	}
	var out []portfolioLens
	for _, l := range list {
		held := portfolioLens{Lens: l}
		if len(o.frameworks) > 0 {
			if held.frameworks, err = a.findFrameworks(l, o.frameworks); err != nil {
				return nil, err
			}
		}
		out = append(out, held)
	}
	return out, nil
}

// lensForReview returns the lens that matches a review best: by digest, else by version,
// else by id. If none has the id, it returns the first lens.
func lensForReview(lenses []portfolioLens, id, version, digest string) portfolioLens {
	best, rank := lenses[0], 0
	for _, l := range lenses {
		n := 0
		switch {
		case l.ID != id:
		case digest != "" && lens.ShortDigest(l.Digest) == digest:
			n = 3
		case l.Version == version:
			n = 2
		default:
			n = 1
		}
		if n > rank {
			best, rank = l, n
		}
	}
	return best
}

// checkPortfolioOverwrite returns an error if an output would overwrite one of the inputs.
// Resolving the links of thousands of reviews would take longer than reading them, so it
// resolves only those with the same file name.
func checkPortfolioOverwrite(paths, files []string) error {
	for _, path := range paths {
		target := disk.RealPath(path)
		for _, f := range files {
			if f == path || filepath.Base(f) == filepath.Base(target) && disk.RealPath(f) == target {
				return overwritesInput(f)
			}
		}
	}
	return nil
}
