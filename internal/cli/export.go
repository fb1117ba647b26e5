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
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/spf13/cobra"
)

type exportOptions struct {
	to              string
	output          string
	workload, alias string
	mapFile         string
	layers, noNotes bool
	repaired        bool
	notApplicable   string
}

// waAnswers are answers of the AWS Well-Architected Tool, on their way in or out.
const waAnswers = "wa-answers"

// exportTargets lists where answers can go.
func exportTargets() []string { return []string{waAnswers} }

func (a *app) exportCommand() *cobra.Command {
	o := &exportOptions{}
	c := &cobra.Command{
		Use:   "export FILE",
		Short: "Write the answers of a review for another tool",
		Long: `Write the answers of a review for another tool.

wa-answers are the inputs of aws wellarchitected update-answer, one per question: a
folder with one file each, a .json file with a list of all, or that list on stdout.
Implemented is selected, not applicable is marked with its reason, any other status
is unselected and written to the notes, from which iotlens import reads it. What the
WA Tool cannot store is listed. Send a folder with

  for f in answers/*.json; do
    aws wellarchitected update-answer --cli-input-json "file://$f" || break
  done

The ids are those of AWS's custom lens. If the lens of the workload has others, write
a map of them with iotlens import --write-map, and set --map.`,
		Example: `  iotlens export plant.review.yaml --to wa-answers --workload-id 0123456789abcdef0123456789abcdef \
      --lens-alias arn:aws:wellarchitected:eu-central-1:123456789012:lens/0123456789abcdef0123456789abcdef -o answers
  iotlens export plant.review.yaml --to wa-answers | jq '.[].QuestionId'`,
		Args: args(1, 1, "FILE --to wa-answers [-o FOLDER|FILE.json]"),
		RunE: func(_ *cobra.Command, args []string) error { return a.export(args[0], o) },
	}
	f := c.Flags()
	choiceFlag(c, &o.to, "to", "", "", "format", exportTargets())
	f.StringVarP(&o.output, "output", "o", "", "new or empty folder, or a .json file (default: stdout)")
	f.StringVar(&o.workload, "workload-id", "", "workload in the WA Tool, 32 hex digits")
	f.StringVar(&o.alias, "lens-alias", "", "lens in the WA Tool: its name or ARN (default: that of --map)")
	f.StringVar(&o.mapFile, "map", "", "file that maps ids of the WA Tool to those of the lens")
	f.BoolVar(&o.layers, "layers", false, "answers to the layer banks, for the lens made of them, instead of those to AWS's lens")
	f.BoolVar(&o.repaired, "repair", false, "for a lens written by lens export --repair, in which every question has \"None of these\"")
	f.BoolVar(&o.noNotes, "no-question-notes", false, "keep the notes of questions in the WA Tool; owners, dates and evidence are not exported")
	f.StringVar(&o.notApplicable, "not-applicable", "choices", "what to mark if nothing in a question applies: choices (risk NONE, as with --scoring aws) or question (NOT_APPLICABLE)")
	complete(c, "not-applicable", notApplicableValues())
	return c
}

func notApplicableValues() []string { return []string{"choices", "question"} }

func (a *app) export(file string, o *exportOptions) error {
	var errs []error
	if o.to == "" {
		errs = append(errs, fmt.Errorf("--to is missing; known: %s", strings.Join(exportTargets(), ", ")))
	} else {
		errs = append(errs, oneOf("--to", o.to, exportTargets()))
	}
	errs = append(errs, oneOf("--not-applicable", o.notApplicable, notApplicableValues()))
	if o.workload != "" && (len(o.workload) != 32 || strings.Trim(o.workload, "0123456789abcdef") != "") {
		errs = append(errs, fmt.Errorf("--workload-id must be 32 hex digits, not %q", o.workload))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, source := range []string{file, o.mapFile} {
		if disk.Same(source, o.output) && filepath.Ext(o.output) == ".json" {
			return fmt.Errorf("%s: would be overwritten by its own export; choose another path", disk.Shown(source))
		}
	}
	l, f, err := a.open(file)
	if err != nil {
		return err
	}
	target := answers.Target{WorkloadID: o.workload, LensAlias: o.alias, Layers: o.layers, Repaired: o.repaired, NoQuestionNotes: o.noNotes, WholeQuestions: o.notApplicable == "question"}
	if o.mapFile != "" {
		if target.Map, err = answers.LoadMap(o.mapFile, l); err != nil {
			return err
		}
		target.LensAlias = cmp.Or(target.LensAlias, target.Map.LensAlias)
	}
	out, remarks := answers.Export(l, f.Review, target)
	if err := a.writeAnswers(out, o.output); err != nil {
		return err
	}
	var missing []string
	if target.WorkloadID == "" {
		missing = append(missing, "--workload-id")
	}
	if target.LensAlias == "" {
		missing = append(missing, "--lens-alias")
	}
	if len(missing) > 0 && len(out) > 0 {
		fmt.Fprintf(a.Err, "missing in the inputs; add to the aws command: %s\n", strings.Join(missing, ", "))
	}
	var page text.Page
	for _, r := range remarks {
		page.Wrapped("", "  ", r.Text+": "+strings.Join(r.IDs, ", "))
	}
	fmt.Fprint(a.Err, page.String())
	return nil
}

// writeAnswers writes one file per question into a folder, or one list.
func (a *app) writeAnswers(out []answers.UpdateAnswer, path string) error {
	questions := text.Count(len(out), "question")
	if path != "" && filepath.Ext(path) != ".json" {
		if disk.Exists(path) && !disk.IsFolder(path) {
			return fmt.Errorf("%s: not a folder; the name of a file with all answers must end in .json", disk.Shown(path))
		}
		var files []disk.File
		for _, u := range out {
			data, err := asJSON(u)
			if err != nil {
				return err
			}
			files = append(files, disk.File{Path: u.Question + ".json", Data: data})
		}
		if err := disk.WriteFolder(path, files, a.writing()); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s: the answers to %s, one file each\n", disk.Shown(path), questions)
		return nil
	}
	data, err := asJSON(append([]answers.UpdateAnswer{}, out...)) // never null
	if err != nil {
		return err
	}
	return a.writeOut(path, data, ": the answers to "+questions)
}

func asJSON(v any) ([]byte, error) {
	var page bytes.Buffer
	err := jsonfile.Write(&page, v)
	return page.Bytes(), err
}
