package gate

import (
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
)

// Delta judges a comparison alone, for states that nothing more is known of
// than their findings: what is new or regressed at the level fails, and so does
// what nobody rated. The rest is noted. It is Judge with a baseline for a review
// of another tool, whose coverage and risks are not ours to judge.
//
// Of two reviews in the open schema that is the verdict of the schema's own gate,
// to which a finding that is no longer mentioned is none. Where the baseline is
// ours, absence is no pass: what is gone at the level makes the verdict incomplete.
//
// today is the day on which the waivers of a baseline of ours were judged,
// YYYY-MM-DD.
func Delta(c *compare.Comparison, failOn lens.Level, today string) Verdict {
	j := judge{base: c, p: Policy{Threshold: Threshold{FailOn: failOn}}}
	j.v.AsOf = today
	d := j.p.partLevel("", nil)
	j.v.check(d.rule, string(d.level), tally(c))
	ours := c.Old.Kind != compare.AWSReview
	for _, f := range c.Findings {
		severity := string(f.Severity)
		if f.Severity.Rank() == 0 {
			severity = "unrated"
		}
		what := severity + " severity, " + f.Status.Words() + ": " + f.Title
		switch f.Class {
		case compare.New, compare.Regressed:
			if d.includes(f.Severity) {
				j.v.add(Failed, d.rule, f.ID, "%s, %s", f.Class, what)
			} else {
				j.v.add(Passed, d.rule, f.ID, "%s, %s; %s", f.Class, d.below(), what)
			}
		case compare.StillOpen:
			j.v.add(Passed, ruleBaseline, f.ID, "still open, as in the baseline; %s", what)
		case compare.Gone, compare.Unknown:
			absent := f.Class == compare.Gone || f.Why == compare.WasGap
			if ours && absent && d.includes(f.Severity) {
				j.v.add(Incomplete, ruleBaseline, f.ID, "%s", lost(f))
				continue
			}
			j.remark(f)
		}
	}
	j.changed()
	j.v.settle()
	switch j.v.Outcome {
	case Failed:
		j.v.Next = "close what is new, or take a new baseline once it is accepted"
	case Incomplete:
		j.v.Next = "answer what the baseline knew, or take a new baseline once its loss is accepted"
	}
	return j.v
}
