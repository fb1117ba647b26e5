package gate

import (
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// An openQuestion summarises the best practices of a question that are not in place and
// are neither waived nor accepted.
type openQuestion struct {
	level      failLevel // the strictest of them
	unanswered bool      // one of them is unanswered
	unknown    bool      // one of them was answered "don't know"
	reported   Outcome   // the worst outcome that was reported for one of them
}

// recordOpen adds a best practice that is not in place to its question.
func (eval *evaluator) recordOpen(p *scoring.Practice) {
	q := eval.openQuestion(p.Question)
	q.level = stricter(q.level, eval.policy.partFailLevel(p.Pillar, p.Layers))
	q.unanswered = q.unanswered || p.Status == review.Unanswered
	q.unknown = q.unknown || p.Status == review.CannotDetermine
}

// recordReported records that an outcome was reported for a best practice of a question.
func (eval *evaluator) recordReported(questionID string, o Outcome) {
	q := eval.openQuestion(questionID)
	q.reported = max(q.reported, o)
}

// openQuestion returns the summary of a question; an empty one if nothing of it is open.
func (eval *evaluator) openQuestion(id string) *openQuestion {
	q, ok := eval.open[id]
	if !ok {
		q = &openQuestion{}
		eval.open[id] = q
	}
	return q
}

// checkQuestions checks the risk of each question against its level, even if its findings
// are of a lower severity. A question is not reported if one of its best practices was.
//
// A question fails if its risk is at the level whatever the missing answers turn out to
// be. If the risk depends on them, the enforcement of missing answers applies. If no rule
// determines the risk, the verdict is incomplete. Waived and accepted gaps count as in
// place.
func (eval *evaluator) checkQuestions() {
	for _, q := range eval.assessment.Questions {
		open := eval.openQuestion(q.ID)
		if open.level.rule == (Rule{}) { // nothing is open, but what the scope leaves out can still make a risk
			open.level = eval.policy.partFailLevel(q.Pillar, strings.Fields(q.Layer)) // one layer or none
		}
		atLevel := func(r scoring.Risk) bool { return r.Severity() != "" && open.level.fails(r.Severity()) }
		o, rule, description := Failed, open.level.rule, ""
		if !eval.verdict.outcomeOnly {
			description = string(q.AcceptedRisk.Severity()) + " risk by the question's rules"
		}
		switch unrated := isUnrated(q.AcceptedRisk); {
		case unrated && atLevel(q.BestRisk) && eval.assessment.Mode == scoring.Monotone:
			description = string(q.BestRisk.Severity()) + " risk by the question's rules, whatever the missing answers are"
		case unrated && atLevel(q.WorstRisk):
			o, rule = eval.missingOutcome(open)
			description = "can be at " + string(q.WorstRisk.Severity()) + " risk, as answers are missing"
		case q.AcceptedRisk == scoring.RiskUndetermined:
			if open.level.level == LevelNone {
				continue
			}
			o, description = Incomplete, "no rule determines the risk of the question"
		case !atLevel(q.AcceptedRisk) || !isUnrated(q.Risk) && !atLevel(q.Risk):
			continue
		case !atLevel(q.BestRisk):
			o, rule = eval.missingOutcome(open)
			description += " while answers are missing"
		}
		description += ": " + q.Title
		switch {
		case o == Failed && eval.notWorseThanBaseline(q):
			eval.verdict.addReason(Passed, ruleBaseline, q.ID, "as in the baseline; %s", description)
		case o == Passed:
			eval.verdict.addReason(o, rule, q.ID, "%s", description)
			eval.verdict.addNote(q.ID, "%s", description)
		case o > open.reported:
			eval.verdict.addReason(o, rule, q.ID, "%s", description)
		}
	}
}

// isUnrated reports whether a risk is neither high, medium nor none.
func isUnrated(r scoring.Risk) bool {
	return r == scoring.RiskUnanswered || r == scoring.RiskUndetermined
}

// missingOutcome returns the outcome, and the rule behind it, of a question whose risk
// depends on missing answers.
func (eval *evaluator) missingOutcome(q *openQuestion) (Outcome, Rule) {
	o, rule := Passed, ruleUnanswered
	if q.unanswered {
		o = eval.policy.Unanswered.outcome()
	}
	if q.unknown && eval.policy.Unknown.outcome() >= o {
		o, rule = eval.policy.Unknown.outcome(), ruleUnknown
	}
	return o, rule
}

// notWorseThanBaseline reports whether a question had at least the same risk in the
// baseline, with every missing answer of both states taken as in place. In a baseline
// without risks, such as a review in the open schema, it had if all of its gaps were
// there.
func (eval *evaluator) notWorseThanBaseline(now scoring.Question) bool {
	switch {
	case eval.baseline == nil:
		return false
	case len(eval.baseline.OldQuestions) == 0:
		return eval.allGapsInBaseline(now.ID)
	}
	for _, old := range eval.baseline.OldQuestions {
		if old.ID == now.ID {
			return old.BestRisk.Severity().Rank() >= now.BestRisk.Severity().Rank()
		}
	}
	return false
}

// allGapsInBaseline reports whether a question has open gaps and each was a gap in the
// baseline.
func (eval *evaluator) allGapsInBaseline(questionID string) bool {
	found := false
	for _, f := range eval.assessment.Findings {
		if f.Question != questionID || f.Waived || eval.gapAccepted(f.ID) || f.Status == review.CannotDetermine {
			continue
		}
		if old, known := eval.baselineFinding(f.ID); !known || old.Class != compare.StillOpen {
			return false
		}
		found = true
	}
	return found
}
