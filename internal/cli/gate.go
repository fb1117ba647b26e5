package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type gateOptions struct {
	file        string
	failOn      string
	minCoverage float64
	minScore    float64
	scoring     string
}

var failOnValues = []string{"high", "medium", "low", "none"}

func (a *app) gateCommand() *cobra.Command {
	o := &gateOptions{}
	c := &cobra.Command{
		Use:   "gate FILE",
		Short: "Say whether a review may pass, for a pipeline",
		Long: `Say whether a review may pass, one line a reason.

A review fails on findings of the severity --fail-on and above, on questions of
that risk (though its findings be of a lower severity), on an expired waiver and
on a score below --min-score. It is incomplete where best practices at that level
are unanswered or nobody could say, where a question's risk hangs on such
answers, and where coverage is below --min-coverage. A waiver that holds counts
its best practice as in place.

Exit codes: 0 passed, 1 failed, 2 could not run, 3 incomplete.`,
		Example: `  iotlens gate plant.review.yaml
  iotlens gate plant.review.yaml --fail-on medium --min-coverage 90 --min-score 70`,
		Args: args(1, 1, "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file = args[0]
			return a.gate(o)
		},
	}
	c.Flags().StringVar(&o.failOn, "fail-on", "high", "lowest severity that fails: high, medium, low, none")
	c.Flags().Float64Var(&o.minCoverage, "min-coverage", 100, "percent of the applicable AWS best practices that must be answered")
	c.Flags().Float64Var(&o.minScore, "min-score", 0, "lowest score of the AWS best practices, percent")
	scoringFlag(c, &o.scoring)
	complete(c, "fail-on", failOnValues)
	return c
}

func (o *gateOptions) policy() (gate.Policy, error) {
	p := gate.Policy{FailOn: lens.Level(o.failOn), MinCoverage: o.minCoverage, MinScore: o.minScore}
	if o.failOn == "none" {
		p.FailOn = ""
	}
	var errs []error
	if err := oneOf("--fail-on", o.failOn, failOnValues); err != nil {
		errs = append(errs, err)
	}
	for _, f := range []struct {
		name  string
		value float64
	}{{"--min-coverage", o.minCoverage}, {"--min-score", o.minScore}} {
		if !(f.value >= 0 && f.value <= 100) {
			errs = append(errs, fmt.Errorf("%s is a percentage, 0 to 100, not %v", f.name, f.value))
		}
	}
	return p, errors.Join(errs...)
}

func (a *app) gate(o *gateOptions) error {
	policy, err := o.policy()
	if err != nil {
		return err
	}
	assessment, err := a.assess(o.file, o.scoring)
	if err != nil {
		return err
	}
	v := gate.Judge(assessment, policy)
	if err := printVerdict(a.Out, o.file, v, assessment); err != nil {
		return err
	}
	switch v.Outcome {
	case gate.Failed:
		return exitError{GateFailed}
	case gate.Incomplete:
		return exitError{Incomplete}
	}
	return nil
}

func printVerdict(w io.Writer, file string, v gate.Verdict, a *scoring.Assessment) error {
	score, coverage := "no score", "no coverage"
	if s, ok := a.Lens.Score(); ok {
		score = "score " + gate.Percent(s)
	}
	if c, ok := a.Lens.Coverage(); ok {
		coverage = "coverage " + gate.Percent(c)
	}
	_, err := fmt.Fprintf(w, "gate %s: %s (%s, %s)\n", v.Outcome, text.Clean(file, false), score, coverage)
	for _, r := range v.Reasons {
		subject := r.Subject
		if subject != "" {
			subject += ": "
		}
		_, e := fmt.Fprintf(w, "  %-10s  %s%s\n", r.Outcome, subject, text.Clean(r.Text, false))
		err = errors.Join(err, e)
	}
	for _, n := range v.Notes {
		_, e := fmt.Fprintf(w, "  %-10s  %s\n", "note", text.Clean(n, false))
		err = errors.Join(err, e)
	}
	if v.Next != "" {
		_, e := fmt.Fprintf(w, "Next: %s.\n", v.Next)
		err = errors.Join(err, e)
	}
	return err
}
