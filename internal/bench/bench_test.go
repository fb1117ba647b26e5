// Package bench measures how long commands take from start to end, as a ratio to a
// Go program that does nothing, run side by side on a machine that does little else:
// `make bench`. A ratio above the budget fails. The budget and its
// reasons are in docs/adr/0032-a-start-up-budget-that-people-notice.md.
package bench

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// rounds is the number of runs of each program.
const rounds = 300

// megabytes is the maximum size of the stripped program.
const megabytes = 25

const review = "../../testdata/reviews/smart-factory.review.yaml"

func BenchmarkStart(b *testing.B) {
	iotlens, empty := programs(b)
	out := filepath.Join(b.TempDir(), "report")
	at := func(args ...string) []string { return append(args, review, "--today", "2026-11-23") }
	commands := []struct {
		name   string
		args   []string
		budget float64 // times an empty program
	}{
		{"version", []string{"version"}, 6},
		{"explain", []string{"explain", "IOTSEC05-BP01"}, 6},
		{"gate", at("gate"), 10},
		{"text", at("report"), 10},
		{"markdown", at("report", "-f", "markdown="+out), 10},
		{"html", at("report", "-f", "html="+out), 10},
		{"json", at("report", "-f", "json="+out), 10},
		{"pdf", at("report", "-f", "pdf="+out), 25},
	}
	var turns [][]string
	for _, c := range commands {
		turns = append(turns, append([]string{iotlens}, c.args...), []string{empty})
	}
	times := takeTurns(b, turns...)
	for i, c := range commands {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				ours, floor := times[2*i], times[2*i+1]
				ratio := float64(ours) / float64(floor)
				b.ReportMetric(ratio, "x-empty")
				b.ReportMetric(c.budget, "x-budget")
				b.ReportMetric(ours.Seconds()*1000, "ms")
				b.ReportMetric(floor.Seconds()*1000, "ms-empty")
				if ratio > c.budget {
					b.Errorf("%s takes %.1f times an empty program; the budget is %g", c.name, ratio, c.budget)
				}
			}
		})
	}
}

// BenchmarkGateAgainstWaCI compares with wa_ci.py of aws-samples, the gate for reviews in AWS's
// open schema, on the same pair. The script is not part of this repository; IOTLENS_WA_CI
// names a copy.
func BenchmarkGateAgainstWaCI(b *testing.B) {
	script := os.Getenv("IOTLENS_WA_CI")
	if script == "" {
		fmt.Fprintln(os.Stderr, "NOT COMPARED with wa_ci.py: set IOTLENS_WA_CI to a copy of tools/wa-ci/wa_ci.py of github.com/aws-samples/sample-well-architected-skills-and-steering")
		b.Skip("IOTLENS_WA_CI is not set")
	}
	// python3 can be a shell script that looks for Python, as that of pyenv is.
	python, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	require.NoError(b, err)
	iotlens, _ := programs(b)
	old, current := filepath.Join(b.TempDir(), "old.json"), filepath.Join(b.TempDir(), "new.json")
	for from, to := range map[string]string{"../../testdata/reviews/half-answered.review.yaml": old, review: current} {
		run(b, iotlens, "report", from, "--today", "2026-11-23", "-f", "aws-review="+to)
	}
	for b.Loop() {
		times := takeTurns(b, []string{iotlens, "gate", current, "--baseline", old}, []string{strings.TrimSpace(string(python)), script, "--baseline", old, "--current", current})
		ours, theirs := times[0], times[1]
		ratio := float64(ours) / float64(theirs)
		b.ReportMetric(ratio, "x-wa_ci")
		b.ReportMetric(0.5, "x-budget")
		b.ReportMetric(ours.Seconds()*1000, "ms")
		if ratio > 0.5 {
			b.Errorf("gate takes %.2f of the time of wa_ci.py; the budget is 0.5", ratio)
		}
	}
}

// BenchmarkSize checks the size of the stripped program.
func BenchmarkSize(b *testing.B) {
	iotlens, _ := programs(b)
	for b.Loop() {
		info, err := os.Stat(iotlens)
		require.NoError(b, err)
		b.ReportMetric(float64(info.Size())/1e6, "MB")
		if info.Size() > megabytes*1e6 {
			b.Errorf("the program has %.1f MB; the budget is %d", float64(info.Size())/1e6, megabytes)
		}
	}
}

// programs builds iotlens as it is released, and a program that does nothing.
func programs(b *testing.B) (iotlens, empty string) {
	b.Helper()
	dir := b.TempDir()
	write := func(name, text string) {
		require.NoError(b, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("go.mod", "module empty\n\ngo 1.26.0\n")
	write("main.go", "package main\n\nfunc main() {}\n")
	iotlens, empty = filepath.Join(dir, "iotlens"), filepath.Join(dir, "nothing")
	for into, from := range map[string]struct{ dir, pkg string }{iotlens: {"../..", "./cmd/iotlens"}, empty: {dir, "."}} {
		build(b, from.dir, from.pkg, into)
	}
	settle()
	return iotlens, empty
}

// settle waits until what was written is on the disk. Otherwise the system writes it while something
// is measured.
func settle() { _ = exec.Command("sync").Run() }

// build builds a program as it is released.
func build(b *testing.B, dir, pkg, into string) {
	b.Helper()
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", into, pkg)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(b, err, string(out))
}

// takeTurns runs programs in turn, and returns the median time of each. A machine is faster in one
// minute than in the next, so each program is measured over the whole time.
func takeTurns(b *testing.B, programs ...[]string) []time.Duration {
	b.Helper()
	times := make([][]time.Duration, len(programs))
	for range rounds {
		for i, p := range programs {
			times[i] = append(times[i], run(b, p[0], p[1:]...))
		}
	}
	var medians []time.Duration
	for _, t := range times {
		slices.Sort(t)
		medians = append(medians, t[rounds/2])
	}
	return medians
}

// run returns the run time of a program. It accepts exit code 1, that of a failed gate.
func run(b *testing.B, name string, args ...string) time.Duration {
	b.Helper()
	from := time.Now()
	out, err := exec.Command(name, args...).Output()
	took := time.Since(from)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil
	}
	require.NoError(b, err, "%s %v: %.600s", name, args, out)
	return took
}
