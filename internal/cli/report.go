package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/openreview"
	"github.com/spf13/cobra"
)

type reportOptions struct {
	file           string
	from           string // a saved JSON report, instead of a review
	outputs        []string
	scoring        scoring.Mode
	guidance       bool // JSON with the guidance of the lens
	brief          bool // Markdown that fits into a comment
	ledger         bool // text and Markdown with the ledger
	noSource       bool // PDF and JSON without the review file
	since          string
	brand          string
	fonts          []string
	frameworks     []string // ids or files
	assessFlagsSet bool     // --scoring or --today was given
}

func (a *app) reportCommand() *cobra.Command {
	o := &reportOptions{}
	c := &cobra.Command{
		Use:   "report FILE | --from REPORT.json",
		Short: "Write the risk report of a review",
		Long: `Write the risk report of a review: verdict, scores, findings by priority, plan,
scenarios with the steps at risk, waivers, and what was not assessed.

--from reads a saved JSON report instead of a review and writes it again, in any format
and with the same bytes. The guidance comes from the lens of the report, which must be
the shipped one or that of --bank. --guidance adds the guidance to the JSON report, which
then needs no lens. --brief writes Markdown for a comment: the verdict, the scores and
what to do first, in at most 65,536 characters.

For auditors, html, pdf and csv have a ledger of all answers in scope: who gave each
answer and when, evidence, history and waiver, the participants, and the digests of
review, bank and policy. --ledger adds it to text and markdown. pdf contains the review
file as an attachment, json as review_source; --no-source leaves it out.

Page one shows what changed since the last milestone of the review: scores, risks, and
findings that are new, have regressed or were closed. --since compares with another
milestone (by its name or day), a review file, a saved JSON report or the review in a
commit (git:REF); none turns the comparison off.

--framework adds a section to text, markdown, html, pdf, xlsx and json: the state of each
provision of a law or standard, with evidence, owner and unanswered best practices. It is
evidence for an assessment, not a declaration of conformity. iotlens framework gaps
writes this section alone, also as CSV.

--brand adds your logo, names, classification and colour to the report (docs/brand.md).
The fonts of the PDF cover Latin, Greek and Cyrillic; --font adds others. Missing
characters are reported.

sarif, junit, github and gitlab show the verdict of the gate with its default policy;
iotlens gate writes them with your policy.

Formats:
` + formatsHelp(report.Formats()),
		Example: `  iotlens report plant.review.yaml
  iotlens report plant.review.yaml -f markdown=report.md -f json=report.json
  iotlens report plant.review.yaml --ledger -f markdown=ledger.md -f pdf=report.pdf
  iotlens report plant.review.yaml --since "Before launch" -f html=report.html
  iotlens report plant.review.yaml --brand brand.yaml -f slides=slides.html -f pdf=report.pdf
  iotlens report plant.review.yaml --framework cra --framework en303645 -f pdf=report.pdf
  iotlens report --from report.json -f markdown`,
		Args: rangeArgs(0, 1, "FILE [-f FORMAT[=PATH]]..."),
		RunE: func(c *cobra.Command, args []string) error {
			o.file = firstArg(args)
			o.assessFlagsSet = c.Flags().Changed("scoring") || c.Flags().Changed("today")
			return a.report(o)
		},
	}
	c.Flags().StringVar(&o.from, "from", "", "a saved JSON report, instead of a review")
	c.Flags().BoolVar(&o.guidance, "guidance", false, "add the guidance of the lens to the JSON report")
	c.Flags().BoolVar(&o.brief, "brief", false, "write short Markdown for a comment")
	c.Flags().StringVar(&o.since, "since", "", "what page one compares with: a milestone, a file, git:REF[:PATH] or none (default: the last milestone)")
	frameworkFlag(c, &o.frameworks, "framework", "law or standard to hold the review against: its id (iotlens framework list) or a file of your own (repeatable)")
	c.Flags().BoolVar(&o.ledger, "ledger", false, "add the ledger of all answers to text and markdown")
	c.Flags().BoolVar(&o.noSource, "no-source", false, "leave the review file out of pdf and json")
	c.Flags().StringVar(&o.brand, "brand", "", "brand file with logo, names, classification and colour, for html, pdf, slides, xlsx and markdown (default: the variable IOTLENS_BRAND)")
	c.Flags().StringArrayVar(&o.fonts, "font", nil, "TrueType or OpenType font for characters that the built-in fonts of the PDF lack (repeatable; default: the variable IOTLENS_FONT)")
	outputsFlag(c, &o.outputs, report.Formats().Names())
	scoringFlag(c, &o.scoring)
	return c
}

// assess loads a review and assesses it. It also returns the lens.
func (a *app) assess(file string, mode scoring.Mode) (*scoring.Assessment, *lens.Lens, error) {
	if err := checkScoring(mode); err != nil {
		return nil, nil, err
	}
	l, err := a.lens()
	if err != nil {
		return nil, nil, err
	}
	assessor := make(chan *scoring.Assessor, 1)
	go func() { assessor <- scoring.NewAssessor(l) }() // while the review is read
	f, err := a.openReview(file, l)
	if err != nil {
		return nil, nil, err
	}
	record, own := a.auditRecord(f)
	return (<-assessor).Assess(f.Review, scoring.Options{
		Mode: mode, Today: a.today(), File: portablePath(file), Lines: f.AnswerLines(), Program: a.Version, Record: record, CustomKeys: own,
	}), l, nil
}

