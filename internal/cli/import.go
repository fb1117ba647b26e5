package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/spf13/cobra"
)

type importOptions struct {
	from   string // name of an importSource; empty to detect it
	by     string
	dryRun bool
	yes    bool

	mapFile, writeMap string // this and the next: only for answers of the WA Tool
	unselected        string
	allow             []string
}

// An importSource reads answers from one kind of file.
type importSource struct {
	name, about string
	kinds       []filekind.Kind // of the files, for detection; empty if it needs --from
	read        func(a *app, in importInput) (imported, error)
}

// importInput is the input of an importSource.
type importInput struct {
	*importOptions
	lens      *lens.Lens
	review    *review.Review // not to be changed
	files     []importFile
	file      string // the review
	timestamp string // time of changed answers
}

type importFile struct {
	name string
	data []byte
}

// imported is the changes that a source would make to a review.
type imported struct {
	changes []review.Change
	same    int      // number of answers that stay the same
	remarks []string // sentences to print

	properties    []answers.Property                    // of the workload, and notes
	apply         func(*review.Review, []review.Change) // makes the changes; nil for Review.Apply
	applyExtra    func(*review.Review)                  // makes the other changes and records the import; may be nil
	recordChanged bool                                  // the record of the import changes
	extraCount    int                                   // number of changes by applyExtra that only remarks mention
}

func (i *imported) count() int { return len(i.changes) + len(i.properties) + i.extraCount }

func importSources() []importSource {
	return append([]importSource{
		{"csv", "a table written by report -f csv and edited in a spreadsheet", []filekind.Kind{filekind.Table}, importTable},
		{"xlsx", "the sheet Ledger of a workbook written by report -f xlsx and edited", []filekind.Kind{filekind.Workbook}, importTable},
		{"review", "another file of the same review, such as a rescue file: its newer answers", []filekind.Kind{filekind.Review}, importReview},
		{"template", "an updated review template: replaces the answers that nobody has confirmed yet", nil, importTemplates},
		{waAnswers, "output of aws wellarchitected list-answers, get-answer, get-lens-review and get-workload, as files or in a folder", []filekind.Kind{filekind.WAAnswers, filekind.WAState}, (*app).importWAAnswers},
	}, ticketSources()...)
}

