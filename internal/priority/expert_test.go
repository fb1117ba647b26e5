package priority_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// expert holds nine reviews and what an IoT architect says of them; ADR 0035 says
// where the copy differs from what was given.
const expert = "../../testdata/expert"

// The priorities of the shipped bank agree with the ranking of an expert.
func TestRankingAgreesWithExpert(t *testing.T) {
	place, findings := map[string]map[string]int{}, map[string][]scoring.Finding{}
	for name, r := range expertReviews(t) {
		a := scoring.Assess(shipped.Lens(), r, scoring.Options{Today: "2026-11-28"})
		place[name], findings[name] = map[string]int{}, a.Findings
		for i, f := range a.Findings {
			place[name][f.ID] = i + 1
		}
	}
	require.Len(t, place, 9)
	for _, row := range expertRows(t, "pairs.tsv", 310) {
		higher, lower := place[row[0]][row[1]], place[row[0]][row[2]]
		require.NotZero(t, higher*lower, row)
		assert.Less(t, higher, lower, "%s: %s must rank above %s: %s", row[0], row[1], row[2], row[3])
	}
	for _, row := range expertRows(t, "top.tsv", 51) {
		within, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		require.NotZero(t, place[row[0]][row[1]], row)
		assert.LessOrEqual(t, place[row[0]][row[1]], within, "%s: %s: %s", row[0], row[1], row[3])
	}
	for _, row := range expertRows(t, "not-top.tsv", 69) {
		outside, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		assert.Greater(t, place[row[0]][row[1]], outside, "%s: %s: %s", row[0], row[1], row[3])
	}
	for name, fs := range findings {
		same, shared := map[float64]int{}, map[string]int{}
		for _, f := range fs {
			same[f.Priority]++
			assert.LessOrEqual(t, same[f.Priority], 4, "%s: five findings have priority %v", name, f.Priority)
			assert.LessOrEqual(t, len(f.Reasons), 2, f.ID)
			for _, reason := range f.Reasons {
				shared[reason]++
			}
		}
		for reason, n := range shared {
			assert.LessOrEqual(t, n, len(fs)/3, "%s: %s", name, reason)
		}
	}
}

// The profile rules out and sets aside what the expert would not ask.
func TestAskedPracticesAgreeWithExpert(t *testing.T) {
	rulings := map[string]map[string]review.Applicability{}
	for name, r := range expertReviews(t) {
		rulings[name] = map[string]review.Applicability{}
		facts := review.FactsOf(shipped.Lens(), r.Workload.Profile)
		for _, p := range shipped.Lens().All() {
			ruling, why := facts.Applicability(p)
			rulings[name][p.ID] = ruling
			assert.Equal(t, ruling == review.Asked, why == "", p.ID)
		}
	}
	never := map[string]bool{}
	for _, row := range expertRows(t, "rules-out.tsv", 258) {
		if strings.HasPrefix(row[2], "never:") {
			never[row[0]+" "+row[1]] = true
			assert.Equal(t, review.RuledOut, rulings[row[0]][row[1]], "%s %s: %s", row[0], row[1], row[2])
		} else {
			assert.NotEqual(t, review.Asked, rulings[row[0]][row[1]], "%s %s: %s", row[0], row[1], row[2])
			never[row[0]+" "+row[1]] = true // never is enough for what need not be asked
		}
	}
	for name, of := range rulings {
		for id, ruling := range of {
			assert.False(t, ruling == review.RuledOut && !never[name+" "+id], "%s: %s is ruled out against the data", name, id)
		}
	}
}

// The bank has a severity of its own wherever the expert's differs from AWS's.
func TestOwnSeverities(t *testing.T) {
	for _, row := range expertRows(t, "own-severity.tsv", 28) {
		p, ok := shipped.Lens().Practice(row[0])
		require.True(t, ok)
		assert.Equal(t, row[1], string(p.Severity), row[0])
		assert.Equal(t, row[2], string(p.OwnSeverity.Level), row[0])
		assert.NotEmpty(t, p.OwnSeverity.Why, row[0])
	}
}

func expertReviews(t *testing.T) map[string]*review.Review {
	files, err := filepath.Glob(expert + "/reviews/*.review.yaml")
	require.NoError(t, err)
	out := map[string]*review.Review{}
	for _, path := range files {
		f, err := review.Load(path, shipped.Lens())
		require.NoError(t, err)
		out[strings.TrimSuffix(filepath.Base(path), ".review.yaml")] = f.Review
	}
	return out
}

func expertRows(t *testing.T, name string, count int) [][]string {
	data, err := os.ReadFile(filepath.Join(expert, name))
	require.NoError(t, err)
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		rows = append(rows, strings.Split(line, "\t"))
	}
	require.Len(t, rows, count)
	return rows
}
