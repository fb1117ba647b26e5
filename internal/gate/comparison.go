package gate

import (
	"cmp"

	"github.com/iotlens/iotlens/internal/compare"
)

// JudgeComparison judges a comparison alone, for states of which only the findings are
// known: what is new or regressed at the level fails, and so does what is unrated. The
// rest is noted. It is Judge with a baseline for a review of another tool, which has no
// coverage and no risks.
//
// For two reviews in the open schema that is the verdict of the schema's own gate,
// which ignores findings that are no longer mentioned. Where the baseline is
// ours, absence is not a pass: what is gone at the level makes the verdict incomplete.
//
// What makes passing easier is noted between two open reviews, and has the outcome of
// the policy where the baseline is ours.
//
// Of the policy only FailOn and Trust.Relaxations are applied. today is the day on which the waivers of a baseline of ours were judged,
// YYYY-MM-DD.
func JudgeComparison(c *compare.Comparison, p Policy, today string) Verdict {
	eval := evaluator{baseline: c, policy: Policy{Threshold: Threshold{FailOn: p.FailOn}}}
	eval.verdict.AsOf = today
	limit := eval.policy.partFailLevel("", nil)
	eval.verdict.addCheck(limit.rule, string(limit.level), classCounts(c))
	for _, f := range c.Findings {
		what := cmp.Or(string(f.Severity), "unrated") + " severity, " + f.Status.Words() + ": " + f.Title
		switch fails := limit.fails(f.Severity); f.Class {
		case compare.New, compare.Regressed:
			if fails {
				eval.verdict.addReason(Failed, limit.rule, f.ID, "%s, %s", f.Class, what)
			} else {
				eval.verdict.addReason(Passed, limit.rule, f.ID, "%s, %s; %s", f.Class, limit.whyPasses(), what)
			}
		case compare.StillOpen:
			eval.verdict.addReason(Passed, ruleBaseline, f.ID, "still open, as in the baseline; %s", what)
		case compare.Gone, compare.Unknown:
			absent := f.Class == compare.Gone || f.Cause == compare.CauseGapBefore
			if c.Old.Kind != compare.AWSReview && absent && fails {
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
