package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonwrite"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/spf13/cobra"
)

type exportOptions struct {
	file             string
	to               string
	output           string
	workload, alias  string
	mapFile          string
	layers, noAsides bool
	repaired         bool
	notApplicable    string
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

wa-answers are the inputs of aws wellarchitected update-answer, one a question: a
folder with a file each, a .json file with a list of all, or that list on stdout.
Implemented is ticked, not applicable is marked with its reason, anything else is
not ticked and said in the notes, so that iotlens import can read it back. What
the WA Tool has no place for is named. Send a folder with

  for f in answers/*.json; do
    aws wellarchitected update-answer --cli-input-json "file://$f" || break
  done

The ids are those of AWS's custom lens. Where the lens of the workload has others,
import writes a map of them, which --map takes.`,
		Example: `  iotlens export plant.review.yaml --to wa-answers --workload-id 0123456789abcdef0123456789abcdef \
      --lens-alias arn:aws:wellarchitected:eu-central-1:123456789012:lens/0123456789abcdef0123456789abcdef -o answers
  iotlens export plant.review.yaml --to wa-answers | jq '.[].QuestionId'`,
		Args: args(1, 1, "FILE --to wa-answers [-o FOLDER|FILE.json]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file = args[0]
			return a.export(o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.to, "to", "", "for what: "+strings.Join(exportTargets(), ", "))
	f.StringVarP(&o.output, "output", "o", "", "a folder, which must be new or empty, or a .json file (default: stdout)")
	f.StringVar(&o.workload, "workload-id", "", "the workload in the WA Tool, 32 figures and letters a to f")
	f.StringVar(&o.alias, "lens-alias", "", "the lens there: its name or ARN (default: that of --map)")
	f.StringVar(&o.mapFile, "map", "", "a file that says which ids of the WA Tool are which of ours")
	f.BoolVar(&o.layers, "layers", false, "the answers to the layer banks, for the lens made of them, instead of those to AWS's lens")
	f.BoolVar(&o.repaired, "repair", false, "for a lens that lens export --repair wrote, which has every \"None of these\"")
	f.BoolVar(&o.noAsides, "no-question-notes", false, "leave the notes of questions as they are there; owners, dates and evidence stay behind")
	f.StringVar(&o.notApplicable, "not-applicable", "choices", "how a question is marked of which nothing applies: choices (NONE there, as with --scoring aws) or question (NOT_APPLICABLE)")
	complete(c, "to", exportTargets())
	complete(c, "not-applicable", notApplicableValues())
	return c
}

func notApplicableValues() []string { return []string{"choices", "question"} }

func (o *exportOptions) check() error {
	var errs []error
	if o.to == "" {
		errs = append(errs, fmt.Errorf("--to says for what; known: %s", strings.Join(exportTargets(), ", ")))
	} else if err := oneOf("--to", o.to, exportTargets()); err != nil {
		errs = append(errs, err)
	}
	if err := oneOf("--not-applicable", o.notApplicable, notApplicableValues()); err != nil {
		errs = append(errs, err)
	}
	if o.workload != "" && (len(o.workload) != 32 || strings.Trim(o.workload, "0123456789abcdef") != "") {
		errs = append(errs, fmt.Errorf("--workload-id is 32 figures and letters a to f, not %q", o.workload))
	}
	return errors.Join(errs...)
}

func (a *app) export(o *exportOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	for _, source := range []string{o.file, o.mapFile} {
		if sameFile(source, o.output) && filepath.Ext(o.output) == ".json" {
			return fmt.Errorf("%s would be overwritten by its own export; give another path", source)
		}
	}
	l, f, err := a.open(o.file)
	if err != nil {
		return err
	}
	target := answers.Target{WorkloadID: o.workload, LensAlias: o.alias, Layers: o.layers, Repaired: o.repaired, Plain: o.noAsides, Whole: o.notApplicable == "question"}
	if o.mapFile != "" {
		if target.Map, err = answers.LoadMap(o.mapFile, l); err != nil {
			return err
		}
		if target.LensAlias == "" {
			target.LensAlias = target.Map.LensAlias
		}
	}
	out, remarks := answers.Export(l, f.Review, target)
	if err := a.writeAnswers(out, o.output); err != nil {
		return err
	}
	var missing []string
	for _, m := range []struct{ flag, value string }{{"--workload-id", target.WorkloadID}, {"--lens-alias", target.LensAlias}} {
		if m.value == "" {
			missing = append(missing, m.flag)
		}
	}
	if len(missing) > 0 && len(out) > 0 {
		fmt.Fprintf(a.Err, "not in the inputs, so the aws command needs it: %s\n", strings.Join(missing, ", "))
	}
	printRemarks(a.Err, remarks)
	return nil
}

// writeAnswers writes one file a question into a folder, or one list.
func (a *app) writeAnswers(out []answers.UpdateAnswer, path string) error {
	list := func(w io.Writer) error {
		if len(out) == 0 {
			out = []answers.UpdateAnswer{}
		}
		return jsonwrite.Write(w, out)
	}
	questions := text.Count(len(out), "question")
	switch {
	case path == "":
		return list(a.Out)
	case filepath.Ext(path) == ".json":
		if err := writeFile(path, list); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "wrote %s: the answers to %s\n", path, questions)
		return nil
	}
	if err := newFolder(path); err != nil {
		return err
	}
	for _, u := range out {
		name := filepath.Join(path, u.Question+".json")
		if err := writeFile(name, func(w io.Writer) error { return jsonwrite.Write(w, u) }); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.Err, "wrote %s: the answers to %s, a file each\n", path, questions)
	return nil
}

// newFolder makes a folder, or takes one that is empty: what lay in it would be
// sent along.
func newFolder(path string) error {
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return os.MkdirAll(path, 0o755)
	case err != nil:
		return fmt.Errorf("%s: is not a folder; the list of all answers goes into a file whose name ends in .json", path)
	case len(entries) > 0:
		return fmt.Errorf("%s: is not empty; give a new folder, so that no older answer is sent along", path)
	}
	return nil
}

// printRemarks writes what a reader of an exchange should know, and of what.
func printRemarks(w io.Writer, remarks []answers.Remark) {
	var page text.Page
	for _, r := range remarks {
		page.Wrapped("", "  ", r.Text+": "+strings.Join(r.IDs, ", "))
	}
	fmt.Fprint(w, page.String())
}
