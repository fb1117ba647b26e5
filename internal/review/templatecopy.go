package review

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A CopyPlan is what copying templates into a review would do.
type CopyPlan struct {
	// Changes are what is copied, in lens order. One to no status takes out an unconfirmed
	// answer that its template no longer gives.
	Changes []Change
	Same    int // answers that agree with the review
	// Kept are answers that the team gave or confirmed, and of which a template says
	// something else. They stay.
	Kept []Change
	// Disputed are best practices of which two templates say different things. Nothing is
	// copied there.
	Disputed []Disputed
	// Left are answered by a template and not copied: they are out of scope, or the profile
	// rules them out or sets them aside.
	Skipped []string
	// Unknown are answered by a template, and the lens does not ask them.
	Unknown []string
}

// A Disputed is a best practice on which templates disagree, with an answer of each.
type Disputed struct {
	Practice, Title string
	Answers         []Answer
}

// PlanCopy finds what templates would change in a review; r stays as it is. Each answer of a
// template says where it came from. It takes the place of no answer and of an unconfirmed
// one of the same template, and of nothing else. Where two templates give the same answer,
// that which is vouched for longest counts. What a template itself has unconfirmed from
// another one stays vouched for by that one; what its profile ruled out is not copied.
func (r *Review) PlanCopy(l *lens.Lens, templates ...*Review) CopyPlan {
	var out CopyPlan
	names := map[string]bool{}
	for _, t := range templates {
		names[t.Template.Name] = true
		for _, id := range AnswerIDs(t) {
			if _, ok := l.Practice(id); !ok && !slices.Contains(out.Unknown, id) {
				out.Unknown = append(out.Unknown, id)
			}
		}
	}
	aside, facts := r.SetAside(l), FactsOf(l, r.Workload.Profile)
	for q, p := range l.All() {
		var given []Answer
		for _, t := range templates {
			if a, ok := t.Answers[p.ID]; ok && !a.RuledOut() {
				given = append(given, t.Template.answerForCopy(a))
			}
		}
		was, answered := r.Answers[p.ID]
		is, agree := longestVouched(given)
		change := Change{Practice: p.ID, Title: p.Title, Before: was, After: is}
		_, setAside := aside[p.ID]
		ruling, _ := facts.Applicability(p)
		switch {
		case len(given) == 0:
			if was.Unconfirmed() && names[was.Template] {
				out.Changes = append(out.Changes, change)
			}
		case !r.Scope.Includes(q, p), setAside, was.RuledOut(), !answered && ruling == RuledOut:
			out.Skipped = append(out.Skipped, p.ID)
		case !agree:
			out.Disputed = append(out.Disputed, Disputed{p.ID, p.Title, given})
		case answered && !was.Unconfirmed() && !was.SameContent(is):
			out.Kept = append(out.Kept, change)
		case answered && !was.Unconfirmed(), was.equal(is):
			out.Same++
		case was.Unconfirmed() && !names[was.Template] && !was.SameContent(is):
			out.Disputed = append(out.Disputed, Disputed{p.ID, p.Title, []Answer{was, is}})
		case was.Unconfirmed() && !names[was.Template] && was.VouchedUntil >= is.VouchedUntil:
			out.Same++
		default:
			out.Changes = append(out.Changes, change)
		}
	}
	return out
}

// answerForCopy is an answer of a template as a review has it.
func (t Template) answerForCopy(a Answer) Answer {
	a = a.Clone()
	a.History = nil
	if !a.Unconfirmed() {
		a.By = cmp.Or(a.By, t.VouchedBy)
		a.setOrigin(Answer{Template: t.Name, VouchedBy: t.VouchedBy, VouchedUntil: t.VouchedUntil})
	}
	return a
}

// longestVouched is the answer of several that say the same which is vouched for longest; false
// where they differ.
func longestVouched(given []Answer) (longest Answer, agree bool) {
	for i, a := range given {
		if !a.SameContent(given[0]) {
			return Answer{}, false
		}
		if i == 0 || a.VouchedUntil > longest.VouchedUntil {
			longest = a
		}
	}
	return longest, true
}
