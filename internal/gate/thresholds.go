package gate

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/text"
)

const (
	minCoverage = "min_coverage"
	minScore    = "min_score"
)

// checkThresholds checks score and coverage of the whole, of pillars and of layers
// against their thresholds.
func (eval *evaluator) checkThresholds() {
	for _, part := range eval.parts() {
		of := ""
		if part.name != "" {
			of = " of " + part.name
		}
		if part.threshold.MinScore > 0 {
			eval.checkScore(part, of)
		}
		if part.threshold.MinCoverage > 0 {
			eval.checkCoverage(part, of)
		}
	}
}

func (eval *evaluator) checkScore(part part, of string) {
	rule, least := Rule{part.key, minScore}, percent(part.threshold.MinScore)
	score, ok := part.tally.Score()
	if !ok {
		eval.verdict.addCheck(rule, least, "no score")
		eval.verdict.addReason(Incomplete, rule, "", "nothing%s was assessed, so there is no score to compare with %s", of, least)
		return
	}
	eval.verdict.addCheck(rule, least, "score "+text.Percent(score))
	if score < part.threshold.MinScore-tolerance {
		eval.verdict.addReason(Failed, rule, "", "the score%s is %s, below %s", of, text.Percent(score), least)
	}
}

// checkCoverage doesn't count what is newly asked, which has its own rule.
func (eval *evaluator) checkCoverage(part part, of string) {
	rule, least, tally := Rule{part.key, minCoverage}, percent(part.threshold.MinCoverage), part.tally
	newly := eval.countNewlyAsked(part.includes)
	tally.InScope -= newly
	coverage, ok := tally.Coverage()
	if !ok && part.key == "" && eval.assessment.LayerBanks.Applicable() > 0 && eval.policy.isDefault(rule) {
		return // the default asks nothing of a scope that has layer banks alone
	}
	got := "nothing applies"
	if ok {
		got = "coverage " + text.Percent(coverage)
	}
	if newly > 0 {
		got += " without " + text.Plural(newly, "new practice", "new practices")
	}
	eval.verdict.addCheck(rule, least, got)
	if !ok && (part.key != "" || !eval.policy.isDefault(rule)) {
		eval.verdict.addReason(Incomplete, rule, "", "nothing%s was assessed, so there is no coverage to compare with %s", of, least)
	}
	if ok && coverage < part.threshold.MinCoverage-tolerance {
		o := Incomplete
		if eval.policy.Unanswered == EnforceFail {
			o = Failed
		}
		eval.verdict.addReason(o, rule, "", "%d of %d best practices%s are answered (%s), fewer than %s", tally.Answered, tally.Applicable(), of, text.Percent(coverage), least)
	}
}

// tolerance is the error that sums of binary fractions may have: 0.3 three times is less
// than 0.9.
const tolerance = 1e-9

// percent is a threshold as it was set.
func percent(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + " %" }
