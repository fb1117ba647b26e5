package cli

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// printKinds prints how many choices of an imported lens are of which kind.
func printKinds(p *text.Page, l *lens.Lens) {
	n, questions := map[lens.ChoiceKind]int{}, 0
	var doubts []string
	for i := range l.Questions {
		q := &l.Questions[i]
		_, unclear := customlens.Kinds(q)
		for _, d := range unclear {
			doubts = append(doubts, d.ID+" ("+d.Why+")")
		}
		ways := 0
		for _, c := range q.Practices {
			n[c.Kind]++
			if c.Kind == lens.Alternative {
				ways = 1
			}
		}
		questions += ways
	}
	if len(l.PracticeIDs()) > n[lens.BestPractice] {
		var parts []string
		add := func(kind lens.ChoiceKind, one, many string) {
			if n[kind] > 0 {
				parts = append(parts, text.Plural(n[kind], one, many))
			}
		}
		add(lens.BestPractice, "best practice", "best practices")
		add(lens.Alternative, "alternative", "alternatives in "+text.Count(questions, "question"))
		add(lens.Negative, "negative (says no or don't know, or raises a risk)", "negatives (say no or don't know, or raise a risk)")
		add(lens.FactChoice, "fact without a score", "facts without a score")
		p.Wrapped("", "", "Choices: "+strings.Join(parts, ", ")+".")
	}
	if len(doubts) > 0 {
		p.Wrapped("", "", fmt.Sprintf("Unclear, kept as best practices: %s. Change it with the key kind in the bank.", joinFirst(doubts, 5)))
	}
}
