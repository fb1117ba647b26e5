package scoring_test

import (
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Rules of custom lenses may name the choice "None of these". It is selected if everything is
// answered and nothing is implemented, and never beside another choice.
func TestNoneOfTheseInRules(t *testing.T) {
	q := &lens.Question{
		ID: "Q", Pillar: "p", None: "Q_no", Practices: []lens.Practice{{ID: "Q-a"}, {ID: "Q-b"}},
		Rules: []lens.Rule{
			{When: "Q_no", Risk: lens.RuleHigh},
			{When: "Q-a && !Q_no", Risk: lens.RuleNone},
			{When: "default", Risk: lens.RuleMedium},
		},
	}
	const yes, no, na = review.Implemented, review.NotImplemented, review.NotApplicable
	for _, c := range []struct {
		name         string
		a, b         review.Status
		letter, mono scoring.Risk
	}{
		{"nothing in place is None", no, no, scoring.RiskHigh, scoring.RiskHigh},
		{"in part and unknown are nothing in place", review.PartiallyImplemented, review.CannotDetermine, scoring.RiskHigh, scoring.RiskHigh},
		{"the first", yes, no, scoring.RiskNone, scoring.RiskNone},
		{"the other", no, yes, scoring.RiskMedium, scoring.RiskMedium},
		{"an open answer is not None", no, review.Unanswered, scoring.RiskUnanswered, scoring.RiskUnanswered},
		{"of what applies nothing is in place", na, no, scoring.RiskHigh, scoring.RiskHigh},
		{"nothing applies", na, na, scoring.RiskNone, scoring.RiskNotApplicable},
	} {
		t.Run(c.name, func(t *testing.T) {
			answers := map[string]review.Answer{}
			for id, s := range map[string]review.Status{"Q-a": c.a, "Q-b": c.b} {
				if s != review.Unanswered {
					answers[id] = review.Answer{Status: s}
				}
			}
			assert.Equal(t, c.letter, scoring.AWSRisk(q, answers))
			assert.Equal(t, c.mono, scoring.MonotoneRisk(q, answers))
		})
	}
}

// Whatever the rules, with or without a default or None: implementing one more best
// practice never raises the monotone risk.
func TestMonotoneForAnyRules(t *testing.T) {
	terms := []string{"Q-a", "!Q-a", "Q-b && Q-c", "Q_no", "!Q_no && Q-b", "Q_no || Q-c", "!(Q-a || Q-b)", "Q-c && !Q-a", "nobody", "default"}
	rapid.Check(t, func(t *rapid.T) {
		q := &lens.Question{ID: "Q", Pillar: "p", None: rapid.SampledFrom([]string{"", "Q_no"}).Draw(t, "none"), Practices: []lens.Practice{{ID: "Q-a"}, {ID: "Q-b"}, {ID: "Q-c"}}}
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			q.Rules = append(q.Rules, lens.Rule{When: rapid.SampledFrom(terms).Draw(t, "when"), Risk: lens.RuleRisk(rapid.SampledFrom(lens.RuleRisk("").Values()).Draw(t, "risk"))})
		}
		answers := map[string]review.Answer{}
		for _, p := range q.Practices {
			answers[p.ID] = review.Answer{Status: rapid.SampledFrom(review.Statuses()).Draw(t, p.ID)}
		}
		if !slices.ContainsFunc(q.Practices, func(p lens.Practice) bool { return answers[p.ID].Status == review.Implemented }) {
			answers["Q-a"] = review.Answer{Status: review.Implemented} // nothing in place is no answer that rules speak of
		}
		before := scoring.MonotoneRisk(q, answers)
		more := q.Practices[rapid.IntRange(0, 2).Draw(t, "more")].ID
		if answers[more].Status == review.NotApplicable {
			return // that is another question, not more done
		}
		answers[more] = review.Answer{Status: review.Implemented}
		require.LessOrEqual(t, grade(scoring.MonotoneRisk(q, answers)), grade(before))
	})
}
