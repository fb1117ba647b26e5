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
	eval := evaluator{assessment: a, policy: p, baseline: baseline, open: map[string]*openQuestion{}}
	eval.verdict.AsOf = a.Today
	eval.runChecks()
	eval.addNotes()
	eval.verdict.setCheckOutcomes()
	eval.verdict.NextStep = eval.nextStep()
	return eval.verdict
}

// OutcomeOf is the outcome of Judge without a baseline, and nothing else: no sentence is made of
// what decided, and nothing is checked once the outcome is Failed, which nothing outweighs.
func OutcomeOf(a *scoring.Assessment, p Policy) Outcome {
	eval := evaluator{assessment: a, policy: p, open: map[string]*openQuestion{}}
	eval.verdict.outcomeOnly = true
	eval.runChecks()
	return eval.verdict.Outcome
}

// runChecks goes through all that can decide.
func (eval *evaluator) runChecks() {
	eval.verdict.NewlyAsked = eval.policy.withoutHard(eval.newlyAsked())
	for _, check := range []func(*evaluator){
		(*evaluator).recordRules, (*evaluator).checkRevision, (*evaluator).checkPractices, (*evaluator).checkQuestions, (*evaluator).checkWaivers, (*evaluator).checkSafeguards,
		(*evaluator).checkThresholds, (*evaluator).checkRequirements, (*evaluator).requireAssessed, (*evaluator).checkBaseline,
	} {
		if eval.verdict.decided() {
			return
		}
		check(eval)
	}
}

// evaluator makes a verdict.
type evaluator struct {
	assessment *scoring.Assessment
	policy     Policy
	baseline   *compare.Comparison // nil where there is no baseline
	verdict    Verdict
	open       map[string]*openQuestion // what is open in a question, by id
}

// requireAssessed makes the verdict incomplete where nothing was assessed: an empty
// scope, or a review in which no best practice applies.
func (eval *evaluator) requireAssessed() {
	text := "the scope leaves nothing to assess"
	switch n := eval.assessment.Lens.Applicable() + eval.assessment.LayerBanks.Applicable(); {
	case n > len(eval.verdict.NewlyAsked):
		return
	case n > 0:
		text = "the scope leaves nothing to assess except newly asked best practices"
	case eval.assessment.Lens.InScope+eval.assessment.LayerBanks.InScope > 0:
		text = "every best practice in scope is not applicable, so nothing was assessed"
	}
	eval.verdict.addCheck(ruleScope, "at least one assessed best practice", "none")
	eval.verdict.addReason(Incomplete, ruleScope, "", "%s", text)
}

// A part is the whole lens, a pillar or a layer with what it must reach.
type part struct {
	key, name string // pillars.security, Security; empty for the whole
	threshold Threshold
	tally     scoring.Tally
	includes  func(*scoring.Practice) bool // tells whether a best practice is in the part
}

func (eval *evaluator) parts() []part {
	out := []part{{"", "", eval.policy.Threshold, eval.assessment.Lens, func(*scoring.Practice) bool { return true }}}
	for _, p := range eval.assessment.Pillars {
		out = append(out, part{"pillars." + p.ID, p.Name, eval.policy.Pillars[p.ID], p.Lens, func(b *scoring.Practice) bool { return b.Pillar == p.ID }})
	}
	for _, p := range eval.assessment.Layers {
		out = append(out, part{"layers." + p.ID, p.Name, eval.policy.Layers[p.ID], p.Lens, func(b *scoring.Practice) bool { return slices.Contains(b.Layers, p.ID) }})
	}
	return out
}

// recordRules lists the rules about single findings, which best practices and
// questions are then checked against.
func (eval *evaluator) recordRules() {
	if eval.verdict.outcomeOnly {
		return
	}
	list := func(rule Rule, want string) {
		if want != "" {
			eval.verdict.addCheck(rule, want, "")
		}
	}
	for _, part := range eval.parts() {
		level := part.threshold.FailOn
		if part.key == "" {
			level = cmp.Or(level, LevelNone)
		}
		list(Rule{part.key, "fail_on"}, string(level))
	}
	for _, id := range slices.Sorted(maps.Keys(eval.policy.Practices)) {
		list(Rule{"practices." + id, "fail_on"}, string(eval.policy.Practices[id].FailOn))
		list(Rule{"practices." + id, "at_least"}, string(eval.policy.Practices[id].AtLeast))
	}
	list(ruleHard, strings.Join(eval.policy.Hard, ", "))
	list(ruleSoft, strings.Join(eval.policy.Soft, ", "))
	list(ruleUnanswered, string(cmp.Or(eval.policy.Unanswered, EnforceIncomplete)))
	list(ruleUnknown, string(cmp.Or(eval.policy.Unknown, EnforceIncomplete)))
	list(ruleNewQuestions, string(eval.policy.NewQuestions))
	if eval.baseline != nil {
		list(ruleRelaxations, string(cmp.Or(eval.policy.Safeguards.Relaxations, EnforceIncomplete)))
	}
	if eval.policy.Severity == SeverityOurs {
		list(Rule{"", "severity"}, string(eval.policy.Severity))
	}
}
