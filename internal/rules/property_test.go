package rules_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The reference for the evaluator: conditions as trees that evaluate and format themselves,
// without a parser.
type tree interface {
	text(*rapid.T) string
	// simplify drops what doesn't apply; false: nothing is left of it, or, for
	// an or, nothing that could hold.
	simplify(map[string]rules.State) (boolean func() bool, left bool)
}

type (
	choice string
	not    struct{ of tree }
	and    []tree
	or     []tree
)

func (c choice) text(*rapid.T) string { return string(c) }
func (n not) text(t *rapid.T) string  { return "!" + space(t) + wrapped(t, n.of) }
func (a and) text(t *rapid.T) string  { return joined(t, a, "&&") }
func (o or) text(t *rapid.T) string   { return joined(t, o, "||") }

func joined(t *rapid.T, kids []tree, sign string) string {
	parts := make([]string, len(kids))
	for i, k := range kids {
		parts[i] = wrapped(t, k)
	}
	return strings.Join(parts, space(t)+sign+space(t))
}

func space(t *rapid.T) string { return rapid.SampledFrom([]string{"", " ", "\n "}).Draw(t, "space") }

// wrapped puts parentheses around everything but choices, so that precedence does not
// matter.
func wrapped(t *rapid.T, e tree) string {
	if c, ok := e.(choice); ok {
		return string(c)
	}
	return "(" + space(t) + e.text(t) + space(t) + ")"
}

func (c choice) simplify(states map[string]rules.State) (func() bool, bool) {
	return func() bool { return states[string(c)] == rules.Selected }, states[string(c)] != rules.NotApplicable
}

func (n not) simplify(states map[string]rules.State) (func() bool, bool) {
	of, left := n.of.simplify(states)
	return func() bool { return !of() }, left
}

func (a and) simplify(states map[string]rules.State) (func() bool, bool) {
	terms := remaining(a, states)
	return func() bool {
		return !slices.ContainsFunc(terms, func(term func() bool) bool { return !term() })
	}, len(terms) > 0
}

func (o or) simplify(states map[string]rules.State) (func() bool, bool) {
	terms := remaining(o, states)
	return func() bool { return slices.ContainsFunc(terms, func(term func() bool) bool { return term() }) }, true
}

func remaining(kids []tree, states map[string]rules.State) (terms []func() bool) {
	for _, k := range kids {
		if term, left := k.simplify(states); left {
			terms = append(terms, term)
		}
	}
	return terms
}

func truth(e tree, states map[string]rules.State) bool {
	boolean, left := e.simplify(states)
	if !left { // nothing stands against it, unless all it says is that something is missing
		_, missing := e.(not)
		return !missing
	}
	return boolean()
}

var names = []string{"A", "B", "C", "D", "E"}

func anyTree(depth int) *rapid.Generator[tree] {
	leaf := rapid.Map(rapid.SampledFrom(names), func(s string) tree { return choice(s) })
	if depth == 0 {
		return leaf
	}
	kids := rapid.SliceOfN(anyTree(depth-1), 2, 3)
	return rapid.OneOf(leaf,
		rapid.Map(anyTree(depth-1), func(e tree) tree { return not{e} }),
		rapid.Map(kids, func(k []tree) tree { return and(k) }),
		rapid.Map(kids, func(k []tree) tree { return or(k) }))
}

func anyStates() *rapid.Generator[map[string]rules.State] {
	state := rapid.SampledFrom([]rules.State{rules.Selected, rules.NotSelected, rules.NotApplicable})
	return rapid.Custom(func(t *rapid.T) map[string]rules.State {
		states := map[string]rules.State{}
		for _, id := range names {
			states[id] = state.Draw(t, id)
		}
		return states
	})
}

