package openreview_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/openreview"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, text string) compare.Snapshot {
	t.Helper()
	s, err := openreview.Read("r.json", []byte(text), nil)
	require.NoError(t, err)
	return s
}

// withRequired returns a review with all keys that the schema requires.
func withRequired(findings string) string {
	return `{"schema_version": "1.0.0", "workload": "w", "review_mode": "full", "skill_version": "1", "run_id": "r", ` +
		`"pillar_scores": {"security": 3}, "recall_note": "n", "date": "2026-11-24", "findings": ` + findings + `}`
}

func TestIsID(t *testing.T) {
	for id, want := range map[string]bool{
		"IOTSEC01-BP01": true, "SEC03-BP02": true, "EDGE01-BP01": true, "AB1-BP1": true, "ABC123-BP123": true,
		"A1-BP1": false, "IOTSEC01_BP01": false, "iotsec01-BP01": false, "IOTSEC-BP01": false, "IOTSEC0001-BP01": false,
		"IOTSEC01-BP": false, "IOTSEC01-BP0001": false, "IOTSEC01-BP1x": false, "IOTSEC01": false, "": false, "IOTSEC01-CP01": false,
	} {
		assert.Equal(t, want, openreview.IsID(id), id)
	}
	for _, id := range shipped.Lens().PracticeIDs() {
		assert.True(t, openreview.IsID(id), id)
	}
}

func TestPillar(t *testing.T) {
	for _, c := range [][3]string{
		{"cost-optimization", "", "cost_optimization"},
		{"costOptimization", "", "cost_optimization"},
		{"SEC", "Security", "security"},
		{"waf_ec_4_perf", "Performance efficiency", "performance_efficiency"},
		{"performance", "Speed", "performance_efficiency"},
		{"Security", "SEC", "security"},
		{"x", "Security Pillar", "security"},
		{"architecture", "01 - Architecture", ""},
		{"", "", ""},
		{"multi_account", "Security and more", ""},
	} {
		got, ok := openreview.Pillar(c[0], c[1])
		assert.Equal(t, c[2], got, "%q", c)
		assert.Equal(t, c[2] != "", ok)
	}
	for _, p := range testlens.Lens().Pillars {
		_, ok := openreview.Pillar(p.ID, p.Name)
		assert.True(t, ok, p.ID)
	}
}

// Read returns what Write wrote.
func TestReadOfWrite(t *testing.T) {
	l := testlens.Lens()
	f, err := review.Load(testlens.ReviewPath(testlens.Waterworks), l)
	require.NoError(t, err)
	a := scoring.Assess(l, f.Review, scoring.Options{Today: "2026-11-24"})
	format, err := report.Formats().Find("aws-review")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, format.Write(&b, a))
	s, err := openreview.Read("r.json", b.Bytes(), l)
	require.NoError(t, err)
	assert.Equal(t, compare.Source{
		Name: "r.json", Kind: compare.AWSReview, Workload: a.Workload.Name, AsOf: "2026-11-24", Schema: "1.0.0", Depth: "full",
	}, s.Source)
	require.Len(t, s.Practices, len(a.Practices))
	for i, p := range a.Practices {
		got := s.Practices[i]
		assert.Equal(t, p.ID, got.ID)
		assert.Equal(t, p.Title, got.Title)
		assert.Equal(t, p.Question, got.Question)
		assert.Equal(t, p.Pillar, got.Pillar)
		assert.Equal(t, p.Layers, got.Layers)
		assert.Equal(t, p.Status, got.Status)
		if p.IsFinding() {
			assert.EqualValues(t, p.Severity, got.Severity)
		}
	}
}

// A file that the schema allows is read like wa-ci reads it.
func TestReadLikeWACI(t *testing.T) {
	s := read(t, withRequired(`[
		{"bp_id": "SEC01-BP01", "status": "not_implemented", "severity": "high", "pillar": "cost_optimization", "more": {}},
		{"title": " A topic ", "status": "partially_implemented", "severity": "low", "pillar": "security"},
		{"title": "Fine", "status": "implemented", "pillar": "security"},
		{"bp_id": "SEC01-BP01", "status": "implemented", "Status": "not_implemented", "pillar": "security"}
	], "extra": 1`))
	assert.Equal(t, []compare.Practice{
		{ID: "SEC01-BP01", Title: "(no title)", Question: "SEC01", Pillar: "security", Answer: review.Answer{Status: review.Implemented}},
	}, s.Practices)
	assert.Equal(t, []compare.Practice{
		{Title: "A topic", Pillar: "security", Answer: review.Answer{Status: review.PartiallyImplemented}, Severity: "low"},
	}, s.GapsWithoutID)
}

