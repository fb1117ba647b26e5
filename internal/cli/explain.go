package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/spf13/cobra"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID",
		Short: "Explain a question, a best practice or a finding of lens lint",
		Long: `Print everything that the bank has on a question or a best practice: why it matters,
how to do it, what to ask, which evidence to look at, red flags and links. For a code
of iotlens lens lint, print what it means and what to do.`,
		Example: `  iotlens explain IOTSEC05-BP01
  iotlens explain EDGE01
  iotlens explain WA071`,
		Args: rangeArgs(1, 1, "ID"),
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			l, err := a.lens()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			return slices.Concat(l.QuestionIDs(), l.PracticeIDs(), lint.Codes()), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func (a *app) explain(id string) error {
	if c, ok := lint.FindCheck(id); ok { // needs no bank
		return a.print(explainCheck(c))
	}
	l, err := a.lens()
	if err != nil {
		return err
	}
	if p, ok := l.Practice(id); ok {
		return a.print(card.Practice(l, p))
	}
	if q, ok := l.Question(id); ok {
		return a.print(card.Question(l, q))
	}
	if code := strings.ToUpper(id); len(code) == len("WA000") && strings.HasPrefix(code, "WA") {
		return fmt.Errorf("lens lint has no code %s%s\ndocs/lint.md lists all codes", code, suggest.DidYouMean(code, lint.Codes()))
	}
	return unknownID(l, id)
}

// explainCheck describes a check of lens lint.
func explainCheck(c *lint.Check) string {
	var p text.Page
	p.Line("%s  %s (%s)", c.Code, c.Name, c.Severity)
	paragraphs := []string{c.Summary + ".", c.Why}
	if c.Fixable {
		paragraphs = append(paragraphs, "iotlens lens lint --fix fixes it if the fix is certain.")
	}
	for _, s := range paragraphs {
		p.Line("")
		p.Wrapped("", "", s)
	}
	return p.String()
}

func unknownID(l *lens.Lens, id string) error {
	if r, ok := l.RetiredID(id); ok {
		return fmt.Errorf("%s is no longer asked: %s", r.ID, r)
	}
	known := slices.Concat(l.QuestionIDs(), l.PracticeIDs(), lint.Codes())
	return fmt.Errorf("the lens has no question or best practice %q%s\nTo search: iotlens lens search WORD", id, suggest.DidYouMean(id, known))
}
