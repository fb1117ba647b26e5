package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/text"
)

// riskWarnings warns of questions that have no risk for some answers, or for all of them:
// the lens may be unfinished, or from another tool.
func riskWarnings(l *lens.Lens) []string {
	var none, some []string
	for i := range l.Questions {
		q := &l.Questions[i]
		proof, ok := rules.Prove(choice.RuleSet(q), q.PracticeIDs(), nil)
		switch {
		case len(q.Rules) == 0:
			none = append(none, q.ID)
		case ok && proof.NoRule.By > rules.OnlyEmpty:
			some = append(some, q.ID)
		}
	}
	var out []string
	switch {
	case len(none) == len(l.Questions):
		out = append(out, "warning: the lens has no risk rules: no question gets a risk, and all severities are medium; check that the file is complete and comes from the WA Tool")
	case len(none) > 0:
		out = append(out, fmt.Sprintf("warning: without risk rules, %s no risk: %s", text.Plural(len(none), "question gets", "questions get"), joinFirst(none, 10)))
	}
	if len(some) > 0 {
		out = append(out, fmt.Sprintf("warning: the rules of %s do not cover all answers; the other answers give no risk: %s", text.Count(len(some), "question"), joinFirst(some, 10)))
	}
	return out
}

// joinFirst joins at most so many ids, and says how many more there are.
func joinFirst(ids []string, most int) string {
	if len(ids) > most {
		ids = append(slices.Clone(ids[:most]), fmt.Sprintf("and %d more", len(ids)-most))
	}
	return strings.Join(ids, ", ")
}
