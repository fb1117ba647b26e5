package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/spf13/cobra"
)

type lensExportOptions struct {
	file string
	customlens.Options
}

func (a *app) lensExportCommand() *cobra.Command {
	o := &lensExportOptions{}
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the lens as a custom lens of the AWS Well-Architected Tool",
		Long: `Write the shipped lens, or that of --bank, as the JSON that the AWS
Well-Architected Tool imports as a custom lens.

The ids and rules of the shipped lens are AWS's. The card of each best practice becomes
its helpful resource and improvement plan, cut to the limits of the format. An imported
lens is written as it was, except for changes that were made in its bank.`,
		Example: `  iotlens lens export -o iot-lens.json
  iotlens lens export --rules monotone --repair -o iot-lens.json
  iotlens lens export --layers -o iot-layers.json
  aws wellarchitected import-lens --json-string file://iot-lens.json`,
		Args: rangeArgs(0, 0, "[--bank DIR] [-o FILE]"),
		RunE: a.withLens(func(l *lens.Lens, _ []string) error { return a.lensExport(l, o) }),
	}
	f := c.Flags()
	f.StringVarP(&o.file, "output", "o", "", "file to write (default: standard output)")
	f.StringVar((*string)(&o.Rules), "rules", string(customlens.OriginalRules), "risk rules: aws (unchanged) or monotone (changed so that doing more never raises a risk)")
	f.BoolVar(&o.Layers, "layers", false, "export the layer banks and parts, each as a pillar, instead of the lens itself")
	f.BoolVar(&o.Repair, "repair", false, `add or rename the choice "None of these" where it is missing or misnamed, and trim titles`)
	f.StringVar(&o.Name, "name", "", "name of the custom lens (default: that of the lens)")
	completeFlag(c, "rules", customlens.RuleForm("").Values())
	return c
}

func (a *app) lensExport(l *lens.Lens, o *lensExportOptions) error {
	if err := checkOneOf("--rules", string(o.Rules), customlens.RuleForm("").Values()); err != nil {
		return err
	}
	if o.file != "" && a.bank != "" && (disk.IsWithin(o.file, filepath.Join(a.bank, "pillars")) || disk.IsWithin(o.file, filepath.Join(a.bank, "questions"))) {
		return fmt.Errorf("%s: this is inside the bank %s; choose another path", disk.DisplayPath(o.file), disk.DisplayPath(a.bank))
	}
	w, err := customlens.Export(l, o.Options)
	if err != nil {
		return err
	}
	if o.Name != "" && w.Name.Value != o.Name {
		fmt.Fprintf(a.Err, "the name was changed to %q, because AWS limits its length and characters\n", w.Name.Value)
	}
	data, err := customlens.Write(w)
	if err != nil {
		return err
	}
	what := fmt.Sprintf(": %s; %d of %d bytes", exportCounts(w), len(data), customlens.MaxSize)
	if err := a.writeOutput(o.file, data, what); err != nil || o.file == "" {
		return err
	}
	n := lint.Files([]lint.Source{{File: o.file, Path: o.file, Data: data}}).Counts()
	if n[lint.Error] > 0 {
		fmt.Fprintf(a.Err, "AWS would reject this lens, or read it differently: %s. To list them: iotlens lens lint %s\n", text.Count(n[lint.Error], "error"), disk.ShellQuote(o.file))
	}
	return nil
}

func exportCounts(w *customlens.Lens) string {
	questions, choices := 0, 0
	for _, p := range w.Pillars {
		questions += len(p.Questions)
		for _, q := range p.Questions {
			choices += len(q.Choices)
		}
	}
	return strings.Join([]string{text.Count(len(w.Pillars), "pillar"), text.Count(questions, "question"), text.Count(choices, "choice")}, ", ")
}
