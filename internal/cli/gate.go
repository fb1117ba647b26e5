package cli

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type gateOptions struct {
	config       string
	policyFrom   string
	accept       bool
	flags        *pflag.FlagSet
	set          []string
	baselineBank string
	outputs      []string
	explain      bool
	multiple     bool // reviews
}

func (a *app) gateCommand() *cobra.Command {
	o := &gateOptions{}
	c := &cobra.Command{
		Use:   "gate FILE...",
		Short: "Check whether a review passes, for a pipeline",
		Long: `Check whether a review passes, and print each reason on its own line. FILE is a
review, a folder with reviews named *.review.yaml, or a pattern such as
'plants/*/*.review.yaml'.

The review fails on
  - a finding whose severity is --fail-on or higher, and a question at that risk
  - a score below --min-score
  - an expired waiver
It is incomplete, and does not pass, if
  - a best practice of that severity is unanswered, or answered "don't know"
  - less than --min-coverage percent of the best practices are answered
A finding with an active waiver does not fail. Best practices that a later revision of
the lens added are only notes until iotlens review has asked them; --new-questions
changes this.

With --baseline OLD, only findings that are new or have regressed since OLD fail. A
finding is resolved only if the review now says that it is in place. If the review no
longer asks it, no longer answers it or leaves it out of its scope, the verdict is
incomplete. So it is if the review makes passing easier than OLD did: a gap became not
applicable, a waiver was extended, the profile changed, the bank was edited. --accept
writes the review as the new baseline and lists what that accepts. OLD can be git:REF:
the review as it is in a commit.

Settings come from flags, then from environment variables such as IOTLENS_MIN_SCORE,
then from files named .iotlens.yaml, from the root of the repository down to the folder
of the review. A file closer to the review can only make settings stricter.
--policy-from git:REF takes the files from a commit. Files and --set can also set more
for a pillar, a layer or a best practice, and limit waivers, the age of answers and who
may answer "not applicable". --explain shows which rule decided, and where each setting
comes from.

--require cra fails if a provision of that law or standard is partly met or not met,
and is incomplete if one is not answered, regardless of waivers and baseline.

Several reviews are judged one by one, each by its own policy and baseline. If FILE is
the baseline of other reviews, those are judged instead. If FILE is a policy file, the
reviews in its folder are judged. The worst exit code counts: 2, then 1, 3 and 0.

Each -f writes the verdict in one format:
` + formatsHelp(report.VerdictFormats()) + `

Exit codes: 0 passed, 1 failed, 2 could not run, 3 incomplete.`,
		Example: `  iotlens gate plant.review.yaml
  iotlens gate plant.review.yaml --fail-on medium --min-coverage 90 --min-score 70
  iotlens gate plant.review.yaml --set pillars.security.min_score=80 --explain
  iotlens gate plant.review.yaml --require cra --require en303645:5.3-4A
  iotlens gate plant.review.yaml --baseline git:origin/main --policy-from git:origin/main
  iotlens gate . -f text -f junit=junit.xml -f markdown=comment.md`,
		Args: rangeArgs(1, math.MaxInt, "FILE..."),
		RunE: a.withLens(func(l *lens.Lens, files []string) error { return a.gate(l, files, o) }),
	}
	f := c.Flags()
	o.flags = f
	enumFlag(c, new(string), "fail-on", "", "high", "lowest severity that fails; critical is only for reviews in AWS's open schema", policy.FailOn("").Values())
	f.String("min-score", "0", "lowest score of the AWS best practices that passes, in percent")
	f.String("min-coverage", "100", "share of the applicable AWS best practices that must be answered, in percent")
	missing := gate.Enforcement("").Values()
	enumFlag(c, new(string), "unanswered", "", string(gate.EnforceIncomplete), "outcome of an unanswered best practice", missing)
	enumFlag(c, new(string), "unknown", "", string(gate.EnforceIncomplete), "outcome of \"don't know\"", missing)
	enumFlag(c, new(string), "new-questions", "", string(gate.NewQuestionsNote), "outcome of an unanswered best practice that a later revision of the lens added", gate.NewQuestions("").Values())
	f.String("hard", "", "best practices that must be in place, whatever their severity, as ID,ID")
	f.String("soft", "", "best practices that are reported but never fail, as ID,ID")
	frameworkFlag(c, new([]string), "require", "law, standard or provision that must be met, such as cra or cra:I(2)(c); iotlens framework list shows the ids (repeatable, or with commas)")
	f.StringArray("framework", nil, "file with a framework of your own, for use in --require (repeatable)")
	f.String("baseline", "", "earlier review file, saved JSON report or open AWS review to compare with; git:REF[:PATH] reads it from a commit")
	f.StringVar(&o.baselineBank, "baseline-bank", "", "bank with which the baseline was answered, if it is not that of this run")
	f.BoolVar(&o.accept, "accept", false, "write the review as the new baseline, and list what that accepts")
	f.StringVar(&o.policyFrom, "policy-from", "", "git:REF: take the policy files from that commit instead of the working tree")
	f.StringArrayVar(&o.set, "set", nil, "any setting of the policy file, as KEY=VALUE (repeatable)")
	f.StringVar(&o.config, "config", "", "policy file to use instead of the files named "+policy.FileName+"; none for no file")
	f.BoolVar(&o.explain, "explain", false, "show which rule decided, and where each setting comes from")
	outputsFlag(c, &o.outputs, report.VerdictFormats().Names())
	enumFlag(c, new(string), "severity", "", string(gate.SeverityPublished), "which severity of a best practice counts", gate.SeveritySource("").Values())
	scoringFlag(c, new(scoring.Mode))
	return c
}

