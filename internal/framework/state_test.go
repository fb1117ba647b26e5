package framework_test

import (
	"fmt"
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// grade orders the states that answers can make of a provision that applies.
var grade = map[framework.State]int{framework.Met: 3, framework.PartlyMet: 2, framework.NotMet: 1, framework.Unknown: 0, framework.NotAnswered: 0, framework.NotApplicable: 0}

// A smaller gap, and a practice that becomes implemented, never make the state of a
// provision worse.
func TestBetterAnswerNeverWorsensProvision(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	statuses := append(review.Statuses(), review.Unanswered)
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(ids).Draw(t, "practices")
		fully := rapid.IntRange(0, 3).Draw(t, "fully")
		p := framework.Provision{ID: "X", Fully: order[:fully]}
		for _, id := range order[fully:4] {
			p.Partly = append(p.Partly, framework.PartialAnswer{Practice: id, Lacks: "more"})
		}
		if len(p.Partly) > 1 && rapid.Bool().Draw(t, "whole") {
			p.Together = order[fully:4]
		}
		p.Supports = order[4:]
		given := map[string]review.Status{}
		for _, id := range ids {
			given[id] = rapid.SampledFrom(statuses).Draw(t, id)
		}
		status := func(id string) review.Status { return given[id] }
		before := p.StateOf(status)
		id := rapid.SampledFrom(ids).Draw(t, "better")
		if given[id] == review.NotImplemented && rapid.Bool().Draw(t, "half") {
			given[id] = review.PartiallyImplemented
		} else {
			given[id] = review.Implemented
		}
		after := p.StateOf(status)
		require.GreaterOrEqual(t, grade[after], grade[before], "%s to %s by %s", before, after, id)
		if before == framework.Met {
			require.Equal(t, framework.Met, after)
		}
	})
}

func TestRequirements(t *testing.T) {
	f := &framework.Framework{ID: "lab", Provisions: []framework.Provision{{ID: "I(2)(c)", Status: "M C"}, {ID: "I(2)(d)"}}}
	for given, want := range map[string]string{
		"lab": "", "LAB": "", "lab:I(2)(c)": "", "lab:M C": "",
		"lib":         `unknown framework "lib", did you mean "lab"?; iotlens framework list shows all, and --framework FILE adds one of your own`,
		"":            `unknown framework ""; known: lab; iotlens framework list shows all, and --framework FILE adds one of your own`,
		"lab:":        "lab:: a provision must follow the colon, as in lab:I(2)(c)",
		"lab:I(2)(x)": `unknown provision of lab "I(2)(x)", did you mean "I(2)(c)"?; iotlens framework show lab lists them`,
	} {
		_, err := framework.CheckRequirement(framework.Requirement(given), []*framework.Framework{f})
		got := ""
		if err != nil {
			got = err.Error()
		}
		assert.Equal(t, want, got, fmt.Sprintf("%q", given))
	}
}