func (a *app) importCommand() *cobra.Command {
	o := &importOptions{}
	var about, names []string
	for _, s := range importSources() {
		about = append(about, fmt.Sprintf("  %-14s %s", s.name, s.about))
		names = append(names, s.name)
	}
	c := &cobra.Command{
		Use:   "import FILE SOURCE...",
		Short: "Import answers from a table or another tool into a review",
		Long: `Import answers into a review from a file that was edited by people or written by
another tool. The changes are shown and must be confirmed, without a terminal with
--yes. If anything in a source is invalid, all problems are reported and the review is
not changed. A replaced answer stays in the history of the new one. A removed answer is
removed with its history; to keep it, create a milestone first.

Sources:
` + strings.Join(about, "\n") + `

A table and the ledger of a workbook are read in the same way. There may be lines above
the column headings. Formulas are not read.

Files of a tracker need --from. A ticket is matched by the id in its text. Its state,
assignee and link become a line in the note of the answer, and the assignee becomes the
owner if the answer has none; who answered, and when, does not change. A closed ticket
does not change a status: it is listed with the command that does (docs/tickets.md).

A review template fills unanswered best practices, and replaces answers that came from
it and that nobody has confirmed. Answers of the team are kept; where the template
differs, it is listed (docs/templates.md).

In the WA Tool, a choice is selected, unselected or not applicable. If the notes have
the status, as iotlens export writes it, it is imported from there. Otherwise an
unselected choice of an answered question becomes not_implemented, as in the WA Tool
itself, or the status of --unselected. An answer in the review that agrees with the WA
Tool and is more precise is kept. Questions and choices are matched by --map, then by
id, then by title. The output of get-workload has the properties of the workload; the
output of get-lens-review has the notes on the lens and its pillars, and its version.

The review remembers the workload, the lens and what was imported. Files of two
workloads, lenses or milestones are refused. --allow is needed for answers of another
workload, lens or version than before, of a milestone, or older than the last import.`,
		Example: `  iotlens report plant.review.yaml -f csv=table.csv
  iotlens import plant.review.yaml table.csv --dry-run
  iotlens import plant.review.yaml table.csv --by Ana --yes
  iotlens import plant.review.yaml plant.xlsx --by Ana
  iotlens import plant.review.yaml --from jira-csv jira.csv
  iotlens import plant.review.yaml plant.review.rescue.yaml
  iotlens import plant.review.yaml platform.template.yaml --dry-run
  aws wellarchitected list-answers --workload-id ID --lens-alias ARN > answers.json
  iotlens import plant.review.yaml answers.json --from wa-answers --write-map map.yaml
  iotlens import plant.review.yaml milestone-3 --allow milestone --dry-run`,
		Args: rangeArgs(2, math.MaxInt, "FILE SOURCE..."),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.interruptible(func() error { return a.importAnswers(args[0], args[1:], o) })
		},
	}
	f := c.Flags()
	enumFlag(c, &o.from, "from", "", "", "format of the sources (default: detected)", names)
	f.StringVar(&o.by, "by", "", "who answered; saved with each changed answer")
	f.BoolVar(&o.dryRun, "dry-run", false, "show the changes without making them")
	f.BoolVar(&o.yes, "yes", false, "make the changes without asking")
	f.StringVar(&o.mapFile, "map", "", "with wa-answers: file that maps ids of the WA Tool to those of the lens")
	f.StringVar(&o.writeMap, "write-map", "", "with wa-answers: write such a file, with the ids that were matched and those that were not")
	listFlag(c, &o.allow, "allow", "with wa-answers: import despite this difference", answers.Exceptions())
	enumFlag(c, &o.unselected, "unselected", "", string(review.NotImplemented), "with wa-answers: status of an unselected choice", unselectedValues())
	return c
}

func (a *app) importAnswers(file string, sources []string, o *importOptions) error {
	if o.dryRun && o.yes {
		return errors.New("--dry-run and --yes cannot be used together")
	}
	files, err := readSourceFiles(sources)
	if err != nil {
		return err
	}
	source, err := o.detectSource(files)
	if err != nil {
		return err
	}
	if source.name != waAnswers && (o.mapFile != "" || o.writeMap != "") {
		return fmt.Errorf("--map and --write-map need --from %s, not %s", waAnswers, source.name)
	}
	l, f, err := a.openLensAndReview(file)
	if err != nil {
		return err
	}
	found, err := source.read(a, importInput{o, l, f.Review, files, file, a.timestamp()})
	if err != nil {
		return err
	}
	if err := a.printChanges(file, found); err != nil || found.count() == 0 && !found.recordChanged || o.dryRun {
		return err
	}
	changes := text.Count(found.count(), "change")
	switch {
	case o.yes:
	case !a.StdinTTY && found.count() == 0:
		return nil
	case !a.StdinTTY:
		return errors.New("nothing was changed: without a terminal, set --yes to make the changes or --dry-run to see them")
	case !a.confirm(fmt.Sprintf("Import %s into %s?", changes, disk.DisplayPath(file))):
		fmt.Fprintln(a.Err, "nothing was changed")
		return nil
	}
	if found.apply != nil {
		found.apply(f.Review, found.changes)
	} else {
		f.Review.Apply(found.changes)
	}
	if found.applyExtra != nil {
		found.applyExtra(f.Review)
	}
	if err := f.Save(); err != nil {
		return err
	}
	if found.count() == 0 {
		changes = "no change; recorded what the WA Tool has"
	}
	fmt.Fprintf(a.Err, "%s: imported %s\n", disk.DisplayPath(file), changes)
	return nil
}

