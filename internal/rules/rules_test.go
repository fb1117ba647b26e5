package rules_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// review parses an answer in one line: in "+A -B ~C", A is selected, B is not selected and C is
// not applicable. Other choices are not selected.
func review(line string) func(string) rules.State {
	states := map[string]rules.State{}
	for _, word := range strings.Fields(line) {
		states[word[1:]] = map[byte]rules.State{'+': rules.Selected, '-': rules.NotSelected, '~': rules.NotApplicable}[word[0]]
	}
	return func(id string) rules.State { return states[id] }
}

// holds reports whether a condition holds.
func holds(t *testing.T, condition, line string) bool {
	t.Helper()
	risk, ok := rules.Eval(set(t, condition+" => none", "default => high"), review(line))
	require.True(t, ok)
	return risk == rules.None
}

// set parses rules written "condition => risk".
func set(t require.TestingT, lines ...string) []rules.Rule {
	var out []rules.Rule
	for _, line := range lines {
		when, risk, _ := strings.Cut(line, "=>")
		rule, err := rules.ParseRule(when, strings.TrimSpace(risk))
		require.NoError(t, err, line)
		out = append(out, rule)
	}
	return out
}

func TestOperators(t *testing.T) {
	for _, c := range []struct {
		condition string
		holds     string // reviews for which it holds, separated by |
		fails     string
	}{
		{"A", "+A", "-A|+B"},
		{"!A", "-A|+B", "+A"},
		{"!!A", "+A", "-A"},
		{"A && B", "+A +B", "+A|+B|"},
		{"A || B", "+A|+B|+A +B", "-A -B"},
		// ! binds tighter than &&, && tighter than ||.
		{"!A && B", "+B", "+A +B|-A -B"},
		{"!(A && B)", "+A|+B|-A", "+A +B"},
		{"A || B && C", "+A|+B +C", "+B|+C"},
		{"(A || B) && C", "+A +C|+B +C", "+A|+B|+C"},
		// The one public lens that depends on it (Amazon ECS): NET1_2 && !NET1_1 || NET1_3.
		{"A && !B || C", "+A|+C|+B +C|+A +B +C", "+A +B|+B"},
		{"A && B && C", "+A +B +C", "+A +B|+B +C"},
		{"A || B || C", "+A|+B|+C", "-A"},
	} {
		for line := range strings.SplitSeq(c.holds, "|") {
			assert.True(t, holds(t, c.condition, line), "%s with %q", c.condition, line)
		}
		for line := range strings.SplitSeq(c.fails, "|") {
			assert.False(t, holds(t, c.condition, line), "%s with %q", c.condition, line)
		}
	}
}

// The first six cases are AWS's measurements of the live service. The behaviour of !x and of
// a single x is unknown; here a choice that is not applicable counts neither way.
func TestNotApplicableChoicesAreDropped(t *testing.T) {
	for _, c := range []struct {
		condition, review string
		want              bool
	}{
		{"A && B", "+A ~B", true},
		{"A && B", "-A ~B", false},
		{"A && B", "~A ~B", true},
		{"A || B", "~A -B", false},
		{"A || B", "~A +B", true},
		{"A || B", "~A ~B", false},

		{"A", "~A", true},
		{"!A", "~A", false},
		{"!!A", "~A", false},
		{"!A && B", "~A +B", true},
		{"!A && B", "~A -B", false},
		{"!A || B", "~A -B", false},
		{"(A || B) && C", "~A ~B +C", false},
		{"(A && B) || C", "~A ~B -C", false},
		{"!(A && B)", "~A +B", false},
		{"!(A && B)", "~A -B", true},
	} {
		assert.Equal(t, c.want, holds(t, c.condition, c.review), "%s with %s", c.condition, c.review)
	}
}

func TestWhiteSpaceIsIgnored(t *testing.T) {
	for _, condition := range []string{"A&&!B||C", " A && ! B || C ", "A\t&&\n!B\r\n||C", "A\u00a0&&\u00a0!B\u2003||\v\fC", "((A)&&(!(B)))||(C)"} {
		assert.True(t, holds(t, condition, "+A"), condition)
		assert.False(t, holds(t, condition, "+A +B"), condition)
	}
	e, err := rules.Parse(" default\n")
	require.NoError(t, err)
	assert.Nil(t, e)
}