func (a *app) gate(l *lens.Lens, args []string, o *gateOptions) error {
	outputs, err := parseOutputs(report.VerdictFormats(), o.outputs)
	if err != nil {
		return err
	}
	files, err := findReviews(args)
	if err != nil {
		return err
	}
	jobs := a.gateJobs(o, l, files)
	o.multiple = len(jobs) > 1
	for _, j := range jobs {
		err = errors.Join(err, checkOverwrite(outputs, slices.Concat([]string{j.file, j.policy.Baseline}, j.policy.files, j.policy.Framework)...))
	}
	if err != nil {
		return err
	}
	var judged []report.GateResult
	var errs []error
	for _, j := range jobs {
		judged = append(judged, a.judgeJob(o, l, j))
		if err := judged[len(judged)-1].Err; err != nil && !slices.ContainsFunc(errs, func(e error) bool { return e.Error() == err.Error() }) {
			errs = append(errs, err)
		}
	}
	errs = append(errs, writeOutputs(a, outputs, judged, func(w io.Writer) error { return plain.MarkdownVerdict(w, judged) }))
	if err := errors.Join(errs...); err != nil || o.accept {
		return err
	}
	switch view.WorstOutcome(judged) {
	case gate.Failed:
		return exitError{GateFailed}
	case gate.Incomplete:
		return exitError{Incomplete}
	}
	return nil
}

// A gateJob is one review to judge, with its policy.
type gateJob struct {
	file   string
	policy effectivePolicy
	err    error // of the policy
}

// policyFile returns the policy file closest to the review, or "".
func (j gateJob) policyFile() string {
	return strings.Join(j.policy.files[max(0, len(j.policy.files)-1):], "")
}

// gateJobs lists the reviews to judge. A file that is the baseline of other reviews stands
// for those: a git hook passes the names of changed files.
func (a *app) gateJobs(o *gateOptions, l *lens.Lens, files []string) []gateJob {
	settled := func(files []string) (out []gateJob) {
		for _, file := range files {
			j := gateJob{file: file}
			j.policy, j.err = a.resolvePolicy(o, l, file)
			out = append(out, j)
		}
		return out
	}
	var out []gateJob
	for _, j := range settled(files) {
		judged := []gateJob{j}
		if baseline := j.policy.Baseline; baseline != "" && len(j.policy.files) > 0 && disk.SameFile(baseline, j.file) {
			beside, _ := findReviews([]string{j.policyFile()}) // an error is the same as none
			others := slices.DeleteFunc(settled(beside), func(other gateJob) bool {
				return !disk.SameFile(other.policy.Baseline, baseline) || disk.SameFile(other.file, baseline)
			})
			if len(others) > 0 {
				judged = others
			}
		}
		for _, j := range judged {
			if !slices.ContainsFunc(out, func(known gateJob) bool { return disk.SameFile(known.file, j.file) }) {
				out = append(out, j)
			}
		}
	}
	return out
}

