package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The constraints of aws-well-architected-framework-review-v1.schema.json
// (repository aws-samples/sample-well-architected-skills-and-steering, 2026-08-17)
// in our own words. The file itself is not ours to carry; where
// IOTLENS_AWS_REVIEW_SCHEMA names a copy, the tests hold documents to it as well.
var (
	bpID     = regexp.MustCompile(`^[A-Z]{2,}[0-9]{1,3}-BP[0-9]{1,3}$`)
	pillars  = []string{"operational_excellence", "security", "reliability", "performance_efficiency", "cost_optimization", "sustainability"}
	statuses = []string{"implemented", "partially_implemented", "not_implemented", "not_applicable", "cannot_determine"}
	grades   = []string{"critical", "high", "medium", "low"}
)

type object = map[string]any

// openSchemaBreaches names every constraint that a document breaks.
func openSchemaBreaches(data []byte) []string {
	var doc object
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil || doc == nil {
		return []string{"no object"}
	}
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	known := func(where string, o object, keys ...string) {
		for _, k := range slices.Sorted(maps.Keys(o)) {
			if !slices.Contains(keys, k) {
				say("%s: unknown key %s", where, k)
			}
		}
	}
	text := func(where string, o object, key string, least int) {
		if v, ok := o[key]; ok {
			if s, isText := v.(string); !isText || utf8.RuneCountInString(s) < least {
				say("%s: %s", where, key)
			}
		}
	}
	among := func(where string, o object, key string, null bool, words ...string) {
		v, ok := o[key]
		if !ok || null && v == nil {
			return
		}
		if s, isText := v.(string); !isText || !slices.Contains(words, s) {
			say("%s: %s", where, key)
		}
	}
	whole := func(v any, least, most int64) bool {
		n, isNumber := v.(json.Number)
		i, err := n.Int64()
		return isNumber && err == nil && i >= least && i <= most
	}

	known("review", doc, "schema_version", "workload", "date", "review_mode", "skill_version", "run_id", "lens", "business_criticality", "pillar_scores", "findings", "recall_note")
	for _, k := range []string{"schema_version", "workload", "date", "review_mode", "skill_version", "run_id", "pillar_scores", "findings", "recall_note"} {
		if _, ok := doc[k]; !ok {
			say("review: no %s", k)
		}
	}
	if v, _ := doc["schema_version"].(string); !regexp.MustCompile(`^1\.[0-9]+\.[0-9]+$`).MatchString(v) {
		say("review: schema_version")
	}
	text("review", doc, "workload", 1)
	text("review", doc, "skill_version", 0)
	text("review", doc, "run_id", 1)
	text("review", doc, "recall_note", 1)
	if _, err := time.Parse(time.DateOnly, fmt.Sprint(doc["date"])); err != nil {
		say("review: date")
	}
	among("review", doc, "review_mode", false, "full", "quick", "pillar-scoped", "score")
	among("review", doc, "business_criticality", false, "critical", "high", "standard", "low")
	if v, ok := doc["lens"]; ok {
		list, isList := v.([]any)
		if !isList || slices.ContainsFunc(list, func(e any) bool { _, isText := e.(string); return !isText }) {
			say("review: lens")
		}
	}
	scores, _ := doc["pillar_scores"].(object)
	if len(scores) == 0 {
		say("review: pillar_scores")
	}
	known("pillar_scores", scores, pillars...)
	for _, k := range slices.Sorted(maps.Keys(scores)) {
		if !whole(scores[k], 1, 5) {
			say("pillar_scores: %s", k)
		}
	}
	findings, isList := doc["findings"].([]any)
	if !isList {
		say("review: findings")
	}
	for i, v := range findings {
		where := fmt.Sprintf("finding %d", i)
		f, isObject := v.(object)
		if !isObject {
			say("%s: no object", where)
			continue
		}
		known(where, f, "bp_id", "title", "lens", "pillar", "status", "severity", "evidence", "effort", "recommendation")
		_, id := f["bp_id"]
		_, title := f["title"]
		if !id && !title {
			say("%s: neither bp_id nor title", where)
		}
		if s, isText := f["bp_id"].(string); id && (!isText || !bpID.MatchString(s)) {
			say("%s: bp_id", where)
		}
		text(where, f, "title", 1)
		text(where, f, "lens", 0)
		text(where, f, "recommendation", 0)
		for _, k := range []string{"pillar", "status"} {
			if _, ok := f[k]; !ok {
				say("%s: no %s", where, k)
			}
		}
		among(where, f, "pillar", false, pillars...)
		among(where, f, "status", false, statuses...)
		among(where, f, "severity", true, grades...)
		among(where, f, "effort", true, "low", "medium", "high")
		if f["status"] == "not_implemented" || f["status"] == "partially_implemented" {
			if f["severity"] == nil {
				say("%s: a gap without a severity", where)
			}
		}
		if v, ok := f["evidence"]; ok {
			e, isObject := v.(object)
			if !isObject {
				say("%s: evidence", where)
			}
			known(where+" evidence", e, "file", "line", "note")
			text(where+" evidence", e, "file", 0)
			text(where+" evidence", e, "note", 0)
			if line, ok := e["line"]; ok && !whole(line, 1, 1<<53) {
				say("%s evidence: line", where)
			}
		}
	}
	return out
}