func anyRules() *rapid.Generator[[]rules.Rule] {
	return rapid.Custom(func(t *rapid.T) []rules.Rule {
		var lines []string
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			lines = append(lines, anyTree(2).Draw(t, "when").text(t)+"=>"+rapid.SampledFrom([]string{"none", "medium", "high"}).Draw(t, "risk"))
		}
		return set(t, append(lines, "default=>"+rapid.SampledFrom([]string{"medium", "high"}).Draw(t, "default"))...)
	})
}

func of(states map[string]rules.State) func(string) rules.State {
	return func(id string) rules.State { return states[id] }
}

func TestEvalAgreesWithTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, states := anyTree(3).Draw(t, "condition"), anyStates().Draw(t, "states")
		rule, err := rules.ParseRule(e.text(t), "none")
		require.NoError(t, err)
		_, holds := rules.Eval([]rules.Rule{rule}, of(states))
		assert.Equal(t, truth(e, states), holds)
	})
}

func TestEvalMonotoneIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, less := anyRules().Draw(t, "rules"), anyStates().Draw(t, "states")
		less[rapid.SampledFrom(names).Draw(t, "one")] = rules.Selected
		more := maps.Clone(less)
		for _, id := range rapid.SliceOf(rapid.SampledFrom(names)).Draw(t, "done") {
			if more[id] == rules.NotSelected {
				more[id] = rules.Selected
			}
		}
		before, _ := rules.EvalMonotone(set, names, "", of(less))
		after, _ := rules.EvalMonotone(set, names, "", of(more))
		assert.LessOrEqual(t, after, before)
	})
}

func TestEvalMonotoneIsTheLowestOfAllSubsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, states := anyRules().Draw(t, "rules"), anyStates().Draw(t, "states")
		got, ok := rules.EvalMonotone(set, names, "", of(states))
		require.True(t, ok)
		letter, _ := rules.Eval(set, of(states))
		assert.LessOrEqual(t, got, letter, "never above the letter of the rules")
		want := lowestTable(set, states, names)
		if want > rules.High { // nothing is selected and everything applies
			want = letter
		}
		assert.Equal(t, want, got)
	})
}

// lowest returns the lowest risk over all ways to deselect choices one by one; the empty
// answer is above all risks unless a choice is not applicable.
func lowestTable(set []rules.Rule, states map[string]rules.State, ids []string) rules.Risk {
	if len(ids) == 0 {
		if !slices.ContainsFunc(names, func(id string) bool { return states[id] != rules.NotSelected }) {
			return rules.High + 1
		}
		risk, _ := rules.Eval(set, of(states))
		return risk
	}
	best := lowestTable(set, states, ids[1:])
	if states[ids[0]] == rules.Selected {
		undone := maps.Clone(states)
		undone[ids[0]] = rules.NotSelected
		best = min(best, lowestTable(set, undone, ids[1:]))
	}
	return best
}

// Parse returns a condition, or an error with a column in the text; a condition in
// parentheses parses to the same condition.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "default", "A", "!A && (B || C)", "A ||| B", ")A(", "((((", "é && A", "A&&B||!C", "\x00", "IOTSEC10-BP01 && !(IOTSEC10-BP03 || IOTSEC10-BP02)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, condition string) {
		e, err := rules.Parse(condition)
		var syntax *rules.SyntaxError
		switch {
		case err != nil:
			require.ErrorAs(t, err, &syntax)
			require.Nil(t, e)
			require.Positive(t, syntax.Column)
			require.LessOrEqual(t, syntax.Column, len([]rune(condition))+1)
		case e == nil:
			require.Equal(t, rules.Default, strings.TrimSpace(condition))
		default:
			again, err := rules.Parse("(" + condition + ")")
			if errors.As(err, &syntax) && strings.Contains(syntax.Text, "nested") {
				return // one pair of parentheses too many
			}
			require.NoError(t, err)
			require.Equal(t, e, again)
			written, err := rules.Parse(e.String())
			require.NoError(t, err, e.String())
			require.Equal(t, e, written, "what String writes is the same condition")
		}
	})
}
