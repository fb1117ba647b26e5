package gate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// checkPractices checks each best practice that is not in place against its level: the
// findings by priority, then what is unanswered.
func (eval *evaluator) checkPractices() {
	for i := range eval.assessment.Findings {
		if eval.verdict.decided() {
			return
		}
		f := &eval.assessment.Findings[i]
		if f.Waived {
			eval.verdict.addReason(Passed, ruleWaivers, f.ID, "waived until %s; %s", f.Waiver.Expires, eval.describe(f.Practice))
			continue
		}
		eval.checkPractice(f.Practice)
	}
	for _, p := range eval.assessment.Unassessed {
		eval.checkPractice(p)
	}
	eval.checkExcluded()
}

// checkExcluded checks what the policy names and the review does not have in place
// without having a gap: a best practice of the hard list is implemented or waived, and
// nothing else passes.
func (eval *evaluator) checkExcluded() {
	for _, p := range eval.assessment.Excluded {
		if slices.Contains(eval.policy.Hard, p.ID) {
			eval.verdict.addReason(Failed, ruleHard, p.ID, "on the hard list, and said not to apply (%s): %s", strings.TrimSuffix(p.Reason, "."), p.Title)
		}
	}
	for _, s := range eval.assessment.SetAside {
		if slices.Contains(eval.policy.Hard, s.Practice) {
			eval.verdict.addReason(Incomplete, ruleHard, s.Practice, "on the hard list, and set aside by the profile (%s): %s", strings.TrimSuffix(s.Reason, "."), s.Title)
		}
	}
	for _, id := range eval.assessment.OutOfScopeIDs {
		rule := eval.policy.Practices[id]
		switch {
		case slices.Contains(eval.policy.Hard, id):
			eval.verdict.addReason(Failed, ruleHard, id, "on the hard list, and out of scope")
		case rule.FailOn != "" && rule.FailOn != LevelNone || rule.AtLeast != "":
			eval.verdict.addReason(Incomplete, Rule{"practices." + id, ruleSetting(rule)}, id, "out of scope, so its rule cannot be applied")
		}
	}
}

// ruleSetting names the first setting of the rule of a best practice.
func ruleSetting(r PracticeRule) string {
	if r.FailOn == "" {
		return "at_least"
	}
	return "fail_on"
}

// checkPractice checks a best practice that is unanswered or a finding against its
// level.
func (eval *evaluator) checkPractice(p *scoring.Practice) {
	if !eval.gapAccepted(p.ID) {
		eval.recordOpen(p)
	}
	limit, what := eval.policy.practiceFailLevel(p), eval.describe(p)
	hard, soft := slices.Contains(eval.policy.Hard, p.ID), slices.Contains(eval.policy.Soft, p.ID)
	switch {
	case soft:
		eval.verdict.addReason(Passed, ruleSoft, p.ID, "on the soft list, %s", what)
		if p.IsFinding() {
			eval.verdict.addNote("", "%s is on the soft list: %s", p.ID, what)
		}
		return
	case slices.Contains(eval.verdict.NewlyAsked, p.ID):
		eval.verdict.addReason(eval.policy.NewQuestions.outcome(), ruleNewQuestions, p.ID, "newly asked, %s", what)
		return
	case hard:
		limit.rule, what = ruleHard, "on the hard list, "+what
	case !limit.fails(eval.severity(p)):
		eval.verdict.addReason(Passed, limit.rule, p.ID, "%s; %s", limit.whyPasses(), what)
		return
	case p.Status == review.PartiallyImplemented && eval.policy.Practices[p.ID].AtLeast == review.PartiallyImplemented:
		eval.verdict.addReason(Passed, Rule{"practices." + p.ID, "at_least"}, p.ID, "partially implemented is enough; %s", what)
		return
	}
	old, known := eval.baselineFinding(p.ID)
	switch {
	case p.Status == review.Unanswered:
		eval.addMissing(p, ruleUnanswered, eval.policy.Unanswered, old, what)
	case p.Status == review.CannotDetermine:
		eval.addMissing(p, ruleUnknown, eval.policy.Unknown, old, what)
	case known && old.Class == compare.StillOpen && !hard:
		eval.verdict.addReason(Passed, ruleBaseline, p.ID, "still open, as in the baseline; %s", what)
	default:
		if known && (old.Class == compare.New || old.Class == compare.Regressed) {
			what = string(old.Class) + " (" + old.Cause.Words() + "), " + what
		}
		eval.verdict.addReason(Failed, limit.rule, p.ID, "%s", what)
		eval.recordReported(p.Question, Failed)
	}
}

// severity is that of a best practice by which the policy judges.
func (eval *evaluator) severity(p *scoring.Practice) lens.Level {
	if eval.policy.Severity == SeverityOurs {
		return cmp.Or(p.OwnSeverity.Level, p.Severity)
	}
	return p.Severity
}

// describe is a best practice that is not in place, with its severity and status.
func (eval *evaluator) describe(p *scoring.Practice) string {
	if eval.verdict.outcomeOnly {
		return ""
	}
	return string(eval.severity(p)) + " severity, " + p.Words() + ": " + p.Title
}

// addMissing applies the policy for missing answers. Where the baseline had a gap, a
// missing answer is at least incomplete, and so it is on the hard list: absence is
// never a pass.
func (eval *evaluator) addMissing(p *scoring.Practice, rule Rule, m Enforcement, old compare.Finding, what string) {
	o := m.outcome()
	wasGap := old.Class == compare.Gone || old.Class == compare.Unknown && old.Cause == compare.CauseGapBefore
	if wasGap || old.Class == compare.Unknown && old.Cause == compare.CausePassedBefore {
		what += " (in the baseline it was " + old.Was.Words() + ")"
	}
	switch {
	case o > Passed:
	case slices.Contains(eval.policy.Hard, p.ID):
		o, rule = Incomplete, ruleHard
	case wasGap:
		o, rule = Incomplete, ruleBaseline
	}
	eval.verdict.addReason(o, rule, p.ID, "%s", what)
	if o == Passed {
		eval.verdict.addNote(p.ID, "%s", what)
		return
	}
	eval.recordReported(p.Question, o)
}

// gapAccepted tells whether the policy accepts any gap in a best practice.
func (eval *evaluator) gapAccepted(id string) bool {
	return slices.Contains(eval.assessment.AcceptedGaps, id)
}

// baselineFinding returns what became of a best practice that is or was a finding.
func (eval *evaluator) baselineFinding(id string) (compare.Finding, bool) {
	if eval.baseline == nil {
		return compare.Finding{}, false
	}
	return eval.baseline.Finding(id)
}
