package bench

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The budget of a portfolio: docs/adr/0085-a-portfolio-is-summed-row-by-row.md.
const (
	coldBudget  = 1.2 // times to decode the reviews on the same cores
	warmBudget  = 3   // times to read and hash them
	memoryLimit = 200 // MB at most
)

// workMain reads the reviews of a folder on all cores: it decodes them, or hashes them.
const workMain = `package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
)

func main() {
	debug.SetGCPercent(400) // as in every command
	files, _ := filepath.Glob(filepath.Join(os.Args[2], "*.review.yaml"))
	l := shipped.Lens()
	work := map[string]func(string) error{
		"decode": func(file string) error {
			_, err := review.Load(file, l)
			return err
		},
		"hash": func(file string) error {
			data, err := disk.Read(file, 64<<20)
			sha256.Sum256(data)
			return err
		},
	}[os.Args[1]]
	jobs := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for file := range jobs {
				if err := work(file); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
			}
		})
	}
	for _, file := range files {
		jobs <- file
	}
	close(jobs)
	workers.Wait()
}
`

// BenchmarkPortfolio sums up 10,000 reviews of 20 KB, or as many as IOTLENS_BENCH_REVIEWS
// says, without and with what an earlier run has kept. The budget is one of the time on the clock;
// that of the processor, which other load distorts less, is reported too.
func BenchmarkPortfolio(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("IOTLENS_BENCH_REVIEWS"), "10000"))
	require.NoError(b, err)
	iotlens, work := portfolioPrograms(b)
	dir := b.TempDir()
	writeReviews(b, dir, n)
	settle()
	b.Setenv("XDG_CACHE_HOME", b.TempDir())
	portfolio := []string{iotlens, "portfolio", dir, "--today", "2026-11-23", "-f", "text=" + filepath.Join(b.TempDir(), "portfolio.txt")}
	took := func(args ...string) (processor, wall time.Duration, memory float64) {
		cmd := exec.Command(args[0], args[1:]...)
		from := time.Now()
		out, err := cmd.CombinedOutput()
		wall = time.Since(from)
		require.NoError(b, err, "%s", out)
		usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall, float64(usage.Maxrss) / 1000
	}
	took(append(slices.Clone(portfolio), "--no-cache")...) // the files are in memory from here on
	took(portfolio...)                                     // and the cache is full
	for b.Loop() {
		var times, walls [4][]time.Duration
		peak := 0.0
		for range 5 {
			for i, args := range [][]string{{work, "decode", dir}, append(slices.Clone(portfolio), "--no-cache"), {work, "hash", dir}, portfolio} {
				processor, wall, memory := took(args...)
				times[i], walls[i] = append(times[i], processor), append(walls[i], wall)
				if i%2 == 1 {
					peak = max(peak, memory)
				}
			}
		}
		median := func(of []time.Duration) float64 {
			slices.Sort(of)
			return of[len(of)/2].Seconds()
		}
		cold, warm := median(walls[1])/median(walls[0]), median(walls[3])/median(walls[2])
		b.ReportMetric(cold, "x-decode")
		b.ReportMetric(warm, "x-hash")
		b.ReportMetric(median(times[1])/median(times[0]), "x-decode-processor")
		b.ReportMetric(median(times[3])/median(times[2]), "x-hash-processor")
		b.ReportMetric(median(times[1])*1000/float64(n), "ms/review-cold")
		b.ReportMetric(median(times[3])*1000/float64(n), "ms/review-warm")
		b.ReportMetric(peak, "MB-peak")
		if cold > coldBudget {
			b.Errorf("a portfolio without a cache takes %.2f times as long as to decode its reviews; the budget is %g", cold, coldBudget)
		}
		if warm > warmBudget {
			b.Errorf("a portfolio with a cache takes %.2f times as long as to read and hash its reviews; the budget is %d", warm, warmBudget)
		}
		if peak > memoryLimit {
			b.Errorf("a portfolio takes %.0f MB; the budget is %d", peak, memoryLimit)
		}
	}
}

// portfolioPrograms builds iotlens, and the program that does a part of its work.
func portfolioPrograms(b *testing.B) (iotlens, work string) {
	b.Helper()
	iotlens, _ = programs(b)
	root, err := filepath.Abs("../..")
	require.NoError(b, err)
	dir, err := os.MkdirTemp(root, "_bench-") // inside the module, to import its packages
	require.NoError(b, err)
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(b, os.WriteFile(filepath.Join(dir, "main.go"), []byte(workMain), 0o644))
	work = filepath.Join(b.TempDir(), "work")
	build(b, dir, ".", work)
	return iotlens, work
}

// writeReviews writes n different reviews of about 20 KB, each with some of the answers of a
// larger one.
func writeReviews(b *testing.B, dir string, n int) {
	b.Helper()
	data, err := os.ReadFile("../../testdata/reviews/half-answered.review.yaml")
	require.NoError(b, err)
	const size = 20_000
	answer := regexp.MustCompile(`^  [A-Z0-9]+-BP[0-9]+:`)
	total := 0
	for i := range n {
		rnd := rand.New(rand.NewPCG(uint64(i), 1))
		var out strings.Builder
		kept := true
		for line := range strings.Lines(string(data)) {
			switch {
			case answer.MatchString(line):
				kept = rnd.IntN(len(data)) < size
			case line[0] != ' ' && line[0] != '\n':
				kept = true
			}
			if kept {
				out.WriteString(line)
			}
		}
		text := strings.Replace(out.String(), "\n  name: ", fmt.Sprintf("\n  name: %d ", i), 1)
		total += len(text)
		require.NoError(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.review.yaml", i)), []byte(text), 0o644))
	}
	require.InDelta(b, size, total/n, 2000)
}
