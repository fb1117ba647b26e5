package dataset_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/dataset"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	reader "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const day = "2026-11-23"

func lab(t *testing.T) *framework.Framework {
	t.Helper()
	f, err := framework.Load("../../../testdata/frameworks/lab.yaml", testlens.Lens())
	require.NoError(t, err)
	return f
}

// rowOf is the row of a review of the test lens.
func rowOf(t *testing.T, l *lens.Lens, name string) *portfolio.Row {
	t.Helper()
	r := testlens.Review(name)
	a := scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day})
	a.Frameworks = append(a.Frameworks, a.StandingAgainst(lab(t), l))
	c := view.Conclude(a)
	row := portfolio.RowOf(l, r, a, c.Outcome, portfolio.Badge{Mark: c.Badge.Symbol, Words: c.Badge.Words})
	row.File, row.Digest = "plants/"+name+".review.yaml", strings.Repeat("ab", 32)
	return row
}

func record(t *testing.T, o dataset.Options, rows ...*portfolio.Row) {
	t.Helper()
	f := lab(t)
	o.Day, o.Frameworks = day, func(*lens.Lens) []*framework.Framework { return []*framework.Framework{f} }
	d := dataset.New(o)
	for _, r := range rows {
		require.NoError(t, d.Record(r))
	}
	require.NoError(t, d.Close())
}

// files are the files below a folder, with their content.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		out[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	}))
	return out
}

func names(files map[string][]byte) []string {
	var out []string
	for name := range files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// read returns the rows of a file as texts by column, without null values.
func read(t *testing.T, file []byte) []map[string]string {
	t.Helper()
	f, err := reader.OpenFile(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	paths := f.Schema().Columns()
	var out []map[string]string
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buffer := make([]reader.Row, 1000)
		n, _ := rows.ReadRows(buffer)
		for _, r := range buffer[:n] {
			cells := map[string]string{}
			for _, v := range r {
				if !v.IsNull() {
					name := paths[v.Column()][0]
					cells[name] = strings.TrimPrefix(cells[name]+" "+v.String(), " ")
				}
			}
			out = append(out, cells)
		}
		require.NoError(t, rows.Close())
	}
	assert.Len(t, out, int(f.NumRows()))
	return out
}

func TestDatasetTables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	row := rowOf(t, testlens.Lens(), testlens.Waterworks)
	record(t, dataset.Options{Folder: dir, Shard: "one"}, row)
	got := files(t, dir)
	require.Equal(t, []string{
		"answers/lens=lab-iot/day=2026-11-23/part-one.parquet", "provisions/lens=lab-iot/day=2026-11-23/part-one.parquet", "reviews/lens=lab-iot/day=2026-11-23/part-one.parquet",
	}, names(got))

	reviews := read(t, got["reviews/lens=lab-iot/day=2026-11-23/part-one.parquet"])
	require.Len(t, reviews, 1)
	for column, want := range map[string]string{
		"workload": "Pump station telemetry", "file": "plants/waterworks.review.yaml", "lens_id": "lab-iot", "lens_version": "2026-01-15", "lens_revision": "1",
		"segment": "utilities", "device_class": "mcu mpu", "fleet_size": "1400", "safety_critical": "true", "review_owner": "Ines Ferro, Kelda Water", "outcome": row.Outcome.String(),
		"assessed_on": "20780", "answered_on": "20732", // days since 1970
	} {
		assert.Equal(t, want, reviews[0][column], column)
	}
	assert.NotContains(t, reviews[0], "personal_data", "the profile leaves it open")

	answers := read(t, got["answers/lens=lab-iot/day=2026-11-23/part-one.parquet"])
	require.Len(t, answers, len(row.Answers))
	statuses := map[string]int{}
	for i, a := range answers {
		statuses[a["status"]]++
		assert.Equal(t, fmt.Sprint(row.Answers[i].Finding), a["finding"])
		assert.Equal(t, reviews[0]["workload"], a["workload"])
		if a["practice"] == "LABEDGE01-BP01" {
			assert.Equal(t, []string{"partially_implemented", "Tomas Berg", "Tomas Berg", "LABEDGE01", "reliability", "edge design-and-manufacturing"},
				[]string{a["status"], a["owner"], a["answered_by"], a["question"], a["pillar"], a["layers"]})
			assert.NotEmpty(t, a["priority"])
			assert.NotEmpty(t, a["due"])
		}
	}
	assert.Len(t, statuses, 5, "the review has every status")
	assert.Len(t, read(t, got["provisions/lens=lab-iot/day=2026-11-23/part-one.parquet"]), 5)
}

