package rules_test

import (
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// RiskChanges agrees with evaluating every answer one by one.
func TestRiskChangesAgreeWithEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := anyRules().Draw(t, "before"), anyRules().Draw(t, "after")
		ids := []string{"A", "B", "C", "D"}
		names := rapid.Permutation([]string{"A", "B", "C", "D", "", ""}).Draw(t, "names")
		now := func(id string) (string, bool) {
			to := names[slices.Index(ids, id)]
			return to, to != ""
		}
		type move struct{ from, to string }
		want := map[move]int{}
		risk := func(set []rules.Rule, selected []string) string {
			r, ok := rules.Eval(set, func(id string) rules.State {
				if slices.Contains(selected, id) {
					return rules.Selected
				}
				return rules.NotSelected
			})
			if !ok {
				return "UNDETERMINED"
			}
			return r.String()
		}
		answers := func(set int) (was, is []string) {
			for i, id := range ids {
				if set>>i&1 == 1 {
					was = append(was, id)
					if to, ok := now(id); ok {
						is = append(is, to)
					}
				}
			}
			return was, is
		}
		moved := func(was, is []string) move {
			m := move{risk(before, was), risk(after, is)}
			if len(is) == 0 {
				m.to = "UNANSWERED"
			}
			return m
		}
		for set := 1; set < 1<<len(ids); set++ {
			if m := moved(answers(set)); m.from != m.to {
				want[m]++
			}
		}
		moves, ok := rules.RiskChanges(before, after, ids, nil, now)
		require.True(t, ok)
		got := map[move]int{}
		for _, m := range moves {
			got[move{m.From, m.To}] += m.Answers
			var is []string
			for _, id := range m.Example {
				if to, ok := now(id); ok {
					is = append(is, to)
				}
			}
			assert.Equal(t, move{m.From, m.To}, moved(m.Example, is), "the example %v", m.Example)
		}
		assert.Equal(t, want, got)
	})
}

// None of these is an answer by itself and is never combined with a practice.
func TestRiskChangesWithNone(t *testing.T) {
	rule := func(when, risk string) rules.Rule {
		r, err := rules.ParseRule(when, risk)
		require.NoError(t, err)
		return r
	}
	before := []rules.Rule{rule("a", "none"), rule("q_no", "high"), rule("default", "medium")}
	after := []rules.Rule{rule("a", "none"), rule("default", "medium")}
	same := func(id string) (string, bool) { return id, true }
	moves, ok := rules.RiskChanges(before, after, []string{"a", "b"}, []string{"q_no"}, same)
	require.True(t, ok)
	assert.Equal(t, []rules.RiskChange{{From: "HIGH", To: "MEDIUM", Answers: 1, Example: []string{"q_no"}}}, moves)

	_, ok = rules.RiskChanges(before, after, make([]string, rules.MaxChoices+1), nil, same)
	assert.False(t, ok)
}
