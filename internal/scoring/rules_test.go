package scoring_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sixNonMonotone are the questions whose rules, to the letter, punish doing more.
var sixNonMonotone = []string{"IOTOPS05", "IOTOPS06", "IOTSEC07", "IOTSEC10", "IOTSEC12", "IOTSEC13"}

// Checks every subset of the practices of every AWS question, all answered, against AWS's
// own text of the rules and an evaluator that shares no code with package rules.
func TestEveryAnswerToEveryAWSQuestion(t *testing.T) {
	text := awsRules(t)
	none := awsNone(t)
	questions := 0
	var differ []string
	for _, q := range awsQuestions() {
		questions++
		ids := practiceIDs(q)
		letter := make([]scoring.Risk, 1<<len(ids)) // by subset
		for subset := range letter {
			letter[subset] = evaluate(text[q.ID], func(id string) bool {
				i := slices.Index(ids, strings.ReplaceAll(id, "_", "-"))
				if id == none[q.ID] {
					return subset == 0
				}
				require.GreaterOrEqual(t, i, 0, "%s: %s", q.ID, id)
				return subset>>i&1 == 1
			})
		}
		for subset, want := range letter {
			answers := map[string]review.Answer{}
			for i, id := range ids {
				answers[id] = review.Answer{Status: review.NotImplemented}
				if subset>>i&1 == 1 {
					answers[id] = review.Answer{Status: review.Implemented}
				}
			}
			lowest := want
			for smaller, risk := range letter {
				if smaller&^subset == 0 && grade(risk) < grade(lowest) {
					lowest = risk
				}
			}
			assert.Equal(t, lowest, scoring.MonotoneRisk(q, answers), "%s monotone, subset %b", q.ID, subset)
			if subset == 0 && none[q.ID] == "" {
				want = scoring.RiskUnanswered
			}
			got := scoring.AWSRisk(q, answers)
			assert.Equal(t, want, got, "%s to the letter, subset %b", q.ID, subset)
			if got != scoring.RiskUnanswered && got != lowest && !slices.Contains(differ, q.ID) {
				differ = append(differ, q.ID)
			}
		}
	}
	assert.Equal(t, 59, questions)
	assert.Equal(t, sixNonMonotone, differ)
}

// Five questions of AWS's lens have no choice "None of these", so the WA Tool cannot tell
// "we do none of it" from "not answered".
func TestQuestionsWithoutNoneChoice(t *testing.T) {
	none := awsNone(t)
	var without []string
	for _, q := range awsQuestions() {
		assert.Equal(t, none[q.ID], q.None, q.ID)
		if q.None == "" {
			without = append(without, q.ID)
		}
	}
	assert.ElementsMatch(t, []string{"IOTPERF06", "IOTPERF08", "IOTPERF09", "IOTCOST05", "IOTCOST06"}, without)
	for id, want := range map[string]scoring.Risk{
		"IOTPERF06": scoring.RiskMedium, "IOTPERF08": scoring.RiskHigh, "IOTPERF09": scoring.RiskHigh,
		"IOTCOST05": scoring.RiskMedium, "IOTCOST06": scoring.RiskHigh,
	} {
		q, ok := shipped.Lens().Question(id)
		require.True(t, ok, id)
		answers := map[string]review.Answer{}
		for _, p := range practiceIDs(q) {
			answers[p] = review.Answer{Status: review.NotImplemented}
		}
		assert.Equal(t, scoring.RiskUnanswered, scoring.AWSRisk(q, answers), id)
		assert.Equal(t, want, scoring.MonotoneRisk(q, answers), id)
	}
}

// LABSEC10 is at no risk with all three practices, at medium risk with only the first, else
// at high risk. The rows have statuses other than implemented and not implemented.
func TestRiskByStatus(t *testing.T) {
	const (
		yes   = review.Implemented
		part  = review.PartiallyImplemented
		no    = review.NotImplemented
		na    = review.NotApplicable
		dunno = review.CannotDetermine
		open  = review.Unanswered
	)
	for _, c := range []struct {
		name          string
		answers       [3]review.Status
		aws, monotone scoring.Risk
	}{
		{"all in place", [3]review.Status{yes, yes, yes}, scoring.RiskNone, scoring.RiskNone},
		{"encryption alone", [3]review.Status{yes, no, no}, scoring.RiskMedium, scoring.RiskMedium},
		{"encryption and classification: more is worse to the letter", [3]review.Status{yes, yes, no}, scoring.RiskHigh, scoring.RiskMedium},
		{"in part is not selected", [3]review.Status{yes, part, part}, scoring.RiskMedium, scoring.RiskMedium},
		{"nobody knows is not selected", [3]review.Status{dunno, dunno, dunno}, scoring.RiskHigh, scoring.RiskHigh},
		{"one yes is enough for a risk", [3]review.Status{yes, open, open}, scoring.RiskMedium, scoring.RiskMedium},
		{"nothing answered", [3]review.Status{open, open, open}, scoring.RiskUnanswered, scoring.RiskUnanswered},
		{"a no and nothing else says little", [3]review.Status{no, open, open}, scoring.RiskUnanswered, scoring.RiskUnanswered},
		{"not applicable is dropped", [3]review.Status{yes, na, yes}, scoring.RiskNone, scoring.RiskNone},
		{"not applicable and a no: the second rule is left with its last part", [3]review.Status{na, na, no}, scoring.RiskMedium, scoring.RiskMedium},
		{"not applicable elsewhere and a no", [3]review.Status{no, na, na}, scoring.RiskHigh, scoring.RiskHigh},
		{"not applicable and the rest open", [3]review.Status{na, open, open}, scoring.RiskMedium, scoring.RiskUnanswered},
		{"nothing applies: the WA Tool says NONE", [3]review.Status{na, na, na}, scoring.RiskNone, scoring.RiskNotApplicable},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := question(t, "LABSEC10")
			answers := map[string]review.Answer{}
			for i, status := range c.answers {
				if status != open {
					answers[q.Practices[i].ID] = review.Answer{Status: status}
				}
			}
			assert.Equal(t, c.aws, scoring.AWSRisk(q, answers))
			assert.Equal(t, c.monotone, scoring.MonotoneRisk(q, answers))
		})
	}
}

