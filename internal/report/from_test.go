package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// readJSON reads a saved report where the test lens is at hand.
func readJSON(name string, data []byte) (*scoring.Assessment, error) {
	a, _, err := wire.Read(name, data, testlens.Lens())
	return a, err
}

// requireReadBack checks that a JSON report, when it is read back, gives the same bytes as the
// assessment in every format.
func requireReadBack(t require.TestingT, a *scoring.Assessment, except ...string) {
	read, err := readJSON("report.json", []byte(written(t, "json", a)))
	require.NoError(t, err)
	for _, f := range report.Formats() {
		if slices.Contains(except, f.Name) {
			continue
		}
		if want, got := written(t, f.Name, a), written(t, f.Name, read); want != got {
			require.Equal(t, want, got, f.Name)
		}
	}
}

func TestReadReportRoundTrip(t *testing.T) {
	files, err := filepath.Glob("../../testdata/lens/reviews/*.review.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range append(files, "../../testdata/golden/small.review.yaml") {
		f, err := review.Load(file, testlens.Lens())
		require.NoError(t, err)
		for _, mode := range []scoring.Mode{scoring.Monotone, scoring.AWS} {
			a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: mode, Today: day, File: filepath.Base(file), Lines: f.AnswerLines()})
			requireReadBack(t, a)
		}
	}
	// Neither review files nor JSON can have invalid UTF-8.
	hostile, err := readJSON("report.json", []byte(written(t, "json", scoring.Assess(testlens.Lens(), hostileReview(), scoring.Options{Mode: scoring.Monotone, Today: day}))))
	require.NoError(t, err)
	requireReadBack(t, hostile)
	requireReadBack(t, scoring.Assess(testlens.Lens(), &review.Review{}, scoring.Options{Mode: scoring.Monotone, Today: day}))
}

func TestReadAnyReportRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := map[string]int{}
		for i, id := range testlens.Lens().PracticeIDs() {
			lines[id] = i + 1
		}
		a := scoring.Assess(testlens.Lens(), anyReview(t), scoring.Options{
			Mode:  rapid.SampledFrom([]scoring.Mode{scoring.Monotone, scoring.AWS}).Draw(t, "mode"),
			Today: day, File: "a b.review.yaml", Lines: lines,
		})
		requireReadBack(t, a, "pdf") // a second's worth of drawing, and the same for every review above
	})
}

// anyReview draws a review with any statuses, texts, waivers, scope and profile.
func anyReview(t *rapid.T) *review.Review {
	l := testlens.Lens()
	some := func(label string, words []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, min(len(words), 5), rapid.ID).Draw(t, label)
	}
	said := rapid.OneOf(rapid.SampledFrom([]string{"", "", string([]rune(hostile)), "two\nlines", " padded "}), rapid.String())
	date := rapid.SampledFrom([]string{"", "2026-11-22", day, "2026-12-01", "2027-11-23"})
	r := &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: rapid.SampledFrom([]string{l.Version, "2024-01-01"}).Draw(t, "version"),
		Workload: review.Workload{Name: said.Draw(t, "name"), Description: said.Draw(t, "description"), Profile: review.Profile{
			Stage:     rapid.SampledFrom(append(lens.TermIDs(l.Stages), "")).Draw(t, "stage"),
			FleetSize: rapid.IntRange(0, 200000).Draw(t, "fleet"), Scenarios: some("scenarios", l.ScenarioIDs()),
		}},
		Scope:   review.Scope{Pillars: some("pillars", l.PillarIDs()), Layers: some("layers", l.LayerIDs())},
		Answers: map[string]review.Answer{},
		Parked:  []review.Topic{{Topic: said.Draw(t, "topic"), Practice: "LABSEC01-BP01", At: day}},
	}
	for _, id := range some("answered", l.PracticeIDs()) {
		r.Answers[id] = review.Answer{
			Status: rapid.SampledFrom(review.Statuses()).Draw(t, id), Reason: said.Draw(t, "reason"), Note: said.Draw(t, "note"),
			Owner: said.Draw(t, "owner"), Due: date.Draw(t, "due"), By: said.Draw(t, "by"), At: date.Draw(t, "at"),
			Evidence: rapid.SliceOfN(said, 0, 2).Draw(t, "evidence"),
		}
		if expires := date.Draw(t, "expires"); expires != "" {
			r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: said.Draw(t, "carries"), Approver: "a", Reason: said.Draw(t, "because"), Expires: expires})
		}
	}
	return r
}