// officialSchema is the schema itself, or nil where no copy is named.
func officialSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	path := os.Getenv("IOTLENS_AWS_REVIEW_SCHEMA")
	if path == "" {
		return nil
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(path)
	require.NoError(t, err)
	return s
}

const soundOpenReview = `{"schema_version": "1.0.0", "workload": "w", "date": "2026-11-24", "review_mode": "full", "skill_version": "x",
 "run_id": "r", "lens": ["iot"], "business_criticality": "low", "pillar_scores": {"security": 5}, "recall_note": "n",
 "findings": [{"bp_id": "LABSEC01-BP01", "title": "t", "lens": "iot", "pillar": "security", "status": "not_implemented", "severity": "low",
  "evidence": {"file": "f", "line": 1, "note": "n"}, "effort": null, "recommendation": "r"}]}`

// The constraints in this file reject what the schema rejects.
func TestOpenReviewConstraintsRejectInvalid(t *testing.T) {
	official := officialSchema(t)
	assert.Empty(t, openSchemaBreaches([]byte(soundOpenReview)))
	for _, fault := range [][2]string{
		{`"1.0.0"`, `"2.0.0"`},
		{`"1.0.0"`, `1`},
		{`"workload": "w"`, `"workload": ""`},
		{`"workload": "w", `, ``},
		{`"2026-11-24"`, `"2026-11-31"`},
		{`"2026-11-24"`, `"24.11.2026"`},
		{`"full"`, `"half"`},
		{`"skill_version": "x"`, `"skill_version": null`},
		{`"run_id": "r"`, `"run_id": ""`},
		{`["iot"]`, `[1]`},
		{`["iot"]`, `"iot"`},
		{`"business_criticality": "low"`, `"business_criticality": "none"`},
		{`{"security": 5}`, `{}`},
		{`{"security": 5}`, `{"security": 6}`},
		{`{"security": 5}`, `{"security": 0}`},
		{`{"security": 5}`, `{"security": 4.5}`},
		{`{"security": 5}`, `{"privacy": 5}`},
		{`"recall_note": "n"`, `"recall_note": ""`},
		{`"recall_note": "n",`, `"recall_note": "n", "more": 1,`},
		{`[{"bp_id"`, `[1, {"bp_id"`},
		{`"LABSEC01-BP01"`, `"LABSEC01_BP01"`},
		{`"LABSEC01-BP01"`, `"I1-BP01"`},
		{`"LABSEC01-BP01"`, `"LABSEC0001-BP01"`},
		{`"LABSEC01-BP01"`, `"LABSEC01-BP1234"`},
		{`"LABSEC01-BP01"`, `null`},
		{`"bp_id": "LABSEC01-BP01", "title": "t", `, ``},
		{`"title": "t"`, `"title": ""`},
		{`"lens": "iot"`, `"lens": 1`},
		{`"pillar": "security"`, `"pillar": "Security"`},
		{`"pillar": "security", `, ``},
		{`"status": "not_implemented"`, `"status": "done"`},
		{`"status": "not_implemented", `, ``},
		{`"severity": "low"`, `"severity": "Low"`},
		{`"severity": "low"`, `"severity": null`},
		{`"severity": "low",`, ``},
		{`"line": 1`, `"line": 0`},
		{`"line": 1`, `"line": "1"`},
		{`"line": 1`, `"col": 1`},
		{`{"file": "f", "line": 1, "note": "n"}`, `"f"`},
		{`"effort": null`, `"effort": "huge"`},
		{`"recommendation": "r"`, `"recommendation": null`},
		{`"recommendation": "r"`, `"priority": 1`},
	} {
		require.Contains(t, soundOpenReview, fault[0])
		broken := strings.Replace(soundOpenReview, fault[0], fault[1], 1)
		assert.NotEmpty(t, openSchemaBreaches([]byte(broken)), "%s to %s", fault[0], fault[1])
		if official != nil {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(broken))
			require.NoError(t, err)
			assert.Error(t, official.Validate(v), "%s to %s", fault[0], fault[1])
		}
	}
}

