package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// treeRules are rules with their trees, which evaluate independently of the package.
type treeRule struct {
	when tree // nil: default
	risk rules.Risk
}

func evalTrees(set []treeRule, states map[string]rules.State) (int, rules.Risk) {
	for i, r := range set {
		if r.when == nil || truth(r.when, states) {
			return i, r.risk
		}
	}
	return -1, rules.High + 1
}

func anyTreeRules() *rapid.Generator[[]treeRule] {
	return rapid.Custom(func(t *rapid.T) []treeRule {
		var set []treeRule
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			r := treeRule{risk: rules.Risk(rapid.IntRange(0, 2).Draw(t, "risk"))}
			if rapid.IntRange(0, 4).Draw(t, "kind") > 0 {
				r.when = anyTree(2).Draw(t, "when")
			}
			set = append(set, r)
		}
		return set
	})
}

func parsed(t *rapid.T, set []treeRule) []rules.Rule {
	var out []rules.Rule
	for _, r := range set {
		when := "default"
		if r.when != nil {
			when = r.when.text(t)
		}
		rule, err := rules.ParseRule(when, r.risk.String())
		require.NoError(t, err)
		out = append(out, rule)
	}
	return out
}

// A proof agrees with evaluating each answer by itself on the trees, which share no code
// with the package.
func TestProofsAgreeWithEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := anyTreeRules().Draw(t, "rules")
		n := rapid.IntRange(0, len(names)).Draw(t, "practices")
		practices, none := names[:n], names[n:]
		p, ok := rules.Prove(parsed(t, set), practices, none)
		require.True(t, ok)

		risks, kinds, deciders := map[string]rules.Risk{}, map[string]rules.AnswerKind{}, map[string]int{}
		every(names, func(_ int, states map[string]rules.State) {
			answer := fmt.Sprint(selected(states))
			deciders[answer], risks[answer] = evalTrees(set, states)
			done, nones := 0, 0
			for id := range states {
				if slices.Contains(none, id) {
					nones++
				} else {
					done++
				}
			}
			switch {
			case done+nones == 0:
				kinds[answer] = rules.OnlyEmpty
			case nones == 0 || nones == 1 && done == 0:
				kinds[answer] = rules.Valid
			default:
				kinds[answer] = rules.OnlyMixed
			}
		})
		reach := func(got rules.Reach, holds func(answer string) bool, what string) {
			want := rules.Never
			for answer, kind := range kinds {
				if holds(answer) {
					want = max(want, kind)
				}
			}
			require.Equal(t, want, got.By, what)
			if want >= rules.OnlyMixed {
				require.True(t, holds(fmt.Sprint(got.Example)), "%s: %v is an example", what, got.Example)
				require.Equal(t, want, kinds[fmt.Sprint(got.Example)], what)
			}
		}
		for r := range p.Risks {
			reach(p.Risks[r], func(a string) bool { return risks[a] == rules.Risk(r) }, rules.Risk(r).String())
		}
		reach(p.NoRule, func(a string) bool { return risks[a] > rules.High }, "no rule")
		for i := range p.Rules {
			reach(p.Rules[i], func(a string) bool { return deciders[a] == i }, fmt.Sprint("rule ", i))
		}

		raises, idle := false, slices.Clone(practices)
		worst := rules.Outcome{}
		every(names, func(_ int, states map[string]rules.State) {
			before := selected(states)
			risk := risks[fmt.Sprint(before)]
			sensible := kinds[fmt.Sprint(before)] == rules.Valid && !slices.ContainsFunc(none, func(id string) bool { return slices.Contains(before, id) })
			if sensible && risk <= rules.High && (!worst.OK || risk > worst.Risk) {
				worst = rules.Outcome{Risk: risk, OK: true}
			}
			for _, id := range practices {
				if slices.Contains(before, id) {
					continue
				}
				states[id] = rules.Selected
				after := risks[fmt.Sprint(selected(states))]
				delete(states, id)
				if after != risk {
					idle = slices.DeleteFunc(idle, func(other string) bool { return other == id })
				}
				raises = raises || sensible && after > risk && after <= rules.High
			}
		})
		require.Equal(t, raises, p.Raises != nil)
		if s := p.Raises; s != nil {
			after := selected(map[string]rules.State{s.Practice: rules.Selected}, s.Before...)
			require.Equal(t, risks[fmt.Sprint(s.Before)], s.From)
			require.Equal(t, risks[fmt.Sprint(after)], s.To)
			require.Greater(t, s.To, s.From)
		}
		require.ElementsMatch(t, idle, p.Ineffective)
		same := func(got rules.Outcome, answer []string) {
			require.Equal(t, answer, got.Answer)
			require.Equal(t, risks[fmt.Sprint(answer)] <= rules.High, got.OK)
			if got.OK {
				require.Equal(t, risks[fmt.Sprint(answer)], got.Risk)
			}
		}
		if n > 0 {
			same(p.AllSelected, practices)
		}
		for i, id := range none {
			same(p.NoneAlone[i], []string{id})
		}
		require.Equal(t, worst.OK, p.Worst.OK)
		require.Equal(t, worst.Risk, p.Worst.Risk)
		if p.Worst.OK {
			same(p.Worst, p.Worst.Answer)
		}
		require.Equal(t, 0 < n && n < len(names) && risks[fmt.Sprint(names)] == rules.None, p.IgnoresNone)
	})
}

