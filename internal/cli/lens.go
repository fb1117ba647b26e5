package cli

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) lensCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lens",
		Short: "List, show, search and check banks and custom lenses, and exchange them with the WA Tool",
		Args:  knownSubcommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		a.lensListCommand(), a.lensShowCommand(), a.lensSearchCommand(), a.lensValidateCommand(), a.lensLintCommand(),
		a.lensImportCommand(), a.lensExportCommand(), a.lensDiffCommand(),
	)
	return c
}

func lensFormats() []string { return []string{"text", "json"} }

func (a *app) lensListCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List all questions and best practices",
		Example: `  iotlens lens list
  iotlens lens list --format json | jq '.questions[].id'`,
		Args: rangeArgs(0, 0, "[--format text|json]"),
		RunE: a.withLens(func(l *lens.Lens, _ []string) error { return a.lensList(l, format) }),
	}
	enumFlag(c, &format, "format", "", "text", "format", lensFormats())
	return c
}

func (a *app) lensList(l *lens.Lens, format string) error {
	if err := checkOneOf("format", format, lensFormats()); err != nil {
		return err
	}
	if format == "text" {
		return a.print(listText(l))
	}
	return jsonfile.Write(a.Out, listJSON(l))
}

func listText(l *lens.Lens) string {
	var p text.Page
	group := ""
	for _, q := range l.Questions {
		name := l.BankName(&q)
		if name != group {
			group = name
			p.Section("%s", text.Clean(name, false))
		}
		p.Wrapped(fmt.Sprintf("  %-14s ", q.ID), strings.Repeat(" ", 17), q.Title)
		for _, b := range q.Practices {
			p.Wrapped(fmt.Sprintf("    %-17s %-6s ", b.ID, b.Severity), strings.Repeat(" ", 29), card.TitleWithKind(&b))
		}
	}
	n := countsOf(l)
	p.Section("%s.", countText(l, text.Count(n.Practices, "best practice"), fmt.Sprintf("%d of the layer banks", n.LayerBankPractices),
		func(part lens.Part, _, practices int) string { return fmt.Sprintf("%d of %s", practices, part.Name) }))
	return p.String()
}

func (a *app) lensShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show [NAME]",
		Short: "Show the lens, or one pillar, layer, scenario, question or best practice",
		Example: `  iotlens lens show
  iotlens lens show security
  iotlens lens show device-provisioning`,
		Args: rangeArgs(0, 1, "[NAME]"),
		RunE: a.withLens(func(l *lens.Lens, args []string) error {
			if len(args) == 0 {
				return a.print(card.Lens(l))
			}
			if s, ok := card.ByID(l, args[0]); ok {
				return a.print(s)
			}
			return a.explain(args[0])
		}),
	}
}

func (a *app) lensSearchCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "search WORD...",
		Short:   "Find questions and best practices that contain all the words",
		Long:    "Find questions and best practices that contain all the words. Matches in the id come\nfirst, then those in the title, in the question and in the other texts.",
		Example: `  iotlens lens search certificate rotation`,
		Args:    rangeArgs(1, math.MaxInt, "WORD..."),
		RunE:    a.withLens(func(l *lens.Lens, words []string) error { return a.lensSearch(l, strings.Join(words, " ")) }),
	}
}

func (a *app) lensSearch(l *lens.Lens, words string) error {
	var p text.Page
	hits := interview.Search(l, &review.Review{}, words)
	for _, h := range hits {
		severity, title := "", h.Question.Label()
		if h.Practice != nil {
			severity, title = h.Practice.Severity.String(), h.Practice.Title
		}
		p.Wrapped(fmt.Sprintf("%-16s %-6s ", h.ID(), severity), strings.Repeat(" ", 24), title)
	}
	if len(hits) == 0 {
		fmt.Fprintf(a.Err, "no question or best practice contains all of: %s\n", disk.DisplayPath(words))
		return nil
	}
	return a.print(p.String())
}

