package gate

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// checkTemplates checks answers that were copied from templates and that nobody has
// confirmed. As long as somebody vouches for them, the policy decides; they are named
// whatever it says. After that the verdict is at least incomplete, with any policy.
func (eval *evaluator) checkTemplates(answered []*scoring.Practice) {
	setting := cmp.Or(eval.policy.Safeguards.UnconfirmedAnswers, EnforceNote)
	var origins []string
	vouched := map[string][]string{}
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
			if vouched[origin] == nil {
				origins = append(origins, origin)
			}
			vouched[origin] = append(vouched[origin], p.ID)
		}
	}
	for _, origin := range origins {
		ids := vouched[origin]
		eval.verdict.addNote("", "%s %s, and not confirmed: %s", text.Plural(len(ids), "answer is", "answers are"), origin, strings.Join(ids, ", "))
	}
	if unconfirmed > 0 || setting != EnforceNote {
		eval.verdict.addCheck(ruleUnconfirmed, string(setting), fmt.Sprintf("%d unconfirmed", unconfirmed))
	}
}
