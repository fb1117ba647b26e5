package report_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
)

// labFramework is a framework whose provisions the test lens answers.
func labFramework(t *testing.T) *framework.Framework {
	t.Helper()
	f, err := framework.Load("../../testdata/frameworks/lab.yaml", testlens.Lens())
	require.NoError(t, err)
	return f
}

// manyReviews is a portfolio of n reviews at random, with owners, dates, waivers, segments,
// a framework, milestones, and files that were not read.
func manyReviews(t *testing.T, n int) *portfolio.Portfolio {
	t.Helper()
	l, f := testlens.Lens(), labFramework(t)
	o := portfolio.Options{Program: "v1.2.3", Today: day, Stale: 180, Soon: 30, CountBy: "segment"}
	s := portfolio.NewBuilder(o, []*framework.Framework{f})
	for seed := range uint64(n) {
		s.Add(rowAtRandom(l, f, seed))
	}
	if n > 0 {
		s.AddUnread("fleet/broken.review.yaml", []string{`line 7: unknown status "done"; did you mean "implemented"?`, "line 9: the date 2026-13-01 does not exist"})
	}
	return s.Build()
}

// rowAtRandom is a row of a review, the better the higher a digit of its seed.
func rowAtRandom(l *lens.Lens, f *framework.Framework, seed uint64) *portfolio.Row {
	rnd := rand.New(rand.NewPCG(seed, 7))
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	r := plannedReview(l, seed)
	segment := pick("consumer", "industrial", "commercial-building", "smart-city", "utilities")
	r.Workload.Name = strings.ToUpper(segment[:1]) + segment[1:] + " " + pick("gateways", "sensors", "meters", "cameras", "pumps") + fmt.Sprintf(" %03d", seed+1)
	r.Workload.ReviewOwner = pick("Ana Lima", "Bo Chen", "Ines Ferro", "Tomas Berg", "Wanjiru Otieno", "")
	r.Workload.Profile.Segment, r.Workload.Profile.Stage = segment, pick("pilot", "production", "production", "")
	done := min(rnd.IntN(12), 10) // of ten best practices
	for _, id := range l.PracticeIDs() {
		a := r.Answers[id]
		if done == 10 || a.Status != review.Unanswered && rnd.IntN(10) < done {
			a.Status, a.Reason = review.Implemented, ""
		}
		if a.Status != review.Unanswered {
			a.At = pick("2026-02-01", "2026-06-30", "2026-10-01", "2026-11-20")
			r.Answers[id] = a
		}
	}
	if done < 3 {
		for id, a := range r.Answers {
			a.At = "2026-01-15"
			r.Answers[id] = a
		}
	}
	r.Waivers = slices.DeleteFunc(r.Waivers, func(review.Waiver) bool { return rnd.IntN(6) > 0 })
	for i := range r.Waivers {
		r.Waivers[i].Expires = pick("2026-11-01", "2026-12-10", "2027-03-01", "2027-06-30")
	}
	a := scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day})
	a.Frameworks = append(a.Frameworks, a.StandingAgainst(f, l))
	c := view.Conclude(a)
	row := portfolio.RowOf(l, r, a, c.Outcome, portfolio.Badge{Mark: c.Badge.Symbol, Words: c.Badge.Words})
	row.File, row.Digest = fmt.Sprintf("fleet/%03d.review.yaml", seed+1), fmt.Sprintf("%064x", seed+1)
	if seed%3 > 0 {
		was := portfolio.Milestone{Name: pick("Before launch", "Quarter 2"), Day: pick("2026-03-31", "2026-06-30"), High: rnd.IntN(6), Open: rnd.IntN(20)}
		was.Score.Value, was.Score.Known = float64(rnd.IntN(100)), true
		if seed%7 == 1 {
			was.NotComparable = []string{"the lens was of another revision"}
		}
		row.Milestones = append(row.Milestones, was)
	}
	return row
}

func writtenPortfolio(t require.TestingT, format string, p *portfolio.Portfolio) string {
	f, err := report.PortfolioFormats().Find(format)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, p))
	return b.String()
}

// pdfTool runs a program of poppler on a PDF and returns what it prints.
func pdfTool(t *testing.T, pdf []byte, program string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	args = append(args, file)
	if program == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(need(t, program), args...).Output()
	require.NoError(t, err)
	return string(out)
}
