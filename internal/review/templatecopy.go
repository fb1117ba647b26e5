package review

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A CopyPlan is what copying templates into a review would change.
type CopyPlan struct {
	Changes  []Change   // in lens order; to no status if the template no longer answers an unconfirmed best practice
	Same     int        // answers that agree with the review
	Kept     []Change   // answers of the team, given or confirmed, that differ from a template and are not changed
	Disputed []Disputed // not changed
	Skipped  []string   // answered by a template, but out of scope, ruled out or set aside by the profile
	Unknown  []string   // answered by a template, but not in the lens
}

// A Disputed is a best practice to which templates give different answers.
type Disputed struct {
	Practice string
	Answers  []Answer
}

// PlanCopy compares a review with templates and returns what copying them would change; r
// stays as it is. An answer of a template is copied to an unanswered best practice, or
// replaces an unconfirmed answer of the same template. If several templates give the same
// answer, the one that is vouched for longest is copied. An answer that is unconfirmed in a
// template keeps its origin; an answer that the profile of a template gave is not copied.
func (r *Review) PlanCopy(l *lens.Lens, templates ...*Review) CopyPlan {
	var plan CopyPlan
	templateNames := map[string]bool{}
	for _, t := range templates {
		templateNames[t.Template.Name] = true
		for _, id := range AnswerIDs(t) {
			if _, ok := l.Practice(id); !ok && !slices.Contains(plan.Unknown, id) {
				plan.Unknown = append(plan.Unknown, id)
			}
		}
	}
	aside, facts := r.SetAside(l), FactsOf(l, r.Workload.Profile)
	for q, p := range l.All() {
		var offered []Answer
		for _, t := range templates {
			if a, ok := t.Answers[p.ID]; ok && !a.RuledOut() {
				offered = append(offered, t.Template.answerForCopy(a))
			}
		}
		before, answered := r.Answers[p.ID]
		after, agree := longestVouched(offered)
		change := Change{Practice: p.ID, Title: p.Title, Before: before, After: after}
		_, setAside := aside[p.ID]
		applicability, _ := facts.Applicability(p)
		switch {
		case len(offered) == 0:
			if before.Unconfirmed() && templateNames[before.Template] {
				plan.Changes = append(plan.Changes, change)
			}
		case !r.Scope.Includes(q, p), setAside, before.RuledOut(), !answered && applicability == RuledOut:
			plan.Skipped = append(plan.Skipped, p.ID)
		case !agree:
			plan.Disputed = append(plan.Disputed, Disputed{p.ID, offered})
		case answered && !before.Unconfirmed() && !before.SameContent(after):
			plan.Kept = append(plan.Kept, change)
		case answered && !before.Unconfirmed(), before.equal(after):
			plan.Same++
		case before.Unconfirmed() && !templateNames[before.Template] && !before.SameContent(after):
			plan.Disputed = append(plan.Disputed, Disputed{p.ID, []Answer{before, after}})
		case before.Unconfirmed() && !templateNames[before.Template] && before.VouchedUntil >= after.VouchedUntil:
			plan.Same++
		default:
			plan.Changes = append(plan.Changes, change)
		}
	}
	return plan
}

// answerForCopy returns an answer of the template as a review records it.
func (t Template) answerForCopy(a Answer) Answer {
	a = a.Clone()
	a.History = nil
	if !a.Unconfirmed() {
		a.By = cmp.Or(a.By, t.VouchedBy)
		a.setOrigin(Answer{Template: t.Name, VouchedBy: t.VouchedBy, VouchedUntil: t.VouchedUntil})
	}
	return a
}

// longestVouched returns the answer that is vouched for longest; agree is false if their
// contents differ.
func longestVouched(answers []Answer) (longest Answer, agree bool) {
	for i, a := range answers {
		if !a.SameContent(answers[0]) {
			return Answer{}, false
		}
		if i == 0 || a.VouchedUntil > longest.VouchedUntil {
			longest = a
		}
	}
	return longest, true
}
