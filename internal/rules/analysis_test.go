package rules_test

import (
	"math/bits"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Analyse agrees with evaluating every answer one by one.
func TestAnalyseAgreesWithEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := looseRules().Draw(t, "rules")
		var at [32]rules.Risk
		every(names, func(s int, states map[string]rules.State) { at[s] = risk(set, states) })
		lowest, same := rules.High+1, true
		for _, r := range at[1:] {
			lowest, same = min(lowest, r), same && r == at[1]
		}
		var least []int // with no other of the lowest risk inside
		exclusive, top := true, false
		for s := 1; s < len(at); s++ {
			inside, member := false, rules.High+1
			for part := (s - 1) & s; part > 0; part = (part - 1) & s {
				inside = inside || at[part] == lowest
			}
			if at[s] == lowest && !inside {
				least = append(least, s)
			}
			for i := range names {
				if s>>i&1 == 1 {
					member = min(member, at[1<<i])
				}
			}
			exclusive = exclusive && (at[s] > rules.High || at[s] >= member)
			top = top || bits.OnesCount(uint(s)) == 1 && at[s] == lowest
		}
		got := rules.Analyse(set, names, "")
		require.Equal(t, same, got.Constant)
		if lowest <= rules.High {
			require.Equal(t, exclusive && top, got.Exclusive)
		}
		for i, p := range got.Choices {
			require.Equal(t, at[1<<i] <= rules.High, p.Alone.OK)
			if p.Alone.OK {
				require.Equal(t, at[1<<i], p.Alone.Risk)
			}
			lowers, raises, every, some := false, false, true, false
			for s := 1; s < len(at); s++ {
				if before, after := at[s], at[s|1<<i]; s>>i&1 == 0 && before <= rules.High && after <= rules.High {
					lowers, raises = lowers || after < before, raises || after > before
				}
			}
			for _, s := range least {
				every, some = every && s>>i&1 == 1, some || s>>i&1 == 1
			}
			if p.Named && p.Alone.OK && at[0] <= rules.High {
				lowers = lowers || p.Alone.Risk < at[0]
			}
			require.Equal(t, lowers, p.LowersRisk, "%s helps", names[i])
			require.Equal(t, raises, p.RaisesRisk, "%s harms", names[i])
			if lowest <= rules.High {
				require.Equal(t, every, p.InEveryMinimal, "%s in every least answer", names[i])
				require.Equal(t, some, p.InSomeMinimal, "%s in some", names[i])
			}
		}
	})
}

func TestAnalyseComparesWithNoneOfThese(t *testing.T) {
	uses := rules.Analyse(set(t, "A || B => medium", "default => none"), []string{"A", "B"}, "N")
	assert.True(t, uses.Choices[0].RaisesRisk, "None of these alone has no risk")
	assert.False(t, uses.Choices[0].LowersRisk)
	assert.True(t, uses.Constant, "it is no answer that selects one of them")
	flawed := rules.Analyse(set(t, "A && B && N => none", "!N => high", "default => medium"), []string{"A", "B"}, "N")
	assert.False(t, flawed.Choices[0].RaisesRisk, "rules that name None of these do not count it against practices")
}

func TestLowestRiskAgreesWithEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, states := anyRules().Draw(t, "rules"), anyStates().Draw(t, "states")
		free := []string{}
		for _, id := range names[:rapid.IntRange(0, len(names)).Draw(t, "free")] {
			if states[id] != rules.NotApplicable {
				free = append(free, id)
			}
		}
		some := rapid.Bool().Draw(t, "some")
		want, sets := rules.High+1, []int(nil)
		every(free, func(s int, chosen map[string]rules.State) {
			if some && s == 0 {
				return
			}
			r, _ := rules.Eval(set, func(id string) rules.State {
				for _, f := range free {
					if f == id {
						return chosen[id]
					}
				}
				return states[id]
			})
			if r < want {
				want, sets = r, nil
			}
			if r == want {
				sets = append(sets, s)
			}
		})
		got, answers, ok := rules.LowestRisk(set, free, of(states), some)
		require.Equal(t, len(sets) > 0, ok)
		if ok {
			require.Equal(t, want, got)
			require.Equal(t, sets, answers)
		}
	})
}

// A lens with 200 such questions is imported in less than a second.
func BenchmarkAnalyseFifteenChoices(b *testing.B) {
	full, practices, _ := fifteen(b)
	for b.Loop() {
		rules.Analyse(full, practices, "")
	}
}