// An unanswered best practice that is out of scope counts as not applicable: a review of
// the ingestion layer is not asked for encryption.
func TestRiskInNarrowScope(t *testing.T) {
	const first, second, third = "LABSEC10-BP01", "LABSEC10-BP02", "LABSEC10-BP03"
	for _, c := range []struct {
		name     string
		answers  map[string]review.Status
		aws      scoring.Risk
		monotone scoring.Risk
		complete bool
	}{
		{"both in scope are in place", map[string]review.Status{second: review.Implemented, third: review.Implemented}, scoring.RiskHigh, scoring.RiskNone, true},
		{"neither is", map[string]review.Status{second: review.NotImplemented, third: review.NotImplemented}, scoring.RiskUnanswered, scoring.RiskMedium, true},
		{"one is open", map[string]review.Status{second: review.NotImplemented}, scoring.RiskUnanswered, scoring.RiskUnanswered, false},
		{"neither applies", map[string]review.Status{second: review.NotApplicable, third: review.NotApplicable}, scoring.RiskHigh, scoring.RiskNotApplicable, true},
		{"what is out of scope and answered counts", map[string]review.Status{first: review.NotImplemented, second: review.Implemented, third: review.Implemented}, scoring.RiskHigh, scoring.RiskHigh, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &review.Review{
				Scope:   review.Scope{Questions: []string{"LABSEC10"}, Layers: []string{"ingestion"}},
				Answers: map[string]review.Answer{},
			}
			for id, status := range c.answers {
				r.Answers[id] = review.Answer{Status: status}
			}
			a := assess(r)
			require.Len(t, a.Questions, 1)
			q := a.Questions[0]
			assert.Equal(t, []scoring.Risk{c.aws, c.monotone, c.monotone}, []scoring.Risk{q.AWSRisk, q.MonotoneRisk, q.Risk})
			assert.Equal(t, c.complete, q.Complete)
		})
	}
}

// grade orders risks; unanswered is the worst, as it may be anything.
func grade(r scoring.Risk) int {
	return map[scoring.Risk]int{scoring.RiskNone: 1, scoring.RiskMedium: 2, scoring.RiskHigh: 3, scoring.RiskUnanswered: 4, scoring.RiskUndetermined: 4}[r]
}

func question(t require.TestingT, id string) *lens.Question {
	q, ok := testlens.Lens().Question(id)
	require.True(t, ok, id)
	return q
}

func awsQuestions() []*lens.Question {
	var out []*lens.Question
	l := shipped.Lens()
	for i := range l.Questions {
		if l.Questions[i].AWS() {
			out = append(out, &l.Questions[i])
		}
	}
	return out
}

func practiceIDs(q *lens.Question) []string {
	var ids []string
	for _, p := range q.Practices {
		ids = append(ids, p.ID)
	}
	return ids
}

// A rule is one line of testdata/aws/rules.tsv.
type rule struct{ condition, risk string }

func awsRules(t *testing.T) map[string][]rule {
	out := map[string][]rule{}
	for _, row := range table(t, "rules.tsv") {
		out[row[0]] = append(out[row[0]], rule{row[1], row[2]})
	}
	return out
}

func awsNone(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, row := range table(t, "questions.tsv") {
		out[row[0]] = row[3]
	}
	return out
}

func table(t *testing.T, name string) [][]string {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "aws", name))
	require.NoError(t, err)
	var out [][]string
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n")[1:] {
		out = append(out, strings.Split(line, "\t"))
	}
	return out
}

// evaluate is the risk of the first rule that holds. A condition is cut at its
// outermost ||, then at &&: no tree, no tokens, nothing in common with package
// rules.
func evaluate(rules []rule, selected func(id string) bool) scoring.Risk {
	for _, r := range rules {
		if r.condition == "default" || holds(r.condition, selected) {
			return scoring.Risk(map[string]string{"NO_RISK": "NONE", "MEDIUM_RISK": "MEDIUM", "HIGH_RISK": "HIGH"}[r.risk])
		}
	}
	return scoring.RiskUnanswered
}

func holds(condition string, selected func(string) bool) bool {
	c := strings.TrimSpace(condition)
	if parts := cut(c, "||"); len(parts) > 1 {
		return slices.ContainsFunc(parts, func(p string) bool { return holds(p, selected) })
	}
	if parts := cut(c, "&&"); len(parts) > 1 {
		return !slices.ContainsFunc(parts, func(p string) bool { return !holds(p, selected) })
	}
	if rest, ok := strings.CutPrefix(c, "!"); ok {
		return !holds(rest, selected)
	}
	if strings.HasPrefix(c, "(") {
		return holds(c[1:len(c)-1], selected)
	}
	return selected(c)
}

// cut splits at a sign that stands outside all parentheses.
func cut(c, sign string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range c {
		switch c[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && strings.HasPrefix(c[i:], sign) {
			parts = append(parts, c[from:i])
			from = i + len(sign)
		}
	}
	return append(parts, c[from:])
}
