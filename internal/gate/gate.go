// Package gate decides whether a review passes a policy. A pipeline stops a release on
// its verdict.
//
// An unanswered best practice, a "don't know", a best practice that left the scope and
// a finding whose waiver has expired never count as a pass. The package does no I/O and
// reads no clock: the assessment has the day on which waivers are judged, and the policy
// and the comparison with a baseline are plain values.
//
// Where to look:
//
//   - policy.go: the settings
//   - verdict.go: the result
//   - practices.go, questions.go: findings and risks, checked against severity levels
//   - thresholds.go: scores and coverage
//   - safeguards.go, templates.go: who answered and waived what, and when
//   - requirements.go: laws and standards
//   - baseline.go: changes since an earlier state
//   - revision.go: changes of the lens since the review was last asked
//   - notes.go: waivers, notes and the next step
//   - comparison.go: reviews of other tools
package gate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Judge checks an assessment against a policy. The assessment must have been made with
// Policy.AcceptedGaps and must hold the frameworks that the policy requires.
//
// baseline compares an earlier state with this one; nil if there is none. With a
// baseline, a finding fails only if it is new or has regressed.
func Judge(a *scoring.Assessment, p Policy, baseline *compare.Comparison) Verdict {
	eval := newEvaluator(a, p)
	eval.baseline = baseline
	eval.verdict.AsOf = a.Today
	eval.runChecks()
	eval.addNotes()
	eval.verdict.setCheckOutcomes()
	eval.verdict.NextStep = eval.nextStep()
	return eval.verdict
}

// OutcomeOf returns the outcome that Judge would give without a baseline. It is cheaper:
// it formats no reasons and stops at the first failure.
func OutcomeOf(a *scoring.Assessment, p Policy) Outcome {
	eval := newEvaluator(a, p)
	eval.verdict.outcomeOnly = true
	eval.runChecks()
	return eval.verdict.Outcome
}

// An evaluator collects the verdict on one review.
type evaluator struct {
	assessment *scoring.Assessment
	policy     Policy
	baseline   *compare.Comparison // nil if there is none
	verdict    Verdict
	open       map[string]*openQuestion // by id of the question
}

func newEvaluator(a *scoring.Assessment, p Policy) *evaluator {
	return &evaluator{assessment: a, policy: p, open: map[string]*openQuestion{}}
}

// runChecks runs every check that can add a reason.
func (eval *evaluator) runChecks() {
	eval.verdict.NewlyAsked = eval.policy.withoutHard(eval.newlyAsked())
	for _, check := range []func(){
		eval.recordRules, eval.checkRevision, eval.checkPractices, eval.checkQuestions, eval.checkWaivers, eval.checkSafeguards,
		eval.checkThresholds, eval.checkRequirements, eval.requireAssessed, eval.checkBaseline,
	} {
		if eval.verdict.decided() {
			return
		}
		check()
	}
}

// requireAssessed makes the verdict incomplete if nothing was assessed: the scope is
// empty, or no best practice applies.
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

// A part is the whole lens, a pillar or a layer, with its threshold.
type part struct {
	key       string // such as pillars.security; empty for the whole lens
	name      string // such as Security; empty for the whole lens
	threshold Threshold
	tally     scoring.Tally
	includes  func(*scoring.Practice) bool
}

// parts lists the whole lens, its pillars and its layers.
func (eval *evaluator) parts() []part {
	out := []part{{
		threshold: eval.policy.Threshold,
		tally:     eval.assessment.Lens,
		includes:  func(*scoring.Practice) bool { return true },
	}}
	for _, pillar := range eval.assessment.Pillars {
		out = append(out, part{
			"pillars." + pillar.ID, pillar.Name, eval.policy.Pillars[pillar.ID], pillar.Lens,
			func(p *scoring.Practice) bool { return p.Pillar == pillar.ID },
		})
	}
	for _, layer := range eval.assessment.Layers {
		out = append(out, part{
			"layers." + layer.ID, layer.Name, eval.policy.Layers[layer.ID], layer.Lens,
			func(p *scoring.Practice) bool { return slices.Contains(p.Layers, layer.ID) },
		})
	}
	return out
}

// recordRules adds a check for each rule about single best practices and questions. Their
// outcomes come from the reasons that checkPractices and checkQuestions add.
func (eval *evaluator) recordRules() {
	if eval.verdict.outcomeOnly {
		return
	}
	record := func(rule Rule, want string) {
		if want != "" {
			eval.verdict.addCheck(rule, want, "")
		}
	}
	for _, part := range eval.parts() {
		level := part.threshold.FailOn
		if part.key == "" {
			level = cmp.Or(level, LevelNone)
		}
		record(Rule{part.key, "fail_on"}, string(level))
	}
	for _, id := range slices.Sorted(maps.Keys(eval.policy.Practices)) {
		record(Rule{"practices." + id, "fail_on"}, string(eval.policy.Practices[id].FailOn))
		record(Rule{"practices." + id, "at_least"}, string(eval.policy.Practices[id].AtLeast))
	}
	record(ruleHard, strings.Join(eval.policy.Hard, ", "))
	record(ruleSoft, strings.Join(eval.policy.Soft, ", "))
	record(ruleUnanswered, string(cmp.Or(eval.policy.Unanswered, EnforceIncomplete)))
	record(ruleUnknown, string(cmp.Or(eval.policy.Unknown, EnforceIncomplete)))
	record(ruleNewQuestions, string(eval.policy.NewQuestions))
	if eval.baseline != nil {
		record(ruleRelaxations, string(cmp.Or(eval.policy.Safeguards.Relaxations, EnforceIncomplete)))
	}
	if eval.policy.Severity == SeverityOurs {
		record(Rule{"", "severity"}, string(eval.policy.Severity))
	}
}
