package rules_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// every visits all sets of ids.
func every(ids []string, visit func(set int, states map[string]rules.State)) {
	for set := range 1 << len(ids) {
		states := map[string]rules.State{}
		for i, id := range ids {
			if set>>i&1 == 1 {
				states[id] = rules.Selected
			}
		}
		visit(set, states)
	}
}

// looseRules generates rules with or without a default, at any position.
func looseRules() *rapid.Generator[[]rules.Rule] {
	return rapid.Custom(func(t *rapid.T) []rules.Rule {
		var lines []string
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			when := "default"
			if rapid.IntRange(0, 5).Draw(t, "kind") > 0 {
				when = anyTree(2).Draw(t, "when").text(t)
			}
			lines = append(lines, when+"=>"+rapid.SampledFrom([]string{"none", "medium", "high"}).Draw(t, "risk"))
		}
		return set(t, lines...)
	})
}

// risk returns the risk of an answer; "no rule holds" is above all risks.
func risk(set []rules.Rule, states map[string]rules.State) rules.Risk {
	r, ok := rules.Eval(set, of(states))
	if !ok {
		return rules.High + 1
	}
	return r
}

func TestTheMonotoneFormIsTheClosure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := looseRules().Draw(t, "rules")
		form := rules.Monotone(set, names)
		require.LessOrEqual(t, len(form), 3)

		var before, after [32]rules.Risk
		every(names, func(s int, states map[string]rules.State) {
			before[s], after[s] = risk(set, states), risk(form, states)
		})
		monotone := true
		for s := range before {
			least := before[s]
			for part := s; part > 0; part = (part - 1) & s { // all subsets but the empty one
				least = min(least, before[part])
				monotone = monotone && before[part] >= before[s]
				require.GreaterOrEqual(t, after[part], after[s], "doing more never raises the risk")
			}
			require.Equal(t, least, after[s], "the closure of set %b", s)
		}
		if monotone {
			require.Equal(t, before, after)
			if len(set) <= 3 {
				require.Equal(t, set, form, "what is monotone stays as it is written")
			}
		}
	})
}

func TestMonotoneFormsAreShort(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"A && B && C => none; A && !(C || B) => medium; default => high", "A && B && C => NONE; A => MEDIUM; default => HIGH"},
		{"A && B => none; A || B => medium; default => high", "A && B => NONE; A || B => MEDIUM; default => HIGH"},
		{"!A => high; default => none", "!A => HIGH; default => NONE"},
		{"A && !B => none; default => high", "A => NONE; default => HIGH"},
		{"(A && !B || B && !A) && C => none; default => medium", "A && C || B && C => NONE; default => MEDIUM"},
		{"A => none; B => medium", "A => NONE; B => MEDIUM"},
		{"B => medium; A && !B => none", "A => NONE; B => MEDIUM"},
		{"default => none; A => high", "default => NONE; A => HIGH"},
		{"A => high; default => none", "B || C || D || E || !A && !B && !C && !D && !E => NONE; default => HIGH"},
		{"A => none; B => high; default => medium", "A => NONE; C || D || E || !A && !B && !C && !D && !E => MEDIUM; default => HIGH"},
		{"", ""},
	} {
		var lines []string
		if c.set != "" {
			lines = strings.Split(c.set, ";")
		}
		var got []string
		for _, r := range rules.Monotone(set(t, lines...), names) {
			got = append(got, r.Condition()+" => "+r.Risk.String())
		}
		assert.Equal(t, c.want, strings.Join(got, "; "), c.set)
	}
}

func TestConditionsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, err := rules.Parse(anyTree(3).Draw(t, "condition").text(t))
		require.NoError(t, err)
		again, err := rules.Parse(e.String())
		require.NoError(t, err, e.String())
		require.Equal(t, e, again, e.String())
	})
	for _, c := range []struct{ in, want string }{
		{"( A&&(B) )||!( C )", "A && B || !C"},
		{"!(A||B)&&(A||(B||C))", "!(A || B) && (A || (B || C))"},
		{"!!A", "!!A"},
	} {
		e, err := rules.Parse(c.in)
		require.NoError(t, err)
		assert.Equal(t, c.want, e.String())
	}
}

func TestTheLongestMonotoneFormTakesMilliseconds(t *testing.T) {
	// Any seven of fourteen: the worst that there is.
	ids := strings.Split("a b c d e f g h i j k l m n", " ")
	var kids []string
	every(ids, func(set int, states map[string]rules.State) {
		if len(states) == 7 && set%5 == 0 {
			var and []string
			for _, id := range ids {
				if states[id] == rules.Selected {
					and = append(and, id)
				}
			}
			kids = append(kids, strings.Join(and, " && "))
		}
	})
	form := rules.Monotone(set(t, "n && !m => none", strings.Join(kids, " || ")+" => none", "default => high"), ids)
	assert.Len(t, form, 2)
}

// The monotone form changes six of AWS's 59 questions. Its rules agree with EvalMonotone also
// for answers with choices that are not applicable.
func TestTheMonotoneFormOfAWSsRules(t *testing.T) {
	var changed []string
	for question, set := range awsRules(t) {
		ids := map[string]bool{}
		for _, r := range set {
			if r.When != nil {
				for _, id := range r.When.IDs() {
					ids[id] = true
				}
			}
		}
		practices := slices.Sorted(maps.Keys(ids))
		form := rules.Monotone(set, practices)
		if !slices.EqualFunc(form, set, func(a, b rules.Rule) bool { return a.Condition() == b.Condition() && a.Risk == b.Risk }) {
			changed = append(changed, question)
		}
		states := map[string]rules.State{}
		var each func(rest []string)
		each = func(rest []string) {
			if len(rest) == 0 {
				want, _ := rules.EvalMonotone(set, practices, "", of(states))
				got, ok := rules.Eval(form, of(states))
				require.True(t, ok)
				require.Equal(t, want, got, "%s: %v", question, states)
				return
			}
			for _, s := range []rules.State{rules.NotSelected, rules.Selected, rules.NotApplicable} {
				states[rest[0]] = s
				each(rest[1:])
			}
		}
		each(practices)
	}
	slices.Sort(changed)
	assert.Equal(t, []string{"IOTOPS05", "IOTOPS06", "IOTSEC07", "IOTSEC10", "IOTSEC12", "IOTSEC13"}, changed)
}

// awsRules reads testdata/aws/rules.tsv.
func awsRules(t *testing.T) map[string][]rules.Rule {
	data, err := os.ReadFile("../../testdata/aws/rules.tsv")
	require.NoError(t, err)
	out := map[string][]rules.Rule{}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if f[0] == "question" {
			continue
		}
		risk := map[string]string{"NO_RISK": "none", "MEDIUM_RISK": "medium", "HIGH_RISK": "high"}[f[2]]
		rule, err := rules.ParseRule(f[1], risk)
		require.NoError(t, err, line)
		out[f[0]] = append(out[f[0]], rule)
	}
	require.Len(t, out, 59)
	return out
}
