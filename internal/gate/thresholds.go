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
func (j *judge) checkThresholds() {
	for _, part := range j.parts() {
		of := ""
		if part.name != "" {
			of = " of " + part.name
		}
		if part.threshold.MinScore > 0 {
			j.checkScore(part, of)
		}
		if part.threshold.MinCoverage > 0 {
			j.checkCoverage(part, of)
		}
	}
}

func (j *judge) checkScore(part part, of string) {
	rule, least := Rule{part.key, minScore}, percent(part.threshold.MinScore)
	score, ok := part.tally.Score()
	if !ok {
		j.v.check(rule, least, "no score")
		j.v.add(Incomplete, rule, "", "nothing%s was assessed, so there is no score to compare with %s", of, least)
		return
	}
	j.v.check(rule, least, "score "+text.Percent(score))
	if score < part.threshold.MinScore-tolerance {
		j.v.add(Failed, rule, "", "the score%s is %s, below %s", of, text.Percent(score), least)
	}
}

// checkCoverage doesn't count what is newly asked, which has its own rule.
func (j *judge) checkCoverage(part part, of string) {
	rule, least, tally := Rule{part.key, minCoverage}, percent(part.threshold.MinCoverage), part.tally
	newly := j.countNewlyAsked(part.includes)
	tally.InScope -= newly
	coverage, ok := tally.Coverage()
	if !ok && part.key == "" && j.a.LayerBanks.Applicable() > 0 && j.p.isDefault(rule) {
		return // the default asks nothing of a scope that has layer banks alone
	}
	got := "nothing applies"
	if ok {
		got = "coverage " + text.Percent(coverage)
	}
	if newly > 0 {
		got += " without " + text.Plural(newly, "new practice", "new practices")
	}
	j.v.check(rule, least, got)
	if !ok && (part.key != "" || !j.p.isDefault(rule)) {
		j.v.add(Incomplete, rule, "", "nothing%s was assessed, so there is no coverage to compare with %s", of, least)
	}
	if ok && coverage < part.threshold.MinCoverage-tolerance {
		o := Incomplete
		if j.p.Unanswered == MissingFail {
			o = Failed
		}
		j.v.add(o, rule, "", "%d of %d best practices%s are answered (%s), fewer than %s", tally.Answered, tally.Applicable(), of, text.Percent(coverage), least)
	}
}

// tolerance is the error that sums of binary fractions may have: 0.3 three times is less
// than 0.9.
const tolerance = 1e-9

// percent is a threshold as it was set.
func percent(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + " %" }
