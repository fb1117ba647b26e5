package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/ptytest"
	"github.com/stretchr/testify/require"
)

// BenchmarkIdle is how much of a processor the screen takes while nobody presses
// a key: without a plan of minutes, and with one, which is looked at now and then.
func BenchmarkIdle(b *testing.B) {
	program := build(b)
	for _, minutes := range []string{"0", "90"} {
		b.Run("minutes="+minutes, func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "plant.review.yaml")
			require.NoError(b, os.WriteFile(file, []byte(plant), 0o644))
			cmd := exec.Command(program, "review", file, "--minutes", minutes)
			cmd.Env = []string{"HOME=" + b.TempDir(), "TERM=xterm-256color"}
			term, err := ptytest.Start(cmd, 80, 24)
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
