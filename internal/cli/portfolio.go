package cli

import (
	"errors"
	"fmt"
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
	shard      string // of a dataset
	needsPlan  bool   // a format has the plan of each review
	scoring    scoring.Mode
}

func (a *app) portfolioCommand() *cobra.Command {
	o := &portfolioOptions{}
	var about []string
	for _, f := range report.PortfolioFormats() {
		about = append(about, fmt.Sprintf("  %-10s %s", f.Name, f.About))
	}
	for _, f := range rowFormats() {
		about = append(about, fmt.Sprintf("  %-10s %s", f.name, f.about))
	}
	names := portfolioFormats()
	c := &cobra.Command{
		Use:   "portfolio PATH...",
		Short: "Sum up many reviews: risks, scores, what fails most often, what is due",
		Long: `Sum up many reviews: workloads by verdict, score and coverage, the best practices
that fail most often, the weakest pillars and layers, owners with what is overdue,
waivers that end soon, reviews that are old, and how each review moved since its
last milestone.

PATH is a review, a folder with reviews named *.review.yaml, a pattern such as
'plants/**/*.review.yaml', or - for a list of them on standard input, a line or a
NUL character after each. Milestones, saved reports, policy files and the like that a
pattern matches are passed over; review templates are counted apart. A file that cannot be read is reported with all its
problems and left out; the exit code is 2 then.

The verdict of a review is that of its report: the gate's default policy. Reviews of
several lenses stand in a group for each lens. Each lens but the shipped one and that
of --bank needs --also-bank.

--where takes only reviews whose workload has a value, as segment=industrial; of one
field one value is enough, of several fields all must match. --by counts the reviews by
the values of a field. The fields are those of iotlens profile, and owner.

What a review comes to is kept in the cache folder of the user, by the content of the
file, the lens and the program, so that the next run is fast. --no-cache neither reads
nor writes it.

Formats:
` + strings.Join(about, "\n") + `

Exit codes: 0 done, 2 a file was left out or nothing could be read.`,
		Example: `  iotlens portfolio reviews/
  iotlens portfolio 'plants/**/*.review.yaml' -f html=portfolio.html -f json=portfolio.json
  iotlens portfolio . --where segment=industrial --by stage --framework cra
  git ls-files -z '*.review.yaml' | iotlens portfolio - -f csv=portfolio.csv
  iotlens portfolio . -f parquet=lake --shard plant-telemetry`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("usage: iotlens portfolio PATH... [-f FORMAT[=PATH]]...\nSee: iotlens portfolio --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.portfolio(args, o) },
	}
	f := c.Flags()
	f.StringArrayVarP(&o.outputs, "format", "f", []string{"text"}, "FORMAT or FORMAT=PATH, repeatable: "+strings.Join(names, ", "))
	completeFlag(c, "format", names)
	f.StringArrayVar(&o.Where, "where", nil, "only reviews whose workload has a value, FIELD=VALUE, repeatable; FIELD= where it is open")
	_ = c.RegisterFlagCompletionFunc("where", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return view.Map(portfolio.FactNames(), func(name string) string { return name + "=" }), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	})
	enumFlag(c, &o.CountBy, "by", "", "", "count the reviews by a field of their workloads", portfolio.FactNames())
	enumFlag(c, (*string)(&o.Sort), "sort", "", string(portfolio.ByRisk), "order of the workloads", portfolio.Order("").Values())
	f.IntVar(&o.Top, "top", 20, "entries of a list in text and markdown; 0 for all")
	f.StringVar(&o.Since, "since", "", "show movement since the last milestone up to this day, as 2026-06-30 (default: since the last milestone)")
	f.IntVar(&o.Stale, "stale", 365, "days after which the last answer of a review is old")
	f.IntVar(&o.Soon, "soon", 30, "days within which a waiver ends soon, or a finding is due soon")
	f.StringArrayVar(&o.frameworks, "framework", nil, "law or standard to hold the reviews against, by id or as a file of your own, repeatable (iotlens framework list)")
	completeFrameworks(c, "framework")
	f.StringArrayVar(&o.banks, "also-bank", nil, "bank of a further lens that reviews answer, repeatable")
	f.StringVar(&o.shard, "shard", "", "name of the files of -f parquet, where several machines write into one folder (default: by the reviews)")
	f.BoolVar(&o.noCache, "no-cache", false, "assess every review anew, and keep nothing")
	scoringFlag(c, &o.scoring)
	return c
}