// auditRecord returns what an auditor needs besides the answers of a review: the file with
// its digest, the digests of the policy files of the gate, and custom keys of the file.
func (a *app) auditRecord(f *review.File) (scoring.AuditRecord, map[string]map[string]string) {
	whole, own := f.ExtensionKeys()
	out := scoring.AuditRecord{Digest: digest(f.Data()), Source: f.Data(), CustomKeys: whole}
	files, err := policyFiles(f.Path, "")
	if err != nil {
		a.warn(err.Error())
	}
	for _, file := range files {
		data, err := disk.Read(file, maxFileSize)
		if err != nil {
			a.warn(err.Error())
			continue
		}
		out.Policies = append(out.Policies, scoring.PolicyFile{File: portablePath(file), Digest: digest(data)})
	}
	return out, own
}

// loadAssessment returns the assessment of the review or of the saved report, and the lens of
// this run.
func (a *app) loadAssessment(o *reportOptions) (*scoring.Assessment, *lens.Lens, error) {
	switch {
	case o.file == "" && o.from == "":
		return nil, nil, errors.New("usage: iotlens report FILE [-f FORMAT[=PATH]]..., or --from REPORT.json instead of FILE\nSee: iotlens report --help")
	case o.from == "":
		return a.assess(o.file, o.scoring)
	case o.file != "":
		return nil, nil, errors.New("FILE and --from cannot be used together")
	case o.assessFlagsSet:
		return nil, nil, errors.New("--scoring and --today cannot be used with --from: a saved report is already assessed")
	}
	data, err := readFile(o.from)
	if err == nil {
		err = checkKind(o.from, data, filekind.Detect(data), filekind.Report)
	}
	if err != nil {
		return nil, nil, err
	}
	l, err := a.lens()
	if err != nil {
		return nil, nil, err
	}
	assessment, guided, err := wire.Read(o.from, data, l)
	switch {
	case err != nil || guided:
		return assessment, l, err
	case o.guidance:
		return nil, nil, fmt.Errorf("%s: --guidance needs the lens %s %s; set --bank to its folder", disk.DisplayPath(o.from), assessment.LensID, assessment.LensVersion)
	}
	fmt.Fprintf(a.Err, "%s: the lens %s %s was not found, so the report has no guidance; set --bank to its folder\n",
		disk.DisplayPath(o.from), assessment.LensID, text.Clean(assessment.LensVersion, false))
	return assessment, l, nil
}

func (a *app) report(o *reportOptions) error {
	outputs, err := parseOutputs(report.Formats(), o.outputs)
	look, inputs, lookErr := a.loadLook(o)
	err = errors.Join(err, lookErr,
		useVariant(o.ledger, outputs, "--ledger", "-f text or markdown; html, pdf, csv and xlsx always have the ledger",
			variants{"text": plain.TextWithLedger, "markdown": plain.MarkdownWithLedger}),
		applyLook(look, o, outputs), // after the ledger, which it keeps
		useVariant(o.guidance, outputs, "--guidance", "-f json", variants{"json": wire.WriteWithGuidance}),
		useVariant(o.brief, outputs, "--brief", "-f markdown", variants{"markdown": plain.MarkdownSummary}))
	if len(o.frameworks) > 0 && len(outputs) > 0 && !slices.ContainsFunc(outputs, func(out output[*scoring.Assessment]) bool {
		return slices.Contains(frameworkFormats, out.format.Name)
	}) {
		err = errors.Join(err, errors.New("--framework can only be used with -f "+strings.Join(frameworkFormats, ", ")+"; for a table of the provisions as CSV: iotlens framework gaps -f csv"))
	}
	if o.brief && o.ledger {
		err = errors.Join(err, errors.New("--brief and --ledger cannot be used together"))
	}
	if err != nil {
		return err
	}
	if err := checkOverwrite(outputs, append(inputs, append(slices.Clone(o.frameworks), cmp.Or(o.file, o.from), o.since)...)...); err != nil {
		return err
	}
	assessment, l, err := a.loadAssessment(o)
	if err == nil {
		err = a.addSince(assessment, o.file, o.since, l)
	}
	if err != nil {
		return err
	}
	if err := a.holdAgainst(assessment, l, o.frameworks); err != nil {
		return err
	}
	if o.noSource {
		assessment.Record.Source = nil
	}
	if n := openreview.UnmappedAnswers(assessment); n > 0 && slices.ContainsFunc(outputs, func(out output[*scoring.Assessment]) bool { return out.format.Name == "aws-review" }) {
		a.warn("aws-review: " + text.Plural(n, "answer is", "answers are") + " left out, because AWS's schema does not have their pillars; -f json has all answers")
	}
	return writeOutputs(a, outputs, assessment, func(w io.Writer) error { return plain.MarkdownSummary(w, assessment) })
}

// frameworkFormats lists the formats that show provisions.
var frameworkFormats = []string{"text", "markdown", "html", "pdf", "xlsx", "json"}

// variants are replacement writers, by format.
type variants map[string]func(io.Writer, *scoring.Assessment) error

// useVariant replaces the writers of formats if a flag is set. It returns an error if no
// output has one of the formats.
func useVariant(asked bool, outputs []output[*scoring.Assessment], flag, goesWith string, others variants) error {
	found := !asked || len(outputs) == 0 // the error for -f is enough
	for i := range outputs {
		if write := others[outputs[i].format.Name]; asked && write != nil {
			outputs[i].format.Write, found = write, true
		}
	}
	if !found {
		return fmt.Errorf("%s can only be used with %s", flag, goesWith)
	}
	return nil
}
