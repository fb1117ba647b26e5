package gate

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

const minCoverage = "min_coverage"

// thresholds holds scores and coverage of the whole, of pillars and of layers.
func (j *judge) thresholds() {
	j.threshold(part{threshold: j.p.Threshold, tally: j.a.Lens, has: func(*scoring.Practice) bool { return true }}, "")
	for _, part := range j.parts() {
		j.threshold(part, " of "+part.name)
	}
}

// threshold holds a part to its threshold. What is newly asked is no gap in the
// coverage: its own rule says what it comes to.
func (j *judge) threshold(part part, of string) {
	t, tally, within := part.threshold, part.tally, part.has
	score, scored := tally.Score()
	fresh := j.openNewQuestions(within)
	tally.InScope -= fresh
	coverage, covered := tally.Coverage()
	if rule := (Rule{part.key, "min_score"}); t.MinScore > 0 {
		found := "no score"
		if scored {
			found = "score " + text.Percent(score)
		}
		j.v.check(rule, wanted(t.MinScore), found)
		switch {
		case !scored:
			j.v.add(Incomplete, rule, "", "nothing%s was assessed, so there is no score to hold against %s", of, wanted(t.MinScore))
		case score < t.MinScore-rounding:
			j.v.add(Failed, rule, "", "the score%s is %s, below %s", of, text.Percent(score), wanted(t.MinScore))
		}
	}
	if rule := (Rule{part.key, minCoverage}); t.MinCoverage > 0 {
		found := "nothing applies"
		if covered {
			found = "coverage " + text.Percent(coverage)
		}
		if fresh > 0 {
			found += " without " + text.CountOf(fresh, "new practice", "new practices")
		}
		j.v.check(rule, wanted(t.MinCoverage), found)
		if covered && coverage < t.MinCoverage-rounding {
			o := Incomplete
			if j.p.Unanswered == MissingFails {
				o = Failed
			}
			j.v.add(o, rule, "", "%d of %d best practices%s are answered (%s), fewer than %s", tally.Answered, tally.Applicable(), of, text.Percent(coverage), wanted(t.MinCoverage))
		}
	}
}

// rounding is what sums of binary fractions may be off: 0.3 three times is less
// than 0.9.
const rounding = 1e-9

// wanted writes a threshold as it was given.
func wanted(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + " %" }
