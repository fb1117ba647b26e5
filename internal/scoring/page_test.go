package scoring_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// says checks the page without printing it.
func says(t *testing.T, page, want string) {
	t.Helper()
	assert.True(t, strings.Contains(page, want), "docs/scoring.md must say:\n%s", want)
}

func page(t *testing.T) string {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "scoring.md"))
	require.NoError(t, err)
	return string(data)
}

// docs/scoring.md has every constant of pillars/lens.yaml in its tables.
func TestScoringPageHasEveryConstant(t *testing.T) {
	w := shipped.Lens().Weights
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	answers := [][]string{
		{"answer", "credit", "gap"},
		{"---", "---:", "---:"},
		{"implemented", number(w.Credit.Implemented), "none"},
		{"partially implemented", number(w.Credit.PartiallyImplemented), number(w.Gap.PartiallyImplemented)},
		{"don't know (`cannot_determine`)", "0", number(w.Gap.CannotDetermine)},
		{"not implemented", "0", number(w.Gap.NotImplemented)},
		{"not applicable", "left out", "none"},
		{"unanswered", "left out", "none"},
	}
	severity := [][]string{
		{"severity", "weight"},
		{"---", "---:"},
		{"high", number(w.Severity.High)},
		{"medium", number(w.Severity.Medium)},
		{"low", number(w.Severity.Low)},
	}
	stages := append(lens.TermIDs(shipped.Lens().Stages), "")
	waiting := [][]string{{"the gap is closed by", "design", "pilot", "production", "retiring", "not set"}, {"---", "---:", "---:", "---:", "---:", "---:"}}
	for _, row := range w.Reversibility {
		if row.Stage != stages[0] {
			continue
		}
		line := []string{string(row.Fix)}
		if row.Closes != "" {
			line[0] += ", closes with " + string(row.Closes)
		}
		for _, stage := range stages {
			cell := ""
			for _, r := range w.Reversibility {
				if r.Fix == row.Fix && r.Closes == row.Closes && r.Stage == stage {
					cell = number(r.Factor)
					if r.Compensate {
						cell += " c"
					}
				}
			}
			line = append(line, cell)
		}
		waiting = append(waiting, line)
	}
	facts := slices.Clone(shipped.Lens().Facts)
	slices.SortStableFunc(facts, func(a, b lens.Fact) int { return b.Weight - a.Weight })
	reach := [][]string{{"fact of the workload", "weight", "id"}, {"---", "---:", "---"}}
	for _, f := range facts {
		if f.Weight > 0 {
			reach = append(reach, []string{f.Name, strconv.Itoa(f.Weight), "`" + f.ID + "`"})
		}
	}
	plan := [][]string{
		{"threshold", "value"},
		{"---", "---:"},
		{"urgent: priority above this percentile of the open findings", strconv.Itoa(w.Plan.Urgent)},
		{"important: priority above this percentile of the open findings", strconv.Itoa(w.Plan.Important)},
		{"a waiver is reported as expiring, days before it expires", strconv.Itoa(w.Plan.WarnDays)},
	}
	text := page(t)
	for _, table := range [][][]string{answers, severity, waiting, reach, plan} {
		var b strings.Builder
		for _, row := range table {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
		}
		says(t, text, "\n\n"+b.String()+"\n")
	}
	words := strings.Join(strings.Fields(text), " ")
	for _, stake := range shipped.Lens().Stakes {
		says(t, words, fmt.Sprintf("%s %d", stake.Name, stake.Weight))
	}
	says(t, words, fmt.Sprintf("(high %v, medium %v, low %v)", w.Harm.High, w.Harm.Medium, w.Harm.Low))
	says(t, words, fmt.Sprintf("%v of those of a second thing at stake", w.Harm.FurtherStake))
	says(t, words, fmt.Sprintf("with base %v and half %v", w.Reach.Base, w.Reach.Half))
	says(t, words, fmt.Sprintf("by %d / (%d + days left)", w.UrgentDays, w.UrgentDays))
	for _, id := range sixNonMonotone {
		says(t, text, id)
	}
}

// The worked example of docs/scoring.md has the numbers that an assessment gives.
func TestScoringPageExample(t *testing.T) {
	r := &review.Review{
		LensVersion: shipped.Lens().Version,
		Workload: review.Workload{Profile: review.Profile{
			Stage: "production", FleetSize: 20000, PersonalData: new(true), Connectivity: []string{"cellular"},
		}},
		Scope: review.Scope{Questions: []string{"IOTSEC08", "IOTSEC10", "IOTSEC11"}},
		Answers: map[string]review.Answer{
			"IOTSEC08-BP01": {Status: review.NotApplicable, Reason: "no local network"},
			"IOTSEC08-BP02": {Status: review.Implemented},
			"IOTSEC10-BP01": {Status: review.Implemented},
			"IOTSEC10-BP02": {Status: review.Implemented},
			"IOTSEC10-BP03": {Status: review.PartiallyImplemented},
			"IOTSEC11-BP01": {Status: review.CannotDetermine},
		},
	}
	a := scoring.Assess(shipped.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today})
	score, _ := a.Lens.Score()
	coverage, _ := a.Lens.Coverage()
	percent := text.Percent
	text := page(t)
	says(t, text, fmt.Sprintf("%.1f / %.1f = %s", a.Lens.Earned, a.Lens.Possible, percent(score)))
	says(t, text, fmt.Sprintf("%d of %d = %s", a.Lens.Answered, a.Lens.Applicable(), percent(coverage)))
	for _, q := range a.Questions {
		says(t, text, fmt.Sprintf("| %s | %s | %s |", q.ID, q.AWSRisk, q.MonotoneRisk))
	}
	require.Len(t, a.Findings, 2)
	for _, f := range a.Findings {
		says(t, text, fmt.Sprintf("= %v: %s, %s", f.Priority, f.Quadrant, f.Horizon))
	}
	assert.Equal(t, "IOTSEC11-BP01", a.Findings[0].ID)
	assert.Equal(t, scoring.RiskUnanswered, a.Questions[2].Risk)
	verdict := gate.Judge(a, gate.Default(), nil)
	assert.Equal(t, gate.Incomplete, verdict.Outcome)
}
