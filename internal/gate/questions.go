package gate

import (
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// openQuestion is what is open in one question and is neither waived nor accepted.
type openQuestion struct {
	level      failLevel // the strictest of its open best practices
	unanswered bool
	unknown    bool
	reported   Outcome // the worst outcome that was reported for its best practices
}

// recordOpen records that a best practice of a question is not in place.
func (eval *evaluator) recordOpen(p *scoring.Practice) {
	q := eval.openQuestion(p.Question)
	q.level = stricter(q.level, eval.policy.partFailLevel(p.Pillar, p.Layers))
	q.unanswered = q.unanswered || p.Status == review.Unanswered
	q.unknown = q.unknown || p.Status == review.CannotDetermine
}

// recordReported records that an outcome was reported for a best practice of a question.
func (eval *evaluator) recordReported(id string, o Outcome) {
	q := eval.openQuestion(id)
	q.reported = max(q.reported, o)
}

func (eval *evaluator) openQuestion(id string) *openQuestion {
	q, ok := eval.open[id]
	if !ok {
		q = &openQuestion{}
		eval.open[id] = q
	}
	return q
}

// checkQuestions checks the risk of each question against the level, even where its findings
// are of a lower severity. A question is not reported where one of its best practices
// was.
//
// It fails where the risk is at the level whatever the missing answers turn out
// to be; where it depends on them, also because they leave the question without a
// risk, the policy for missing answers applies. Where no rule determines a risk, the
// verdict is incomplete. What is waived or accepted counts as in place.
func (eval *evaluator) checkQuestions() {
	for _, q := range eval.assessment.Questions {
		open := eval.openQuestion(q.ID)
		if open.level.rule == (Rule{}) { // nothing is open: what the scope leaves out can still make a risk
			open.level = eval.policy.partFailLevel(q.Pillar, strings.Fields(q.Layer)) // one layer or none
		}
		atLevel := func(r scoring.Risk) bool { return r.Severity() != "" && open.level.fails(r.Severity()) }
		o, rule, what := Failed, open.level.rule, ""
		if !eval.verdict.outcomeOnly {
			what = string(q.AcceptedRisk.Severity()) + " risk by the question's rules"
		}
		switch unrated := isUnrated(q.AcceptedRisk); {
		case unrated && atLevel(q.BestRisk) && eval.assessment.Mode == scoring.Monotone:
			what = string(q.BestRisk.Severity()) + " risk by the question's rules, whatever the missing answers are"
		case unrated && atLevel(q.WorstRisk):
			o, rule = eval.missingOutcome(open)
			what = "can carry a " + string(q.WorstRisk.Severity()) + " risk, as answers are missing"
		case q.AcceptedRisk == scoring.RiskUndetermined:
			if open.level.level == LevelNone {
				continue
			}
			o, what = Incomplete, "no rule determines the risk of the question"
		case !atLevel(q.AcceptedRisk) || !isUnrated(q.Risk) && !atLevel(q.Risk):
			continue
		case !atLevel(q.BestRisk):
			o, rule = eval.missingOutcome(open)
			what += " while answers are missing"
		}
		what += ": " + q.Title
		switch {
		case o == Failed && eval.notWorseThanBaseline(q):
			eval.verdict.addReason(Passed, ruleBaseline, q.ID, "as in the baseline; %s", what)
		case o == Passed:
			eval.verdict.addReason(o, rule, q.ID, "%s", what)
			eval.verdict.addNote(q.ID, "%s", what)
		case o > open.reported:
			eval.verdict.addReason(o, rule, q.ID, "%s", what)
		}
	}
}

// isUnrated tells whether a question has no risk, neither good nor bad.
func isUnrated(r scoring.Risk) bool {
	return r == scoring.RiskUnanswered || r == scoring.RiskUndetermined
}

// missingOutcome is the outcome, and its rule, of a question whose risk depends on
// missing answers.
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

// notWorseThanBaseline tells whether the question had at least the same risk in the
// baseline, each whatever its missing answers turn out to be. A baseline without risks,
// such as a review in the open schema, had it where it had all the gaps.
func (eval *evaluator) notWorseThanBaseline(now scoring.Question) bool {
	switch {
	case eval.baseline == nil:
		return false
	case len(eval.baseline.OldQuestions) == 0:
		return eval.allGapsInBaseline(now.ID)
	}
	for _, q := range eval.baseline.OldQuestions {
		if q.ID == now.ID {
			return q.BestRisk.Severity().Rank() >= now.BestRisk.Severity().Rank()
		}
	}
	return false
}

// allGapsInBaseline tells whether a question has open gaps and the baseline had each.
func (eval *evaluator) allGapsInBaseline(question string) bool {
	found := false
	for _, f := range eval.assessment.Findings {
		if f.Question != question || f.Waived || eval.gapAccepted(f.ID) || f.Status == review.CannotDetermine {
			continue
		}
		if old, known := eval.baselineFinding(f.ID); !known || old.Class != compare.StillOpen {
			return false
		}
		found = true
	}
	return found
}
