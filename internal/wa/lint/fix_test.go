package lint_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// restorable are mistakes from which Fix restores the original content.
var restorable = []struct{ sound, faulty string }{
	{`"name": "Frost"`, `"name": "Frost "`},
	{`"title": "How do you keep the frost out?"`, `"title": "\n How do you keep the frost out?\u00a0"`},
	{`"id": "GHFROST01"`, `"id": " GHFROST01"`},
	{`"url": "https://example.org/sensors.html"`, `"Url": "https://example.org/sensors.html"`},
	{`"url": "https://example.org/watering/schedules.html"`, `"url": " https://example.org/watering/schedules.html"`},
	{`"displayText": "Sensors."`, `"displayText": "Sensors.", "url": ""`},
	{`"displayText": "Set the heating to five degrees."`, `"url": " ", "displayText": "Set the heating to five degrees."`},
	{`"displayText": "Put a sensor into each bed."`, `"displayText": "Put a sensor into each bed.",`},
	{`"title": "Water on a schedule",`, `"title": "Water on a schedule"`},
	{`"title": "Heat below five degrees"`, `"title": "Heat below five degrees", "title": "Heat below five degrees"`},
	{`"condition": "GHFROST01_BP01 && !GHFROST01_no"`, `"condition": " GHFROST01_BP01  && !GHFROST01_no"`},
	{`"condition": "(GHOPS01_BP01 || GHOPS01_BP02) && !GHOPS01_no"`, "\"condition\": \"(GHOPS01_BP01\u00a0|| GHOPS01_BP02) && !GHOPS01_no\""},
	{`"risk": "MEDIUM_RISK"`, `"risk": "MEDIUM_RISK","risk":"MEDIUM_RISK","risk" : "MEDIUM_RISK",`},
	{`"description": "Valves open on a schedule or on a reading."`, "\"description\": \"Valves\u00a0open on a schedule or on a reading.\""},
}

func TestFixRestoresTheIntendedFile(t *testing.T) {
	sound := soundLens(t)
	var want any
	require.NoError(t, json.Unmarshal(sound, &want))
	rapid.Check(t, func(t *rapid.T) {
		faulty := sound
		n := 0
		for i, f := range restorable {
			if !rapid.Bool().Draw(t, f.faulty) {
				continue
			}
			require.Contains(t, string(faulty), f.sound, i)
			faulty = bytes.Replace(faulty, []byte(f.sound), []byte(f.faulty), 1)
			n++
		}
		if rapid.Bool().Draw(t, "mark") {
			faulty = append([]byte("\uFEFF"), faulty...)
			n++
		}
		if rapid.Bool().Draw(t, "crlf") {
			faulty = bytes.ReplaceAll(faulty, []byte("\n"), []byte("\r\n"))
		}
		fixed, done := lint.Fix(lint.Source{File: "lens.json", Data: faulty})
		assert.GreaterOrEqual(t, len(done), n)
		var got any
		require.NoError(t, json.Unmarshal(fixed, &got), "%s", fixed)
		assert.Equal(t, want, got)
		assert.Empty(t, linted(t, lint.Source{File: "lens.json", Data: fixed}))
	})
}

// With two choices for None of these, the intended one is unknown.
func TestAmbiguousNoneIsNotFixed(t *testing.T) {
	two := regexp.MustCompile(`\{\s*"id": "GHOPS01_no"`).ReplaceAll(soundLens(t), []byte(`{"id": "GHOPS01_none", "title": "None of these", "improvementPlan": {"displayText": "x"}}, {"id": "GHOPS01_no"`))
	r := lint.Files([]lint.Source{{File: "two.json", Data: two}})
	require.Equal(t, 1, counts(r.Files[0])["WA053"])
	require.Equal(t, 1, counts(r.Files[0])["WA051"])
	data, done := lint.Fix(lint.Source{File: "two.json", Data: two})
	assert.Empty(t, done)
	assert.Equal(t, string(two), string(data))
}
