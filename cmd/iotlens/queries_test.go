package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The days of docs/portfolio.md.
const (
	earlierDay = "2026-10-26"
	laterDay   = "2026-11-23"
)

// Every query of docs/portfolio.md runs in DuckDB over what the program writes, on two
// machines and on two days, and agrees with the figures of the program itself.
func TestTheQueriesOfTheDocumentationAgreeWithTheProgram(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	require.NoError(t, err, "node is missing: run .ci/setup")
	script, err := filepath.Abs("../../.ci/tests/duckdb.mjs")
	require.NoError(t, err)
	_, err = os.Stat("../../.ci/tests/node_modules/@duckdb/node-api")
	require.NoError(t, err, "DuckDB is missing: run .ci/setup")

	dir := t.TempDir()
	run := func(args ...string) []byte {
		t.Helper()
		cmd := exec.Command("iotlens", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), testLens+"="+testlens.Dir(), testNow+"="+instant)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		require.NoError(t, err, stderr.String())
		return out
	}
	lab, err := filepath.Abs("../../testdata/frameworks/lab.yaml")
	require.NoError(t, err)
	at := func(day string) *wire.Portfolio {
		t.Helper()
		writeReviews(t, dir, day)
		for _, machine := range []string{"north", "south"} {
			run("portfolio", machine, "--today", day, "--framework", lab, "-f", "parquet=lake", "--shard", machine)
		}
		out := new(wire.Portfolio)
		require.NoError(t, json.Unmarshal(run("portfolio", ".", "--today", day, "--framework", lab, "--by", "segment", "-f", "json"), out))
		return out
	}
	then := at(earlierDay)
	now := at(laterDay)
	require.Len(t, now.Reviews, 24)
	var reports []wire.Report
	for _, r := range now.Reviews {
		reports = append(reports, wire.Report{})
		require.NoError(t, json.Unmarshal(run("report", r.File, "--today", laterDay, "-f", "json"), &reports[len(reports)-1]))
	}

	list := queries(t)
	var sql []string
	for _, q := range list {
		sql = append(sql, q.sql)
	}
	results := duckdb(t, node, script, dir, sql)
	require.Len(t, results, len(list))
	agree := agreements(then, now, reports)
	checked := map[string]bool{}
	for i, q := range list {
		check, ok := agree[q.heading]
		if strings.HasPrefix(q.sql, "CREATE VIEW") {
			continue
		}
		require.True(t, ok, "add what the query under %q agrees with", q.heading)
		checked[q.heading] = true
		want := check.want()
		require.NotEmpty(t, want, q.heading)
		var got []string
		for _, row := range results[i] {
			if check.leaves != nil && check.leaves(row) {
				continue
			}
			got = append(got, lineOf(row, check.columns...))
		}
		slices.Sort(want)
		slices.Sort(got)
		assert.Equal(t, want, got, q.heading)
	}
	assert.Len(t, checked, len(agree), "every agreement has its query")
}

// A query of the documentation.
type query struct{ heading, sql string }

// queries lists the statements of docs/portfolio.md.
func queries(t *testing.T) []query {
	t.Helper()
	page, err := os.ReadFile("../../docs/portfolio.md")
	require.NoError(t, err)
	_, part, ok := strings.Cut(string(page), "\n## Queries\n")
	require.True(t, ok)
	part, _, _ = strings.Cut(part, "\n## ")
	var out []query
	for _, section := range strings.Split(part, "\n### ")[1:] {
		heading, rest, _ := strings.Cut(section, "\n")
		for _, block := range strings.Split(rest, "```sql\n")[1:] {
			block, _, closed := strings.Cut(block, "```")
			require.True(t, closed, heading)
			for _, statement := range strings.Split(strings.TrimSpace(block), ";\n") {
				out = append(out, query{heading, strings.TrimSuffix(statement, ";")})
			}
		}
	}
	require.Greater(t, len(out), 10)
	return out
}

// duckdb runs statements, and returns the rows of each.
func duckdb(t *testing.T, node, script, dir string, sql []string) [][]map[string]any {
	t.Helper()
	input, err := json.Marshal(sql)
	require.NoError(t, err)
	cmd := exec.Command(node, script)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var rows [][]map[string]any
	require.NoError(t, json.Unmarshal(out, &rows))
	return rows
}

