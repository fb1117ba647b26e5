package bank_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/aws has what AWS publishes, transcribed and never derived from the banks. These
// tests compare the banks with it.

func TestTheShippedBankHasNoProblems(t *testing.T) {
	_, problems := bank.Validate(bank.Shipped())
	assert.NoError(t, problems.Err())
}

func TestQuestionsAreThoseOfAWS(t *testing.T) {
	type question struct{ ID, Pillar, Area, None, Title string }
	var want, got []question
	for _, row := range aws(t, "questions.tsv", "id", "pillar", "area", "none", "title") {
		want = append(want, question{row[0], row[1], row[2], row[3], row[4]})
	}
	for _, q := range awsQuestions(t) {
		got = append(got, question{q.ID, q.Pillar, q.Area, q.None, q.Title})
	}
	assert.Len(t, want, 59)
	assert.Equal(t, want, got, "ids, order and titles carry over letter for letter")
}

func TestPracticesAreThoseOfAWS(t *testing.T) {
	type practice struct{ ID, Severity, Title string }
	var want, got []practice
	for _, row := range aws(t, "best-practices.tsv", "id", "severity", "title") {
		want = append(want, practice{row[0], row[1], row[2]})
	}
	for _, q := range awsQuestions(t) {
		for _, p := range q.Practices {
			// Where AWS states no risk level, the rating is ours and says so.
			severity := string(p.Severity)
			switch p.RatedBy {
			case lens.RatedByUs:
				severity = "unstated"
			default:
				assert.Equal(t, lens.RatedByAWS, p.RatedBy, p.ID)
			}
			got = append(got, practice{p.ID, severity, p.Title})
		}
	}
	assert.Len(t, want, 128)
	assert.Equal(t, want, got)
}

func TestEachGuidanceItemIsCarriedByItsPractice(t *testing.T) {
	want, got := map[string]string{}, map[string]string{}
	for _, row := range aws(t, "guidance.tsv", "id", "best_practice") {
		want[row[0]] = row[1]
	}
	for _, q := range shipped(t).Questions {
		for _, p := range q.Practices {
			for _, h := range p.How {
				if h.Guidance != "" {
					assert.NotContains(t, got, h.Guidance, "carried twice")
					got[h.Guidance] = p.ID
				}
			}
		}
	}
	assert.Len(t, want, 167)
	assert.Equal(t, want, got)
}

func TestRulesAreThoseOfAWS(t *testing.T) {
	risks := map[string]lens.RuleRisk{"NO_RISK": lens.RuleNone, "MEDIUM_RISK": lens.RuleMedium, "HIGH_RISK": lens.RuleHigh}
	want, got := map[string][]lens.Rule{}, map[string][]lens.Rule{}
	for _, row := range aws(t, "rules.tsv", "question", "condition", "risk") {
		require.Contains(t, risks, row[2])
		// AWS's JSON writes IOTSEC05_BP01 where its text writes IOTSEC05-BP01.
		want[row[0]] = append(want[row[0]], lens.Rule{When: strings.ReplaceAll(row[1], "_", "-"), Risk: risks[row[2]]})
	}
	for _, q := range awsQuestions(t) {
		got[q.ID] = q.Rules
	}
	assert.Equal(t, want, got)
}

func TestEachLayerHasABankOfItsOwn(t *testing.T) {
	count := map[string]int{}
	for _, q := range shipped(t).Questions {
		if q.Layer != "" {
			count[q.Layer]++
		}
	}
	assert.Len(t, count, 7)
	for _, layer := range shipped(t).LayerIDs() {
		assert.GreaterOrEqual(t, count[layer], 2, layer)
		assert.LessOrEqual(t, count[layer], 5, layer)
	}
}

func TestScenariosHaveTheStepsOfTheSteeringGuide(t *testing.T) {
	steps := map[string]int{}
	for _, s := range shipped(t).Scenarios {
		steps[s.ID] = len(s.Steps)
	}
	for id, want := range map[string]int{"device-provisioning": 7, "device-telemetry": 5, "device-commands": 9, "firmware-update": 7} {
		assert.Equal(t, want, steps[id], id)
	}
}

var loadShipped = sync.OnceValues(func() (*lens.Lens, error) {
	l, problems := bank.Load(bank.Shipped())
	return l, problems.Err()
})

// shipped returns the shipped bank loaded from YAML, once for all tests.
func shipped(t *testing.T) *lens.Lens {
	t.Helper()
	l, err := loadShipped()
	require.NoError(t, err)
	return l
}

func awsQuestions(t *testing.T) []lens.Question {
	t.Helper()
	var list []lens.Question
	for _, q := range shipped(t).Questions {
		if q.AWS() {
			list = append(list, q)
		}
	}
	return list
}

func aws(t *testing.T, name string, columns ...string) [][]string {
	t.Helper()
	return table(t, filepath.Join("../../testdata/aws", name), columns...)
}

// table reads a file of tab-separated columns. It trims values, which may have spaces
// transcribed from AWS.
func table(t *testing.T, file string, columns ...string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(file))
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		require.Len(t, row, len(columns), "%s: %q", file, line)
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		rows = append(rows, row)
	}
	require.NotEmpty(t, rows, file)
	require.Equal(t, columns, rows[0], file)
	return rows[1:]
}

// The core questions are those that an architect named.
func TestCoreQuestions(t *testing.T) {
	type core struct{ ID, Topic, OneOf string }
	var want, got []core
	for _, row := range table(t, "../../testdata/expert/core.tsv", "question", "topic", "one_of", "why_core") {
		want = append(want, core{row[0], row[1], row[2]})
	}
	for _, q := range shipped(t).Questions {
		if q.Core.Why != "" || q.Core.OneOf != "" {
			got = append(got, core{q.ID, q.Topic, q.Core.OneOf})
		}
	}
	assert.Len(t, want, 16)
	assert.ElementsMatch(t, want, got)
}
