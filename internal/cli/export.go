package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tickets"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/spf13/cobra"
)

type exportOptions struct {
	answers.Target
	to            string
	output        string
	mapFile       string
	notApplicable string

	against   []string
	overwrite bool
	allow     []string

	tickets     ticketOptions
	ticketFlags []string // those of tickets that were set
}

// What a review exchanges with the AWS Well-Architected Tool: answers, properties of the
// workload, and notes on the lens and its pillars.
const (
	waAnswers    = "wa-answers"
	waWorkload   = "wa-workload"
	waLensReview = "wa-lens-review"
)

// exportTargets lists the values of --to.
func exportTargets() []string {
	return append([]string{waAnswers, waWorkload, waLensReview}, tickets.Names()...)
}

func (a *app) exportCommand() *cobra.Command {
	o := &exportOptions{}
	var trackers []string
	for _, t := range tickets.Targets() {
		trackers = append(trackers, fmt.Sprintf("  %-14s %s", t.Name, t.WriteHelp))
	}
	c := &cobra.Command{
		Use:   "export FILE",
		Short: "Export the answers of a review, or its findings as tickets, to another tool",
		Long: `Export the answers of a review, its workload and its notes to the AWS Well-Architected
Tool, or its open findings as tickets to a tracker.

wa-answers writes the inputs of aws wellarchitected update-answer, one per question: to
a folder with one file each, or as a list to a .json file or to standard output.
Implemented becomes selected, and not applicable is marked with its reason. Any other
status becomes unselected and goes into the notes, from which iotlens import reads it
back. What the WA Tool cannot store is listed. To send a folder:

  for f in answers/*.json; do
    aws wellarchitected update-answer --cli-input-json "file://$f" || break
  done

The ids are those of AWS's custom lens. If the lens of the workload has others, write a
map of the ids with iotlens import --write-map, and set --map. The default workload and
lens are those of the last iotlens import.

With --against, only questions that changed in the review are written. Its files are the
current output of get-answer; they are compared with the last import of each question.
Questions that changed in the WA Tool are listed and not written: import them first.
Questions that changed on both sides are conflicts; they are listed too, and written only
with --overwrite. After sending, import again, so that the next export can compare.

wa-workload writes the input of aws wellarchitected update-workload, or of
create-workload if the workload has no id yet. wa-lens-review writes the input of
update-lens-review, with the notes on the lens and its pillars.

Trackers:
` + strings.Join(trackers, "\n") + `

There is one ticket for each open finding without an active waiver. It has the priority,
owner, due date, labels and note of the finding, and the steps as a checklist. Its id
stays the same, so that iotlens import --from TRACKER can bring back its key, state and
assignee, and the next export updates it (docs/tickets.md).`,
		Example: `  iotlens export plant.review.yaml --to jira-csv --horizon now,next -o jira.csv
  iotlens export plant.review.yaml --to github-issues --only new --assignee "Ana Ruiz=@aruiz" \
      --report-url https://example.com/plant/report.html -o issues.json
  iotlens export plant.review.yaml --to wa-answers --workload-id 0123456789abcdef0123456789abcdef \
      --lens-alias arn:aws:wellarchitected:eu-central-1:123456789012:lens/0123456789abcdef0123456789abcdef -o answers
  iotlens export plant.review.yaml --to wa-answers --against there -o changed
  iotlens export plant.review.yaml --to wa-answers | jq '.[].QuestionId'
  iotlens export plant.review.yaml --to wa-workload -o workload.json`,
		Args: rangeArgs(1, 1, "FILE --to "+strings.Join(exportTargets(), "|")+" [-o FOLDER|FILE]"),
		RunE: func(c *cobra.Command, args []string) error {
			for _, name := range ticketFlags {
				if c.Flags().Changed(name) {
					o.ticketFlags = append(o.ticketFlags, "--"+name)
				}
			}
			return a.export(args[0], o)
		},
	}
	f := c.Flags()
	enumFlag(c, &o.to, "to", "", "", "format", exportTargets())
	f.StringVarP(&o.output, "output", "o", "", "file to write; with wa-answers a new or empty folder, or a .json file (default: standard output)")
	o.tickets.flags(c)
	f.StringVar(&o.WorkloadID, "workload-id", "", "workload in the WA Tool, 32 hex digits")
	f.StringVar(&o.LensAlias, "lens-alias", "", "name or ARN of the lens in the WA Tool (default: that of --map)")
	f.StringVar(&o.mapFile, "map", "", "file that maps ids of the WA Tool to those of the lens")
	f.BoolVar(&o.Layers, "layers", false, "export the answers to the layer banks (for the lens of lens export --layers) instead of those to AWS's lens")
	f.BoolVar(&o.Repaired, "repair", false, "the lens was written by lens export --repair: every question has the choice \"None of these\"")
	f.BoolVar(&o.NoQuestionNotes, "no-question-notes", false, "keep the notes that the questions have in the WA Tool; owners, dates and evidence are then not exported")
	f.StringVar(&o.notApplicable, "not-applicable", "choices", "what to mark if no best practice of a question applies: its choices (risk NONE, as with --scoring aws) or the question (NOT_APPLICABLE)")
	completeFlag(c, "not-applicable", notApplicableValues())
	f.StringSliceVar(&o.against, "against", nil, "with wa-answers: file or folder with the current answers of the WA Tool; writes only what changed in the review")
	f.BoolVar(&o.overwrite, "overwrite", false, "with --against: also write questions that changed in the WA Tool, as they are in the review")
	listFlag(c, &o.allow, "allow", "with --against: compare despite this difference", answers.Exceptions())
	return c
}

