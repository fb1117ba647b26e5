package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

var ruleRequire = Rule{Setting: "require"}

// A RequiredProvision provision is one that the policy requires.
type RequiredProvision struct {
	Subject   string // as people name it: cra:I(2)(c)
	Framework string // its short name
	framework.ProvisionStanding
}

// checkRequirements checks the provisions that the policy requires. Only what is met passes:
// neither a waiver nor the baseline nor a later start excuses one.
func (eval *evaluator) checkRequirements() {
	if len(eval.policy.Require) == 0 {
		return
	}
	var got []string
	for i := range eval.assessment.Frameworks {
		s := &eval.assessment.Frameworks[i]
		asked := slices.DeleteFunc(slices.Clone(eval.policy.Require), func(r framework.Requirement) bool { return !strings.EqualFold(r.Framework(), s.ID) })
		if len(asked) == 0 {
			continue
		}
		if s.Applies == framework.AppliesNo {
			got = append(got, s.ID+" does not apply")
			eval.verdict.addNote("", "%s is required and does not apply to the workload, by its profile: %s", s.ID, strings.TrimSuffix(s.Because, "."))
			continue
		}
		if s.Markets == framework.MarketsUnset {
			eval.verdict.addReason(Incomplete, ruleRequire, s.ID, "markets is not set in the profile, so the product questions are not asked; set it with iotlens profile FILE --market")
		}
		got = append(got, eval.checkFramework(s, asked))
	}
	eval.verdict.addCheck(ruleRequire, joinRequirements(eval.policy.Require), strings.Join(got, "; "))
}

// checkFramework checks the provisions of a framework that are asked for, and counts them.
func (eval *evaluator) checkFramework(s *framework.Standing, asked []framework.Requirement) string {
	met, all := 0, 0
	var outside []string
	for _, h := range s.Provisions {
		if !slices.ContainsFunc(asked, func(r framework.Requirement) bool { return r.Includes(h) }) {
			continue
		}
		named := slices.ContainsFunc(asked, func(r framework.Requirement) bool { return r.Names(h) })
		if h.State == framework.Outside && !named {
			outside = append(outside, h.Provision)
			continue
		}
		all++
		subject := s.ID + ":" + h.Provision
		eval.verdict.Required = append(eval.verdict.Required, RequiredProvision{subject, s.Short, h})
		switch h.State {
		case framework.Met:
			met++
		case framework.PartlyMet, framework.NotMet:
			eval.verdict.addReason(Failed, ruleRequire, subject, "%s; open: %s", h.State, openList(h, s.Markets))
		case framework.NotApplicable:
			o := Incomplete
			if h.Conditional {
				o = Passed
			}
			eval.verdict.addReason(o, ruleRequire, subject, "not applicable: %s%s", notApplicableReasons(h), map[bool]string{true: "", false: "; the framework asks it of every product"}[h.Conditional])
		case framework.Outside:
			eval.verdict.addReason(Incomplete, ruleRequire, subject, "no review can answer it: %s", h.Outside)
		default:
			eval.verdict.addReason(Incomplete, ruleRequire, subject, "%s; open: %s", h.State, openList(h, s.Markets))
		}
	}
	if len(outside) > 0 {
		eval.verdict.addNote("", "%s: %s outside a review and to be shown elsewhere: %s", s.ID, text.Plural(len(outside), "provision is", "provisions are"), strings.Join(outside, ", "))
	}
	eval.noteDuties(s, asked)
	return fmt.Sprintf("%s %d of %d met", s.ID, met, all)
}

// noteDuties notes when the provisions of a framework are due. A requirement holds
// before that day, too: it is the team's own.
func (eval *evaluator) noteDuties(s *framework.Standing, asked []framework.Requirement) {
	duties := s.DutiesOf(func(h framework.ProvisionStanding) bool {
		return slices.ContainsFunc(asked, func(r framework.Requirement) bool { return r.Includes(h) })
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

// openList names what keeps a provision from being met, with status, owner and date. That
// markets is not set is a reason of its own, and not repeated.
func openList(h framework.ProvisionStanding, markets framework.MarketsState) string {
	open := h.Open()
	if len(open) == 0 { // parts of no whole
		return "nothing answers it in full"
	}
	list := make([]string, len(open))
	for i, s := range open {
		about := []string{s.Words}
		switch {
		case s.NotAskedReason != "" && markets == framework.MarketsUnset:
			about = []string{"not asked"}
		case s.NotAskedReason != "":
			about = append(about, strings.TrimSuffix(s.NotAskedReason, "."))
		}
		if s.Owner != "" {
			about = append(about, s.Owner)
		}
		if s.Due != "" {
			about = append(about, "due "+s.Due)
		}
		if s.Waived != "" {
			about = append(about, "a waiver does not make it met")
		}
		list[i] = s.Practice + " (" + strings.Join(about, ", ") + ")"
	}
	return strings.Join(list, ", ")
}

// notApplicableReasons lists why the best practices that answer a provision do not apply.
func notApplicableReasons(h framework.ProvisionStanding) string {
	var list []string
	for _, s := range h.Practices {
		if s.How != framework.Supports && s.Status == review.NotApplicable {
			list = append(list, s.Practice+" ("+strings.TrimSuffix(s.Reason, ".")+")")
		}
	}
	return strings.Join(list, ", ")
}

func joinRequirements(list []framework.Requirement) string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = string(r)
	}
	return strings.Join(out, ", ")
}