func holdToOpenSchema(t require.TestingT, official *jsonschema.Schema, data string) {
	require.Empty(t, openSchemaBreaches([]byte(data)))
	if official != nil {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
		require.NoError(t, err)
		require.NoError(t, official.Validate(v))
	}
}

func TestOpenReviewIsValid(t *testing.T) {
	official := officialSchema(t)
	if official != nil {
		holdToOpenSchema(t, official, soundOpenReview)
	}
	l := testlens.Lens()
	for _, file := range []string{"thermostats", "trackers", "waterworks"} {
		holdToOpenSchema(t, official, written(t, "aws-review", assessed(t, "../../testdata/lens/reviews/"+file+".review.yaml")))
	}
	holdToOpenSchema(t, official, write(t, "aws-review", hostileReview()))
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Workload: review.Workload{Name: rapid.StringMatching(`\S.{2,20}`).Draw(t, "name")}, Answers: map[string]review.Answer{}}
		if rapid.Bool().Draw(t, "scoped") {
			r.Scope.Pillars = []string{rapid.SampledFrom(l.PillarIDs()).Draw(t, "pillar")}
		}
		scored := false
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(l.PracticeIDs()), 0, 60, rapid.ID).Draw(t, "answered") {
			s := rapid.SampledFrom(review.Statuses()).Draw(t, "status")
			r.Answers[id] = review.Answer{Status: s, Reason: "r", Note: rapid.String().Draw(t, "note"), Owner: "o"}
			if p, _ := l.Practice(id); s != review.NotApplicable && (len(r.Scope.Pillars) == 0 || p.Pillar == r.Scope.Pillars[0]) {
				scored = true
			}
		}
		text := written(t, "aws-review", scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day}))
		holdToOpenSchema(t, official, text)
		require.Equal(t, !scored, strings.Contains(text, "Nothing has been assessed in any pillar"))
	})
}

func TestOpenReviewMatchesReview(t *testing.T) {
	a := assessed(t, testlens.ReviewPath(testlens.Waterworks))
	text := written(t, "aws-review", a)
	assert.Equal(t, text, written(t, "aws-review", a))
	var doc struct {
		RunID    string         `json:"run_id"`
		Mode     string         `json:"review_mode"`
		Scores   map[string]int `json:"pillar_scores"`
		Findings []struct {
			ID       string `json:"bp_id"`
			Status   string
			Severity string
			Evidence struct{ Note string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	byID := map[string]string{}
	for _, f := range doc.Findings {
		byID[f.ID] = f.Status
		if f.ID == "LABSEC04-BP01" {
			assert.Contains(t, f.Evidence.Note, "Waived until 2026-12-10 (owner ")
		}
	}
	for _, p := range a.Practices {
		assert.Equal(t, string(p.Status), byID[p.ID], p.ID)
	}
	assert.Equal(t, "full", doc.Mode)
	for _, p := range a.Pillars {
		score, _ := p.Lens.Score()
		want := 5
		for i, limit := range []float64{25, 50, 75, 100} {
			if score < limit {
				want = i + 1
				break
			}
		}
		assert.Equal(t, want, doc.Scores[strings.ReplaceAll(p.ID, "-", "_")], p.ID)
	}
	a.Today = "2026-11-25"
	assert.NotContains(t, written(t, "aws-review", a), doc.RunID, "another day is another run")
}

// Open reviews of other lenses are valid. Best practices of pillars that the Framework does
// not have are counted as left out.
func TestOpenReviewsOfOtherLenses(t *testing.T) {
	official := officialSchema(t)
	lenses, told := 0, 0
	for _, f := range corpus.Lenses(t) {
		doc, problems := customlens.Read(f.Name, f.Data)
		if len(problems) > 0 {
			continue
		}
		l, problems := customlens.Import(doc, "", "")
		if len(problems) > 0 {
			continue
		}
		r := &review.Review{Workload: review.Workload{Name: "Any"}, Answers: map[string]review.Answer{}}
		for i, id := range l.PracticeIDs() {
			r.Answers[id] = review.Answer{Status: review.Statuses()[i%5], Reason: "r"}
		}
		text := written(t, "aws-review", scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day}))
		holdToOpenSchema(t, official, text)
		var got struct {
			Findings []any
			Note     string `json:"recall_note"`
		}
		require.NoError(t, json.Unmarshal([]byte(text), &got))
		if left := len(r.Answers) - len(got.Findings); left > 0 {
			assert.Regexp(t, fmt.Sprintf("%d answers? of pillars that the schema doesn't have (is|are) left out", left), got.Note, f.Name)
		}
		lenses++
		if len(got.Findings) > 0 {
			told++
		}
	}
	assert.GreaterOrEqual(t, lenses, 25)
	assert.GreaterOrEqual(t, told, 15, "most lenses have pillars of the Framework")
}