func notApplicableValues() []string { return []string{"choices", "question"} }

func (a *app) export(file string, o *exportOptions) error {
	var errs []error
	if o.to == "" {
		errs = append(errs, fmt.Errorf("--to is missing; known: %s", strings.Join(exportTargets(), ", ")))
	} else {
		errs = append(errs, checkOneOf("--to", o.to, exportTargets()))
	}
	errs = append(errs, checkOneOf("--not-applicable", o.notApplicable, notApplicableValues()))
	if id := o.WorkloadID; id != "" && (len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "") {
		errs = append(errs, fmt.Errorf("--workload-id must be 32 hex digits, not %q", id))
	}
	if o.to != waAnswers && len(o.against) > 0 {
		errs = append(errs, fmt.Errorf("--against needs --to %s", waAnswers))
	}
	if len(o.against) == 0 && (o.overwrite || len(o.allow) > 0) {
		errs = append(errs, errors.New("--overwrite and --allow need --against"))
	}
	if err := errors.Join(append(errs, checkAllow(o.allow))...); err != nil {
		return err
	}
	if target, err := tickets.FindTarget(o.to); err == nil {
		return a.exportTickets(file, target, o)
	}
	if given := o.ticketFlags; len(given) > 0 {
		return fmt.Errorf("%s can only be used with tickets: --to %s", strings.Join(given, ", "), strings.Join(tickets.Names(), ", "))
	}
	for _, source := range []string{file, o.mapFile} {
		if disk.SameFile(source, o.output) && filepath.Ext(o.output) == ".json" {
			return overwritesInput(source)
		}
	}
	l, f, err := a.openLensAndReview(file)
	if err != nil {
		return err
	}
	target := o.Target
	target.WholeQuestions = o.notApplicable == "question"
	if o.mapFile != "" {
		if target.Map, err = answers.LoadMap(o.mapFile, l); err != nil {
			return err
		}
		target.LensAlias = cmp.Or(target.LensAlias, target.Map.LensAlias)
	}
	target.WorkloadID, target.LensAlias = cmp.Or(target.WorkloadID, f.Review.WA.WorkloadID), cmp.Or(target.LensAlias, f.Review.WA.Lens)
	if o.to != waAnswers {
		return a.exportWorkloadOrNotes(l, f.Review, target, o)
	}
	out, remarks := answers.Export(l, f.Review, target)
	if len(o.against) > 0 {
		if out, err = a.onlyChanged(l, f.Review, out, target, o); err != nil {
			return err
		}
	}
	if err := a.writeAnswers(out, o.output); err != nil {
		return err
	}
	if len(out) > 0 {
		a.warnMissingIDs(target)
	}
	var page text.Page
	for _, r := range remarks {
		page.Wrapped("", "  ", r.Text+": "+strings.Join(r.IDs, ", "))
	}
	fmt.Fprint(a.Err, page.String())
	return nil
}

