package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A RequiredProvision is a provision that the policy requires.
type RequiredProvision struct {
	Subject   string // as people write it: cra:I(2)(c)
	Framework string // its short name
	framework.ProvisionStanding
}

// checkRequirements checks the provisions that the policy requires. A provision passes
// only if it is met: no waiver, baseline or later start date excuses it.
func (eval *evaluator) checkRequirements() {
	if len(eval.policy.Require) == 0 {
		return
	}
	var got []string
	for i := range eval.assessment.Frameworks {
		s := &eval.assessment.Frameworks[i]
		required := slices.DeleteFunc(slices.Clone(eval.policy.Require), func(r framework.Requirement) bool { return !strings.EqualFold(r.Framework(), s.ID) })
		if len(required) == 0 {
			continue
		}
		if s.Applies == framework.AppliesNo {
			got = append(got, s.ID+" does not apply")
			eval.verdict.addNote("", "%s is required but does not apply to the workload, by its profile: %s", s.ID, strings.TrimSuffix(s.Because, "."))
			continue
		}
		if s.Markets == framework.MarketsUnset {
			eval.verdict.addReason(Incomplete, ruleRequire, s.ID, "markets is not set in the profile, so the product questions are not asked; set it with iotlens profile FILE --market")
		}
		got = append(got, eval.checkFramework(s, required))
	}
	eval.verdict.addCheck(ruleRequire, strings.Join(lens.Strings(eval.policy.Require...), ", "), strings.Join(got, "; "))
}

// checkFramework checks the required provisions of one framework and says how many are
// met: "cra 10 of 12 met".
func (eval *evaluator) checkFramework(s *framework.Standing, required []framework.Requirement) string {
	met, total := 0, 0
	var outside []string
	for _, p := range s.Provisions {
		if !slices.ContainsFunc(required, func(r framework.Requirement) bool { return r.Includes(p) }) {
			continue
		}
		byID := slices.ContainsFunc(required, func(r framework.Requirement) bool { return r.Names(p) })
		if p.State == framework.Outside && !byID {
			outside = append(outside, p.Provision)
			continue
		}
		total++
		subject := s.ID + ":" + p.Provision
		eval.verdict.Required = append(eval.verdict.Required, RequiredProvision{subject, s.Short, p})
		switch p.State {
		case framework.Met:
			met++
		case framework.PartlyMet, framework.NotMet:
			eval.verdict.addReason(Failed, ruleRequire, subject, "%s; open: %s", p.State, openPractices(p, s.Markets))
		case framework.NotApplicable:
			if p.Conditional {
				eval.verdict.addReason(Passed, ruleRequire, subject, "not applicable: %s", notApplicableReasons(p))
			} else {
				eval.verdict.addReason(Incomplete, ruleRequire, subject, "not applicable: %s; the framework requires it of every product", notApplicableReasons(p))
			}
		case framework.Outside:
			eval.verdict.addReason(Incomplete, ruleRequire, subject, "no review can answer it: %s", p.Outside)
		default:
			eval.verdict.addReason(Incomplete, ruleRequire, subject, "%s; open: %s", p.State, openPractices(p, s.Markets))
		}
	}
	if len(outside) > 0 {
		eval.verdict.addNote("", "%s: %s outside a review and must be shown elsewhere: %s", s.ID, text.Plural(len(outside), "provision is", "provisions are"), strings.Join(outside, ", "))
	}
	eval.noteDuties(s, required)
	return fmt.Sprintf("%s %d of %d met", s.ID, met, total)
}

// noteDuties notes from when the open provisions of a framework are due. A policy requires
// them before that day, too: the requirement is the team's own.
func (eval *evaluator) noteDuties(s *framework.Standing, required []framework.Requirement) {
	duties := s.DutiesOf(func(p framework.ProvisionStanding) bool {
		return slices.ContainsFunc(required, func(r framework.Requirement) bool { return r.Includes(p) })
	})
	for _, d := range duties {
		if d.Open == 0 {
			continue
		}
		when := map[framework.When]string{
			framework.InForce:  "in force",
			framework.DueNow:   "due on " + d.Due + ", within Now of the plan",
			framework.DueNext:  "due on " + d.Due + ", within Next of the plan",
			framework.DueLater: "due on " + d.Due,
			framework.NeverDue: "not due, as the product was on a market before",
		}[d.When]
		if d.When == framework.InForce && d.Due != "" {
			when += " since " + d.Due
		}
		eval.verdict.addNote("", "%s: %s open and %s", s.ID, text.Plural(d.Open, "provision is", "provisions are"), when)
	}
}

// openPractices lists the best practices that keep a provision from being met, each with
// its status, owner and due date. If markets is not set, it says only that they are not
// asked: the reason for that is reported once.
func openPractices(p framework.ProvisionStanding, markets framework.MarketsState) string {
	open := p.Open()
	if len(open) == 0 { // those that answer it partly are in place, and make no whole
		return "no best practice answers it in full"
	}
	list := make([]string, len(open))
	for i, s := range open {
		details := []string{s.Words}
		switch {
		case s.NotAskedReason != "" && markets == framework.MarketsUnset:
			details = []string{"not asked"}
		case s.NotAskedReason != "":
			details = append(details, strings.TrimSuffix(s.NotAskedReason, "."))
		}
		if s.Owner != "" {
			details = append(details, s.Owner)
		}
		if s.Due != "" {
			details = append(details, "due "+s.Due)
		}
		if s.Waived != "" {
			details = append(details, "a waiver does not make it met")
		}
		list[i] = s.Practice + " (" + strings.Join(details, ", ") + ")"
	}
	return strings.Join(list, ", ")
}

// notApplicableReasons lists the best practices that would answer a provision and do not
// apply, each with the reason.
func notApplicableReasons(p framework.ProvisionStanding) string {
	var list []string
	for _, s := range p.Practices {
		if s.How != framework.Supports && s.Status == review.NotApplicable {
			list = append(list, s.Practice+" ("+strings.TrimSuffix(s.Reason, ".")+")")
		}
	}
	return strings.Join(list, ", ")
}