// judgeJob judges a review by its policy.
func (a *app) judgeJob(o *gateOptions, l *lens.Lens, job gateJob) report.GateResult {
	p := job.policy
	j := report.GateResult{
		Program: a.Version, File: job.file, RepoPath: a.sourcePath(job.file), RuleSources: p.Sources, Explain: o.explain,
		Bank: report.Bank{
			ID: l.ID, Version: l.Version, Revision: l.Revision, Digest: l.Digest,
			Folder: a.bank, Shipped: l.Digest == a.ownLens().Digest,
		},
	}
	from := p.Sources["baseline"]
	if _, _, inGit := gitref.Split(p.Baseline); o.multiple && p.Baseline != "" && !inGit && (strings.HasPrefix(from, "--") || strings.HasPrefix(from, "IOTLENS_")) {
		j.Err = fmt.Errorf("%s: a baseline belongs to one review; give one FILE, or set the baseline of each review in its policy file", from)
		return j
	}
	if j.Err = job.err; j.Err == nil {
		j.Err = a.judge(&j, o, l, p)
	}
	if j.Err != nil {
		return j
	}
	v := &j.Verdict
	v.PolicyFiles, v.Digests.Policy = p.files, p.digest()
	for _, words := range p.loosened {
		v.Notes = append(v.Notes, gate.Note{Text: words})
	}
	if a.dayFlag != "" {
		v.Notes = append(v.Notes, gate.Note{Text: "the day of this verdict was set by --today"})
	}
	return j
}

// judge reads the review and its baseline, and fills in the verdict.
func (a *app) judge(j *report.GateResult, o *gateOptions, l *lens.Lens, p effectivePolicy) error {
	data, err := readFile(j.File)
	if err != nil {
		return err
	}
	kind := filekind.Detect(data)
	open := kind == filekind.OpenReview
	switch {
	case kind == filekind.Report:
		return fmt.Errorf("%s: this is a saved report; give the review file instead, because waivers can expire after a report is written", disk.DisplayPath(j.File))
	case open && p.Baseline == "":
		return fmt.Errorf("%s: this is a review in AWS's open schema, which can only be judged against an earlier one; set --baseline", disk.DisplayPath(j.File))
	case !open && p.FailOn == lens.Critical:
		return fmt.Errorf("%s: fail_on critical would let everything pass: only reviews in AWS's open schema rate findings critical", p.Sources["fail_on"])
	}
	if open {
		if err := checkOpenReviewPolicy(p.Policy); err != nil {
			return fmt.Errorf("%s: this is a review in AWS's open schema, to which only fail_on applies:\n%w", disk.DisplayPath(j.File), err)
		}
	}
	base, err := a.readBaseline(o, l, j.File, p)
	if err != nil {
		return err
	}
	var newer compare.Snapshot
	var required []*framework.Framework
	if open {
		newer, err = a.snapshotOf(j.File, data, snapshotOptions{})
	} else {
		var f *review.File
		if f, err = a.parseReview(j.File, data, kind, l); err == nil {
			asked := max(f.Review.AskedRevision(), base.Revision)
			j.Assessment = scoring.Assess(l, f.Review, scoring.Options{
				Mode: p.Scoring, Today: a.today(), File: j.RepoPath, Lines: f.AnswerLines(), Program: a.Version,
				AcceptedGaps: p.AcceptedGaps(f.Review, f.Review.NewlyAsked(l, asked)),
			})
			if required, err = a.holdAgainstRequired(j.Assessment, l, p, j.File); err != nil {
				return err
			}
			if base.Kind != "" {
				newer = compare.FromAssessment(j.File, compare.ReviewFile, j.Assessment, l)
				newer.LensEdited = !j.Bank.Shipped && l.ID == a.ownLens().ID
			}
		}
	}
	if err != nil {
		return err
	}
	if base.Kind != "" {
		if j.Baseline, err = compareStates(base.Snapshot, newer); err != nil {
			return err
		}
		edited, err := a.editedFrameworks(required, base, l, p, j.File)
		if err != nil {
			return err
		}
		j.Baseline.Relaxations = slices.Concat(j.Baseline.Relaxations, base.relaxations, edited)
	}
	if open {
		j.Verdict = gate.JudgeComparison(j.Baseline, p.Policy.Policy, a.today())
		for _, key := range ignoredOpenReviewKeys {
			if from := p.Sources[key]; from != "" && from != "default" && from != "the lens" {
				j.Verdict.Notes = append(j.Verdict.Notes, gate.Note{Text: fmt.Sprintf("%s (%s) was not applied: it has no effect on a review in AWS's open schema", key, from)})
			}
		}
	} else {
		j.Verdict = gate.Judge(j.Assessment, p.Policy.Policy, j.Baseline)
	}
	j.Verdict.Digests = gate.Digests{Review: digest(data), Baseline: base.digest}
	if o.accept {
		return a.acceptBaseline(j, l, p.Baseline, data)
	}
	return nil
}

