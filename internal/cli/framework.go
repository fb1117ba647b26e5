package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) frameworkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "framework",
		Short: "List laws and standards, and check a review against them",
		Long: `List laws and standards, show which best practices answer each of their provisions, and
check a review against them. The result is evidence for an assessment, not a declaration
of conformity. docs/frameworks.md shows how to make the table for a technical file.`,
		Args: knownSubcommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.frameworkListCommand(), a.frameworkShowCommand(), a.frameworkGapsCommand())
	return c
}

func (a *app) frameworkListCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the laws and standards that a review can be checked against",
		Example: `  iotlens framework list
  iotlens framework list -f json`,
		Args: rangeArgs(0, 0, "[-f text|json]"),
		RunE: a.withLens(func(l *lens.Lens, _ []string) error {
			if err := checkOneOf("format", format, lensFormats()); err != nil {
				return err
			}
			list := a.knownFrameworks(l)
			if format == "json" {
				return wire.WriteFrameworks(a.Out, list)
			}
			return a.print(plain.FrameworkList(list))
		}),
	}
	formatFlag(c, &format)
	return c
}

func formatFlag(c *cobra.Command, into *string) {
	enumFlag(c, into, "format", "f", "text", "format", lensFormats())
}

func (a *app) frameworkShowCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "show ID|FILE",
		Short: "Show the provisions of a law or standard, and the best practices that answer them",
		Long: `Show the provisions of a law or standard in our own words, and the best practices
that answer each: fully, partly (with what they leave open) or in support. If no review
can answer a provision, show the reason. FILE is a framework of your own
(frameworks/README.md describes its format).`,
		Example: `  iotlens framework show cra
  iotlens framework show house.yaml -f json`,
		Args: rangeArgs(1, 1, "ID|FILE [-f text|json]"),
		RunE: a.withLens(func(l *lens.Lens, args []string) error {
			err := checkOneOf("format", format, lensFormats())
			list, findErr := a.findFrameworks(l, args)
			if err := errors.Join(err, findErr); err != nil {
				return err
			}
			if format == "json" {
				return wire.WriteFrameworks(a.Out, list)
			}
			return a.print(plain.FrameworkCard(list[0], l))
		}),
		ValidArgsFunction: completeFrameworkID,
	}
	formatFlag(c, &format)
	return c
}

type gapsOptions struct {
	file       string
	frameworks []string
	outputs    []string
	scoring    scoring.Mode
}

func (a *app) frameworkGapsCommand() *cobra.Command {
	o := &gapsOptions{}
	c := &cobra.Command{
		Use:   "gaps FILE",
		Short: "Show which provisions a review meets, with evidence, owners and what is open",
		Long: `Show the state of each provision of a law or standard according to a review: met,
partly met, not met, don't know, not answered, not applicable, or outside a review; with
the best practices behind it, their evidence, owners and dates, and the day from which
the provision applies. Without --framework, it takes the frameworks that apply to the
workload according to its profile.

A provision is met if a best practice that answers it fully is implemented, or if all
best practices that answer it together are. A waiver does not make a provision met.

Formats:
` + formatsHelp(report.GapFormats()),
		Example: `  iotlens framework gaps lock.review.yaml
  iotlens framework gaps lock.review.yaml --framework cra -f csv=technical-file.csv
  iotlens framework gaps lock.review.yaml --framework house.yaml -f json`,
		Args: rangeArgs(1, 1, "FILE [--framework ID|FILE]... [-f FORMAT[=PATH]]..."),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file = args[0]
			return a.frameworkGaps(o)
		},
	}
	frameworkFlag(c, &o.frameworks, "framework", "law or standard: its id (iotlens framework list) or a file of your own (repeatable; default: those that apply according to the profile)")
	outputsFlag(c, &o.outputs, report.GapFormats().Names())
	scoringFlag(c, &o.scoring)
	return c
}

func (a *app) frameworkGaps(o *gapsOptions) error {
	outputs, err := parseOutputs(report.GapFormats(), o.outputs)
	if err != nil {
		return err
	}
	if err := checkOverwrite(outputs, append(slices.Clone(o.frameworks), o.file)...); err != nil {
		return err
	}
	assessment, l, err := a.assess(o.file, o.scoring)
	if err != nil {
		return err
	}
	if len(o.frameworks) > 0 {
		err = a.holdAgainst(assessment, l, o.frameworks)
	} else {
		err = a.holdAgainstApplicable(assessment, l, o.file)
	}
	if err != nil {
		return err
	}
	return writeOutputs(a, outputs, assessment, func(w io.Writer) error { return plain.MarkdownGaps(w, assessment) })
}

