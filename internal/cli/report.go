package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/ci"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type reportOptions struct {
	file        string
	from        string // a saved JSON report, instead of a review
	outputs     []string
	scoring     scoring.Mode
	guidance    bool // put the lens's guidance into the JSON report
	assessFlags bool // --scoring or --today was given
}

func (a *app) reportCommand() *cobra.Command {
	o := &reportOptions{}
	var about []string
	for _, f := range report.Formats() {
		about = append(about, fmt.Sprintf("  %-10s %s", f.Name, f.About))
	}
	c := &cobra.Command{
		Use:   "report FILE | --from REPORT.json",
		Short: "Write the risk report of a review",
		Long: `Write the risk report of a review: verdict, scores, findings by priority, plan,
scenarios with the steps at risk, waivers, and what was not assessed.

--from takes a saved JSON report in place of the review and writes it again, in
any format and to the same bytes. The guidance comes from the lens that the report
names: the shipped one, or that of --bank. --guidance puts it into the JSON report,
which then needs no lens.

Formats:
` + strings.Join(about, "\n"),
		Example: `  iotlens report plant.review.yaml
  iotlens report plant.review.yaml -f markdown=report.md -f json=report.json
  iotlens report --from report.json -f markdown`,
		Args: args(0, 1, "FILE [-f FORMAT[=PATH]]..."),
		RunE: func(c *cobra.Command, args []string) error {
			o.file = first(args)
			o.assessFlags = c.Flags().Changed("scoring") || c.Flags().Changed("today")
			return a.report(o)
		},
	}
	c.Flags().StringVar(&o.from, "from", "", "a saved JSON report, instead of a review")
	c.Flags().BoolVar(&o.guidance, "guidance", false, "put the lens's guidance into the JSON report")
	c.Flags().StringArrayVarP(&o.outputs, "format", "f", []string{"text"}, "FORMAT or FORMAT=PATH, repeatable: "+strings.Join(report.Formats().Names(), ", "))
	scoringFlag(c, &o.scoring)
	complete(c, "format", report.Formats().Names())
	return c
}

func scoringFlag(c *cobra.Command, mode *scoring.Mode) {
	c.Flags().StringVar((*string)(mode), "scoring", "", "how risk rules are read: monotone (doing more never hurts) or aws (to the letter, as in the WA Tool) (default: as the lens says, else monotone)")
	complete(c, "scoring", scoring.Mode("").Values())
}

// checkScoring checks a mode; without one, the lens says.
func checkScoring(mode scoring.Mode) error {
	if mode == "" {
		return nil
	}
	return oneOf("scoring", string(mode), mode.Values())
}

// assess loads a review and assesses it.
func (a *app) assess(file string, mode scoring.Mode) (*scoring.Assessment, error) {
	if err := checkScoring(mode); err != nil {
		return nil, err
	}
	l, f, err := a.open(file)
	if err != nil {
		return nil, err
	}
	return scoring.Assess(l, f.Review, scoring.Options{
		Mode: mode, Today: a.today(), File: portable(file), Lines: f.Lines(), Program: a.Version,
	}), nil
}

// assessed is the assessment to report: that of a review or that of a saved
// report.
func (a *app) assessed(o *reportOptions) (*scoring.Assessment, error) {
	switch {
	case o.file == "" && o.from == "":
		return nil, errors.New("usage: iotlens report FILE [-f FORMAT[=PATH]]..., or --from REPORT.json in place of FILE\nSee: iotlens report --help")
	case o.from == "":
		return a.assess(o.file, o.scoring)
	case o.file != "":
		return nil, errors.New("FILE and --from cannot be used together")
	case o.assessFlags:
		return nil, errors.New("--scoring and --today go with a review: a saved report was assessed already")
	}
	data, err := readFile(o.from)
	if err == nil {
		err = wrongKind(o.from, data, filekind.Report)
	}
	if err != nil {
		return nil, err
	}
	l, err := a.lens()
	if err != nil {
		return nil, err
	}
	assessment, guided, err := wire.Read(o.from, data, l)
	switch {
	case err != nil || guided:
		return assessment, err
	case o.guidance:
		return nil, fmt.Errorf("%s: --guidance needs the lens %s %s; set --bank to its folder", disk.Shown(o.from), assessment.LensID, assessment.LensVersion)
	}
	fmt.Fprintf(a.Err, "%s: the lens %s %s was not found, so the report has no guidance; set --bank to its folder\n",
		disk.Shown(o.from), assessment.LensID, text.Clean(assessment.LensVersion, false))
	return assessment, nil
}

// An output is one format on its way to one place.
type output struct {
	format report.Format[*scoring.Assessment]
	path   string // empty: stdout
}

func (a *app) report(o *reportOptions) error {
	outputs, err := o.parseOutputs()
	if err != nil {
		return err
	}
	for _, out := range outputs {
		if source := cmp.Or(o.file, o.from); disk.Same(source, out.path) {
			return fmt.Errorf("%s: would be overwritten by its own report; give another path", disk.Shown(source))
		}
	}
	assessment, err := a.assessed(o)
	if err != nil {
		return err
	}
	if err := a.write(outputs, assessment); err != nil {
		return err
	}
	return a.jobSummary(outputs, assessment)
}

// write writes the reports: the files all or none, and standard output last.
func (a *app) write(outputs []output, assessment *scoring.Assessment) error {
	var files []disk.Output
	var stdout []byte
	for _, out := range outputs {
		page := bytes.NewBuffer(make([]byte, 0, 1<<20)) // room for most reports
		if err := out.format.Write(page, assessment); err != nil {
			return err
		}
		if out.path == "" {
			stdout = page.Bytes()
			continue
		}
		files = append(files, disk.Output{Path: out.path, Data: page.Bytes()})
	}
	if err := disk.Write(a.writing(), files...); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(a.Err, "wrote %s\n", disk.Shown(f.Path))
	}
	if stdout == nil {
		return nil
	}
	_, err := a.Out.Write(stdout)
	return err
}

// jobSummary adds the summary of a GitHub job where that is among the reports
// and GitHub names a file for it.
func (a *app) jobSummary(outputs []output, assessment *scoring.Assessment) error {
	path := a.env("GITHUB_STEP_SUMMARY")
	if path == "" || !slices.ContainsFunc(outputs, func(o output) bool { return o.format.Name == "github" }) {
		return nil
	}
	var page bytes.Buffer
	if err := ci.Summary(&page, assessment); err != nil {
		return err
	}
	if err := disk.Append(path, page.Bytes()); err != nil {
		return fmt.Errorf("the summary of the job: %w", err)
	}
	return nil
}

// parseOutputs reads -f values. All is checked before anything is written.
func (o *reportOptions) parseOutputs() ([]output, error) {
	var out []output
	var errs []error
	taken := map[string]bool{}
	guided := !o.guidance
	for _, v := range o.outputs {
		name, path, named := strings.Cut(v, "=")
		f, err := report.Formats().Find(name)
		switch {
		case err != nil:
			errs = append(errs, err)
			continue
		case named && path == "":
			errs = append(errs, fmt.Errorf("-f %s: a path must follow the =", v))
			continue
		case taken[path] && path == "":
			errs = append(errs, errors.New("two reports cannot both go to standard output; give all but one a path, -f FORMAT=PATH"))
		}
		if o.guidance && name == "json" {
			f.Write, guided = wire.WriteWithGuidance, true
		}
		taken[path] = true
		out = append(out, output{f, path})
	}
	if !guided && len(errs) == 0 {
		errs = append(errs, errors.New("--guidance goes with -f json"))
	}
	return out, errors.Join(errs...)
}
