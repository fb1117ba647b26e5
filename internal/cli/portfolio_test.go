package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/session"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// portfolioRun runs iotlens with a cache in a folder, without one where it is empty, and returns its exit code, standard
// output and standard error.
func portfolioRun(cache string, args ...string) (cli.Exit, string, string) {
	var out, errs bytes.Buffer
	code := cli.Main(args, cli.IO{
		Out: &out, Err: &errs, Lens: testlens.Lens(), Sessions: session.NewStore(cache),
		Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) },
	})
	return code, out.String(), errs.String()
}

// fleet writes reviews of every kind into a folder.
func fleet(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		name := []string{testlens.Waterworks, testlens.Trackers, testlens.Thermostats}[i%3]
		data, err := os.ReadFile(testlens.ReviewPath(name))
		require.NoError(t, err)
		text := strings.Replace(string(data), "status: implemented", "status: not_implemented", i/3)
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.review.yaml", i)), []byte(text), 0o644))
	}
	return dir
}

type portfolioJSON struct {
	Reviews []struct {
		File     string
		Outcome  string
		Verdict  string
		Score    *float64
		Coverage *float64
		High     int `json:"high_risks"`
		Open     int
		Waived   int
		Missing  int `json:"unanswered"`
	}
}

func TestAPortfolioAgreesWithReportAndGate(t *testing.T) {
	dir := fleet(t, 9)
	code, out, errs := portfolioRun(t.TempDir(), "portfolio", dir, "-f", "json")
	require.Equal(t, cli.Done, code, errs)
	var p portfolioJSON
	require.NoError(t, json.Unmarshal([]byte(out), &p))
	require.Len(t, p.Reviews, 9)
	for _, r := range p.Reviews {
		file := filepath.Join(dir, r.File)
		_, report, _ := portfolioRun("", "report", file, "-f", "json")
		var one struct {
			Outcome         string
			Score, Coverage *float64
			Findings        []struct{ Waived bool }
			Missing         []json.RawMessage `json:"not_assessed"`
			Questions       []struct{ Risk string }
		}
		require.NoError(t, json.Unmarshal([]byte(report), &one))
		high, open := 0, 0
		for _, q := range one.Questions {
			if q.Risk == "HIGH" {
				high++
			}
		}
		for _, f := range one.Findings {
			if !f.Waived {
				open++
			}
		}
		assert.Equal(t, one.Outcome, r.Outcome, file)
		assert.Equal(t, one.Score, r.Score, file)
		assert.Equal(t, one.Coverage, r.Coverage, file)
		assert.Equal(t, high, r.High, file)
		assert.Equal(t, open, r.Open, file)
		assert.Equal(t, len(one.Findings)-open, r.Waived, file)
		assert.Equal(t, len(one.Missing), r.Missing, file)
		gate, _, _ := portfolioRun("", "gate", file, "--config", "none")
		assert.Equal(t, map[string]cli.Exit{"passed": cli.Done, "failed": cli.GateFailed, "incomplete": cli.Incomplete}[r.Outcome], gate, file)
	}
}

func TestPortfolioIsTheSameWithAnyNumberOfWorkersAndWithCache(t *testing.T) {
	dir, cache := fleet(t, 30), t.TempDir()
	args := []string{"portfolio", dir, "-f", "json", "--framework", "../../testdata/frameworks/lab.yaml"}
	_, want, errs := portfolioRun("", append(args, "--no-cache")...)
	require.NotEmpty(t, want, errs)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, workers := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(workers)
		for range 2 {
			code, got, errs := portfolioRun(cache, args...)
			require.Equal(t, cli.Done, code, errs)
			require.Equal(t, want, got)
		}
	}
	packs, err := filepath.Glob(filepath.Join(cache, "portfolio", "*.rows"))
	require.NoError(t, err)
	require.Len(t, packs, 1, "the rows of one run are kept once")
}

