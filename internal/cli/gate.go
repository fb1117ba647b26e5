package cli

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type gateOptions struct {
	files        []string
	file         string // the one at work
	config       string
	policyFile   string            // the one that was read
	flags        map[string]string // texts of the flags that were given and are settings, by key
	set          []string
	baselineBank string
	format       string
	explain      bool
}

func (a *app) gateCommand() *cobra.Command {
	o := &gateOptions{}
	c := &cobra.Command{
		Use:   "gate FILE...",
		Short: "Say whether a review may pass, for a pipeline",
		Long: `Say whether a review may pass, one line a reason.

It fails on
  - a finding of at least the severity --fail-on, and a question of that risk
  - a score below --min-score
  - a waiver that has expired
It is incomplete, which is no pass, where
  - a best practice at that severity is unanswered, or answered "don't know"
  - fewer than --min-coverage percent of the best practices are answered
A finding under a waiver that still holds does not fail. What a later revision of
the lens newly asks is a note until iotlens review has asked it, or what
--new-questions says.

With --baseline OLD only what is new or has regressed since OLD fails. Resolved
is what the review now says is in place; what it no longer asks, no longer
answers or leaves out of its scope makes the verdict incomplete.

Settings can also stand in a file .iotlens.yaml beside the review or in the
working folder, and in the environment: a flag goes before IOTLENS_MIN_SCORE and
the like, that before the file. The file can also ask more of a pillar, a layer
or a best practice; so can --set and IOTLENS_PILLARS_SECURITY_MIN_SCORE.
--explain says which rule decided what, and where each setting comes from.

Of several reviews the worst verdict decides.

Exit codes: 0 passed, 1 failed, 2 could not run, 3 incomplete.`,
		Example: `  iotlens gate plant.review.yaml
  iotlens gate plant.review.yaml --fail-on medium --min-coverage 90 --min-score 70
  iotlens gate plant.review.yaml --set pillars.security.min_score=80 --explain
  iotlens gate plant.review.yaml --baseline accepted.review.yaml --format json`,
		Args: args(1, math.MaxInt, "FILE..."),
		RunE: func(c *cobra.Command, args []string) error {
			o.files, o.flags = args, map[string]string{}
			c.Flags().Visit(func(f *pflag.Flag) {
				if key := strings.ReplaceAll(f.Name, "-", "_"); slices.Contains(policy.WholeKeys(), key) {
					o.flags[key] = f.Value.String()
				}
			})
			return a.gate(o)
		},
	}
	f := c.Flags()
	f.String("fail-on", "high", "lowest severity that fails: "+strings.Join(policy.Level("").Values(), ", ")+"; in open AWS reviews also critical")
	f.String("min-score", "0", "lowest score of the AWS best practices, percent")
	f.String("min-coverage", "100", "percent of the applicable AWS best practices that must be answered")
	f.String("unanswered", string(gate.MissingIncomplete), "outcome of an unanswered best practice: "+strings.Join(gate.MissingPolicy("").Values(), ", "))
	f.String("unknown", string(gate.MissingIncomplete), "outcome of \"don't know\": "+strings.Join(gate.MissingPolicy("").Values(), ", "))
	f.String("new-questions", string(gate.NewNote), "outcome of an unanswered best practice that a later revision of the lens newly asks: "+strings.Join(gate.NewQuestions("").Values(), ", "))
	f.String("hard", "", "best practices that must be in place whatever their severity, ID,ID")
	f.String("soft", "", "best practices that are reported and never fail, ID,ID")
	f.String("baseline", "", "earlier review file, saved JSON report or open AWS review to compare with")
	f.StringVar(&o.baselineBank, "baseline-bank", "", "bank that the baseline answered, where it is not the one of this run")
	f.StringArrayVar(&o.set, "set", nil, "any setting of the policy file as KEY=VALUE, repeatable")
	f.StringVar(&o.config, "config", "", "policy file, instead of "+policy.FileName+" beside the review or in the working folder; none for none")
	f.BoolVar(&o.explain, "explain", false, "say which rule decided what, and where each setting comes from")
	f.StringVarP(&o.format, "format", "f", "text", strings.Join(report.Verdicts().Names(), ", ")+" (schemas/gate.schema.json)")
	var mode string
	scoringFlag(c, &mode)
	complete(c, "fail-on", policy.FailOn("").Values())
	complete(c, "unanswered", gate.MissingPolicy("").Values())
	complete(c, "unknown", gate.MissingPolicy("").Values())
	complete(c, "new-questions", gate.NewQuestions("").Values())
	complete(c, "format", report.Verdicts().Names())
	return c
}