// holdAgainst holds an assessment against the named frameworks, if any.
func (a *app) holdAgainst(assessment *scoring.Assessment, l *lens.Lens, names []string) error {
	if len(names) == 0 {
		return nil
	}
	if assessment.LensID != l.ID {
		return fmt.Errorf("--framework needs the lens %s %s; set --bank to its folder", text.Clean(assessment.LensID, false), text.Clean(assessment.LensVersion, false))
	}
	list, err := a.findFrameworks(l, names)
	if err != nil {
		return err
	}
	assessment.Frameworks = nil
	for _, f := range list {
		assessment.Frameworks = append(assessment.Frameworks, assessment.StandingAgainst(f, l))
	}
	return nil
}

// holdAgainstApplicable holds an assessment against the frameworks that apply to the
// workload, or may apply, according to its profile.
func (a *app) holdAgainstApplicable(assessment *scoring.Assessment, l *lens.Lens, file string) error {
	for _, f := range a.knownFrameworks(l) {
		s := assessment.StandingAgainst(f, l)
		switch {
		case s.Markets == framework.MarketsUnset:
			return fmt.Errorf("%s: markets is not set in the profile, so the frameworks that apply are not known; set it with iotlens profile %s --market eu, or choose one with --framework", portablePath(file), a.fileArgs(file))
		case s.Applies != framework.AppliesNo:
			assessment.Frameworks = append(assessment.Frameworks, s)
		}
	}
	if len(assessment.Frameworks) == 0 {
		return fmt.Errorf("%s: no framework applies to the workload according to its profile; choose one with --framework", portablePath(file))
	}
	return nil
}

// knownFrameworks returns the frameworks of the bank and of the program, with the best
// practices of the lens that answer them. Decoding them takes time, so call it only if
// they are needed.
func (a *app) knownFrameworks(l *lens.Lens) []*framework.Framework {
	var list []*framework.Framework
	if a.bank != "" {
		list = frameworksOf(bank.Dir(a.bank), l)
	}
	for _, f := range framework.Shipped() {
		if _, own := framework.Find(list, f.ID); !own {
			list = append(list, f)
		}
	}
	return framework.AddLensAnswers(list, l)
}

// findFrameworks returns the named frameworks, each once. A name is an id or a file.
func (a *app) findFrameworks(l *lens.Lens, names []string) ([]*framework.Framework, error) {
	known := a.knownFrameworks(l)
	var out []*framework.Framework
	var errs []error
	for _, name := range names {
		f, err := a.findFramework(l, known, name)
		if _, twice := framework.Find(out, f.ID); err == nil && !twice {
			out = append(out, f)
		}
		errs = append(errs, err)
	}
	return out, errors.Join(errs...)
}

// findFramework returns the framework with an id, or that of a file. It is never nil.
func (a *app) findFramework(l *lens.Lens, known []*framework.Framework, name string) (*framework.Framework, error) {
	if !isFrameworkFile(name) {
		if f, ok := framework.Find(known, name); ok {
			return f, nil
		}
		return &framework.Framework{}, fmt.Errorf("%s; iotlens framework list shows all, and the name of a file of your own ends in .yaml", suggest.Unknown("framework", name, framework.IDs(known)))
	}
	f, err := framework.Load(name, l)
	if err != nil {
		return &framework.Framework{}, err
	}
	return framework.AddLensAnswers([]*framework.Framework{f}, l)[0], checkUniqueID(name, f, known)
}

// checkUniqueID returns an error if a file has the id of a known framework: it could be
// mistaken for it.
func checkUniqueID(name string, f *framework.Framework, known []*framework.Framework) error {
	if other, taken := framework.Find(known, f.ID); taken {
		return fmt.Errorf("%s: the id %s is already the id of a framework of iotlens (%s); choose another id", portablePath(name), f.ID, other.Title)
	}
	return nil
}

// isFrameworkFile reports whether a name is a file: it has a YAML extension or a folder.
func isFrameworkFile(name string) bool {
	return slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(name)) || strings.ContainsAny(name, `/\`)
}

// completeFrameworkID offers the ids of frameworks, and files.
func completeFrameworkID(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return view.Map(framework.Shipped(), func(f *framework.Framework) string { return f.ID + "\t" + text.Clean(f.Title, false) }), cobra.ShellCompDirectiveDefault
}
