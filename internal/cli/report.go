package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
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
	brief       bool // of Markdown only what fits into a comment
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
which then needs no lens. --brief writes Markdown for a comment: the verdict, the
scores and what to do first, in at most 65,536 characters.

sarif, junit, github and gitlab show the verdict of a gate with its default policy;
iotlens gate writes them by your own.

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
	c.Flags().BoolVar(&o.brief, "brief", false, "write Markdown that fits into a comment")
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
		err = wrongKind(o.from, data, filekind.Of(data), filekind.Report)
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

func (a *app) report(o *reportOptions) error {
	outputs, err := parseOutputs(report.Formats(), o.outputs)
	err = errors.Join(err,
		instead(o.guidance, outputs, "--guidance", "json", wire.WriteWithGuidance),
		instead(o.brief, outputs, "--brief", "markdown", plain.Brief))
	if err != nil {
		return err
	}
	if err := keepInputs(outputs, cmp.Or(o.file, o.from)); err != nil {
		return err
	}
	assessment, err := a.assessed(o)
	if err != nil {
		return err
	}
	return write(a, outputs, assessment, func(w io.Writer) error { return plain.Brief(w, assessment) })
}

// instead gives one format another writer, as a flag asks.
func instead[T any](asked bool, outputs []output[T], flag, format string, write func(io.Writer, T) error) error {
	found := !asked || len(outputs) == 0 // an error has said why there is none
	for i := range outputs {
		if asked && outputs[i].format.Name == format {
			outputs[i].format.Write, found = write, true
		}
	}
	if !found {
		return fmt.Errorf("%s goes with -f %s", flag, format)
	}
	return nil
}
