package rules_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWithout(t *testing.T) {
	conditions := []string{"default", "a", "a && b", "!a || c", "(a || b) && !c", "n", "!n && d", "a && n", "x", "!(a && b && c && d)", "e || f || g", "g && !a"}
	rapid.Check(t, func(t *rapid.T) {
		var set []rules.Rule
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			rule, err := rules.ParseRule(rapid.SampledFrom(conditions).Draw(t, "when"), rapid.SampledFrom([]string{"none", "medium", "high"}).Draw(t, "risk"))
			require.NoError(t, err)
			set = append(set, rule)
		}
		ids := []string{"a", "b", "c", "d", "e", "f", "g"}[:rapid.IntRange(0, 7).Draw(t, "choices")]
		none := rapid.SampledFrom([]string{"", "n"}).Draw(t, "none")
		parts := rules.Analyse(set, ids, none).Choices
		require.Len(t, parts, len(ids))
		for i := range ids {
			got := parts[i].Without
			risk, ok := rules.EvalMonotone(set, ids, none, func(id string) rules.State {
				for j, other := range ids {
					if other == id && j != i {
						return rules.Selected
					}
				}
				return rules.NotSelected
			})
			require.Equal(t, ok, got.OK)
			if ok {
				require.Equal(t, risk, got.Risk)
			}
		}
	})
}

// Without the only practice the answer is None of these, so a rule that names it decides.
func TestWithoutOfASinglePractice(t *testing.T) {
	var set []rules.Rule
	for _, r := range [][2]string{{"n", "high"}, {"default", "none"}} {
		rule, err := rules.ParseRule(r[0], r[1])
		require.NoError(t, err)
		set = append(set, rule)
	}
	require.Equal(t, rules.Outcome{Risk: rules.High, OK: true}, rules.Analyse(set, []string{"a"}, "n").Choices[0].Without)
	require.Equal(t, rules.Outcome{Risk: rules.None, OK: true}, rules.Analyse(set, []string{"a"}, "").Choices[0].Without)
}
