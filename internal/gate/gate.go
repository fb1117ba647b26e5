// Package gate says whether a review may pass: the verdict that a pipeline
// stops a release on.
//
// It is honest: what was not answered, what was answered "don't know", what left the scope and
// what an expired waiver covered never count as a pass. It is pure; the day on
// which waivers are judged is part of the assessment, the policy and the
// comparison with a baseline are plain values.
//
// Read it in this order: policy.go is what can be asked for, findings.go and
// questions.go hold the review against it, thresholds.go its scores, baseline.go
// what an earlier state adds, revision.go what the lens itself has changed, exempted.go what a pass left out, notes.go
// waivers and the rest; verdict.go is what comes out. delta.go judges the reviews
// of other tools.
package gate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Judge holds an assessment against a policy and, where there is one, against a
// baseline: the comparison of an earlier state with this one. With a baseline a
// finding fails only where it is new or has regressed. The gaps that the policy
// accepts are those of the assessment: assess with Policy.Accepted.
func Judge(a *scoring.Assessment, p Policy, baseline *compare.Comparison) Verdict {
	j := judge{a: a, p: p, base: baseline, questions: map[string]*question{}}
	j.v.AsOf = a.Today
	j.v.NewlyAsked = p.judgedAsNew(j.newlyAsked())
	j.levels()
	j.revision()
	j.findings()
	j.unanswered()
	j.risks()
	j.waivers()
	j.thresholds()
	j.requireAssessed()
	j.baseline()
	j.notes()
	j.v.settle()
	j.v.Next = j.next()
	return j.v
}

// judge is a verdict in the making.
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
		text = "the scope leaves nothing to assess but what is newly asked"
	case j.a.Lens.InScope+j.a.LayerBanks.InScope > 0:
		text = "every best practice in scope is said not to apply, so nothing was assessed"
	}
	j.v.check(ruleScope, "something to assess", "nothing")
	j.v.add(Incomplete, ruleScope, "", "%s", text)
}

// A part is a pillar or a layer with what it must reach.
type part struct {
	key, name string // pillars.security, Security
	threshold Threshold
	tally     scoring.Tally
	has       func(*scoring.Practice) bool // tells whether a best practice is in the part
}

func (j *judge) parts() []part {
	var out []part
	for _, p := range j.a.Pillars {
		out = append(out, part{"pillars." + p.ID, p.Name, j.p.Pillars[p.ID], p.Lens, func(b *scoring.Practice) bool { return b.Pillar == p.ID }})
	}
	for _, p := range j.a.Layers {
		out = append(out, part{"layers." + p.ID, p.Name, j.p.Layers[p.ID], p.Lens, func(b *scoring.Practice) bool { return slices.Contains(b.Layers, p.ID) }})
	}
	return out
}

// levels notes the rules about single findings, which findings and questions are
// then held to.
func (j *judge) levels() {
	level := func(part string, l lens.Level) {
		if l != "" {
			j.v.check(Rule{part, "fail_on"}, string(l), "")
		}
	}
	level("", j.p.partLevel("", nil).level)
	for _, part := range j.parts() {
		level(part.key, part.threshold.FailOn)
	}
	for _, id := range slices.Sorted(maps.Keys(j.p.Practices)) {
		level("practices."+id, j.p.Practices[id].FailOn)
		if s := j.p.Practices[id].AtLeast; s != "" {
			j.v.check(Rule{"practices." + id, "at_least"}, string(s), "")
		}
	}
	for _, list := range []struct {
		rule Rule
		ids  []string
	}{{ruleHard, j.p.Hard}, {ruleSoft, j.p.Soft}} {
		if len(list.ids) > 0 {
			j.v.check(list.rule, strings.Join(list.ids, ", "), "")
		}
	}
	for _, m := range []struct {
		rule   Rule
		policy MissingPolicy
	}{{ruleUnanswered, j.p.Unanswered}, {ruleUnknown, j.p.Unknown}} {
		j.v.check(m.rule, string(cmp.Or(m.policy, MissingIncomplete)), "")
	}
	if j.p.New != "" {
		j.v.check(ruleNewQuestions, string(j.p.New), "")
	}
}
