package tui

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// BenchmarkKey is what a key press costs until its frame is set: update and view
// with the whole lens and every practice answered, in each of the views. p99-ms is
// by the clock on the wall, as the room sees it; cpu-p99-ms is the time that the
// processor gave to it, which holds on a busy machine, too.
func BenchmarkKey(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			runtime.LockOSThread() // its processor time is what counts
			defer runtime.UnlockOSThread()
			bench := newBench(hostileReview())
			bench.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			keys := strings.Fields("3 down 1 u r down right tab space c esc m esc s down esc g down esc f esc ? esc left up 2 / s e c u esc down 5")
			var wall, cpu []time.Duration
			for i := 0; b.Loop(); i++ {
				key := keyOf(keys[i%len(keys)])
				from, spent := time.Now(), processor(b)
				bench.send(key)
				_ = bench.m.View()
				wall, cpu = append(wall, time.Since(from)), append(cpu, processor(b)-spent)
				bench.settleAll()
			}
			at := func(took []time.Duration, share float64) float64 {
				slices.Sort(took)
				return took[int(float64(len(took)-1)*share)].Seconds() * 1000
			}
			b.ReportMetric(at(wall, 0.5), "p50-ms")
			b.ReportMetric(at(wall, 0.99), "p99-ms")
			b.ReportMetric(at(cpu, 0.5), "cpu-p50-ms")
			b.ReportMetric(at(cpu, 0.99), "cpu-p99-ms")
			b.ReportMetric(16, "promised-p99-ms")
		})
	}
}

// processor is the time that this thread has had so far.
func processor(b *testing.B) time.Duration {
	var t unix.Timespec
	require.NoError(b, unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t))
	return time.Duration(t.Nano())
}
