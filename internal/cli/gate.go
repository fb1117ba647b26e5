package cli

import (
	"errors"
	"fmt"
	"io"
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
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type gateOptions struct {
	config       string
	flags        *pflag.FlagSet
	set          []string
	baselineBank string
	outputs      []string
	explain      bool
	several      bool // reviews
}

func (a *app) gateCommand() *cobra.Command {
	o := &gateOptions{}
	var about []string
	for _, f := range report.Verdicts() {
		about = append(about, fmt.Sprintf("  %-10s %s", f.Name, f.About))
	}
	c := &cobra.Command{
		Use:   "gate FILE...",
		Short: "Say whether a review may pass, for a pipeline",
		Long: `Say whether a review may pass, one line a reason. FILE is a review, a folder with
reviews named *.review.yaml, or a pattern such as 'plants/*/*.review.yaml'.

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

Each of several reviews is judged by its own policy and baseline. The baseline of
other reviews, by the policy, stands for these, and a policy file for the reviews
in its folder. The worst exit code decides: 2 before 1 before 3 before 0.

-f writes one verdict in as many formats as are asked for:
` + strings.Join(about, "\n") + `

Exit codes: 0 passed, 1 failed, 2 could not run, 3 incomplete.`,
		Example: `  iotlens gate plant.review.yaml
  iotlens gate plant.review.yaml --fail-on medium --min-coverage 90 --min-score 70
  iotlens gate plant.review.yaml --set pillars.security.min_score=80 --explain
  iotlens gate plant.review.yaml --baseline accepted.review.yaml -f json
  iotlens gate . -f text -f junit=junit.xml -f markdown=comment.md`,
		Args: args(1, math.MaxInt, "FILE..."),
		RunE: a.onLens(func(l *lens.Lens, files []string) error { return a.gate(l, files, o) }),
	}
	f := c.Flags()
	o.flags = f
	choiceFlag(c, new(string), "fail-on", "", "high", "lowest severity that fails; critical only in open AWS reviews", policy.FailOn("").Values())
	f.String("min-score", "0", "lowest score of the AWS best practices, percent")
	f.String("min-coverage", "100", "percent of the applicable AWS best practices that must be answered")
	missing := gate.MissingPolicy("").Values()
	choiceFlag(c, new(string), "unanswered", "", string(gate.MissingIncomplete), "outcome of an unanswered best practice", missing)
	choiceFlag(c, new(string), "unknown", "", string(gate.MissingIncomplete), "outcome of \"don't know\"", missing)
	choiceFlag(c, new(string), "new-questions", "", string(gate.NewNote), "outcome of an unanswered best practice that a later revision of the lens newly asks", gate.NewQuestions("").Values())
	f.String("hard", "", "best practices that must be in place whatever their severity, ID,ID")
	f.String("soft", "", "best practices that are reported and never fail, ID,ID")
	f.String("baseline", "", "earlier review file, saved JSON report or open AWS review to compare with")
	f.StringVar(&o.baselineBank, "baseline-bank", "", "bank that the baseline answered, where it is not the one of this run")
	f.StringArrayVar(&o.set, "set", nil, "any setting of the policy file as KEY=VALUE, repeatable")
	f.StringVar(&o.config, "config", "", "policy file, instead of "+policy.FileName+" beside the review or in the working folder; none for none")
	f.BoolVar(&o.explain, "explain", false, "say which rule decided what, and where each setting comes from")
	f.StringArrayVarP(&o.outputs, "format", "f", []string{"text"}, "FORMAT or FORMAT=PATH, repeatable: "+strings.Join(report.Verdicts().Names(), ", "))
	complete(c, "format", report.Verdicts().Names())
	choiceFlag(c, new(string), "severity", "", string(gate.SeverityPublished), "whose severity of a best practice counts", gate.Severity("").Values())
	scoringFlag(c, new(scoring.Mode))
	return c
}

func (a *app) gate(l *lens.Lens, args []string, o *gateOptions) error {
	outputs, err := parseOutputs(report.Verdicts(), o.outputs)
	if err != nil {
		return err
	}
	files, err := reviewsOf(args)
	if err != nil {
		return err
	}
	jobs := a.jobs(o, l, files)
	o.several = len(jobs) > 1
	for _, j := range jobs {
		err = errors.Join(err, keepInputs(outputs, j.file, j.policyFile, j.policy.Baseline))
	}
	if err != nil {
		return err
	}
	var judged []report.Judged
	var errs []error
	for _, j := range jobs {
		judged = append(judged, a.judged(o, l, j))
		if err := judged[len(judged)-1].Err; err != nil && !slices.ContainsFunc(errs, func(e error) bool { return e.Error() == err.Error() }) {
			errs = append(errs, err)
		}
	}
	errs = append(errs, write(a, outputs, judged, func(w io.Writer) error { return plain.MarkdownVerdict(w, judged) }))
	if err := errors.Join(errs...); err != nil {
		return err
	}
	switch view.Worst(judged) {
	case gate.Failed:
		return exitError{GateFailed}
	case gate.Incomplete:
		return exitError{Incomplete}
	}
	return nil
}

// A job is a review to judge, with its policy.
type job struct {
	file, policyFile string
	policy           policy.Policy
	err              error // of the policy
}

// jobs lists what to judge. The baseline of other reviews is not judged itself: it stands
// for those reviews, as a hook names what has changed.
func (a *app) jobs(o *gateOptions, l *lens.Lens, files []string) []job {
	settled := func(files []string) (out []job) {
		for _, file := range files {
			j := job{file: file}
			j.policy, j.policyFile, j.err = a.settle(o, l, file)
			out = append(out, j)
		}
		return out
	}
	var out []job
	for _, j := range settled(files) {
		judged := []job{j}
		if baseline := j.policy.Baseline; baseline != "" && j.policyFile != "" && disk.Same(baseline, j.file) {
			beside, _ := reviewsOf([]string{j.policyFile}) // none is as good as an error
			others := slices.DeleteFunc(settled(beside), func(other job) bool {
				return !disk.Same(other.policy.Baseline, baseline) || disk.Same(other.file, baseline)
			})
			if len(others) > 0 {
				judged = others
			}
		}
		for _, j := range judged {
			if !slices.ContainsFunc(out, func(known job) bool { return disk.Same(known.file, j.file) }) {
				out = append(out, j)
			}
		}
	}
	return out
}

// judged judges a review by its policy.
func (a *app) judged(o *gateOptions, l *lens.Lens, job job) report.Judged {
	p := job.policy
	j := report.Judged{
		Program: a.Version, File: job.file, Source: a.source(job.file), PolicyFile: job.policyFile, From: p.From, Explain: o.explain,
		Bank: report.Bank{
			ID: l.ID, Version: l.Version, Revision: l.Revision, Digest: l.Digest,
			Folder: a.bank, Shipped: l.Digest == a.ownLens().Digest,
		},
	}
	switch from := p.From["baseline"]; {
	case job.err != nil:
		j.Err = job.err
		return j
	case o.several && p.Baseline != "" && !strings.HasPrefix(p.Baseline, "git:") && (strings.HasPrefix(from, "--") || strings.HasPrefix(from, "IOTLENS_")):
		j.Err = fmt.Errorf("%s: a baseline is that of one review; give one FILE, or name the baseline of each in its policy", from)
		return j
	}
	j.Err = a.judge(&j, o, l, p)
	if a.day != "" {
		j.Verdict.Notes = append(j.Verdict.Notes, gate.Note{Text: "the day of this verdict was set by --today"})
	}
	return j
}

// judge reads what is to be judged and judges it.
func (a *app) judge(j *report.Judged, o *gateOptions, l *lens.Lens, p policy.Policy) error {
	data, err := readFile(j.File)
	if err != nil {
		return err
	}
	j.Digests.Review = digest(data)
	if j.PolicyFile != "" {
		policyData, err := readFile(j.PolicyFile)
		if err != nil {
			return err
		}
		j.Digests.Policy = digest(policyData)
	}
	kind := filekind.Of(data)
	open := kind == filekind.OpenReview
	switch {
	case kind == filekind.Report:
		return fmt.Errorf("%s: this is a saved report; a gate judges the review file, as waivers end with time", disk.Shown(j.File))
	case open && p.Baseline == "":
		return fmt.Errorf("%s: this is a review in AWS's open schema, which is judged against an earlier one; give it with --baseline", disk.Shown(j.File))
	case !open && p.FailOn == lens.Critical:
		return fmt.Errorf("%s: fail_on critical would let everything pass: only reviews in AWS's open schema rate findings critical", p.From["fail_on"])
	}
	older, err := a.baseline(o, j.File, p)
	if err != nil {
		return err
	}
	j.Digests.Baseline = older.SHA256
	if open {
		return a.judgeOpenReview(j, older, p, data)
	}
	f, err := a.reviewOf(j.File, data, l)
	if err != nil {
		return err
	}
	asked := max(f.Review.AskedRevision(), older.Revision)
	j.Assessment = scoring.Assess(l, f.Review, scoring.Options{
		Mode: p.Scoring, Today: a.today(), File: j.Source, Lines: f.Lines(), Program: a.Version, Accepted: p.Accepted(f.Review, f.Review.NewlyAsked(l, asked)),
	})
	if p.Baseline != "" {
		j.Baseline, err = compared(older, compare.FromAssessment(j.File, compare.ReviewFile, j.Assessment, l))
		if err != nil {
			return err
		}
	}
	j.Verdict = gate.Judge(j.Assessment, p.Policy, j.Baseline)
	return nil
}

// judgeOpenReview judges a review in AWS's open schema by what is new since its
// baseline, as that schema's own gate does.
func (a *app) judgeOpenReview(j *report.Judged, older compare.Snapshot, p policy.Policy, data []byte) error {
	newer, err := a.snapshotOf(j.File, data, reading{})
	if err != nil {
		return err
	}
	if j.Baseline, err = compared(older, newer); err != nil {
		return err
	}
	j.Verdict = gate.JudgeComparison(j.Baseline, p.FailOn, a.today())
	for _, key := range slices.Sorted(maps.Keys(p.From)) {
		if from := p.From[key]; from != "default" && key != "fail_on" && key != "baseline" {
			j.Verdict.Notes = append(j.Verdict.Notes, gate.Note{Text: fmt.Sprintf("%s (%s) was not applied: it has no meaning in an open review", key, from)})
		}
	}
	return nil
}

// baseline reads the baseline, if there is one. A review can't be its own: against
// itself nothing is ever new, and the gate would always pass.
func (a *app) baseline(o *gateOptions, file string, p policy.Policy) (compare.Snapshot, error) {
	switch {
	case p.Baseline == "":
		return compare.Snapshot{}, nil
	case disk.Same(p.Baseline, file):
		return compare.Snapshot{}, fmt.Errorf("%s: the baseline is the review itself, against which nothing can be new", p.From["baseline"])
	}
	older, err := a.snapshot(p.Baseline, reading{bank: o.baselineBank, mode: p.Scoring, policy: p.Policy})
	if err != nil {
		err = errors.Join(fmt.Errorf("the baseline (%s) cannot be read", p.From["baseline"]), err)
	}
	return older, err
}
