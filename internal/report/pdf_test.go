package report_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sound has a PDF checked by qpdf, which reads its structure, streams and
// cross-references.
func sound(t *testing.T, pdf string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, []byte(pdf), 0o600))
	out, err := exec.Command(need(t, "qpdf"), "--check", file).CombinedOutput()
	require.NoError(t, err, string(out))
	assert.NotContains(t, string(out), "WARNING")
}

func TestPDFWithOtherReaders(t *testing.T) {
	a := assessed(t, factory)
	pdf := written(t, "pdf", a)
	sound(t, pdf)
	c := view.Conclude(a)
	want := []string{a.Workload.Name, c.Risk, c.Effect, strings.Join(c.Notes, " "), "Questions at high risk", "Plan", "Method", "page 1 of", a.LensVersion}
	for _, f := range a.Findings {
		want = append(want, f.Title, f.Note, f.Guide.FirstStep())
	}
	for _, w := range a.Waivers {
		want = append(want, w.Reason, w.Control, w.Approver)
	}
	for _, e := range a.Excluded {
		want = append(want, e.Reason)
	}
	_, text := assertA4(t, []byte(pdf), want...)
	assert.NotContains(t, text, "[U+", "a plain review needs no code points")

	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, []byte(pdf), 0o600))
	info, err := exec.Command(need(t, "pdfinfo"), "-isodates", file).Output()
	require.NoError(t, err)
	for _, want := range []string{"Lab Lens review: Pump station telemetry", "Ines Ferro, Kelda Water", day + "T00:00:00Z"} {
		assert.Contains(t, string(info), want)
	}
	one, err := exec.Command(need(t, "pdftotext"), "-l", "1", file, "-").Output()
	require.NoError(t, err)
	for _, want := range []string{"What is wrong", view.TopRisks(a).Groups[0].Items[4].ID, "Decisions needed", "Effect of the plan", "After Next"} {
		assert.Contains(t, strings.Join(strings.Fields(string(one)), " "), want, "who decides reads one page")
	}
}

// Every PDF has complete A4 pages, and not too many of them.
func TestPDFOfAnyReview(t *testing.T) {
	long := allAnswered(review.NotImplemented)
	long.Workload.Name = strings.Repeat("Aufzugsüberwachungsplattform", 4)[:100]
	long.Workload.Description = strings.Repeat("lang ", 50)
	for _, c := range []struct {
		name        string
		r           *review.Review
		least, most int
		text        string
	}{
		{"nothing", &review.Review{Workload: review.Workload{Name: "New"}}, 3, 12, "Nothing has been assessed yet."},
		{"everything in place", allAnswered(review.Implemented), 3, 9, "Everything that was assessed is in place"},
		{"nothing applies", allAnswered(review.NotApplicable), 3, 16, "Not applicable 31"},
		{"nothing in place", long, 8, 20, "Findings by priority 31"},
		{"hostile", hostileReview(), 15, 80, "<U+202E>evil"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pdf := write(t, "pdf", c.r)
			sound(t, pdf)
			pages, _ := assertA4(t, []byte(pdf), c.text)
			assert.GreaterOrEqual(t, pages, c.least)
			assert.LessOrEqual(t, pages, c.most)
			for _, active := range []string{"/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/AcroForm"} {
				assert.False(t, strings.Contains(dictionaries(pdf), active), "%s: a report does nothing when it is opened", active)
			}
		})
	}
}

func TestPDFOfALongReview(t *testing.T) {
	l := testlens.Repeat(6)
	r := &review.Review{Workload: review.Workload{Name: "Everything missing"}, Answers: map[string]review.Answer{}}
	for _, id := range l.PracticeIDs() {
		r.Answers[id] = review.Answer{Status: review.NotImplemented}
	}
	pdf := written(t, "pdf", scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day}))
	sound(t, pdf)
	pages, _ := assertA4(t, []byte(pdf), "Findings by priority 186")
	assert.GreaterOrEqual(t, pages, 30)
	assert.LessOrEqual(t, pages, 90)
}

// dictionaries are the parts of a PDF outside of its streams.
func dictionaries(pdf string) string {
	var b strings.Builder
	for {
		before, rest, more := strings.Cut(pdf, "\nstream\n")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		_, pdf, _ = strings.Cut(rest, "endstream")
	}
}

// Latin, Greek and Cyrillic names are printed; other scripts are shown by code point, and the
// report says so.
func TestPDFShowsMissingGlyphsByCodePoint(t *testing.T) {
	r := allAnswered(review.Implemented)
	r.Workload.Name = "Łódź, İzmir, Αθήνα, Київ, Đà Nẵng"
	r.Answers["LABSEC05-BP01"] = review.Answer{Status: review.NotImplemented, Note: "冷却 pump", Owner: "שלום"}
	pdf := write(t, "pdf", r)
	sound(t, pdf)
	assertA4(t, []byte(pdf), r.Workload.Name, "[U+51B7 U+5374] pump", "[U+05E9 U+05DC U+05D5 U+05DD]", "characters of other scripts or symbols are shown by code point")
}

func TestPDFIsDeterministic(t *testing.T) {
	a := assessed(t, factory)
	first := written(t, "pdf", a)
	for range 3 {
		require.True(t, first == written(t, "pdf", a), "two writes of the same assessment differ")
	}
}

func BenchmarkPDF(b *testing.B) {
	f, err := review.Load(factory, testlens.Lens())
	require.NoError(b, err)
	a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: scoring.Monotone, Today: day})
	b.ReportAllocs()
	for b.Loop() {
		written(b, "pdf", a)
	}
}

// The PDF of a review of another lens names that lens.
func TestPDFOfAnotherLens(t *testing.T) {
	data, err := os.ReadFile("../../testdata/lenses/greenhouse.json")
	require.NoError(t, err)
	l := importLens(t, "greenhouse.json", data)
	for seed := range uint64(3) {
		pdf := written(t, "pdf", scoring.Assess(l, randomReview(l, seed), scoring.Options{Mode: scoring.Monotone, Today: day}))
		sound(t, pdf)
		_, text := assertA4(t, []byte(pdf), "Greenhouse Lens")
		text = strings.ReplaceAll(text, "as the AWS Well-Architected Tool", "")
		for _, word := range []string{"AWS", "IoT", "Layer", "Scenario", "  effort"} {
			assert.NotContains(t, text, word)
		}
	}
}