// lineOf is some columns of a row as a line. Fractions are cut to two digits, as the
// program writes them.
func lineOf(row map[string]any, columns ...string) string {
	var out []string
	for _, c := range columns {
		switch v := row[c].(type) {
		case nil:
			out = append(out, "-")
		case float64:
			out = append(out, cut(v))
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	return strings.Join(out, " | ")
}

func cut(v float64) string {
	if v < 0 {
		return "-" + cut(-v)
	}
	return strconv.FormatFloat(float64(int(v*100+1e-6))/100, 'f', -1, 64)
}

// An agreement is what a query must return.
type agreement struct {
	columns []string // of the query
	want    func() []string
	leaves  func(row map[string]any) bool // rows of which the program says nothing; nil for none
}

// joined writes values as lineOf does.
func joined(values ...any) string {
	row, columns := map[string]any{}, make([]string, len(values))
	for i, v := range values {
		columns[i] = strconv.Itoa(i)
		row[columns[i]] = v
		switch v := v.(type) {
		case *float64:
			row[columns[i]] = nil
			if v != nil {
				row[columns[i]] = *v
			}
		case string:
			if v == "" {
				row[columns[i]] = nil
			}
		}
	}
	return lineOf(row, columns...)
}

// agreements has what the program says, by the heading of the query that says it, too.
func agreements(then, now *wire.Portfolio, reports []wire.Report) map[string]agreement {
	review := func(p *wire.Portfolio, id portfolio.ID) (file, workload, outcome string, high int) {
		r := p.Reviews[id-1]
		return r.File, r.Workload, r.Outcome, r.High
	}
	lens := now.Lenses[0]
	return map[string]agreement{
		"Verdicts by segment": {[]string{"segment", "reviews", "failed", "incomplete", "passed"}, func() (out []string) {
			for _, b := range now.By.Values {
				n := map[string]int{}
				for _, id := range b.Reviews {
					_, _, outcome, _ := review(now, id)
					n[outcome]++
				}
				name := b.Name
				if name == "" {
					name = "not given"
				}
				out = append(out, joined(name, len(b.Reviews), n["failed"], n["incomplete"], n["passed"]))
			}
			return out
		}, nil},
		"Workloads at risk": {[]string{"workload", "file", "verdict", "score", "coverage", "high_risk", "medium_risk", "open", "waived", "overdue", "unanswered"}, func() (out []string) {
			for _, r := range now.Reviews {
				out = append(out, joined(r.Workload, r.File, r.Verdict, r.Score, r.Coverage, r.High, r.Medium, r.Open, r.Waived, r.Overdue, r.Missing))
			}
			return out
		}, nil},
		"Practices that fail most often": {[]string{"practice", "title", "pillar", "severity", "open", "waived", "unanswered", "applicable"}, func() (out []string) {
			for _, p := range lens.Practices {
				out = append(out, joined(p.ID, p.Title, p.Pillar, p.Severity, len(p.Open), len(p.Waived), len(p.Missing), p.Applicable))
			}
			return out
		}, nil},
		"Questions at risk": {[]string{"question", "high", "medium"}, func() (out []string) {
			for _, q := range lens.Questions {
				out = append(out, joined(q.ID, len(q.High), len(q.Medium)))
			}
			return out
		}, nil},
		"Open findings by layer": {[]string{"layer", "open"}, func() (out []string) {
			for _, l := range lens.Layers {
				out = append(out, joined(l.ID, l.Open))
			}
			return out
		}, nil},
		"Overdue by owner": {[]string{"owner", "open", "high_severity", "overdue", "next_due"}, func() (out []string) {
			for _, o := range now.Owners {
				name := o.Name
				if name == "" {
					name = "nobody"
				}
				out = append(out, joined(name, o.Open, o.HighSeverity, o.Overdue, o.Next))
			}
			return out
		}, nil},
		"Waivers that end within 30 days, and those that have ended": {[]string{"waived_until", "days_left", "workload", "practice"}, func() (out []string) {
			for _, w := range now.Waivers {
				_, workload, _, _ := review(now, w.Review)
				out = append(out, joined(w.Expires, w.Days, workload, w.Practice))
			}
			return out
		}, nil},
		"Reviews without an answer for a year": {[]string{"workload", "file", "answered_on", "days"}, func() (out []string) {
			for _, id := range now.Stale {
				r := now.Reviews[id-1]
				var age any
				if r.Age != nil {
					age = *r.Age
				}
				out = append(out, joined(r.Workload, r.File, r.Answered, age))
			}
			return out
		}, nil},
		"What to do first, by owner": {[]string{"owner", "now", "next", "later", "highest_priority"}, func() (out []string) {
			count, highest := map[string]map[scoring.Horizon]int{}, map[string]float64{}
			for _, r := range reports {
				for _, f := range r.Findings {
					if f.Horizon == "" {
						continue // waived
					}
					owner := cmp.Or(f.Owner, "nobody")
					if count[owner] == nil {
						count[owner] = map[scoring.Horizon]int{}
					}
					count[owner][f.Horizon]++
					highest[owner] = max(highest[owner], f.Priority)
				}
			}
			for owner, n := range count {
				out = append(out, joined(owner, n[scoring.Now], n[scoring.Next], n[scoring.Later], highest[owner]))
			}
			return out
		}, nil},
		"What nobody knows or answered": {[]string{"pillar", "cannot_determine", "unanswered"}, func() (out []string) {
			unknown, missing := map[string]int{}, map[string]int{}
			for _, p := range lens.Practices {
				unknown[p.Pillar] += len(p.Unknown)
				missing[p.Pillar] += len(p.Missing)
			}
			for pillar := range unknown {
				out = append(out, joined(pillar, unknown[pillar], missing[pillar]))
			}
			return out
		}, nil},
		"Movement between two days": {[]string{"file", "high_then", "high_now", "high_change"}, func() (out []string) {
			for i := range now.Reviews {
				file, _, _, was := review(then, portfolio.ID(i+1))
				_, _, _, is := review(now, portfolio.ID(i+1))
				out = append(out, joined(file, was, is, is-was))
			}
			return out
		}, nil},
		"Findings that were closed, and new ones": {[]string{"file", "practice", "change"}, func() (out []string) {
			was, is := findings(then), findings(now)
			for at := range is {
				if !was[at] {
					out = append(out, at+" | new")
				}
			}
			for at := range was {
				if !is[at] {
					out = append(out, at+" | closed")
				}
			}
			return out
		}, nil},
		"The portfolio over time": {[]string{"assessed_on", "reviews", "passed", "high_risk"}, func() (out []string) {
			for _, p := range []*wire.Portfolio{then, now} {
				high, passed := 0, 0
				for _, r := range p.Reviews {
					high += r.High
					if r.Outcome == "passed" {
						passed++
					}
				}
				out = append(out, joined(p.AsOf, len(p.Reviews), passed, high))
			}
			return out
		}, nil},
		"Gaps of frameworks": {[]string{"framework", "provision", "provision_title", "gaps", "not_met", "partly_met", "met"}, func() (out []string) {
			for _, f := range now.Frameworks {
				for _, p := range f.Provisions {
					gaps := len(p.NotMet) + len(p.PartlyMet) + len(p.Unknown) + len(p.NotAnswered)
					out = append(out, joined(f.ID, p.ID, p.Title, gaps, len(p.NotMet), len(p.PartlyMet), p.Met))
				}
			}
			return out
		}, nil},
	}
}

// findings are the findings of a portfolio: file and practice.
func findings(p *wire.Portfolio) map[string]bool {
	out := map[string]bool{}
	for _, practice := range p.Lenses[0].Practices {
		for _, ids := range []portfolio.IDs{practice.Open, practice.Waived} {
			for _, id := range ids {
				out[p.Reviews[id-1].File+" | "+practice.ID] = true
			}
		}
	}
	return out
}

// writeReviews writes the reviews of two machines as they are on a day: the later, the
// better most of them are.
func writeReviews(t *testing.T, dir, day string) {
	t.Helper()
	for i := range uint64(24) {
		rnd := rand.New(rand.NewPCG(i, uint64(len(day))+uint64(day[6])))
		pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
		var b strings.Builder
		segment := []string{"consumer", "industrial", "utilities", ""}[i%4]
		fmt.Fprintf(&b, "schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload:\n  name: Plant %d\n  review_owner: Owner of %d\n", i, i)
		if segment != "" {
			fmt.Fprintf(&b, "  profile:\n    segment: %s\n    fleet_size: %d\n", segment, 100*i+1)
		}
		b.WriteString("answers:\n")
		waivers := ""
		for _, id := range testlens.Lens().PracticeIDs() {
			status := pick("implemented", "implemented", "partially_implemented", "not_implemented", "not_applicable", "cannot_determine", "")
			if i%6 == 5 {
				status = "implemented"
			}
			if status == "" {
				continue
			}
			fmt.Fprintf(&b, "  %s:\n    status: %s\n", id, status)
			if status == "not_applicable" {
				b.WriteString("    reason: It has none.\n")
			}
			if status == "partially_implemented" {
				fmt.Fprintf(&b, "    extent: %s\n", pick("few", "half", "35%"))
			}
			if owner := pick("", "Ana", "Bo Chen", "'O''Neil, \"Q\" |'"); owner != "" {
				fmt.Fprintf(&b, "    owner: %s\n", owner)
			}
			if due := pick("", "2026-10-01", "2026-11-22", "2026-11-23", "2026-12-10", "2027-05-01"); due != "" {
				fmt.Fprintf(&b, "    due: %s\n", due)
			}
			if i%5 != 4 {
				fmt.Fprintf(&b, "    by: Ana\n    at: %s\n", []string{"2025-01-31", "2026-10-05"}[i%2])
			}
			if rnd.IntN(5) == 0 {
				waivers += fmt.Sprintf("  - practice: %s\n    owner: Ana\n    approver: Cy\n    reason: Agreed.\n    expires: %s\n", id, pick("2026-11-01", "2026-11-23", "2026-12-01", "2026-12-23", "2026-12-24", "2027-06-30"))
			}
		}
		if waivers != "" {
			b.WriteString("waivers:\n" + waivers)
		}
		file := filepath.Join(dir, []string{"north", "south"}[i%2], fmt.Sprintf("plant-%02d.review.yaml", i))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	}
}
