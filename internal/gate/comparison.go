package gate

import (
	"cmp"

	"github.com/iotlens/iotlens/internal/compare"
)

// JudgeComparison judges a review of another tool against a baseline. Only its findings
// are known, not coverage and risks, so it takes the comparison alone. A new or regressed
// finding fails from the severity in Policy.FailOn on, and so does an unrated one. All
// others are noted.
//
// Two reviews in the open schema are judged as the schema's own gate does: findings that
// are no longer mentioned are ignored, and relaxations are notes. If the baseline is one
// of ours, absence is not a pass: a finding that is gone makes the verdict incomplete, and
// relaxations have the outcome of the policy.
//
// Of the policy only FailOn and Safeguards.Relaxations apply. today is the day on which
// the waivers of the baseline were judged, YYYY-MM-DD.
func JudgeComparison(c *compare.Comparison, p Policy, today string) Verdict {
	eval := evaluator{baseline: c, policy: Policy{Threshold: Threshold{FailOn: p.FailOn}}}
	eval.verdict.AsOf = today
	limit := eval.policy.partFailLevel("", nil)
	eval.verdict.addCheck(limit.rule, string(limit.level), classCounts(c))
	for _, f := range c.Findings {
		description := cmp.Or(string(f.Severity), "unrated") + " severity, " + f.Status.Words() + ": " + f.Title
		switch fails := limit.fails(f.Severity); f.Class {
		case compare.New, compare.Regressed:
			if fails {
				eval.verdict.addReason(Failed, limit.rule, f.ID, "%s, %s", f.Class, description)
			} else {
				eval.verdict.addReason(Passed, limit.rule, f.ID, "%s, %s; %s", f.Class, limit.whyPasses(), description)
			}
		case compare.StillOpen:
			eval.verdict.addReason(Passed, ruleBaseline, f.ID, "still open, as in the baseline; %s", description)
		case compare.Gone, compare.Unknown:
			wasGap := f.Class == compare.Gone || f.Cause == compare.CauseGapBefore
			if c.Old.Kind != compare.AWSReview && wasGap && fails {
				eval.verdict.addReason(Incomplete, ruleBaseline, f.ID, "%s", lostFindingText(f))
				continue
			}
			eval.noteLostFinding(f)
		}
	}
	for _, r := range c.Relaxations {
		o := p.Safeguards.Relaxations.outcome()
		if c.Old.Kind == compare.AWSReview && r.Kind != compare.PolicyLoosened && r.Kind != compare.BaselineChanged {
			o = Passed
		}
		eval.verdict.addRelaxation(o, r)
	}
	eval.noteComparability()
	eval.verdict.setCheckOutcomes()
	switch eval.verdict.Outcome {
	case Failed:
		eval.verdict.NextStep = "fix the new findings, or accept them with a new baseline"
	case Incomplete:
		eval.verdict.NextStep = nextStepRelaxation
		if eval.hasReason(ruleBaseline.Setting) {
			eval.verdict.NextStep = nextStepBaseline
		}
	}
	return eval.verdict
}
