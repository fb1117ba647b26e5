package gate

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/text"
)

// The settings of a Threshold that are checked here.
const (
	minCoverage = "min_coverage"
	minScore    = "min_score"
)

// checkThresholds checks the score and coverage of the whole lens, of pillars and of
// layers against their thresholds.
func (eval *evaluator) checkThresholds() {
	for _, part := range eval.parts() {
		ofPart := ""
		if part.name != "" {
			ofPart = " of " + part.name
		}
		if part.threshold.MinScore > 0 {
			eval.checkScore(part, ofPart)
		}
		if part.threshold.MinCoverage > 0 {
			eval.checkCoverage(part, ofPart)
		}
	}
}

// checkScore checks the score of a part. ofPart names the part in a sentence: " of
// Security", or nothing for the whole lens.
func (eval *evaluator) checkScore(part part, ofPart string) {
	rule, minimum := Rule{part.key, minScore}, percent(part.threshold.MinScore)
	score, ok := part.tally.Score()
	if !ok {
		eval.verdict.addCheck(rule, minimum, "no score")
		eval.verdict.addReason(Incomplete, rule, "", "nothing%s was assessed, so there is no score to compare with %s", ofPart, minimum)
		return
	}
	eval.verdict.addCheck(rule, minimum, "score "+text.Percent(score))
	if score < part.threshold.MinScore-tolerance {
		eval.verdict.addReason(Failed, rule, "", "the score%s is %s, below %s", ofPart, text.Percent(score), minimum)
	}
}

// checkCoverage checks the coverage of a part. Newly asked best practices do not count:
// they have a rule of their own.
func (eval *evaluator) checkCoverage(part part, ofPart string) {
	rule, minimum, tally := Rule{part.key, minCoverage}, percent(part.threshold.MinCoverage), part.tally
	newlyAsked := eval.countNewlyAsked(part)
	tally.InScope -= newlyAsked
	coverage, ok := tally.Coverage()
	if !ok && part.key == "" && eval.assessment.LayerBanks.Applicable() > 0 && eval.policy.isDefault(rule) {
		return // the default requires nothing of a scope that has only layer banks
	}
	got := "nothing applies"
	if ok {
		got = "coverage " + text.Percent(coverage)
	}
	if newlyAsked > 0 {
		got += " without " + text.Plural(newlyAsked, "new practice", "new practices")
	}
	eval.verdict.addCheck(rule, minimum, got)
	if !ok && (part.key != "" || !eval.policy.isDefault(rule)) {
		eval.verdict.addReason(Incomplete, rule, "", "nothing%s was assessed, so there is no coverage to compare with %s", ofPart, minimum)
	}
	if ok && coverage < part.threshold.MinCoverage-tolerance {
		o := Incomplete
		if eval.policy.Unanswered == EnforceFail {
			o = Failed
		}
		eval.verdict.addReason(o, rule, "", "%d of %d best practices%s are answered (%s), fewer than %s", tally.Answered, tally.Applicable(), ofPart, text.Percent(coverage), minimum)
	}
}

// tolerance allows for the rounding error of sums of binary fractions: 0.3 added three
// times is less than 0.9.
const tolerance = 1e-9

// percent formats a threshold with all of its decimals.
func percent(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + " %" }
