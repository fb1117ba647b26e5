package report_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const day = "2026-11-23"

func write(t *testing.T, format string, r *review.Review) string {
	t.Helper()
	return written(t, format, scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: day}))
}

func written(t require.TestingT, format string, a *scoring.Assessment) string {
	f, err := report.Formats().Find(format)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, a))
	return b.String()
}

// assessed returns the assessment of a review file.
func assessed(t *testing.T, path string) *scoring.Assessment {
	t.Helper()
	f, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: scoring.Monotone, Today: day, File: filepath.Base(path), Lines: f.AnswerLines()})
	return a
}

// The golden reports are of a small review, so that they are easy to read.
// UPDATE_GOLDEN=1 go test ./internal/report updates them.
func TestGoldenReports(t *testing.T) {
	a := assessed(t, "../../testdata/golden/small.review.yaml")
	for _, format := range report.Formats() {
		if format.Audience == report.Viewer {
			continue // no text to be read by people: they have tests of their own
		}
		file := filepath.Join("../../testdata/golden", "small."+format.Name)
		got := written(t, format.Name, a)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report", file)
	}
}

func TestConclusionSentences(t *testing.T) {
	l := testlens.Lens()
	all := func(s review.Status) *review.Review {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range l.PracticeIDs() {
			r.Answers[id] = review.Answer{Status: s, Reason: "r"}
		}
		return r
	}
	one := all(review.Implemented)
	one.Answers["LABSUS04-BP02"] = review.Answer{Status: review.NotImplemented}
	open := all(review.Implemented)
	delete(open.Answers, "LABSEC01-BP01")
	alone := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC05"}}, Answers: map[string]review.Answer{"LABSEC05-BP01": {Status: review.NotImplemented}}}
	waived := all(review.Implemented)
	waived.Answers["LABSUS04-BP02"] = one.Answers["LABSUS04-BP02"]
	waived.Waivers = []review.Waiver{{Practice: "LABSUS04-BP02", Expires: day}}
	for _, c := range []struct {
		name  string
		r     *review.Review
		badge string
		want  string
	}{
		{"nothing", &review.Review{}, "? Nothing assessed", "Nothing has been assessed yet."},
		{"everything", all(review.Implemented), "✓ No risk found", "None of the 16 questions carries a high or medium risk."},
		{"nothing applies", all(review.NotApplicable), "? Nothing assessed", "Nothing was assessed: every best practice in scope is not applicable."},
		{"nothing in scope", &review.Review{Scope: review.Scope{Pillars: []string{"none"}}}, "? Nothing assessed", "The scope leaves nothing to assess."},
		{"one low finding", one, "■ Medium risk", "1 of 16 questions carries a medium risk, of which 1 is Lab's. Start with LABSUS04-BP02 (Sleep between events)."},
		{"one open", open, "? Incomplete", "15 of 16 questions have a risk rating so far. 1 best practice is not assessed, so the picture is incomplete."},
		{"one question", alone, "▲ High risk", "The one question in scope carries a high risk. 1 question at high risk today, none after Now, none after Next. Start with LABSEC05-BP01 (Renew, replace and revoke certificates without a visit)."},
		{"an expired waiver", waived, "▲ Expired waiver", "1 of 16 questions carries a medium risk, of which 1 is Lab's. Start with LABSUS04-BP02 (Sleep between events). The waiver of LABSUS04-BP02 expired on " + day + "."},
	} {
		got := view.Conclude(scoring.Assess(l, c.r, scoring.Options{Mode: scoring.Monotone, Today: day}))
		assert.Equal(t, c.want, got.String(), c.name)
		assert.Equal(t, c.badge, got.Badge.String(), c.name)
	}
	unknown := view.Conclude(scoring.Assess(l, all(review.CannotDetermine), scoring.Options{Mode: scoring.Monotone, Today: day}))
	assert.Equal(t, "▲ High risk, incomplete", unknown.Badge.String())
	assert.Contains(t, unknown.String(), `31 best practices were answered with "don't know".`)
	assert.True(t, strings.HasPrefix(view.Conclude(scoring.Assess(l, all(review.NotImplemented), scoring.Options{Mode: scoring.Monotone, Today: day})).String(), "11 of 16 questions carry a high risk, of which "))
}

func TestUnknownFormat(t *testing.T) {
	_, err := report.Formats().Find("jsn")
	assert.EqualError(t, err, `unknown format "jsn", did you mean "json"?`)
}

// fullDisk fails as a disk does.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrInvalid }

func TestWriteError(t *testing.T) {
	a := scoring.Assess(testlens.Lens(), hostileReview(), scoring.Options{Mode: scoring.Monotone, Today: day})
	for _, f := range report.Formats() {
		assert.ErrorIs(t, f.Write(fullDisk{}, a), os.ErrInvalid, f.Name)
	}
}

// README.md shows the beginning of the report of a sample.
func TestReadmeSampleIsCurrent(t *testing.T) {
	const file, begin, end = "../../README.md", "go test ./internal/report -->\n", "<!-- /verdict -->"
	f, err := review.Load("../../testdata/reviews/smart-factory.review.yaml", shipped.Lens())
	require.NoError(t, err)
	text := written(t, "text", scoring.Assess(shipped.Lens(), f.Review, scoring.Options{Today: day}))
	parts := strings.SplitAfter(text, "\n\n  ")
	text = strings.TrimSuffix(strings.Join(parts[:3], ""), "\n\n  ") // two of the risks
	want := "\n    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n\n"
	want = regexp.MustCompile(` +\n`).ReplaceAllString(want, "\n")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), begin)
	require.True(t, ok)
	got, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		got = want
		require.NoError(t, os.WriteFile(file, []byte(before+begin+got+end+after), 0o644))
	}
	assert.Equal(t, want, got, "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report", file)
}

// docs/reports.md has the table of formats and names every column of the CSV.
func TestReportsPageListsFormatsAndColumns(t *testing.T) {
	const file, begin, end = "../../docs/reports.md", "go test ./internal/report -->\n", "<!-- /formats -->"
	var want strings.Builder
	want.WriteString("| format | |\n| --- | --- |\n")
	for _, f := range report.Formats() {
		fmt.Fprintf(&want, "| `%s` | %s |\n", f.Name, f.About)
	}
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), begin)
	require.True(t, ok)
	got, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		got = want.String()
		require.NoError(t, os.WriteFile(file, []byte(before+begin+got+end+after), 0o644))
	}
	assert.Equal(t, want.String(), got, "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report", file)
	for _, name := range spreadsheet.Columns() {
		assert.Contains(t, string(data), "`"+name+"`")
	}
}