// openReviewKeys lists the settings that apply to a review in the open schema.
// ignoredOpenReviewKeys lists those that do not apply and cannot make the gate stricter.
var (
	openReviewKeys        = []string{"fail_on", "baseline", "relaxations"}
	ignoredOpenReviewKeys = []string{"soft", "severity", "scoring"}
)

// checkOpenReviewPolicy returns an error for each setting that would make the gate stricter
// but cannot be applied to a review in the open schema, which has only statuses. Settings
// at their default are fine.
func checkOpenReviewPolicy(p policy.Policy) error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(p.Sources)) {
		switch from := p.Sources[key]; {
		case from == "default" || from == "the lens":
		case slices.Contains(openReviewKeys, key) || slices.Contains(ignoredOpenReviewKeys, key):
		case p.Requires(key):
			errs = append(errs, fmt.Errorf("%s: %s cannot be applied; judge the review file of iotlens instead, or remove the setting", from, key))
		}
	}
	return errors.Join(errs...)
}

// A gateBaseline is the baseline of a gate.
type gateBaseline struct {
	compare.Snapshot
	digest      string
	ref         string               // of the commit it is read from; empty for a file
	policy      policy.Settings      // of the files in that commit; nil if they were not read
	relaxations []compare.Relaxation // of policy and baseline, if it is read from a commit
}

// readBaseline reads the baseline, if there is one. A review cannot be its own baseline:
// nothing would ever be new, and the gate would always pass.
func (a *app) readBaseline(o *gateOptions, l *lens.Lens, file string, p effectivePolicy) (gateBaseline, error) {
	var out gateBaseline
	name := p.Baseline
	ref, at, inGit := gitref.Split(name)
	switch {
	case name == "" || o.accept && !inGit && !disk.Exists(name): // the first baseline
		return out, nil
	case !inGit && disk.SameFile(name, file):
		return out, fmt.Errorf("%s: the baseline is the review itself, so nothing could ever be new; choose an earlier version of it", p.Sources["baseline"])
	}
	var data []byte
	var err error
	if inGit {
		name, data, out.relaxations, err = a.readBaselineAt(ref, at, file)
		out.ref = ref
		if err == nil && o.policyFrom == "" && o.config == "" && a.env("IOTLENS_CONFIG") == "" {
			var was effectivePolicy
			was, err = a.policyAtCommit(gitref.Prefix+ref, l, file)
			out.policy = was.settings
			out.relaxations = append(out.relaxations, policy.Loosened(was.settings, p.settings, l)...)
		}
	} else {
		data, err = readFile(name)
	}
	if err == nil {
		out.digest = digest(data)
		out.Snapshot, err = a.snapshotOf(name, data, snapshotOptions{bank: o.baselineBank, mode: p.Scoring, policy: p.Policy.Policy})
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("the baseline (%s) cannot be read", p.Sources["baseline"]), err)
	}
	return out, err
}