// Files that the schema does not allow are errors, so that no gate passes on them.
func TestReadRefusesInvalidReviews(t *testing.T) {
	const missing = " is missing; expected a review in the schema aws-well-architected-framework-review-v1"
	for text, want := range map[string]string{
		"":                      "r.json: invalid JSON at or just above line 1",
		"{\n\"findings\": [\n}": "r.json: invalid JSON at or just above line 3",
		"{} {}":                 "r.json: invalid JSON at or just above line 1",
		"\xff":                  "r.json: not in UTF-8",
		"[]":                    "r.json: must be one JSON object, a review in the schema aws-well-architected-framework-review-v1",
		"null":                  "r.json: must be one JSON object, a review in the schema aws-well-architected-framework-review-v1",
		"{}":                    "r.json: schema_version" + missing,
		`{"findings": [], "schema_version": "1.0.0", "review_mode": "full"}`: "r.json: workload" + missing,
		withRequired(`null`):                                                                                           "r.json: findings must be a list",
		withRequired(`{"a": 1}`):                                                                                       "r.json: findings must be a list",
		withRequired(`[null, {"bp_id": ["x"]}, 3]`):                                                                    "r.json: finding 1: must be an object\nr.json: finding 2: bp_id must be a string such as IOTSEC05-BP01, not [\"x\"]\nr.json: finding 3: must be an object",
		withRequired(`[{"pillar": "security", "status": "implemented"}]`):                                              "r.json: finding 1: needs a bp_id or a title",
		withRequired(`[{"bp_id": "SEC01-BP01", "status": "implemented"}]`):                                             "r.json: finding 1: pillar is missing",
		withRequired(`[{"bp_id": "SEC01-BP01", "pillar": "security"}]`):                                                "r.json: finding 1: status is missing",
		withRequired(`[{"bp_id": "SEC01-BP01", "pillar": "security", "status": "DONE"}]`):                              `r.json: finding 1: status must be one of implemented, partially_implemented, not_implemented, not_applicable, cannot_determine, not "DONE"`,
		withRequired(`[{"bp_id": "SEC01-BP01", "pillar": "security", "status": "implemented", "severity": "urgent"}]`): `r.json: finding 1: severity must be one of critical, high, medium, low, not "urgent"`,
		withRequired(`[` + strings.Repeat(`1, `, 200) + `1]`):                                                          strings.Join(manyInvalid(), "\n"),
	} {
		_, err := openreview.Read("r.json", []byte(text), nil)
		assert.EqualError(t, err, want, "%q", text)
	}
}

func manyInvalid() []string {
	var out []string
	for i := range 100 {
		out = append(out, fmt.Sprintf("r.json: finding %d: must be an object", i+1))
	}
	return append(out, "r.json: more than 100 findings are invalid")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema_version": "1.0.0", "findings": [{"bp_id": "SEC01-BP01", "status": "implemented"}]}`))
	f.Add([]byte(`{"findings": [{"title": "t", "status": "not_implemented"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := openreview.Read("r.json", data, testlens.Lens())
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, p := range s.Practices {
			assert.NotEmpty(t, p.ID)
			assert.False(t, seen[p.ID])
			seen[p.ID] = true
		}
		assert.True(t, json.Valid(data))
		assert.True(t, strings.Contains(string(data), "findings") || strings.Contains(string(data), `\u`))
	})
}

// An invalid date is ignored, as it would be shown in the heading of a comparison.
func TestReadIgnoresAnInvalidDate(t *testing.T) {
	for date, want := range map[string]string{`"2026-08-06"`: "2026-08-06", `"last week"`: "", `"2026-13-01"`: "", "20260806": ""} {
		s, err := openreview.Read("r.json", []byte(strings.Replace(withRequired("[]"), `"2026-11-24"`, date, 1)), nil)
		require.NoError(t, err)
		assert.Equal(t, want, s.AsOf, date)
	}
}
