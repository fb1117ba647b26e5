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
func (j *judge) checkPractices() {
	for i := range j.a.Findings {
		if j.v.settled() {
			return
		}
		f := &j.a.Findings[i]
		if f.Waived {
			j.v.add(Passed, ruleWaivers, f.ID, "waived until %s; %s", f.Waiver.Expires, j.describe(f.Practice))
			continue
		}
		j.checkPractice(f.Practice)
	}
	for _, p := range j.a.Unassessed {
		j.checkPractice(p)
	}
	j.checkAbsent()
}

// checkAbsent checks what the policy names and the review does not have in place
// without having a gap: a best practice of the hard list is implemented or waived, and
// nothing else passes.
func (j *judge) checkAbsent() {
	for _, p := range j.a.Excluded {
		if slices.Contains(j.p.Hard, p.ID) {
			j.v.add(Failed, ruleHard, p.ID, "on the hard list, and said not to apply (%s): %s", strings.TrimSuffix(p.Reason, "."), p.Title)
		}
	}
	for _, s := range j.a.SetAside {
		if slices.Contains(j.p.Hard, s.Practice) {
			j.v.add(Incomplete, ruleHard, s.Practice, "on the hard list, and set aside by the profile (%s): %s", strings.TrimSuffix(s.Reason, "."), s.Title)
		}
	}
	for _, id := range j.a.LeftOut {
		rule := j.p.Practices[id]
		switch {
		case slices.Contains(j.p.Hard, id):
			j.v.add(Failed, ruleHard, id, "on the hard list, and out of scope")
		case rule.FailOn != "" && rule.FailOn != None || rule.AtLeast != "":
			j.v.add(Incomplete, Rule{"practices." + id, ruleSetting(rule)}, id, "out of scope, so its rule cannot be applied")
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
func (j *judge) checkPractice(p *scoring.Practice) {
	if !j.accepted(p.ID) {
		j.addOpen(p)
	}
	limit, what := j.p.practiceLevel(p), j.describe(p)
	hard, soft := slices.Contains(j.p.Hard, p.ID), slices.Contains(j.p.Soft, p.ID)
	switch {
	case soft:
		j.v.add(Passed, ruleSoft, p.ID, "on the soft list, %s", what)
		if p.IsFinding() {
			j.v.note("", "%s is on the soft list: %s", p.ID, what)
		}
		return
	case slices.Contains(j.v.NewlyAsked, p.ID):
		j.v.add(j.p.NewQuestions.outcome(), ruleNewQuestions, p.ID, "newly asked, %s", what)
		return
	case hard:
		limit.rule, what = ruleHard, "on the hard list, "+what
	case !limit.includes(j.severity(p)):
		j.v.add(Passed, limit.rule, p.ID, "%s; %s", limit.below(), what)
		return
	case p.Status == review.PartiallyImplemented && j.p.Practices[p.ID].AtLeast == review.PartiallyImplemented:
		j.v.add(Passed, Rule{"practices." + p.ID, "at_least"}, p.ID, "partially implemented is enough; %s", what)
		return
	}
	old, known := j.inBaseline(p.ID)
	switch {
	case p.Status == review.Unanswered:
		j.missing(p, ruleUnanswered, j.p.Unanswered, old, what)
	case p.Status == review.CannotDetermine:
		j.missing(p, ruleUnknown, j.p.Unknown, old, what)
	case known && old.Class == compare.StillOpen && !hard:
		j.v.add(Passed, ruleBaseline, p.ID, "still open, as in the baseline; %s", what)
	default:
		if known && (old.Class == compare.New || old.Class == compare.Regressed) {
			what = string(old.Class) + " (" + old.Why.Words() + "), " + what
		}
		j.v.add(Failed, limit.rule, p.ID, "%s", what)
		j.addReported(p.Question, Failed)
	}
}

// severity is that of a best practice by which the policy judges.
func (j *judge) severity(p *scoring.Practice) lens.Level {
	if j.p.Severity == SeverityOurs {
		return cmp.Or(p.OwnSeverity.Level, p.Severity)
	}
	return p.Severity
}

// describe is a best practice that is not in place, with its severity and status.
func (j *judge) describe(p *scoring.Practice) string {
	if j.v.silent {
		return ""
	}
	return string(j.severity(p)) + " severity, " + p.Words() + ": " + p.Title
}

// missing applies the policy for missing answers. Where the baseline had a gap, a
// missing answer is at least incomplete, and so it is on the hard list: absence is
// never a pass.
func (j *judge) missing(p *scoring.Practice, rule Rule, m MissingPolicy, old compare.Finding, what string) {
	o := m.outcome()
	wasGap := old.Class == compare.Gone || old.Class == compare.Unknown && old.Why == compare.WasGap
	if wasGap || old.Class == compare.Unknown && old.Why == compare.Passed {
		what += " (in the baseline it was " + old.Was.Words() + ")"
	}
	switch {
	case o > Passed:
	case slices.Contains(j.p.Hard, p.ID):
		o, rule = Incomplete, ruleHard
	case wasGap:
		o, rule = Incomplete, ruleBaseline
	}
	j.v.add(o, rule, p.ID, "%s", what)
	if o == Passed {
		j.v.note(p.ID, "%s", what)
		return
	}
	j.addReported(p.Question, o)
}

// accepted tells whether the policy accepts any gap in a best practice.
func (j *judge) accepted(id string) bool { return slices.Contains(j.a.Accepted, id) }

// inBaseline returns what became of a best practice that is or was a finding.
func (j *judge) inBaseline(id string) (compare.Finding, bool) {
	if j.base == nil {
		return compare.Finding{}, false
	}
	return j.base.Finding(id)
}