// exportWorkloadOrNotes writes the input for the workload, or for the notes of its lens.
func (a *app) exportWorkloadOrNotes(l *lens.Lens, r *review.Review, t answers.Target, o *exportOptions) error {
	if o.to == waWorkload {
		out, err := answers.ExportWorkload(l, &r.Workload, t)
		if err != nil {
			return err
		}
		input := ": the input of update-workload"
		if t.WorkloadID == "" {
			input = ": the input of create-workload"
		}
		return a.writeJSON(o.output, out, input)
	}
	if err := a.writeJSON(o.output, answers.ExportNotes(l, r.Notes, t), ": the input of update-lens-review"); err != nil {
		return err
	}
	a.warnMissingIDs(t)
	return nil
}

func (a *app) writeJSON(path string, v any, what string) error {
	data, err := encodeJSON(v)
	if err != nil {
		return err
	}
	return a.writeOutput(path, data, what)
}

// onlyChanged returns the inputs that change the current answers of the WA Tool, and prints
// what changed there and the conflicts.
func (a *app) onlyChanged(l *lens.Lens, r *review.Review, out []answers.UpdateAnswer, t answers.Target, o *exportOptions) ([]answers.UpdateAnswer, error) {
	files, err := readSourceFiles(o.against)
	if err != nil {
		return nil, err
	}
	given, state, remarks, err := readWAFiles(files)
	if err != nil {
		return nil, err
	}
	was := r.WA
	if t.WorkloadID != was.WorkloadID {
		was = review.WATool{WorkloadID: t.WorkloadID, Lens: t.LensAlias}
	}
	if _, err := answers.CheckOrigin(given, state, was, o.allow); err != nil {
		return nil, err
	}
	matches, _ := answers.MatchAll(l, given, t.Map)
	d := answers.CompareWithTool(r, was.ImportedStates, out, matches, o.overwrite)
	var page text.Page
	list := func(title string, of []answers.Remark) {
		for i, q := range of {
			if i == 0 {
				page.Line("%s", title)
			}
			page.Wrapped("  "+q.Text+"  ", "    ", strings.Join(q.IDs, "; "))
		}
	}
	conflicts := "changed in the review and in the WA Tool; not written (import them, or set --overwrite):"
	if o.overwrite {
		conflicts = "changed in the review and in the WA Tool; written as they are in the review:"
	}
	page.Line("%s to write, %d unchanged", text.Count(len(d.Write), "question"), d.Same)
	list("changed in the WA Tool since the last import; not written (import them):", d.Theirs)
	list(conflicts, d.Conflicts)
	if len(d.Missing) > 0 {
		page.Wrapped("", "  ", "not written, because the files do not have their current answers: "+strings.Join(d.Missing, ", "))
	}
	for _, r := range remarks {
		page.Wrapped("", "  ", r)
	}
	fmt.Fprint(a.Err, page.String())
	return d.Write, nil
}

// warnMissingIDs prints which ids the inputs lack.
func (a *app) warnMissingIDs(t answers.Target) {
	var missing []string
	if t.WorkloadID == "" {
		missing = append(missing, "--workload-id")
	}
	if t.LensAlias == "" {
		missing = append(missing, "--lens-alias")
	}
	if len(missing) > 0 {
		fmt.Fprintf(a.Err, "missing in the inputs; add them to the aws command: %s\n", strings.Join(missing, ", "))
	}
}

// writeAnswers writes one file per question to a folder, or one list.
func (a *app) writeAnswers(out []answers.UpdateAnswer, path string) error {
	questions := text.Count(len(out), "question")
	if path != "" && filepath.Ext(path) != ".json" {
		if disk.Exists(path) && !disk.IsFolder(path) {
			return fmt.Errorf("%s: not a folder; to write one file with all answers, choose a name that ends in .json", disk.DisplayPath(path))
		}
		var files []disk.File
		for _, u := range out {
			data, err := encodeJSON(u)
			if err != nil {
				return err
			}
			files = append(files, disk.File{Path: u.Question + ".json", Data: data})
		}
		if err := disk.WriteFolder(path, files, a.writeOptions()); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s: the answers to %s, one file each\n", disk.DisplayPath(path), questions)
		return nil
	}
	return a.writeJSON(path, out, ": the answers to "+questions)
}

func encodeJSON(v any) ([]byte, error) {
	var page bytes.Buffer
	err := jsonfile.Write(&page, v)
	return page.Bytes(), err
}