// A review may have 8 MB, and its report more; Read accepts it.
func TestReadLargeReport(t *testing.T) {
	r := allAnswered(review.NotImplemented)
	for id, a := range r.Answers {
		a.Note = strings.Repeat("a long note ", 30000)
		r.Answers[id] = a
	}
	saved := written(t, "json", assess(r))
	require.Greater(t, len(saved), 8<<20)
	a, err := readJSON("r.json", []byte(saved))
	require.NoError(t, err)
	assert.Equal(t, saved, written(t, "json", a))
	_, err = readJSON("r.json", []byte(saved[:len(saved)-10]))
	assert.ErrorContains(t, err, "r.json: not valid JSON: ")
}

func TestReadReportIsStrict(t *testing.T) {
	sound := written(t, "json", assessed(t, "../../testdata/golden/small.review.yaml"))
	change := func(path []any, to any) string {
		var v any
		require.NoError(t, json.Unmarshal([]byte(sound), &v))
		at := v
		for _, step := range path[:len(path)-1] {
			switch step := step.(type) {
			case string:
				at = at.(map[string]any)[step]
			case int:
				at = at.([]any)[step]
			}
		}
		at.(map[string]any)[path[len(path)-1].(string)] = to
		out, err := json.MarshalIndent(v, "", " ")
		require.NoError(t, err)
		return string(out)
	}
	in := func(path ...any) []any { return path }
	_, err := readJSON("r.json", []byte(change(in("verdict"), "All is well.")))
	require.NoError(t, err, "what is said twice is not read")
	open, err := readJSON("r.json", []byte(change(in("waivers"), []any{})))
	require.NoError(t, err)
	for _, f := range open.Findings {
		assert.False(t, f.Waived, "%s: nothing is waived without a waiver", f.ID)
	}
	_, err = readJSON("r.json", []byte("\xef\xbb\xbf"+sound))
	require.NoError(t, err)

	for name, c := range map[string]struct{ text, want string }{
		"empty":             {"", "r.json:1: the file is empty"},
		"no JSON":           {"schema: 1\n", "r.json:1: "},
		"another file":      {"{}", "r.json: not a JSON report of iotlens: it has no schema_version. Write one with: iotlens report FILE -f json=report.json"},
		"a list":            {"[]", "r.json: not a JSON report of iotlens: it has no schema_version. Write one with: iotlens report FILE -f json=report.json"},
		"cut off":           {sound[:len(sound)/2], "r.json:"},
		"something behind":  {sound + "{}", "unexpected text after the JSON value"},
		"newer":             {change(in("schema_version"), 9), "r.json: has schema_version 9, but this iotlens only reads up to 1; update iotlens"},
		"a key twice":       {strings.Replace(sound, `"as_of"`, `"as_of": "2020-01-01", "as_of"`, 1), `"as_of"`},
		"unknown key":       {change(in("practices", 0, "nota"), 1), `r.json: unknown field "nota"`},
		"wrong kind":        {change(in("practices", 0, "line"), "twelve"), "practices.line cannot be a string"},
		"unknown status":    {change(in("practices", 0, "answer"), map[string]any{"status": "done"}), `practices[0].answer.status: unknown value "done"; known: implemented, partially_implemented`},
		"unknown severity":  {change(in("practices", 0, "severity"), "grave"), `practices[0].severity: unknown value "grave"; known: high, medium, low`},
		"markup for an id":  {change(in("findings", 0, "practice"), "<b>"), `r.json: findings[0].practice: "<b>" is not an id`},
		"no date":           {change(in("as_of"), "today"), `r.json: as_of: "today" is not a date such as 2026-12-31`},
		"twice":             {change(in("pillars", 1, "id"), "operational-excellence"), "r.json: pillars: duplicate id operational-excellence"},
		"a finding dropped": {change(in("findings"), []any{}), "findings: LABSEC05-BP01 (not implemented) is missing"},
		"an answer dropped": {change(in("practices"), []any{}), "findings: the report has no best practice \"LABSEC05-BP01\""},
		"a priority":        {change(in("findings", 0, "priority"), 101), "findings[0].priority: 101 is not between 0 and 100"},
		"a weight":          {change(in("weights", "credit", "implemented"), 1e300), "weights.credit.implemented: 1e+300 is out of range"},
	} {
		a, err := readJSON("r.json", []byte(c.text))
		assert.ErrorContains(t, err, c.want, name)
		assert.Nil(t, a, name)
	}
}