// selected lists the selected choices in the order of names.
func selected(states map[string]rules.State, more ...string) []string {
	var out []string
	for _, id := range names {
		if states[id] == rules.Selected || slices.Contains(more, id) {
			out = append(out, id)
		}
	}
	return out
}

// IOTSEC10 and IOTPERF06 of AWS's IoT Lens, and SEC_01 of the S3 lens.
func TestProofsOfRealRules(t *testing.T) {
	p, _ := rules.Prove(set(t, "A && B && C => none", "A && !(C || B) => medium", "default => high"), []string{"A", "B", "C"}, []string{"no"})
	assert.Equal(t, &rules.Step{Before: []string{"A"}, Practice: "B", From: rules.Medium, To: rules.High}, p.Raises)
	assert.Equal(t, rules.Reach{By: rules.Valid, Example: []string{"B"}}, p.Risks[rules.High])
	assert.True(t, p.IgnoresNone, "None with all the rest is stored and has no risk")
	assert.Equal(t, []rules.Outcome{{Risk: rules.High, OK: true, Answer: []string{"no"}}}, p.NoneAlone)

	p, _ = rules.Prove(set(t, "A => none", "default => medium"), []string{"A"}, nil)
	assert.Equal(t, rules.Reach{By: rules.OnlyEmpty}, p.Risks[rules.Medium])
	assert.Equal(t, rules.Reach{By: rules.Never}, p.Risks[rules.High])
	assert.Nil(t, p.Raises)

	p, _ = rules.Prove(set(t, "no && A && B => none", "!B => high", "default => medium"), []string{"A", "B"}, []string{"no"})
	assert.Equal(t, rules.Reach{By: rules.OnlyMixed, Example: []string{"A", "B", "no"}}, p.Risks[rules.None])
	assert.Equal(t, rules.Medium, p.AllSelected.Risk)
	assert.Equal(t, []string{"A"}, mustProve(t, "B => none", "default => high", "A => high").Ineffective)
}

func mustProve(t *testing.T, lines ...string) rules.Proof {
	p, ok := rules.Prove(set(t, lines...), []string{"A", "B"}, nil)
	require.True(t, ok)
	return p
}

func TestProveRefusesTooManyChoices(t *testing.T) {
	_, ok := rules.Prove(nil, strings.Fields("a b c d e f g h i j k l m n o"), []string{"p"})
	assert.False(t, ok)
}

// fifteen returns a question at the limits of the WA Tool: 15 choices, three rules, and the
// longest condition of any public lens.
func fifteen(t require.TestingT) (full []rules.Rule, practices, none []string) {
	practices, none = strings.Fields("a b c d e f g h i j k l m n"), []string{"no"}
	all := strings.Join(practices, " && ")
	return set(t, all+" && !no => none", "(!a || !b || !c) && (d || e && !f) || !(g && h) || (i || j) && !no => high", "default => medium"), practices, none
}

func BenchmarkProveFifteenChoices(b *testing.B) {
	set, practices, none := fifteen(b)
	for b.Loop() {
		if _, ok := rules.Prove(set, practices, none); !ok {
			b.Fatal("too many")
		}
	}
}

func BenchmarkMonotoneFifteenChoices(b *testing.B) {
	set, practices, none := fifteen(b)
	for b.Loop() {
		rules.Monotone(set, append(practices, none...))
	}
}

// Raises starts from an answer with the fewest practices, which is easiest to follow.
func TestRaisesHasTheFewestPractices(t *testing.T) {
	var set []rules.Rule
	for _, r := range [][2]string{{"A && B && C && !D", "none"}, {"E && !F", "none"}, {"default", "high"}} {
		rule, err := rules.ParseRule(r[0], r[1])
		require.NoError(t, err)
		set = append(set, rule)
	}
	p, ok := rules.Prove(set, []string{"D", "A", "B", "C", "F", "E"}, nil)
	require.True(t, ok)
	assert.Equal(t, &rules.Step{Before: []string{"E"}, Practice: "F", From: rules.None, To: rules.High}, p.Raises)
}
