// Package gate decides whether a review passes: the verdict that a pipeline
// stops a release on.
//
// What is unanswered, what was answered "don't know", what left the scope and
// what an expired waiver covered never count as a pass. The package is pure; the day
// on which waivers are judged is part of the assessment, the policy and the
// comparison with a baseline are plain values.
//
// Read it in this order: policy.go has the settings, practices.go and questions.go
// check the review against them, thresholds.go its scores, baseline.go against an
// earlier state, revision.go against what the lens asked before, trust.go against who
// wrote it, require.go against laws and standards, notes.go its waivers;
// verdict.go has the result. comparison.go judges the reviews of
// other tools.
package gate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Judge checks an assessment against a policy and, where there is one, against a
// baseline: the comparison of an earlier state with this one. With a baseline a
// finding fails only where it is new or has regressed. The gaps that the policy
// accepts are those of the assessment: assess with Policy.Accepted. What the policy
// requires of frameworks is judged by those of the assessment.
func Judge(a *scoring.Assessment, p Policy, baseline *compare.Comparison) Verdict {
	j := judge{a: a, p: p, base: baseline, questions: map[string]*question{}}
	j.v.AsOf = a.Today
	j.check()
	j.addNotes()
	j.v.rateChecks()
	j.v.Next = j.nextStep()
	return j.v
}

// Rate is the outcome of Judge without a baseline, and nothing else: no sentence is made of
// what decided, and nothing is checked once the outcome is Failed, which nothing outweighs.
func Rate(a *scoring.Assessment, p Policy) Outcome {
	j := judge{a: a, p: p, questions: map[string]*question{}}
	j.v.silent = true
	j.check()
	return j.v.Outcome
}

// check goes through all that can decide.
func (j *judge) check() {
	j.v.NewlyAsked = j.p.withoutHard(j.newlyAsked())
	for _, check := range []func(*judge){
		(*judge).listRules, (*judge).checkRevision, (*judge).checkPractices, (*judge).checkQuestions, (*judge).checkWaivers, (*judge).checkTrust,
		(*judge).checkThresholds, (*judge).checkRequired, (*judge).requireAssessed, (*judge).checkBaseline,
	} {
		if j.v.settled() {
			return
		}
		check(j)
	}
}

// judge makes a verdict.
type judge struct {
	a         *scoring.Assessment
	p         Policy
	base      *compare.Comparison // nil where there is no baseline
	v         Verdict
	questions map[string]*question // what is open in a question, by id
}

// requireAssessed makes the verdict incomplete where nothing was assessed: an empty
// scope, or a review in which no best practice applies.
func (j *judge) requireAssessed() {
	text := "the scope leaves nothing to assess"
	switch n := j.a.Lens.Applicable() + j.a.LayerBanks.Applicable(); {
	case n > len(j.v.NewlyAsked):
		return
	case n > 0:
		text = "the scope leaves nothing to assess except newly asked best practices"
	case j.a.Lens.InScope+j.a.LayerBanks.InScope > 0:
		text = "every best practice in scope is not applicable, so nothing was assessed"
	}
	j.v.check(ruleScope, "at least one assessed best practice", "none")
	j.v.add(Incomplete, ruleScope, "", "%s", text)
}

// A part is the whole lens, a pillar or a layer with what it must reach.
type part struct {
	key, name string // pillars.security, Security; empty for the whole
	threshold Threshold
	tally     scoring.Tally
	includes  func(*scoring.Practice) bool // tells whether a best practice is in the part
}

func (j *judge) parts() []part {
	out := []part{{"", "", j.p.Threshold, j.a.Lens, func(*scoring.Practice) bool { return true }}}
	for _, p := range j.a.Pillars {
		out = append(out, part{"pillars." + p.ID, p.Name, j.p.Pillars[p.ID], p.Lens, func(b *scoring.Practice) bool { return b.Pillar == p.ID }})
	}
	for _, p := range j.a.Layers {
		out = append(out, part{"layers." + p.ID, p.Name, j.p.Layers[p.ID], p.Lens, func(b *scoring.Practice) bool { return slices.Contains(b.Layers, p.ID) }})
	}
	return out
}

// listRules lists the rules about single findings, which best practices and
// questions are then checked against.
func (j *judge) listRules() {
	if j.v.silent {
		return
	}
	list := func(rule Rule, want string) {
		if want != "" {
			j.v.check(rule, want, "")
		}
	}
	for _, part := range j.parts() {
		level := part.threshold.FailOn
		if part.key == "" {
			level = cmp.Or(level, None)
		}
		list(Rule{part.key, "fail_on"}, string(level))
	}
	for _, id := range slices.Sorted(maps.Keys(j.p.Practices)) {
		list(Rule{"practices." + id, "fail_on"}, string(j.p.Practices[id].FailOn))
		list(Rule{"practices." + id, "at_least"}, string(j.p.Practices[id].AtLeast))
	}
	list(ruleHard, strings.Join(j.p.Hard, ", "))
	list(ruleSoft, strings.Join(j.p.Soft, ", "))
	list(ruleUnanswered, string(cmp.Or(j.p.Unanswered, MissingIncomplete)))
	list(ruleUnknown, string(cmp.Or(j.p.Unknown, MissingIncomplete)))
	list(ruleNewQuestions, string(j.p.NewQuestions))
	if j.base != nil {
		list(ruleRelaxations, string(cmp.Or(j.p.Trust.Relaxations, MissingIncomplete)))
	}
	if j.p.Severity == SeverityOurs {
		list(Rule{"", "severity"}, string(j.p.Severity))
	}
}