func (a *app) lensValidateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "validate",
		Short: "Check a bank and print every problem at once",
		Long: `Check the shipped bank, or that of --bank, and print all problems at once, each with
its file and line. The exit code is 2 if there are any.

The texts of all best practices and the results of all rules are only checked if the
lens promises them (promises in pillars/lens.yaml). In the folder frameworks, every
provision must be answered by a best practice or say why no review can answer it. There
is a warning for services whose status has not been compared with AWS's pages for a
year, counted from --today.`,
		Example: `  iotlens lens validate
  iotlens lens validate --bank ./our-bank`,
		Args: rangeArgs(0, 0, "[--bank DIR]"),
		RunE: func(*cobra.Command, []string) error { return a.lensValidate() },
	}
}

func (a *app) lensValidate() error {
	b := bank.Shipped()
	if a.bank != "" {
		if err := checkBankDir(a.bank); err != nil {
			return err
		}
		b = bank.Dir(a.bank)
	}
	l, problems := bank.Validate(b)
	if len(problems) > 0 {
		fmt.Fprintln(a.Out, problems.Error())
		fmt.Fprintln(a.Err, text.Count(len(problems), "problem"))
		return exitError{NotRun}
	}
	n := countsOf(l)
	fmt.Fprintf(a.Out, "sound: %s\n", countText(l, text.Count(n.Questions, "question")+" with "+text.Count(n.Practices, "best practice"),
		text.Count(n.LayerBankQuestions, "question")+" with "+text.Count(n.LayerBankPractices, "best practice")+" in "+text.Count(n.LayerBanks, "layer bank"),
		func(part lens.Part, questions, practices int) string {
			return text.Count(questions, "question") + " with " + text.Count(practices, "best practice") + " in " + part.Name
		}))
	if list := frameworksOf(b, l); len(list) > 0 {
		provisions := 0
		for _, f := range list {
			provisions += len(f.Provisions)
		}
		fmt.Fprintf(a.Out, "sound: %s with %s\n", text.Count(len(list), "framework"), text.Count(provisions, "provision"))
	}
	var unchecked []string
	for _, s := range l.UncheckedServices(oneYearBefore(a.today())) {
		unchecked = append(unchecked, fmt.Sprintf("%s (%s)", text.Clean(s.Name, false), cmp.Or(s.Checked, "never")))
	}
	if len(unchecked) > 0 {
		fmt.Fprintf(a.Err, "warning: the status of these services has not been checked for a year: %s\n", strings.Join(unchecked, ", "))
	}
	for _, p := range lens.Promise("").Values() {
		if !l.Promised(lens.Promise(p)) {
			fmt.Fprintf(a.Err, "not checked, because pillars/lens.yaml does not promise it: %s\n", p)
		}
	}
	return nil
}

// frameworksOf returns the frameworks of a bank without problems.
func frameworksOf(b bank.Bank, l *lens.Lens) []*framework.Framework {
	if b.Frameworks == nil {
		return nil
	}
	list, _ := framework.LoadDir("", b.Frameworks, l)
	return list
}

// oneYearBefore returns the same day one year earlier, for comparison with other dates.
func oneYearBefore(day string) string {
	year, _ := strconv.Atoi(day[:4])
	return fmt.Sprintf("%04d%s", year-1, day[4:])
}

// countText joins the counts of a lens, of its layer banks and of its parts, if it has any.
func countText(l *lens.Lens, own, banks string, part func(p lens.Part, questions, practices int) string) string {
	if l.By != "" {
		own += " of " + text.Clean(l.By, false)
	}
	if len(l.Layers) > 0 {
		own += ", " + banks
	}
	for _, p := range l.Parts {
		practices, questions := 0, questionsOf(l, func(q lens.Question) bool { return q.Part == p.ID })
		for _, q := range questions {
			practices += len(q.Practices)
		}
		own += ", " + text.Clean(part(p, len(questions), practices), false)
	}
	return own
}
