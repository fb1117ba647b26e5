package cli

import (
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/spf13/cobra"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID",
		Short: "Print everything about a question or a best practice",
		Long: `Print everything that the bank says about a question or a best practice: why it
matters, how to do it, what to ask, what to be shown, red flags, links.`,
		Example: `  iotlens explain IOTSEC05-BP01
  iotlens explain EDGE01`,
		Args: args(1, 1, "ID"),
		RunE: func(_ *cobra.Command, args []string) error {
			l, err := a.lens()
			if err != nil {
				return err
			}
			return explain(a.Out, l, args[0])
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			l, err := a.lens()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			return append(l.QuestionIDs(), l.PracticeIDs()...), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func explain(w io.Writer, l *lens.Lens, id string) error {
	if p, ok := l.Practice(id); ok {
		_, err := io.WriteString(w, card.Practice(l, p))
		return err
	}
	if q, ok := l.Question(id); ok {
		_, err := io.WriteString(w, card.Question(l, q))
		return err
	}
	return unknownID(l, id)
}

func unknownID(l *lens.Lens, id string) error {
	known := append(l.QuestionIDs(), l.PracticeIDs()...)
	return fmt.Errorf("the lens has no question or best practice %q%s\nFind one: iotlens lens search WORD", id, suggest.DidYouMean(id, known))
}
