package gate

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// checkTemplates checks answers that were copied from templates and that nobody has
// confirmed. As long as somebody vouches for them, the policy decides, and they are named
// in any case. After that the verdict is at least incomplete, whatever the policy.
func (eval *evaluator) checkTemplates(answered []*scoring.Practice) {
	setting := cmp.Or(eval.policy.Safeguards.UnconfirmedAnswers, EnforceNote)
	var origins []string              // in the order of their first answer
	byOrigin := map[string][]string{} // ids of answers to note
	unconfirmed := 0
	for _, p := range answered {
		if !p.Unconfirmed() {
			continue
		}
		unconfirmed++
		switch origin := p.Origin(); {
		case p.VouchingExpired(eval.assessment.Today):
			eval.verdict.addReason(max(Incomplete, setting.outcome()), ruleUnconfirmed, p.ID, "%s, which has passed, and not confirmed: %s", origin, p.Title)
		case setting != EnforceNote:
			eval.verdict.addReason(setting.outcome(), ruleUnconfirmed, p.ID, "%s, and not confirmed: %s", origin, p.Title)
		default:
			if byOrigin[origin] == nil {
				origins = append(origins, origin)
			}
			byOrigin[origin] = append(byOrigin[origin], p.ID)
		}
	}
	for _, origin := range origins {
		ids := byOrigin[origin]
		eval.verdict.addNote("", "%s %s, and not confirmed: %s", text.Plural(len(ids), "answer is", "answers are"), origin, strings.Join(ids, ", "))
	}
	if unconfirmed > 0 || setting != EnforceNote {
		eval.verdict.addCheck(ruleUnconfirmed, string(setting), fmt.Sprintf("%d unconfirmed", unconfirmed))
	}
}