func TestIDs(t *testing.T) {
	e, err := rules.Parse("IOTSEC10-BP02 && !(IOTSEC10_BP01 || IOTSEC10-BP02) || defaults")
	require.NoError(t, err)
	assert.Equal(t, []string{"IOTSEC10-BP02", "IOTSEC10_BP01", "defaults"}, e.IDs())
}

func TestSyntaxErrorsHaveAColumn(t *testing.T) {
	deep := strings.Repeat("(", 200) + "A" + strings.Repeat(")", 200)
	for _, c := range []struct{ condition, want string }{
		{"", "column 1: expected an id, ! or ( at the end"},
		{"A &&", "column 5: expected an id, ! or ( at the end"},
		{"A B", "column 3: expected && or || here"},
		{"A & B", "column 3: expected && or || here"},
		{"A and B", "column 3: expected && or || here"},
		{"A ||| B", `column 5: expected an id, ! or ( here, not "|"`},
		{"A && && B", `column 6: expected an id, ! or ( here, not "&"`},
		{")A(", `column 1: expected an id, ! or ( here, not ")"`},
		{"A)", "column 2: unmatched )"},
		{"A && (B || C", "column 6: unclosed ("},
		{"(A B)", "column 4: expected && or || or ) here"},
		{"()", `column 2: expected an id, ! or ( here, not ")"`},
		{"!", "column 2: expected an id, ! or ( at the end"},
		{"A || default", "column 6: default must be alone"},
		{"(default)", "column 2: default must be alone"},
		{"A && é", `column 6: expected an id, ! or ( here, not "é"`},
		{"A == B", "column 3: expected && or || here"},
		{deep, "column 102: nested more than 100 deep"},
	} {
		_, err := rules.Parse(c.condition)
		assert.EqualError(t, err, c.want, c.condition)
		var syntax *rules.SyntaxError
		assert.True(t, errors.As(err, &syntax))
	}
}

func TestParseRule(t *testing.T) {
	for name, want := range map[string]rules.Risk{"none": rules.None, "medium": rules.Medium, "HIGH": rules.High} {
		rule, err := rules.ParseRule("default", name)
		require.NoError(t, err)
		assert.Equal(t, rules.Rule{Risk: want}, rule)
	}
	_, err := rules.ParseRule("A", "severe")
	assert.EqualError(t, err, `unknown risk "severe"; known: none, medium, high`)
	_, err = rules.ParseRule("A &", "none")
	assert.Error(t, err)
}

func TestTheFirstRuleThatHoldsGivesTheRisk(t *testing.T) {
	both := set(t, "A && B => none", "A || B => medium", "default => high")
	for line, want := range map[string]rules.Risk{"+A +B": rules.None, "+A": rules.Medium, "+B ~A": rules.None, "": rules.High} {
		got, ok := rules.Eval(both, review(line))
		assert.True(t, ok)
		assert.Equal(t, want, got, line)
	}
	_, ok := rules.Eval(both[:2], review(""))
	assert.False(t, ok, "no rule holds, and there is no default")
	_, ok = rules.EvalMonotone(nil, []string{"A"}, "", review("+A"))
	assert.False(t, ok)
}

// In AWS's rules of IOTSEC10, encryption alone is MEDIUM, but adding data classification
// makes it HIGH.
func TestEvalMonotoneOfIOTSEC10(t *testing.T) {
	iotsec10 := set(t, "A && B && C => none", "A && !(C || B) => medium", "default => high")
	ids := []string{"A", "B", "C"}
	for _, c := range []struct {
		review           string
		letter, monotone rules.Risk
	}{
		{"", rules.High, rules.High},
		{"+A", rules.Medium, rules.Medium},
		{"+A +B", rules.High, rules.Medium},
		{"+A +C", rules.High, rules.Medium},
		{"+B +C", rules.High, rules.High},
		{"+A +B +C", rules.None, rules.None},
	} {
		letter, _ := rules.Eval(iotsec10, review(c.review))
		monotone, _ := rules.EvalMonotone(iotsec10, ids, "", review(c.review))
		assert.Equal(t, c.letter, letter, c.review)
		assert.Equal(t, c.monotone, monotone, c.review)
	}
}

func TestMonotoneRefusesTooManyChoices(t *testing.T) {
	ids := strings.Fields("a b c d e f g h i j k l m n o p")
	require.Len(t, ids, rules.MaxChoices+1)
	all := func(string) rules.State { return rules.Selected }
	assert.Panics(t, func() { rules.EvalMonotone(nil, ids, "", all) }, "rather than run 2 to the power of anything")
}
