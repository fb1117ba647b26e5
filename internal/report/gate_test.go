package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawJudged draws a review, a policy and maybe a baseline, and judges.
func drawJudged(t *rapid.T) report.GateResult {
	l := testlens.Lens()
	some := func(name string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(l.PracticeIDs()), 0, 3, rapid.ID).Draw(t, name)
	}
	p := gate.Default()
	p.FailOn = rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low, gate.LevelNone}).Draw(t, "fail_on")
	p.MinScore = rapid.SampledFrom([]float64{0, 50, 100}).Draw(t, "min_score")
	missing := []gate.Enforcement{gate.EnforceFail, gate.EnforceIncomplete, gate.EnforceNote}
	p.Unanswered, p.Unknown = rapid.SampledFrom(missing).Draw(t, "unanswered"), rapid.SampledFrom(missing).Draw(t, "unknown")
	p.Hard = some("hard")
	p.Soft = slices.DeleteFunc(some("soft"), func(id string) bool { return slices.Contains(p.Hard, id) })
	state := func(r *review.Review) *scoring.Assessment {
		return scoring.Assess(l, r, scoring.Options{Today: day, File: "plant.review.yaml", AcceptedGaps: p.AcceptedGaps(r, nil)})
	}
	a := state(drawReview(t, l))
	j := report.GateResult{File: a.File, RepoPath: a.File, Assessment: a, Bank: report.Bank{ID: l.ID}}
	if rapid.Bool().Draw(t, "against a baseline") {
		old := compare.FromAssessment("old.review.yaml", compare.ReviewFile, state(drawReview(t, l)), l)
		j.Baseline = compare.Compare(old, compare.FromAssessment(a.File, compare.ReviewFile, a, l))
	}
	j.Verdict = gate.Judge(a, p, j.Baseline)
	return j
}

// writtenVerdict writes verdicts in a format.
func writtenVerdict(t require.TestingT, format string, js ...report.GateResult) string {
	f, err := report.VerdictFormats().Find(format)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, js))
	return b.String()
}

