package gate_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// judgeRequirements judges answers by a policy that requires only provisions.
func judgeRequirements(t *testing.T, given answers, waived []string, change func(*framework.Standing), required ...framework.Requirement) gate.Verdict {
	t.Helper()
	l := testlens.Lens()
	f, err := framework.Load("../../testdata/frameworks/lab.yaml", l)
	require.NoError(t, err)
	r := &review.Review{Answers: map[string]review.Answer{}}
	for id, s := range given {
		r.Answers[id] = review.Answer{Status: s, Reason: "It has none."}
	}
	for _, id := range waived {
		r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Reason: "Later.", Owner: "Ana", Approver: "Cy", Expires: "2027-06-30"})
	}
	a := scoring.Assess(l, r, scoring.Options{Today: today})
	s := a.StandingAgainst(f, l)
	if change != nil {
		change(&s)
	}
	a.Frameworks = []framework.Standing{s}
	return gate.Judge(a, gate.Policy{Threshold: gate.Threshold{FailOn: gate.LevelNone}, Require: required}, nil)
}

func TestRequiredProvisions(t *testing.T) {
	const one, second, third, fourth, fifth = "LABSEC01-BP01", "LABSEC02-BP01", "LABSEC03-BP01", "LABSEC10-BP01", "LABSEC10-BP03"
	all := answers{one: yes, second: yes, third: yes, fourth: yes, fifth: yes}
	but := func(id string, s review.Status) answers {
		out := answers{}
		for k, v := range all {
			out[k] = v
		}
		out[id] = s
		return out
	}
	for _, c := range []struct {
		name     string
		given    answers
		required []framework.Requirement
		waived   []string
		change   func(*framework.Standing)
		outcome  gate.Outcome
		subjects []string
		text     string // of the first reason
	}{
		{name: "all met", given: all, outcome: gate.Passed},
		{name: "nothing answered", given: nil, outcome: gate.Incomplete, subjects: []string{"lab:A-1", "lab:A-2", "lab:A-4", "lab:A-5"}, text: "not answered; open: LABSEC01-BP01 (unanswered)"},
		{name: "one not met", given: but(one, no), outcome: gate.Failed, subjects: []string{"lab:A-1"}, text: "not met; open: LABSEC01-BP01 (not implemented)"},
		{name: "waiver does not make it met", given: but(one, no), waived: []string{one}, outcome: gate.Failed, subjects: []string{"lab:A-1"}, text: "not met; open: LABSEC01-BP01 (not implemented, a waiver does not make it met)"},
		{name: "one partly met", given: but(one, part), outcome: gate.Failed, subjects: []string{"lab:A-1"}, text: "partly met; open: LABSEC01-BP01 (partially implemented)"},
		{name: "one of two practices that meet it together", given: but(third, no), outcome: gate.Failed, subjects: []string{"lab:A-2"}, text: "partly met; open: LABSEC03-BP01 (not implemented)"},
		{name: "don't know", given: but(one, dunno), outcome: gate.Incomplete, subjects: []string{"lab:A-1"}, text: "don't know; open: LABSEC01-BP01 (don't know)"},
		{name: "not applicable, conditional", given: but(fourth, na), outcome: gate.Passed},
		{name: "not applicable, not conditional", given: but(fifth, na), outcome: gate.Incomplete, subjects: []string{"lab:A-5"}, text: "not applicable: LABSEC10-BP03 (It has none); the framework requires it of every product"},
		{name: "gap in a provision that is not required", given: but(one, no), required: []framework.Requirement{"lab:A-2"}, outcome: gate.Passed},
		{name: "gap in a required provision", given: but(third, no), required: []framework.Requirement{"lab:A-2"}, outcome: gate.Failed, subjects: []string{"lab:A-2"}},
		{name: "required by status", given: but(one, no), required: []framework.Requirement{"lab:M"}, outcome: gate.Passed},
		{name: "outside a review, required by id", given: all, required: []framework.Requirement{"lab:A-3"}, outcome: gate.Incomplete, subjects: []string{"lab:A-3"}, text: "no review can answer it: No review can answer it."},
		{name: "markets not set", given: all, change: func(s *framework.Standing) { s.Markets = framework.MarketsUnset }, outcome: gate.Incomplete, subjects: []string{"lab"}},
		{name: "framework does not apply", given: nil, change: func(s *framework.Standing) { s.Applies, s.Because = framework.AppliesNo, "It is sold nowhere." }, outcome: gate.Passed},
		{name: "unknown whether the framework applies", given: nil, change: func(s *framework.Standing) { s.Applies = framework.AppliesUnknown }, outcome: gate.Incomplete, subjects: []string{"lab:A-1", "lab:A-2", "lab:A-4", "lab:A-5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			required := c.required
			if required == nil {
				required = []framework.Requirement{"LAB"}
			}
			v := judgeRequirements(t, c.given, c.waived, c.change, required...)
			var subjects []string
			text := ""
			for _, r := range v.Reasons {
				if r.Rule.Setting == "require" {
					subjects = append(subjects, r.Subject)
					if text == "" {
						text = r.Text
					}
				}
			}
			assert.Equal(t, c.subjects, subjects)
			assert.Equal(t, c.outcome, v.Outcome)
			if c.text != "" {
				assert.Equal(t, c.text, text)
			}
		})
	}
}

// The verdict notes provisions outside a review, and when the open ones are due.
func TestRequirementNotes(t *testing.T) {
	var notes []string
	for _, n := range judgeRequirements(t, nil, nil, nil, "lab").Notes {
		notes = append(notes, n.String())
	}
	assert.Contains(t, notes, "lab: 1 provision is outside a review and must be shown elsewhere: A-3")
	assert.Contains(t, notes, "lab: 1 provision is open and in force since 2026-03-01")
	assert.Contains(t, notes, "lab: 3 provisions are open and due on 2027-01-15")
}