func FuzzReadJSON(f *testing.F) {
	var b bytes.Buffer
	format, err := report.Formats().Find("json")
	require.NoError(f, err)
	small, err := review.Load("../../testdata/golden/small.review.yaml", testlens.Lens())
	require.NoError(f, err)
	require.NoError(f, format.Write(&b, scoring.Assess(testlens.Lens(), small.Review, scoring.Options{Mode: scoring.Monotone, Today: day})))
	f.Add(b.String())
	f.Add(strings.ReplaceAll(b.String(), "high", "\x1b]0;x"))
	f.Fuzz(func(t *testing.T, data string) {
		a, err := readJSON("report.json", []byte(data))
		if err != nil {
			require.Nil(t, a)
			return
		}
		requireReadBack(t, a, "pdf", "html")
	})
}

// A JSON report that was changed at random is an error, or every format can write it.
func TestReadMutatedReport(t *testing.T) {
	sound := written(t, "json", assessed(t, "../../testdata/golden/small.review.yaml"))
	refused, taken := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var tree any
		require.NoError(t, json.Unmarshal([]byte(sound), &tree))
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			tree = changed(t, tree)
		}
		data, err := json.Marshal(tree)
		require.NoError(t, err)
		a, err := readJSON("report.json", data)
		if err != nil {
			require.Nil(t, a)
			refused++
			return
		}
		taken++
		for _, f := range report.Formats() {
			written(t, f.Name, a)
		}
		require.NoError(t, plain.MarkdownSummary(io.Discard, a))
	})
	require.Positive(t, refused)
	require.Positive(t, taken)
}

// changed changes one value somewhere in a tree of JSON, or drops it.
func changed(t *rapid.T, v any) any {
	deeper := rapid.IntRange(0, 9).Draw(t, "deeper") > 0
	switch v := v.(type) {
	case map[string]any:
		if key := rapid.SampledFrom(append(slices.Sorted(maps.Keys(v)), "")).Draw(t, "key"); deeper && key != "" {
			if rapid.IntRange(0, 9).Draw(t, "drop") == 0 {
				delete(v, key)
			} else {
				v[key] = changed(t, v[key])
			}
			return v
		}
	case []any:
		if len(v) > 0 && deeper {
			i := rapid.IntRange(0, len(v)-1).Draw(t, "index")
			if rapid.IntRange(0, 9).Draw(t, "drop") == 0 {
				return slices.Delete(v, i, i+1)
			}
			v[i] = changed(t, v[i])
			return v
		}
	}
	return rapid.SampledFrom([]any{
		nil, "", "x", hostile, "2026-01-01", 0, -1, 1e300, true, []any{}, map[string]any{}, "LABSEC05-BP01", "high", "security",
	}).Draw(t, "value")
}