// readBaselineAt reads the baseline from a commit: the file at a path from the root of the
// repository, or the review itself if the path is empty. If the file differs from the one
// in the working tree, it also returns that as a relaxation.
func (a *app) readBaselineAt(ref, at, file string) (name string, data []byte, changed []compare.Relaxation, err error) {
	if ref == "" {
		return "", nil, nil, errors.New("git: has no ref; write git:REF or git:REF:PATH, such as git:origin/main")
	}
	commit, err := gitref.Open(filepath.Dir(file), ref)
	if err != nil {
		return "", nil, nil, err
	}
	own, err := commit.Path(file)
	if err != nil && at == "" {
		return "", nil, nil, err
	}
	at = cmp.Or(at, own)
	name = commit.Name(at)
	if data, err = commit.Read(at, maxFileSize); err != nil || at == own {
		return name, data, nil, err
	}
	here := filepath.Join(disk.RepositoryRoot(filepath.Dir(file)), filepath.FromSlash(at))
	if now, err := readFile(here); err == nil && !bytes.Equal(now, data) {
		changed = []compare.Relaxation{{Kind: compare.BaselineChanged, From: name, To: at}}
	}
	return name, data, changed, nil
}

// acceptBaseline writes the review as the new baseline, and prints what that accepts. The
// baseline records the lens of this run if the review was asked with its revision.
func (a *app) acceptBaseline(j *report.GateResult, l *lens.Lens, baseline string, data []byte) error {
	if _, _, inGit := gitref.Split(baseline); inGit || baseline == "" {
		return errors.New("--accept needs the file of a baseline: set --baseline FILE, or baseline in the policy; a baseline in git only changes with a commit")
	}
	if err := disk.Write(a.writeOptions(), disk.Output{Path: baseline, Data: data}); err != nil {
		return err
	}
	if j.Baseline == nil {
		fmt.Fprintf(a.Err, "wrote %s: the first baseline\n", disk.DisplayPath(baseline))
		return nil
	}
	for _, r := range j.Verdict.Relaxations {
		fmt.Fprintf(a.Err, "accepted: %s\n", gate.Note{Subject: r.Subject, Text: r.String()})
		if r.Kind == compare.LensChanged {
			if err := a.recordLens(l, baseline); err != nil {
				return err
			}
		}
	}
	for _, f := range j.Baseline.Findings {
		if f.Class == compare.New || f.Class == compare.Regressed {
			fmt.Fprintf(a.Err, "accepted: %s: %s, %s: %s\n", f.ID, f.Class, f.Status.Words(), f.Title)
		}
	}
	fmt.Fprintf(a.Err, "wrote %s: the new baseline\n", disk.DisplayPath(baseline))
	return nil
}

// recordLens records the digest of the lens in a baseline that was asked with its revision.
func (a *app) recordLens(l *lens.Lens, baseline string) error {
	f, err := a.openReview(baseline, l)
	if err != nil || f.Review.AskedRevision() != max(l.Revision, 1) {
		return err
	}
	f.Review.LensRevision, f.Review.LensDigest = max(l.Revision, 1), lens.ShortDigest(l.Digest)
	return f.Save()
}

// digest returns the SHA-256 of data in hex.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// digest returns the digest of all settings, wherever they come from.
func (p effectivePolicy) digest() string {
	if p.Sources == nil {
		return ""
	}
	data, err := json.Marshal(struct {
		Policy  gate.Policy
		Scoring scoring.Mode
	}{p.withoutSources(), p.Scoring})
	if err != nil {
		panic(err) // plain values
	}
	return digest(data)
}

func (p effectivePolicy) withoutSources() gate.Policy {
	out := p.Policy.Policy
	out.Sources = nil
	return out
}