// portfolioFormats lists the names of all formats of a portfolio.
func portfolioFormats() []string {
	return append(report.PortfolioFormats().Names(), view.Map(rowFormats(), func(f rowFormat) string { return f.name })...)
}

// A rowOutput takes the rows of a portfolio one by one for the formats that ask for them.
type rowOutput struct {
	rowFormat
	path string
	portfolio.Recorder
}

// parsePortfolioOutputs sorts the values of -f into what is written of the sum, and row by row.
func parsePortfolioOutputs(values []string) ([]output[*portfolio.Portfolio], []rowOutput, error) {
	var sums []string
	var rows []rowOutput
	var errs []error
	for _, v := range values {
		name, path, _ := strings.Cut(v, "=")
		i := slices.IndexFunc(rowFormats(), func(f rowFormat) bool { return f.name == name })
		switch {
		case i < 0:
			sums = append(sums, v)
			if err := checkOneOf("format", name, portfolioFormats()); err != nil {
				errs = append(errs, err)
				sums = sums[:len(sums)-1]
			}
		case path == "":
			errs = append(errs, fmt.Errorf("-f %s: is written to a path; give it, as -f %s=PATH", v, name))
		default:
			rows = append(rows, rowOutput{rowFormat: rowFormats()[i], path: path})
		}
	}
	outputs, err := parseOutputs(report.PortfolioFormats(), sums)
	return outputs, rows, errors.Join(append(errs, err)...)
}

func (a *app) portfolio(args []string, o *portfolioOptions) error {
	outputs, rows, err := parsePortfolioOutputs(o.outputs)
	if o.shard != "" && len(rows) == 0 {
		err = errors.Join(err, errors.New("--shard goes with -f parquet=FOLDER"))
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
	var paths []string
	for _, out := range outputs {
		if out.path != "" {
			paths = append(paths, out.path)
		}
	}
	for _, out := range rows {
		paths = append(paths, out.path)
	}
	inputs := view.Map(files, func(c candidate) string { return c.file })
	if err := checkPortfolioOverwrite(paths, append(inputs, o.frameworks...)); err != nil {
		return err
	}
	o.Program, o.Today, o.needsPlan = a.Version, a.today(), len(rows) > 0
	for i := range rows {
		if rows[i].Recorder, err = rows[i].open(a, rows[i].path, o, lenses); err != nil {
			return err
		}
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
			for _, to := range rows {
				if err := to.Record(r); err != nil {
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
		return exitError{NotRun} // each reason was told
	}
	for _, to := range rows {
		if err := to.Close(); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s\n", disk.DisplayPath(to.path))
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

// checkPortfolio checks the values of flags, and settles days.
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

// portfolioLenses are the lenses that reviews may answer: that of --bank, those of --also-bank,
// and the one of the program, with the frameworks that are named.
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

// lensForReview is the lens that a review answers: the very bank with which it was last asked if it is
// among them, or else one of its version, or else one of its id; the first where there
// is none.
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

// checkPortfolioOverwrite refuses outputs that would overwrite what they are made of. To follow the
// links of every review would take longer than to read them: those of the same name do.
func checkPortfolioOverwrite(paths, files []string) error {
	for _, path := range paths {
		target := disk.RealPath(path)
		for _, f := range files {
			if f == path || filepath.Base(f) == filepath.Base(target) && disk.RealPath(f) == target {
				return fmt.Errorf("%s: would be overwritten by its own report; give another path", disk.DisplayPath(f))
			}
		}
	}
	return nil
}