// A run replaces its own shard only. The same rows give the same names and bytes.
func TestRunReplacesItsShard(t *testing.T) {
	t.Parallel()
	l, dir := testlens.Lens(), t.TempDir()
	one, two := rowOf(t, l, testlens.Waterworks), rowOf(t, l, testlens.Trackers)
	record(t, dataset.Options{Folder: dir}, one)
	first := files(t, dir)
	record(t, dataset.Options{Folder: dir}, two)
	both := files(t, dir)
	require.Len(t, both, 2*len(first), "another machine writes files of its own")
	record(t, dataset.Options{Folder: dir}, one)
	assert.Equal(t, both, files(t, dir), "the same rows give the same files")

	changed := *one
	changed.Answers = slices.Clone(one.Answers)
	changed.Answers[0].Owner = "somebody else"
	record(t, dataset.Options{Folder: dir}, &changed)
	again := files(t, dir)
	assert.Equal(t, names(both), names(again), "what the reviews say is not in the names")
	assert.NotEqual(t, both, again)

	record(t, dataset.Options{Folder: dir, Shard: "night"}, one)
	record(t, dataset.Options{Folder: dir, Shard: "night"}, one, two)
	assert.Len(t, files(t, dir), 3*len(first), "a named shard is replaced, whatever is in it")
}

// The id of a lens cannot lead out of the folder.
func TestPartitionNamesAreEscaped(t *testing.T) {
	t.Parallel()
	l := *testlens.Lens()
	l.ID = "../../x/lens=y é%"
	dir := t.TempDir()
	row := rowOf(t, &l, testlens.Waterworks)
	row.Standings = nil
	record(t, dataset.Options{Folder: filepath.Join(dir, "lake"), Shard: "p"}, row)
	assert.Equal(t, []string{
		"lake/answers/lens=..%2F..%2Fx%2Flens%3Dy%20%C3%A9%25/day=2026-11-23/part-p.parquet", "lake/reviews/lens=..%2F..%2Fx%2Flens%3Dy%20%C3%A9%25/day=2026-11-23/part-p.parquet",
	}, names(files(t, dir)))
}

func TestCheckShard(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "a", "plant-7", "2026.1_x", strings.Repeat("x", 100)} {
		assert.NoError(t, dataset.CheckShard(good), good)
	}
	for _, bad := range []string{"../x", ".", "a/b", "-x", " ", "é", "a\x1b", strings.Repeat("x", 101)} {
		assert.Error(t, dataset.CheckShard(bad), bad)
	}
}

// Nothing is written before Close, and nothing is left behind if the folder is a file.
func TestDatasetIsWrittenAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := dataset.New(dataset.Options{Folder: dir, Day: day})
	row := rowOf(t, testlens.Lens(), testlens.Waterworks)
	row.Standings = nil
	require.NoError(t, d.Record(row))
	assert.Empty(t, files(t, dir))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "reviews"), []byte("mine"), 0o600))
	require.ErrorContains(t, d.Close(), "reviews")
	assert.Equal(t, map[string][]byte{"reviews": []byte("mine")}, files(t, dir))
}

// docs/portfolio.md has every column, and docs/athena.sql creates the tables.
// UPDATE_GOLDEN=1 go test ./internal/report/dataset updates them.
func TestColumnsAreDocumented(t *testing.T) {
	tables, shared := dataset.Tables()
	var want strings.Builder
	row := func(c dataset.ColumnInfo) { fmt.Fprintf(&want, "| `%s` | `%s` | %s |\n", c.Name, c.Type, c.About) }
	want.WriteString("Of the review, in every table:\n\n| column | type | |\n| --- | --- | --- |\n")
	for _, c := range tables[0].Columns[:shared] {
		row(c)
	}
	for _, table := range tables {
		assert.Equal(t, tables[0].Columns[:shared], table.Columns[:shared])
		fmt.Fprintf(&want, "\nOf `%s`:\n\n| column | type | |\n| --- | --- | --- |\n", table.Name)
		for _, c := range table.Columns[shared:] {
			row(c)
		}
	}
	const file, begin, end = "../../../docs/portfolio.md", "go test ./internal/report/dataset -->\n", "<!-- /columns -->"
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), begin)
	require.True(t, ok)
	got, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	const athena = "../../../docs/athena.sql"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		got = want.String()
		require.NoError(t, os.WriteFile(file, []byte(before+begin+got+end+after), 0o644))
		require.NoError(t, os.WriteFile(athena, []byte(dataset.Athena()), 0o644))
	}
	assert.Equal(t, want.String(), got, "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report/dataset", file)
	sql, err := os.ReadFile(athena)
	require.NoError(t, err)
	assert.Equal(t, dataset.Athena(), string(sql), "%s; if the change is meant: UPDATE_GOLDEN=1 go test ./internal/report/dataset", athena)
}
