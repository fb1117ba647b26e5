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

// checkPractices checks each best practice that is not in place against its level:
// findings by priority, then unanswered ones.
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

// checkExcluded checks best practices that the policy names and the review excludes: as
// not applicable, set aside, or out of scope. A best practice of the hard list passes only
// if it is implemented or waived.
func (eval *evaluator) checkExcluded() {
	for _, p := range eval.assessment.Excluded {
		if slices.Contains(eval.policy.Hard, p.ID) {
			eval.verdict.addReason(Failed, ruleHard, p.ID, "on the hard list, but not applicable (%s): %s", strings.TrimSuffix(p.Reason, "."), p.Title)
		}
	}
	for _, s := range eval.assessment.SetAside {
		if slices.Contains(eval.policy.Hard, s.Practice) {
			eval.verdict.addReason(Incomplete, ruleHard, s.Practice, "on the hard list, but set aside by the profile (%s): %s", strings.TrimSuffix(s.Reason, "."), s.Title)
		}
	}
	for _, id := range eval.assessment.OutOfScopeIDs {
		rule := eval.policy.Practices[id]
		switch {
		case slices.Contains(eval.policy.Hard, id):
			eval.verdict.addReason(Failed, ruleHard, id, "on the hard list, but out of scope")
		case rule.FailOn != "" && rule.FailOn != LevelNone || rule.AtLeast != "":
			eval.verdict.addReason(Incomplete, Rule{"practices." + id, firstSetting(rule)}, id, "out of scope, so its rule cannot be applied")
		}
	}
}

// firstSetting is the key of the first setting that the rule of a best practice makes.
func firstSetting(r PracticeRule) string {
	if r.FailOn == "" {
		return "at_least"
	}
	return "fail_on"
}

// checkPractice checks an unanswered best practice or a finding against its level.
func (eval *evaluator) checkPractice(p *scoring.Practice) {
	if !eval.gapAccepted(p.ID) {
		eval.recordOpen(p)
	}
	limit, description := eval.policy.practiceFailLevel(p), eval.describe(p)
	hard, soft := slices.Contains(eval.policy.Hard, p.ID), slices.Contains(eval.policy.Soft, p.ID)
	switch {
	case soft:
		eval.verdict.addReason(Passed, ruleSoft, p.ID, "on the soft list, %s", description)
		if p.IsFinding() {
			eval.verdict.addNote("", "%s is on the soft list: %s", p.ID, description)
		}
		return
	case slices.Contains(eval.verdict.NewlyAsked, p.ID):
		eval.verdict.addReason(eval.policy.NewQuestions.outcome(), ruleNewQuestions, p.ID, "newly asked, %s", description)
		return
	case hard:
		limit.rule, description = ruleHard, "on the hard list, "+description
	case !limit.fails(eval.severity(p)):
		eval.verdict.addReason(Passed, limit.rule, p.ID, "%s; %s", limit.whyPasses(), description)
		return
	case p.Status == review.PartiallyImplemented && eval.policy.Practices[p.ID].AtLeast == review.PartiallyImplemented:
		eval.verdict.addReason(Passed, Rule{"practices." + p.ID, "at_least"}, p.ID, "partially implemented is enough; %s", description)
		return
	}
	old, known := eval.baselineFinding(p.ID)
	switch {
	case p.Status == review.Unanswered:
		eval.addMissing(p, ruleUnanswered, eval.policy.Unanswered, old, description)
	case p.Status == review.CannotDetermine:
		eval.addMissing(p, ruleUnknown, eval.policy.Unknown, old, description)
	case known && old.Class == compare.StillOpen && !hard:
		eval.verdict.addReason(Passed, ruleBaseline, p.ID, "still open, as in the baseline; %s", description)
	default:
		if known && (old.Class == compare.New || old.Class == compare.Regressed) {
			description = string(old.Class) + " (" + old.Cause.Words() + "), " + description
		}
		eval.verdict.addReason(Failed, limit.rule, p.ID, "%s", description)
		eval.recordReported(p.Question, Failed)
	}
}

// severity is the severity of a best practice that counts by the policy.
func (eval *evaluator) severity(p *scoring.Practice) lens.Level {
	if eval.policy.Severity == SeverityOurs {
		return cmp.Or(p.OwnSeverity.Level, p.Severity)
	}
	return p.Severity
}

// describe describes a best practice that is not in place: "high severity, partially
// implemented: Encrypt data in transit".
func (eval *evaluator) describe(p *scoring.Practice) string {
	if eval.verdict.outcomeOnly {
		return ""
	}
	return string(eval.severity(p)) + " severity, " + p.Words() + ": " + p.Title
}

// addMissing adds the outcome of a missing answer. Absence is never a pass: if the
// best practice was a gap in the baseline or is on the hard list, the outcome is at least
// Incomplete.
func (eval *evaluator) addMissing(p *scoring.Practice, rule Rule, e Enforcement, old compare.Finding, description string) {
	o := e.outcome()
	wasGap := old.Class == compare.Gone || old.Class == compare.Unknown && old.Cause == compare.CauseGapBefore
	if wasGap || old.Class == compare.Unknown && old.Cause == compare.CausePassedBefore {
		description += " (in the baseline it was " + old.Was.Words() + ")"
	}
	switch {
	case o > Passed:
	case slices.Contains(eval.policy.Hard, p.ID):
		o, rule = Incomplete, ruleHard
	case wasGap:
		o, rule = Incomplete, ruleBaseline
	}
	eval.verdict.addReason(o, rule, p.ID, "%s", description)
	if o == Passed {
		eval.verdict.addNote(p.ID, "%s", description)
		return
	}
	eval.recordReported(p.Question, o)
}

// gapAccepted reports whether the policy accepts a gap in a best practice; see
// Policy.AcceptedGaps.
func (eval *evaluator) gapAccepted(id string) bool {
	return slices.Contains(eval.assessment.AcceptedGaps, id)
}

// baselineFinding returns what the baseline says of a best practice; false if it is a
// finding in neither state, or if there is no baseline.
func (eval *evaluator) baselineFinding(id string) (compare.Finding, bool) {
	if eval.baseline == nil {
		return compare.Finding{}, false
	}
	return eval.baseline.Finding(id)
}
