package sarif_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/iotlens/iotlens/internal/sarif/sariftest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWriteIsValid(t *testing.T) {
	full := sarif.Run{
		Tool: sarif.Tool{Driver: sarif.Driver{Name: "iotlens", InformationURI: "https://example.org", Rules: []sarif.Rule{{
			ID: "WA001", Name: "n", ShortDescription: sarif.Text("s"), FullDescription: sarif.Text("f"), HelpURI: "https://example.org/WA001",
			Help: sarif.Message{Text: "h", Markdown: "*h*"}, DefaultConfiguration: sarif.Configuration{Level: sarif.Error},
			Properties: sarif.RuleProperties{Tags: []string{"security"}, Precision: "high", SecuritySeverity: "8.0"},
		}}}},
		Automation: &sarif.Automation{ID: "plant/"},
		Results: []sarif.Result{
			{RuleID: "WA001", Level: sarif.Error, Message: sarif.Text("m"), Locations: sarif.LocationsAt("a b/ü.yaml", 3, 0), Fingerprints: map[string]string{"k": "v"}},
			{
				RuleID: "WA001", Kind: sarif.Open, Level: sarif.None, Message: sarif.Text("m"), Locations: sarif.LocationsAt("a.yaml", 0, 0),
				Suppressions: []sarif.Suppression{{Kind: "external", Status: "accepted", Justification: "j"}}, Properties: map[string]any{"n": 1},
			},
		},
		Properties: map[string]any{"lens": "aws-iot"},
	}
	for name, runs := range map[string][]sarif.Run{"no run": nil, "no results": {{Tool: sarif.Tool{Driver: sarif.Driver{Name: "iotlens"}}}}, "full": {full}} {
		var b, again bytes.Buffer
		require.NoError(t, sarif.Write(&b, runs...))
		require.NoError(t, sarif.Write(&again, runs...))
		assert.Equal(t, b.String(), again.String())
		assert.NoError(t, sariftest.Validate(t, b.Bytes()), name)
	}
}

// Either all results of a run have suppressions or none has. The schema does not check this.
func TestSuppressions(t *testing.T) {
	given := []sarif.Result{{RuleID: "A"}, {RuleID: "B", Suppressions: []sarif.Suppression{{Kind: "external"}}}}
	for name, c := range map[string]struct {
		results []sarif.Result
		lists   int
	}{"none": {given[:1], 0}, "one": {given, 2}} {
		var b bytes.Buffer
		require.NoError(t, sarif.Write(&b, sarif.Run{Results: c.results}))
		assert.Equal(t, c.lists, strings.Count(b.String(), `"suppressions": [`), name)
	}
	assert.Nil(t, given[0].Suppressions, "what the caller gave stays as it was")
}

// The validator of the tests rejects invalid logs.
func TestSchemaRejectsInvalidLogs(t *testing.T) {
	for name, log := range map[string]string{
		"no version":    `{"runs": []}`,
		"another level": `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"level": "grave", "message": {"text": "m"}}]}]}`,
		"unknown key":   `{"version": "2.1.0", "runs": [], "run": 1}`,
		"line 0":        `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"}, "region": {"startLine": 0}}}]}]}]}`,
	} {
		assert.Error(t, sariftest.Validate(t, []byte(log)), name)
	}
}

func TestTextIsEscaped(t *testing.T) {
	assert.Equal(t, `a \[x\](javascript:1) {{0}} \\ <U+001B>`, sarif.Text("a [x](javascript:1) {0} \\ \x1b").Text)
}

func TestLocationsAt(t *testing.T) {
	for file, want := range map[string]string{
		"plant.review.yaml": "plant.review.yaml", "./x/../a b.yaml": "a%20b.yaml", "ü#1?.yaml": "%C3%BC%231%3F.yaml",
		"c:d.yaml": "./c:d.yaml", "/tmp/x.yaml": "file:///tmp/x.yaml", "../x.yaml": "../x.yaml", "100%.yaml": "100%25.yaml",
	} {
		assert.Equal(t, want, sarif.LocationsAt(file, 1, 0)[0].Physical.File.URI)
	}
}
