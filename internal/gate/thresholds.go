package gate

import (
	"slices"
	"strconv"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// thresholds holds scores and coverage of the whole, of pillars and of layers.
func (j *judge) thresholds() {
	j.threshold("", "", j.p.Threshold, j.a.Lens, func(*scoring.Practice) bool { return true })
	for _, part := range j.a.Pillars {
		of := func(p *scoring.Practice) bool { return p.Pillar == part.ID }
		j.threshold("pillars."+part.ID+".", " of "+part.Name, j.p.Pillars[part.ID], part.Lens, of)
	}
	for _, part := range j.a.Layers {
		of := func(p *scoring.Practice) bool { return slices.Contains(p.Layers, part.ID) }
		j.threshold("layers."+part.ID+".", " of "+part.Name, j.p.Layers[part.ID], part.Lens, of)
	}
}

// threshold holds a part to its threshold; within tells which best practices
// belong to it. What is newly asked is no gap in the coverage: its own rule says
// what it comes to.
func (j *judge) threshold(prefix, of string, t Threshold, tally scoring.Tally, within func(*scoring.Practice) bool) {
	score, scored := tally.Score()
	fresh := j.openNewQuestions(within)
	tally.InScope -= fresh
	coverage, covered := tally.Coverage()
	if rule := prefix + "min_score"; t.MinScore > 0 {
		found := "no score"
		if scored {
			found = "score " + text.Percent(score)
		}
		j.v.check(rule, asked(t.MinScore), found)
		switch {
		case !scored:
			j.v.add(Incomplete, rule, "", "nothing%s was assessed, so there is no score to hold against %s", of, asked(t.MinScore))
		case score < t.MinScore-rounding:
			j.v.add(Failed, rule, "", "the score%s is %s, below %s", of, text.Percent(score), asked(t.MinScore))
		}
	}
	if rule := prefix + "min_coverage"; t.MinCoverage > 0 {
		found := "nothing applies"
		if covered {
			found = "coverage " + text.Percent(coverage)
		}
		if fresh > 0 {
			found += " without " + text.CountOf(fresh, "new practice", "new practices")
		}
		j.v.check(rule, asked(t.MinCoverage), found)
		if covered && coverage < t.MinCoverage-rounding {
			o := Incomplete
			if j.p.Unanswered == MissingFails {
				o = Failed
			}
			j.v.add(o, rule, "", "%d of %d best practices%s are answered (%s), fewer than %s", tally.Answered, tally.Applicable(), of, text.Percent(coverage), asked(t.MinCoverage))
		}
	}
}

// rounding is what sums of binary fractions may be off: 0.3 three times is less
// than 0.9.
const rounding = 1e-9

// asked writes a threshold as it was given.
func asked(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) + " %" }
