package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
)

// BenchmarkIdle is how much of a processor the screen takes while nobody presses
// a key, drawing at 30 frames a second: without a plan of minutes, and with one, which is looked at now and then.
func BenchmarkIdle(b *testing.B) {
	program := build(b)
	for _, minutes := range []string{"0", "90"} {
		b.Run("minutes="+minutes, func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "plant.review.yaml")
			require.NoError(b, os.WriteFile(file, []byte(plant), 0o644))
			cmd := exec.Command(program, "review", file, "--bank", testlens.Dir(), "--minutes", minutes)
			cmd.Env = []string{"HOME=" + b.TempDir(), "TERM=xterm-256color"}
			term, err := startTerminal(cmd, 80, 24)
			require.NoError(b, err)
			defer term.Close()
			require.NoError(b, term.Wait(func(screen string) bool { return strings.Contains(screen, "0 answers saved") }))
			term.Settle(time.Second)
			const idle = 20 * time.Second
			for b.Loop() {
				from := spent(b, term.Pid())
				time.Sleep(idle)
				took := spent(b, term.Pid()) - from
				b.ReportMetric(100*took.Seconds()/idle.Seconds(), "%-of-a-core")
				b.ReportMetric(float64(took.Milliseconds()), "ms-in-20-s")
			}
		})
	}
}

// spent is the processor time of all threads of a process.
func spent(b *testing.B, pid int) time.Duration {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	require.NoError(b, err)
	require.NotEmpty(b, threads)
	var sum time.Duration
	for _, t := range threads {
		data, err := os.ReadFile(t)
		require.NoError(b, err)
		var ns int64
		_, err = fmt.Sscan(string(data), &ns)
		require.NoError(b, err)
		sum += time.Duration(ns)
	}
	return sum
}

// BenchmarkAnswer is how long it takes from a key until the answer is on disk, in
// a review that is answered in full: key, walk, snapshot, patch, check, write, sync
// and rename. The promise is 100 ms.
func BenchmarkAnswer(b *testing.B) {
	program := build(b)
	full, err := os.ReadFile("../../testdata/reviews/smart-factory.review.yaml")
	require.NoError(b, err)
	file := filepath.Join(b.TempDir(), "plant.review.yaml")
	require.NoError(b, os.WriteFile(file, full, 0o644))
	cmd := exec.Command(program, "review", file, "--only", "all", "--by", "Ana")
	cmd.Env = []string{"HOME=" + b.TempDir(), "TERM=xterm-256color"}
	term, err := startTerminal(cmd, 80, 24)
	require.NoError(b, err)
	defer term.Close()
	require.NoError(b, term.Wait(func(screen string) bool { return strings.Contains(screen, "answers saved") }))
	var took []time.Duration
	before, err := os.Stat(file)
	require.NoError(b, err)
	for i := 0; b.Loop(); i++ {
		from := time.Now()
		require.NoError(b, term.Type([]string{"2", "3"}[i%2]))
		for { // every save is a new file
			after, err := os.Stat(file)
			require.NoError(b, err)
			if !os.SameFile(before, after) {
				took, before = append(took, time.Since(from)), after
				break
			}
			time.Sleep(100 * time.Microsecond)
		}
	}
	slices.Sort(took)
	at := func(share float64) float64 { return took[int(float64(len(took)-1)*share)].Seconds() * 1000 }
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
	b.ReportMetric(100, "promised-ms")
}
