package report_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No page of a PDF ends with a heading.
func TestPDFHeadingsAreNotAtPageEnd(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		a := scoring.Assess(testlens.Lens(), recordedReview(seed), scoring.Options{Mode: scoring.Monotone, Today: day})
		file := filepath.Join(t.TempDir(), "report.pdf")
		require.NoError(t, os.WriteFile(file, []byte(written(t, "pdf", a)), 0o600))
		out, err := exec.Command(need(t, "pdftotext"), "-raw", "-enc", "UTF-8", file, "-").Output()
		require.NoError(t, err)
		for n, page := range strings.Split(strings.TrimSuffix(string(out), "\f"), "\f") {
			lines := strings.Split(strings.TrimSpace(page), "\n")
			require.Regexp(t, ` page \d+ of \d+$`, lines[len(lines)-1])
			last := lines[max(0, len(lines)-2)]
			name := strings.TrimSpace(regexp.MustCompile(` (\d+|\d+ best practices?)$`).ReplaceAllString(last, ""))
			assert.False(t, slices.Contains(headings(a), name), "seed %d, page %d ends in %q", seed, n+1, last)
		}
	}
}

// headings returns the headings above lists.
func headings(a *scoring.Assessment) []string {
	var out []string
	for _, s := range slices.Concat(view.Sections(a), view.EvidencePack(a), []view.Section{view.Method(a)}) {
		out = append(out, s.Title)
		for _, g := range s.Groups {
			if g.Title != "" {
				out = append(out, g.Heading())
			}
		}
	}
	return out
}

// The attachment of a PDF is the review file, byte for byte.
func TestPDFAttachesReview(t *testing.T) {
	source, err := os.ReadFile(factory)
	require.NoError(t, err)
	a := assessed(t, factory)
	a.Record = scoring.AuditRecord{Source: source, Digest: strings.Repeat("0", 64)}
	pdf := written(t, "pdf", a)
	sound(t, pdf)
	dir := t.TempDir()
	file, attached := filepath.Join(dir, "report.pdf"), filepath.Join(dir, "attached")
	require.NoError(t, os.WriteFile(file, []byte(pdf), 0o600))
	out, err := exec.Command(need(t, "pdfdetach"), "-list", file).Output()
	require.NoError(t, err)
	assert.Contains(t, string(out), filepath.Base(factory))
	require.NoError(t, exec.Command(need(t, "pdfdetach"), "-save", "1", "-o", attached, file).Run())
	back, err := os.ReadFile(attached)
	require.NoError(t, err)
	assert.Equal(t, string(source), string(back))
	assert.True(t, pdf == written(t, "pdf", a), "two writes of the same assessment differ")
	assert.Contains(t, pdf, "/URI (https://wiki.kelda.example.com/access)", "evidence on the web")
}
