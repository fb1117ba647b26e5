package lint_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/sarif/sariftest"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostile returns a lens with terminal escapes, HTML and formulas in its texts.
func hostile(t testing.TB) lint.Source {
	data := strings.NewReplacer(
		`"GHFROST01"`, `"\u001b[31mred\u001b[0m \u202e<script>alert(1)</script> [x](http://evil) {0} \u202eabc"`,
		`"id": "frost"`, `"id": "=cmd()|' \u0007"`,
		`"https://example.org/sensors.html"`, `"javascript:alert(1)"`,
	).Replace(string(soundLens(t)))
	return lint.Source{File: "a\x1b[2J.json", Data: []byte(data)}
}

func write(t testing.TB, format string, r lint.Report) []byte {
	f, err := lint.FindFormat(format)
	require.NoError(t, err)
	var b, again bytes.Buffer
	require.NoError(t, f.Write(&b, r))
	require.NoError(t, f.Write(&again, r))
	assert.Equal(t, b.String(), again.String(), "same findings, same bytes")
	return b.Bytes()
}

func TestControlCharactersAreEscaped(t *testing.T) {
	r := lint.Files([]lint.Source{hostile(t)})
	require.NotEmpty(t, r.Files[0].Findings)
	for _, format := range []string{"text", "sarif", "json"} {
		out := write(t, format, r)
		assert.NotContains(t, string(out), "\x1b", format)
		assert.NotContains(t, string(out), "\a", format)
		assert.NotContains(t, string(out), "\u202e", format)
	}
}

func TestSARIFIsValid(t *testing.T) {
	one := lint.Source{File: filepath.Join("lenses", "a b.json"), Data: bytes.Replace(soundLens(t), []byte("MEDIUM_RISK"), []byte("MEDIUM"), 1)}
	for name, sources := range map[string][]lint.Source{"none": {{File: "s.json", Data: soundLens(t)}}, "one": {one}, "two": {one, one}, "hostile": {hostile(t)}} {
		assert.NoError(t, sariftest.Validate(t, write(t, "sarif", lint.Files(sources))), name)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID              string
				Level               string
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(write(t, "sarif", lint.Files([]lint.Source{one, {File: "b.json", Data: append([]byte("\n\n"), one.Data...)}})), &log))
	results := log.Runs[0].Results
	require.Len(t, results, 3, "the risk twice, and the duplicate name")
	assert.Equal(t, "WA062", results[0].RuleID)
	assert.Equal(t, "error", results[0].Level)
	at := results[0].Locations[0].PhysicalLocation
	assert.Equal(t, "lenses/a%20b.json", at.ArtifactLocation.URI)
	assert.Equal(t, [2]int{60, 23}, [2]int{at.Region.StartLine, at.Region.StartColumn})
	base := func(i int) string {
		head, _, _ := strings.Cut(results[i].PartialFingerprints["iotlensLint/v1"], ":")
		return head
	}
	assert.Equal(t, base(0), base(2), "the fingerprint does not depend on the line")
	assert.NotEqual(t, base(0), base(1))
}

func TestJSONCarriesAll(t *testing.T) {
	faulty := bytes.Replace(soundLens(t), []byte(`"https://example.org/sensors.html"`), []byte(`""`), 1)
	fixed, done := lint.Fix(lint.Source{File: "lens.json", Data: faulty})
	r := lint.Files([]lint.Source{{File: "lens.json", Data: faulty}, {File: "fixed.json", Data: bytes.Replace(fixed, []byte("Greenhouse"), []byte("Other"), 1)}})
	r.Files[1].Fixed = done
	assert.Equal(t, `{
  "schema_version": 1,
  "counts": {
    "error": 0,
    "warning": 1,
    "note": 0,
    "fixable": 1,
    "fixed": 1
  },
  "files": [
    {
      "file": "lens.json",
      "findings": [
        {
          "code": "WA040",
          "name": "empty-url",
          "severity": "warning",
          "line": 42,
          "column": 30,
          "end_line": 42,
          "end_column": 32,
          "text": "question GHOPS01, choice GHOPS01_BP02: group 1 of the additionalResources, resource 1 has an empty url",
          "fixable": true
        }
      ],
      "fixed": []
    },
    {
      "file": "fixed.json",
      "findings": [],
      "fixed": [
        {
          "code": "WA040",
          "line": 42,
          "column": 30,
          "text": "removed the empty url: question GHOPS01, choice GHOPS01_BP02: group 1 of the additionalResources, resource 1"
        }
      ]
    }
  ]
}
`, string(write(t, "json", r)))
}

func TestUnknownFormatsAreRefused(t *testing.T) {
	_, err := lint.FindFormat("sarrif")
	assert.EqualError(t, err, `unknown format "sarrif", did you mean "sarif"?`)
}
