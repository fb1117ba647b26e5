package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/report"
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
	f, err := report.Find(format)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, a))
	return b.String()
}

// assessed is a review of testdata as the program assesses it.
func assessed(t *testing.T, path string) *scoring.Assessment {
	t.Helper()
	f, err := review.Load(path, testlens.Lens())
	require.NoError(t, err)
	a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: scoring.Monotone, Today: day, File: filepath.Base(path), Lines: f.Lines()})
	return a
}

// The golden reports are of a small review, so that a person can read them.
// UPDATE_GOLDEN=1 go test ./internal/report writes them anew.
func TestGoldenReports(t *testing.T) {
	a := assessed(t, "../../testdata/golden/small.review.yaml")
	for _, format := range report.FormatNames() {
		if format == "html" || format == "pdf" {
			continue // no text to be read by people: they have tests of their own
		}
		file := filepath.Join("../../testdata/golden", "small."+format)
		got := written(t, format, a)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report", file)
	}
}

func TestVerdict(t *testing.T) {
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
	for _, c := range []struct {
		name string
		r    *review.Review
		want string
	}{
		{"nothing", &review.Review{}, "Nothing has been assessed yet."},
		{"everything", all(review.Implemented), "None of the 14 questions answered so far carries a risk."},
		{"nothing applies", all(review.NotApplicable), "Nothing has been assessed yet."},
		{"one low finding", one, "No question carries a high risk; 1 of 14 carries a medium one; start with LABSUS04-BP02 (Sleep between events)."},
		{"one open", open, "None of the 13 questions answered so far carries a risk. 1 best practice is not assessed, so the picture is incomplete."},
	} {
		assert.Equal(t, c.want, report.Verdict(scoring.Assess(l, c.r, scoring.Options{Mode: scoring.Monotone, Today: day})), c.name)
	}
	assert.True(t, strings.HasPrefix(report.Verdict(scoring.Assess(l, all(review.NotImplemented), scoring.Options{Mode: scoring.Monotone, Today: day})), "9 of 14 questions carry a high risk and 5 a medium one; start with "))
}

func TestAnUnknownFormatListsTheKnown(t *testing.T) {
	_, err := report.Find("jsn")
	assert.EqualError(t, err, `unknown format "jsn", did you mean "json"?`)
}

// fullDisk fails as a disk does.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrInvalid }

func TestAWriteThatFailsIsAnError(t *testing.T) {
	a := scoring.Assess(testlens.Lens(), hostileReview(), scoring.Options{Mode: scoring.Monotone, Today: day})
	for _, f := range report.Formats() {
		assert.ErrorIs(t, f.Write(fullDisk{}, a), os.ErrInvalid, f.Name)
	}
}

// The page about reports names every format and every column of the table.
func TestThePageNamesEverything(t *testing.T) {
	page, err := os.ReadFile("../../docs/reports.md")
	require.NoError(t, err)
	for _, name := range slices.Concat(report.FormatNames(), spreadsheet.Columns()) {
		assert.Contains(t, string(page), "`"+name+"`")
	}
}
