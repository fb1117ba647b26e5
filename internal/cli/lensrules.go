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

// riskWarnings warns of questions that have no risk for some answers, or for any: a lens
// that is half written, or comes from another tool, must not pass for a sound one.
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
		out = append(out, "warning: the lens has no risk rules at all: no answer gives a question a risk, and severities are medium throughout. Is the file complete, and of the WA Tool?")
	case len(none) > 0:
		out = append(out, fmt.Sprintf("warning: %s no risk rules, so no answer gives %s a risk: %s", text.Plural(len(none), "question has", "questions have"), pronoun(len(none)), joinFirst(none, 10)))
	}
	if len(some) > 0 {
		out = append(out, fmt.Sprintf("warning: of %s no rule holds for some answers, which have no risk then: %s", text.Count(len(some), "question"), joinFirst(some, 10)))
	}
	return out
}

func pronoun(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// joinFirst names the first of many, at most so many.
func joinFirst(ids []string, most int) string {
	if len(ids) > most {
		ids = append(slices.Clone(ids[:most]), fmt.Sprintf("and %d more", len(ids)-most))
	}
	return strings.Join(ids, ", ")
}
