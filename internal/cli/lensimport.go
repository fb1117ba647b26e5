package cli

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/spf13/cobra"
)

type lensImportOptions struct {
	dir, id, version string
	force            bool
}

func (a *app) lensImportCommand() *cobra.Command {
	o := &lensImportOptions{}
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a bank from a custom lens of the AWS Well-Architected Tool",
		Long: `Make a bank from a custom lens of the AWS Well-Architected Tool, so that it can be
used with --bank for reviews, reports and the gate, like the IoT Lens. FILE is its JSON.

The folder must be new or empty, or the bank of an earlier version of the lens. It is
written completely or not at all. When a bank is updated, it keeps its id and your
changes: ratings, texts and your own questions. What the new version drops or renames is
retired, so that existing reviews still load; iotlens upgrade carries them over.

The bank keeps everything in the JSON, so that lens export can write the same JSON
again. All else is derived and can be changed in the bank. The severity of a best
practice is the risk of its question if only that practice is missing. Effort, and where
a gap can be closed, are unknown until you add them. A lens with mistakes is imported if
it can be used for a review; iotlens lens lint reports the mistakes.`,
		Example: `  iotlens lens import our-lens.json -o our-bank
  iotlens lens import our-lens-v2.json -o our-bank     # brings the bank to version 2
  iotlens review --bank our-bank`,
		Args: rangeArgs(1, 1, "FILE -o DIR"),
		RunE: func(_ *cobra.Command, args []string) error { return a.lensImport(args[0], o) },
	}
	c.Flags().StringVarP(&o.dir, "output", "o", "", "folder for the bank: new, empty, or the bank of an earlier version")
	c.Flags().StringVar(&o.id, "id", "", "id of the lens in review files (default: from its name)")
	c.Flags().BoolVar(&o.force, "force", false, "also drop your changes to parts that the new version drops")
	c.Flags().StringVar(&o.version, "lens-version", "", "version of the lens (default: its _version, or a checksum of its content)")
	return c
}

func (a *app) lensImport(file string, o *lensImportOptions) error {
	l, data, err := a.lensFile(file, o.id, o.version)
	if o.dir == "" {
		err = errors.Join(errors.New("-o is missing; set it to the folder for the bank"), err)
	}
	if err != nil {
		return err
	}
	if isBank(o.dir) {
		return a.lensUpdate(file, data, l, o)
	}
	if err := bank.Write(o.dir, l, a.writeOptions(), disk.File{Path: bank.OriginalFile, Data: data}); err != nil {
		return err
	}
	return a.printImported(file, data, l, importText(o.dir, l))
}

// printImported prints the mistakes of an imported lens, what was written, and warnings on
// its risk rules.
func (a *app) printImported(file string, data []byte, l *lens.Lens, done string) error {
	if err := a.printMistakes(file, bytes.TrimPrefix(data, []byte("\uFEFF"))); err != nil { // lensFile has already warned about the mark
		return err
	}
	fmt.Fprint(a.Err, done)
	for _, warning := range riskWarnings(l) {
		a.warn(warning)
	}
	return nil
}

// printMistakes prints the errors that lens lint finds in an imported lens, and the number
// of warnings.
func (a *app) printMistakes(file string, data []byte) error {
	r := lint.Files([]lint.Source{{File: disk.DisplayPath(file), Path: file, Data: data}})
	n := r.Counts()
	if n[lint.Error]+n[lint.Warning] == 0 {
		return nil
	}
	findings := &r.Files[0].Findings
	*findings = slices.DeleteFunc(*findings, func(f lint.Finding) bool { return f.Check.Severity != lint.Error })
	if err := lint.Formats()[0].Write(a.Err, r); err != nil { // as text
		return err
	}
	fmt.Fprintf(a.Err, "The lens was imported with mistakes: %s, %s.\nTo list them: iotlens lens lint %s\n",
		text.Count(n[lint.Error], "error"), text.Count(n[lint.Warning], "warning"), disk.ShellQuote(file))
	return nil
}

// importText says what was written and derived, and suggests the next command.
func importText(dir string, l *lens.Lens) string {
	severity := map[lens.Level]int{}
	for _, p := range l.All() {
		if p.Kind != lens.FactChoice {
			severity[p.Severity]++
		}
	}
	var p text.Page
	p.Wrapped("", "", fmt.Sprintf("wrote %s: %s, version %s, id %s; %s, %s, %s.",
		disk.DisplayPath(dir), l.Name, l.Version, l.ID, text.Count(len(l.Pillars), "pillar"), text.Count(len(l.Questions), "question"), text.Count(len(l.PracticeIDs()), "best practice")))
	p.Wrapped("", "", fmt.Sprintf("Severities derived from the rules: %d high, %d medium, %d low. Effort and fix are unknown.",
		severity[lens.High], severity[lens.Medium], severity[lens.Low]))
	printKinds(&p, l)
	p.Line("Next: iotlens review --bank %s", disk.ShellQuote(dir))
	return p.String()
}
