package disk_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/session"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A command is an invocation of the program that writes files.
type command struct {
	args  string // separated by blanks
	input string
	steps bool // it writes more than once: an error may come after a part of that
}

// commands lists the commands that write. Each runs in a folder with commandFiles.
func commands() []command {
	return []command{
		{args: "answer plant.review.yaml LABSEC01-BP01 implemented"},
		{args: "waive plant.review.yaml LABSEC02-BP01 --owner Ana --approver Ben --reason later --expires 2027-01-01"},
		{args: "init new.review.yaml --name Plant"},
		{args: "import plant.review.yaml table.csv --yes"},
		{args: "import plant.review.yaml answers.json --yes --write-map map.yaml", steps: true},
		{args: "milestone plant.review.yaml First"},
		{args: "merge plant.review.yaml plant.review.yaml other.review.yaml -o plant.review.yaml"},
		{args: "upgrade old.review.yaml --milestone Old"},
		{args: "review plant.review.yaml --plain --facilitator sheet.md", input: "1\nn a note\n4\nreport\nq\n", steps: true},
		{args: "report plant.review.yaml -f markdown=report.md"},
		{args: "report plant.review.yaml -f text=o.txt -f html=o.html -f csv=o.csv -f json=o.json -f junit=o.xml -f markdown=report.md"},
		{args: "export plant.review.yaml --to wa-answers -o answers"},
		{args: "export plant.review.yaml --to wa-answers -o answers.json"},
		{args: "runsheet plant.review.yaml -o sheet.md --pillar security"},
		{args: "lens import lens.json -o bank"},
		{args: "lens lint faulty.json --fix"},
		{args: "lens export -o lens.json"},
	}
}

// run runs a command and returns its exit code and standard error.
func (c command) run() (cli.Exit, string) {
	var out, errs bytes.Buffer
	exit := cli.Main(strings.Fields(c.args), cli.IO{
		In: strings.NewReader(c.input), Out: &out, Err: &errs, Lens: testlens.Lens(), Sessions: session.NewStore("places"),
		Now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) },
	})
	return exit, errs.String()
}

// commandFiles returns the content of the folder before every run.
func commandFiles(t *testing.T) map[string]string {
	t.Helper()
	lenses := filepath.Join(testlens.Dir(), "..", "lenses")
	return map[string]string{
		"plant.review.yaml": "schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload:\n  name: Plant\n" +
			"answers:\n  LABSEC02-BP01:\n    status: not_implemented\n    history:\n      - status: implemented\n",
		"other.review.yaml": "schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload:\n  name: Plant\n" +
			"answers:\n  LABSEC01-BP01:\n    status: implemented\n",
		"old.review.yaml": "schema: 1\nlens: lab-iot\nlens_version: 2025-01-01\nworkload:\n  name: Plant\n" +
			"answers:\n  LABSEC02-BP01:\n    status: not_implemented\n  LABSEC99-BP01:\n    status: implemented\n",
		"table.csv":    "practice,status\nLABSEC01-BP01,implemented\n",
		"answers.json": `[{"QuestionId": "LABSEC01", "SelectedChoices": ["LABSEC01-BP01"]}]`,
		"lens.json":    content(t, filepath.Join(lenses, "greenhouse.json")),
		"faulty.json":  content(t, filepath.Join(lenses, "comma", "lens.json")),
		"report.md":    "old report\n",
		"sheet.md":     "# Run sheet: old\n",
	}
}

// Each system call of each command that writes fails with each fault, or kills the process.
// Every file then has its old or its new content, exit code and message are correct, and
// the next writer removes leftovers.
func TestEverySystemCallOfACommandFails(t *testing.T) {
	t.Chdir(fast(t))
	start := commandFiles(t)
	runs := 0
	for _, c := range commands() {
		fill(t, start)
		states := map[string][]string{} // of each file, on the way to the end
		for path, data := range start {
			states[path] = []string{data}
		}
		clean := &system{}
		restore := disk.Intercept(func(name string, data *[]byte, do func() error) error {
			err := clean.call(name, data, do)
			if strings.HasPrefix(name, "rename") || strings.HasPrefix(name, "link") {
				for path, data := range files(t) {
					if !slices.Contains(states[path], data) {
						states[path] = append(states[path], data)
					}
				}
			}
			return err
		})
		code, said := c.run()
		restore()
		end := files(t)
		require.Less(t, code, cli.NotRun, "%s: %s", c.args, said)
		require.Empty(t, leftovers(end), c.args)
		require.NotEqual(t, start, end, c.args)
		for _, f := range faults() {
			// A run with hundreds of calls mostly repeats them.
			for at := 1; at <= clean.calls; at += 1 + clean.calls/50 {
				runs++
				fill(t, start)
				s := &system{at: at, fault: f}
				var got cli.Exit
				_ = s.under(func() error { got, said = c.run(); return nil })
				where := fmt.Sprintf("iotlens %s: %s at call %d (%s): exit %d: %s", c.args, f.name, at, s.hit, got, said)
				c.check(t, where, s, start, end, states, got == code, said)
				sweepAll(t)
				assert.Empty(t, leftovers(files(t)), "%s: after the next writer", where)
				if t.Failed() {
					return
				}
			}
		}
	}
	t.Logf("%d faults", runs)
	assert.Greater(t, runs, 2000)
}

// check compares the files on disk with the outcome that a run reported. states are the
// allowed contents of a file; start and end are those before and after a successful run.
func (c command) check(t *testing.T, where string, s *system, start, end map[string]string, states map[string][]string, done bool, said string) {
	t.Helper()
	now := files(t)
	left := leftovers(now)
	if removable := !strings.HasPrefix(s.hit, "remove") && s.hit != "lock" && !s.from && !s.killed; removable {
		assert.Empty(t, left, where)
	}
	for _, path := range left {
		delete(now, path)
	}
	for path, data := range now {
		assert.Contains(t, states[path], data, "%s: %s", where, path)
	}
	for path := range start {
		assert.Contains(t, now, path, where)
	}
	switch {
	case s.killed:
	case done:
		for path, data := range end {
			if !strings.HasPrefix(path, "places/") && !c.steps { // a place that is not remembered is no error
				assert.Equal(t, data, now[path], "%s: %s", where, path)
			}
		}
	default:
		assert.Regexp(t, `(?m)^iotlens: .+`, said, where)
		for path, data := range now {
			if !c.steps && !stays(fmt.Errorf("%s", said), path) {
				assert.Equal(t, start[path], data, "%s: %s", where, path)
			}
		}
	}
	assert.NotContains(t, said, "panic", where)
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, "iotlens: ") {
			assert.NotContains(t, line, "iotlens-tmp", where)
		}
	}
}

// fill replaces the content of the working folder.
func fill(t *testing.T, want map[string]string) {
	t.Helper()
	found, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range found {
		require.NoError(t, os.RemoveAll(e.Name()))
	}
	for _, path := range slices.Sorted(maps.Keys(want)) {
		require.NoError(t, os.WriteFile(path, []byte(want[path]), 0o600))
	}
}

// sweepAll writes a file into every folder, as another command would, which removes
// leftovers.
func sweepAll(t *testing.T) {
	t.Helper()
	defer disk.Intercept((&system{}).call)() // without syncs
	dirs := map[string]bool{".": true}
	for path := range files(t) {
		for dir := filepath.Dir(path); dir != "."; dir = filepath.Dir(dir) {
			dirs[dir] = true
		}
	}
	for dir := range dirs {
		require.NoError(t, disk.Write(disk.Options{}, disk.Output{Path: filepath.Join(dir, "other"), Data: []byte("x")}))
	}
}
