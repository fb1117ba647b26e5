package cli_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rowsOf reads the table of docs/ci.md that begins with a heading cell.
func rowsOf(t *testing.T, head string) [][]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(page), "\n| "+head+" |")
	require.True(t, found, head)
	var rows [][]string
	for _, line := range strings.Split(table, "\n")[2:] {
		if !strings.HasPrefix(line, "| ") {
			break
		}
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// Every row of the table of classes describes what the gate does.
func TestDocumentedClassesAreCorrect(t *testing.T) {
	rows := rowsOf(t, "class")
	lower := edition(t, "2024-01-01", map[string][2]string{"questions/security/LABSEC03.yaml": {"severity: high", "severity: low"}})
	states := map[string]struct {
		then, now reviewText
		args      []string
	}{
		"regressed, in place, a gap":                             {then: sound, now: gap},
		"regressed, not applicable, a gap":                       {then: nothing, now: gap},
		"regressed, partially implemented, not implemented":      {then: partly, now: gap},
		"regressed, a gap of lower severity, by the lens, a gap": {then: older, now: gap, args: []string{"--baseline-bank", lower}},
		"regressed, waived, a gap, and the waiver is removed":    {then: waived, now: gap},
		"new, not in scope, a gap":                               {then: sound, now: wider},
		"new, not answered, a gap":                               {then: half, now: gap},
		`new, "don't know", a gap`:                               {then: unknown, now: gap},
		`unknown, in place, "don't know"`:                        {then: sound, now: unknown},
		`unknown, a gap, "don't know"`:                           {then: gap, now: unknown, args: []string{"--unknown", "note"}},
		"gone, a gap, out of scope":                              {then: wider, now: sound},
		"gone, a gap, not answered":                              {then: gap, now: half, args: []string{"--unanswered", "note", "--min-coverage", "0"}},
		"gone, a gap, no longer asked":                           {then: oldAlien, now: gap},
		"still open, a gap, a gap, no worse":                     {then: gap, now: gap},
		`still open, "don't know", "don't know"`:                 {then: unknown, now: unknown},
		"resolved, a gap, in place":                              {then: gap, now: sound},
		"resolved, a gap, not applicable":                        {then: gap, now: nothing},
	}
	require.GreaterOrEqual(t, len(rows), 16)
	for _, row := range rows {
		key := strings.Join(row[:3], ", ")
		t.Run(key, func(t *testing.T) {
			c, known := states[key]
			require.True(t, known, "no case for this row")
			t.Chdir(t.TempDir())
			write(t, "then.yaml", c.then.yaml())
			write(t, "now.review.yaml", c.now.yaml())
			exit, out := run(nil, append([]string{"gate", "now.review.yaml", "--baseline", "then.yaml", "-f", "json"}, c.args...)...)
			assert.Equal(t, row[4], strconv.Itoa(int(exit)), out)
			var verdict struct {
				Baseline struct {
					Findings []struct{ Class string }
				}
			}
			require.NoError(t, json.Unmarshal([]byte(out), &verdict))
			assert.True(t, slices.ContainsFunc(verdict.Baseline.Findings, func(f struct{ Class string }) bool { return f.Class == row[0] }), out)
		})
	}
}

// Every row of the table of exit codes is what the program returns and says.
func TestDocumentedExitCodesAreCorrect(t *testing.T) {
	rows := rowsOf(t, "exit code")
	t.Chdir(t.TempDir())
	write(t, "sound.review.yaml", sound.yaml())
	write(t, "gap.review.yaml", gap.yaml())
	write(t, "half.review.yaml", half.yaml())
	calls := map[string][]string{"0": {"sound"}, "1": {"gap"}, "2": {"none"}, "3": {"half"}}
	words := map[string]string{"0": "Passed", "1": "Stopped", "2": "no such file", "3": "Incomplete"}
	require.Len(t, rows, len(calls))
	for _, row := range rows {
		exit, out := run(nil, "gate", calls[row[0]][0]+".review.yaml")
		assert.Equal(t, row[0], strconv.Itoa(int(exit)), out)
		assert.Contains(t, out, words[row[0]])
	}
	// Of several the worst decides.
	for _, c := range []struct {
		files string
		exit  cli.Exit
	}{
		{"sound half", cli.Incomplete},
		{"sound half gap", cli.GateFailed},
		{"gap half", cli.GateFailed},
		{"gap none half", cli.NotRun},
	} {
		exit, out := run(nil, strings.Fields("gate "+regexp.MustCompile(`\w+`).ReplaceAllString(c.files, "$0.review.yaml"))...)
		assert.Equal(t, c.exit, exit, out)
	}
}

// One run writes all formats; that for GitHub goes to standard output after the text.
func TestEveryFormatAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "gap.review.yaml", gap.yaml())
	write(t, "old.yaml", gap.yaml())
	args := strings.Fields("gate gap.review.yaml -f text -f json=v.json -f junit=j.xml -f sarif=s.sarif -f github -f gitlab=cq.json -f markdown=summary.md")
	exit, out := run(nil, args...)
	require.Equal(t, cli.GateFailed, exit, out)
	assert.Contains(t, out, "Stopped: 1 high risk\n")
	assert.Contains(t, out, "\n::error file=gap.review.yaml,line=7,title=LABSEC03-BP01 ")
	for _, file := range []string{"v.json", "j.xml", "s.sarif", "cq.json", "summary.md"} {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Contains(t, string(data), "LABSEC03-BP01", file)
	}
	for _, c := range []struct{ args, says string }{
		{"-f text -f json", "only one format can go to standard output"},
		{"-f junit=gap.review.yaml", "gap.review.yaml: is an input of this command and would be overwritten"},
		{"--baseline old.yaml -f junit=old.yaml", "old.yaml: is an input of this command and would be overwritten"},
		{"-f junit=", "the path after = is missing"},
	} {
		exit, out := run(nil, append([]string{"gate", "gap.review.yaml"}, strings.Fields(c.args)...)...)
		assert.Equal(t, cli.NotRun, exit)
		assert.Contains(t, out, c.says)
	}
	data, err := os.ReadFile("gap.review.yaml")
	require.NoError(t, err)
	assert.Equal(t, gap.yaml(), string(data), "nothing was overwritten")

	// The file as the repository has it, wherever the gate runs.
	root, err := os.Getwd()
	require.NoError(t, err)
	write(t, "plants/gap.review.yaml", gap.yaml())
	t.Chdir("plants")
	for _, env := range []string{"GITHUB_WORKSPACE=", "CI_PROJECT_DIR="} {
		_, out = run([]string{env + root}, "gate", "gap.review.yaml", "-f", "github")
		assert.Contains(t, out, "::error file=plants/gap.review.yaml,line=7,")
	}
}