// The cache never overrides the content of a file, and never makes a run fail.
func TestPortfolioCacheNeverReturnsWrongRows(t *testing.T) {
	dir := fleet(t, 6)
	args := []string{"portfolio", dir, "-f", "json"}
	_, want, _ := portfolioRun("", append(args, "--no-cache")...)
	pack := func(cache string) string {
		packs, err := filepath.Glob(filepath.Join(cache, "portfolio", "*.rows"))
		require.NoError(t, err)
		require.NotEmpty(t, packs)
		return packs[0]
	}
	for name, damage := range map[string]func(t *testing.T, file string, data []byte) []byte{
		"empty":   func(*testing.T, string, []byte) []byte { return nil },
		"cut":     func(_ *testing.T, _ string, data []byte) []byte { return data[:len(data)/2] },
		"one bit": func(_ *testing.T, _ string, data []byte) []byte { data[len(data)/2] ^= 1; return data },
		"no pack": func(*testing.T, string, []byte) []byte { return []byte("schema: 1\n") },
		"much":    func(*testing.T, string, []byte) []byte { return make([]byte, 5<<20) },
		"a folder": func(t *testing.T, file string, _ []byte) []byte {
			require.NoError(t, os.Mkdir(file, 0o755))
			return nil
		},
		"only magic": func(_ *testing.T, _ string, data []byte) []byte { return data[:len("iotlens portfolio rows 1\n")] },
	} {
		t.Run(name, func(t *testing.T) {
			cache := t.TempDir()
			portfolioRun(cache, args...)
			file := pack(cache)
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, os.Remove(file))
			if data = damage(t, file, data); name != "a folder" {
				require.NoError(t, os.WriteFile(file, data, 0o600))
			}
			for range 2 {
				code, got, errs := portfolioRun(cache, args...)
				require.Equal(t, cli.Done, code)
				require.Empty(t, errs)
				require.Equal(t, want, got)
			}
		})
	}
}

func TestPortfolioCacheReadsChangedReviews(t *testing.T) {
	dir, cache := fleet(t, 3), t.TempDir()
	args := []string{"portfolio", dir, "-f", "json"}
	_, before, _ := portfolioRun(cache, args...)
	file := filepath.Join(dir, "00.review.yaml")
	info, err := os.Stat(file)
	require.NoError(t, err)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	data = bytes.Replace(data, []byte("Pump station telemetry"), []byte("Pump station telemetrY"), 1)
	require.NoError(t, os.WriteFile(file, data, 0o644))
	require.NoError(t, os.Chtimes(file, info.ModTime(), info.ModTime())) // the same size and time
	_, after, _ := portfolioRun(cache, args...)
	assert.NotEqual(t, before, after)
	assert.Contains(t, after, "telemetrY")

	// A waiver that has ended since is no longer active.
	_, want, _ := portfolioRun("", append(args, "--today", "2027-06-01", "--no-cache")...)
	_, got, _ := portfolioRun(cache, append(args, "--today", "2027-06-01")...)
	assert.Equal(t, want, got)
}

// Small packs are merged, and old ones removed.
func TestPortfolioCacheStaysSmall(t *testing.T) {
	dir, cache := fleet(t, 9), t.TempDir()
	old := filepath.Join(cache, "portfolio", "2026-01-01-0123456789abcdef01234567.rows")
	require.NoError(t, os.MkdirAll(filepath.Dir(old), 0o700))
	require.NoError(t, os.WriteFile(old, []byte("x"), 0o600))
	for i := range 9 {
		code, _, errs := portfolioRun(cache, "portfolio", filepath.Join(dir, fmt.Sprintf("%02d.review.yaml", i)))
		require.Equal(t, cli.Done, code, errs)
	}
	packs, err := filepath.Glob(filepath.Join(cache, "portfolio", "*"))
	require.NoError(t, err)
	require.Len(t, packs, 1, packs)
	require.NotEqual(t, old, packs[0])
	info, err := os.Stat(packs[0])
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestPortfolioAcceptsAnyFileName(t *testing.T) {
	dir := fleet(t, 2)
	strange := filepath.Join(dir, "new\nline[1].review.yaml")
	require.NoError(t, os.Rename(filepath.Join(dir, "00.review.yaml"), strange))
	code, out, errs := portfolioRun("", "portfolio", strange, dir)
	require.Equal(t, cli.Done, code, errs)
	assert.Contains(t, out, "Portfolio of 2 reviews")
	assert.Contains(t, out, "new line[1].review.yaml")
}