// A junitLog is as much of a JUnit report as decides.
type junitLog struct {
	Suites []struct {
		Cases []struct {
			Name    string  `xml:"name,attr"`
			Failure *string `xml:"failure"`
			Error   *string `xml:"error"`
			Skipped *string `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// In every format exactly those cases fail that the gate fails on, and exactly those are
// incomplete that make it incomplete. Failed cases come first, and exempted cases name the
// rule.
func TestFormatsFailWhatTheGateFails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := drawJudged(t)
		worst := map[string]gate.Outcome{}
		var order, failed, incomplete []string // as the verdict names them first
		for _, r := range j.Verdict.Reasons {
			id := r.Subject
			if id == "" {
				id = r.Rule.String()
			}
			if _, known := worst[id]; !known {
				order = append(order, id)
			}
			worst[id] = max(worst[id], r.Outcome)
		}
		for _, id := range order {
			if worst[id] == gate.Failed {
				failed = append(failed, id)
			} else {
				incomplete = append(incomplete, id)
			}
		}
		require.Equal(t, j.Verdict.Outcome == gate.Failed, len(failed) > 0)
		first := func(s string) string { return strings.Fields(s)[0] }

		var suites junitLog
		require.NoError(t, xml.Unmarshal([]byte(writtenVerdict(t, "junit", j)), &suites))
		var junitFailed, junitErrors []string
		for _, s := range suites.Suites {
			for i, c := range s.Cases {
				switch {
				case c.Failure != nil:
					junitFailed = append(junitFailed, first(c.Name))
					require.True(t, i == 0 || s.Cases[i-1].Failure != nil, "what failed comes first")
				case c.Error != nil:
					junitErrors = append(junitErrors, first(c.Name))
				case c.Skipped != nil:
					require.NotEmpty(t, *c.Skipped)
				}
			}
		}
		require.ElementsMatch(t, failed, junitFailed)
		require.ElementsMatch(t, incomplete, junitErrors)

		var log struct {
			Runs []struct {
				Results []struct {
					RuleID, Kind, Level string
					Suppressions        []struct{ Justification string }
					Properties          struct{ Outcome string }
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(writtenVerdict(t, "sarif", j)), &log))
		var sarifFailed, sarifIncomplete []string
		for _, r := range log.Runs[0].Results {
			require.Equal(t, r.Level == "error", r.Properties.Outcome == "failed")
			switch {
			case r.Level == "error" && r.Kind == "" && len(r.Suppressions) == 0:
				sarifFailed = append(sarifFailed, r.RuleID)
			case r.Properties.Outcome == "incomplete":
				sarifIncomplete = append(sarifIncomplete, r.RuleID)
			}
		}
		require.Equal(t, failed, sarifFailed)
		require.Equal(t, incomplete, sarifIncomplete)

		var issues []struct {
			CheckName string `json:"check_name"`
			Severity  string
		}
		require.NoError(t, json.Unmarshal([]byte(writtenVerdict(t, "gitlab", j)), &issues))
		var gitlabFailed []string
		for _, i := range issues {
			if i.Severity != "info" {
				gitlabFailed = append(gitlabFailed, i.CheckName)
			}
		}
		require.Equal(t, failed, gitlabFailed)

		var annotated []string
		for _, c := range workflowCommands(t, writtenVerdict(t, "github", j)) {
			if c.name == "error" {
				annotated = append(annotated, first(c.properties["title"]))
			}
		}
		require.Equal(t, failed, annotated)

		lines := strings.Split(writtenVerdict(t, "text", j), "\n")
		for i, id := range append(failed, incomplete...) {
			require.Regexp(t, `^plant\.review\.yaml(:\d+)? `+id+`:? `, lines[1+i])
		}
		words := map[gate.Outcome]string{gate.Failed: "Stopped: ", gate.Incomplete: "Incomplete: ", gate.Passed: "Passed"}
		require.True(t, strings.HasPrefix(lines[0], words[j.Verdict.Outcome]), lines[0])
	})
}

// The formats for pipelines are valid for any verdict.
func TestVerdictFormatsAreValid(t *testing.T) {
	some := rapid.Custom(drawJudged)
	broken := report.GateResult{File: "b.review.yaml", RepoPath: "b.review.yaml", Err: errors.New("b.review.yaml:3: <unknown> & ]]> key\nanother")}
	for seed := range 8 {
		j := some.Example(seed)
		j.File, j.RepoPath = "a.review.yaml", "a.review.yaml"
		for _, js := range [][]report.GateResult{{j}, {broken}, {j, broken}} {
			holdsToSARIF(t, writtenVerdict(t, "sarif", js...))
			holdsToJUnit(t, writtenVerdict(t, "junit", js...))
			holdsToGitLab(t, writtenVerdict(t, "gitlab", js...))
			for _, c := range workflowCommands(t, writtenVerdict(t, "github", js...)) {
				require.Contains(t, []string{"error", "warning", "notice"}, c.name)
			}
		}
	}
	var several wire.Verdicts
	require.NoError(t, json.Unmarshal([]byte(writtenVerdict(t, "json", some.Example(1), broken)), &several))
	require.Equal(t, wire.OutcomeError, several.Outcome, "what could not run decides")
	require.Contains(t, writtenVerdict(t, "junit", broken), `errors="1"`)
}

// A comment has at most 65,536 characters and says how many lines are missing.
func TestMarkdownVerdictFitsIntoComment(t *testing.T) {
	l := shipped.Lens()
	r := &review.Review{Answers: map[string]review.Answer{}}
	for _, id := range l.PracticeIDs() {
		r.Answers[id] = review.Answer{Status: review.NotImplemented, Note: strings.Repeat("ü| note ", 400), Owner: strings.Repeat("o", 80)}
	}
	a := scoring.Assess(l, r, scoring.Options{Today: day, File: "plant.review.yaml"})
	p := gate.Default()
	p.FailOn = lens.Low
	j := report.GateResult{File: "plant.review.yaml", Assessment: a, Verdict: gate.Judge(a, p, nil), Explain: true}
	var brief bytes.Buffer
	require.NoError(t, plain.MarkdownSummary(&brief, a))
	for _, page := range []string{writtenVerdict(t, "markdown", j, j, j), brief.String()} {
		require.LessOrEqual(t, utf8.RuneCountInString(page), plain.MaxComment)
	}
	require.Regexp(t, `\n\n\d+ more lines do not fit into a comment\.\n$`, writtenVerdict(t, "markdown", j))
	require.Equal(t, "Stopped", writtenVerdict(t, "markdown", j)[3:10], "what decides comes first")
}