func (a *app) gate(o *gateOptions) error {
	format, err := report.Verdicts().Find(o.format)
	if err != nil {
		return err
	}
	if len(o.files) > 1 && format.Name == "json" {
		return errors.New("JSON holds the verdict on one review; give one FILE")
	}
	l, err := a.lens()
	if err != nil {
		return err
	}
	worst := gate.Passed
	var errs []error
	for _, file := range o.files {
		o.file, o.policyFile = file, ""
		judged, err := a.judged(o, l)
		if err == nil {
			err = format.Write(a.Out, judged)
		}
		errs = append(errs, err)
		worst = max(worst, judged.Verdict.Outcome)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	switch worst {
	case gate.Failed:
		return exitError{GateFailed}
	case gate.Incomplete:
		return exitError{Incomplete}
	}
	return nil
}

// judged judges the review at work by its policy.
func (a *app) judged(o *gateOptions, l *lens.Lens) (report.Judged, error) {
	settings, err := a.settle(o, l)
	if err != nil {
		return report.Judged{}, err
	}
	if len(o.files) > 1 && settings.Baseline != "" {
		return report.Judged{}, fmt.Errorf("%s: a baseline is that of one review; give one FILE", settings.From["baseline"])
	}
	judged, err := a.judge(o, l, settings)
	if a.day != "" {
		judged.Verdict.Notes = append(judged.Verdict.Notes, gate.Note{Text: "the day of this verdict was set by --today"})
	}
	judged.Program = a.Version
	judged.Bank = report.Bank{
		ID: l.ID, Version: l.Version, Revision: l.Revision, Digest: l.Digest,
		Folder: a.bank, Shipped: l.Digest == a.ownLens().Digest,
	}
	judged.File, judged.PolicyFile, judged.From, judged.Explain = o.file, o.policyFile, settings.From, o.explain
	return judged, err
}

// judge reads what is to be judged and judges it.
func (a *app) judge(o *gateOptions, l *lens.Lens, p policy.Policy) (report.Judged, error) {
	data, err := readFile(o.file)
	if err != nil {
		return report.Judged{}, err
	}
	switch filekind.Of(data) {
	case filekind.OpenReview:
		return a.judgeOpenReview(o, p, data)
	case filekind.Report:
		return report.Judged{}, fmt.Errorf("%s: this is a saved report; a gate judges the review file, as waivers end with time", disk.Shown(o.file))
	}
	if p.FailOn == lens.Critical {
		return report.Judged{}, fmt.Errorf("%s: fail_on critical would let everything pass: only reviews in AWS's open schema rate findings critical", p.From["fail_on"])
	}
	f, err := a.reviewOf(o.file, data, l)
	if err != nil {
		return report.Judged{}, err
	}
	asked := f.Review.AskedRevision()
	var older compare.Snapshot
	if p.Baseline != "" {
		if older, err = a.baseline(o, p); err != nil {
			return report.Judged{}, err
		}
		asked = max(asked, older.Revision)
	}
	assessment := scoring.Assess(l, f.Review, scoring.Options{
		Mode: p.Scoring, Today: a.today(), Accepted: p.Accepted(f.Review, f.Review.NewlyAsked(l, asked)),
	})
	if p.Baseline == "" {
		return report.Judged{Assessment: assessment, Verdict: gate.Judge(assessment, p.Policy, nil)}, nil
	}
	comparison, err := compared(older, compare.FromAssessment(o.file, compare.ReviewFile, assessment, l))
	if err != nil {
		return report.Judged{}, err
	}
	return report.Judged{Assessment: assessment, Baseline: comparison, Verdict: gate.Judge(assessment, p.Policy, comparison)}, nil
}

// judgeOpenReview judges a review in AWS's open schema by what is new since its
// baseline, as that schema's own gate does.
func (a *app) judgeOpenReview(o *gateOptions, p policy.Policy, data []byte) (report.Judged, error) {
	if p.Baseline == "" {
		return report.Judged{}, fmt.Errorf("%s: this is a review in AWS's open schema, which is judged against an earlier one; give it with --baseline", disk.Shown(o.file))
	}
	newer, err := a.snapshotOf(o.file, data, reading{})
	if err != nil {
		return report.Judged{}, err
	}
	older, err := a.baseline(o, p)
	if err != nil {
		return report.Judged{}, err
	}
	comparison, err := compared(older, newer)
	if err != nil {
		return report.Judged{}, err
	}
	v := gate.JudgeComparison(comparison, p.FailOn, a.today())
	for _, key := range slices.Sorted(maps.Keys(p.From)) {
		if from := p.From[key]; from != "default" && key != "fail_on" && key != "baseline" {
			v.Notes = append(v.Notes, gate.Note{Text: fmt.Sprintf("%s (%s) was not held against it: an open review knows no such thing", key, from)})
		}
	}
	return report.Judged{Baseline: comparison, Verdict: v}, nil
}

// baseline reads the baseline. A review can't be its own: against itself nothing
// is ever new, and the gate would pass for ever.
func (a *app) baseline(o *gateOptions, p policy.Policy) (compare.Snapshot, error) {
	if disk.Same(p.Baseline, o.file) {
		return compare.Snapshot{}, fmt.Errorf("%s: the baseline is the review itself, against which nothing can be new", p.From["baseline"])
	}
	older, err := a.snapshot(p.Baseline, reading{bank: o.baselineBank, mode: p.Scoring, policy: p.Policy})
	if err != nil {
		return compare.Snapshot{}, errors.Join(fmt.Errorf("the baseline (%s) cannot be read", p.From["baseline"]), err)
	}
	return older, nil
}