// readSourceFiles reads the given files, and the .json files in the given folders.
func readSourceFiles(sources []string) ([]importFile, error) {
	var out []importFile
	for _, source := range sources {
		paths := []string{source}
		if disk.IsFolder(source) {
			var err error
			if paths, err = disk.List(source, ".json", false); err != nil {
				return nil, err
			}
			if len(paths) == 0 {
				return nil, fmt.Errorf("%s: no .json files in this folder", disk.DisplayPath(source))
			}
		}
		for _, path := range paths {
			data, err := disk.Read(path, maxFileSize)
			if err != nil {
				return nil, err
			}
			out = append(out, importFile{path, data})
		}
	}
	return out, nil
}

// detectSource returns the source of --from, or the one to which all files belong.
func (o *importOptions) detectSource(files []importFile) (importSource, error) {
	var names []string
	for _, s := range importSources() {
		names = append(names, s.name)
		other := func(f importFile) bool { return !slices.Contains(s.kinds, filekind.Detect(f.data)) }
		if o.from == s.name || o.from == "" && !slices.ContainsFunc(files, other) {
			return s, nil
		}
	}
	if o.from != "" {
		return importSource{}, checkOneOf("--from", o.from, names)
	}
	for _, f := range files {
		kind := filekind.Detect(f.data)
		if known := slices.ContainsFunc(importSources(), func(s importSource) bool { return slices.Contains(s.kinds, kind) }); !known && kind != filekind.Other {
			return importSource{}, fmt.Errorf("%s: this is %s, not a source of answers (%s)", disk.DisplayPath(f.name), kind, strings.Join(names, ", "))
		}
	}
	return importSource{}, fmt.Errorf("%s: cannot detect the format; set --from: %s", disk.DisplayPath(files[0].name), strings.Join(names, ", "))
}

// confirm asks a question and reports whether the answer is yes.
func (a *app) confirm(question string) bool {
	fmt.Fprintf(a.Err, "%s [y/N] ", question)
	line, _ := a.input().ReadString('\n')
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(line)))
}

// printChanges prints what would change, field by field.
func (a *app) printChanges(file string, found imported) error {
	p := &text.Page{}
	p.Line("%s: %s, %d unchanged", disk.DisplayPath(file), text.Count(found.count(), "change"), found.same)
	for _, c := range found.changes {
		p.Line("")
		p.Wrapped("  "+c.Practice+"  ", "    ", strings.TrimSpace(c.Title))
		if c.Reason != "" {
			p.Wrapped("    ", "    ", "("+c.Reason+")")
		}
		for _, f := range c.Before.DifferingFields(c.After) {
			p.Wrapped(fmt.Sprintf("    %-9s ", f.Key), "              ", shortValue(f.Text(c.Before))+" -> "+shortValue(f.Text(c.After)))
		}
		if was, is := c.Before.Origin(), c.After.Origin(); was != is {
			p.Wrapped("    origin    ", "              ", shortValue(was)+" -> "+shortValue(is))
		}
		if c.After.Status != review.Unanswered && c.After.CountDroppedEvidence(c.Before) > 0 {
			p.Wrapped("    ", "    ", "The evidence belongs to the earlier answer and moves to its history; add new evidence.")
		}
	}
	for i, c := range found.properties {
		if i == 0 {
			p.Line("")
		}
		p.Wrapped("  "+c.Key+"  ", "    ", shortValue(c.Was)+" -> "+shortValue(c.Is))
	}
	if len(found.remarks) > 0 {
		p.Line("")
	}
	for _, r := range found.remarks {
		p.Wrapped("  ", "    ", r)
	}
	return a.print(p.String())
}

// shortValue returns a value as a list of changes shows it.
func shortValue(s string) string {
	if strings.TrimSpace(s) == "" {
		return "(none)"
	}
	return text.Shorten(s, 160)
}
