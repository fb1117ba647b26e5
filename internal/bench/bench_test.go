// Package bench measures how long commands take from start to end, as a ratio
// to a Go program that does nothing, run side by side: `make bench`.
package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// rounds is how often each program runs; the programs take turns.
const rounds = 200

func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	empty := filepath.Join(dir, "empty")
	require.NoError(b, os.WriteFile(empty+".go", []byte("package main\n\nfunc main() {}\n"), 0o644))
	build(b, "-o", empty, empty+".go")
	iotlens := filepath.Join(dir, "iotlens")
	build(b, "-o", iotlens, "../../cmd/iotlens")
	review, err := filepath.Abs("../../testdata/reviews/smart-factory.review.yaml")
	require.NoError(b, err)

	out := filepath.Join(dir, "out") // made anew for each run, as in a pipeline
	all := []string{"report", review, "--today", "2026-11-23"}
	for _, f := range []string{"json", "html", "sarif", "junit", "csv", "markdown"} {
		all = append(all, "-f", f+"="+filepath.Join(out, "report."+f))
	}

	for _, c := range []struct {
		name string
		args []string
		most float64 // the ratio that we promise
	}{
		{"version", []string{"version"}, 2.5},
		{"explain", []string{"explain", "IOTSEC05-BP01"}, 3},
		{"report", []string{"report", review, "--today", "2026-11-23"}, 5},
		{"reports", all, 10},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				var ours, floor []time.Duration
				for range rounds {
					require.NoError(b, os.RemoveAll(out))
					require.NoError(b, os.Mkdir(out, 0o755))
					floor = append(floor, run(b, empty))
					ours = append(ours, run(b, iotlens, c.args...))
				}
				b.ReportMetric(float64(median(ours))/float64(median(floor)), "x-empty")
				b.ReportMetric(c.most, "x-promised")
				b.ReportMetric(median(ours).Seconds()*1000, "ms")
			}
		})
	}
}

func build(b *testing.B, args ...string) {
	b.Helper()
	cmd := exec.Command("go", append([]string{"build"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(b, err, string(out))
}

func run(b *testing.B, name string, args ...string) time.Duration {
	b.Helper()
	from := time.Now()
	require.NoError(b, exec.Command(name, args...).Run())
	return time.Since(from)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
