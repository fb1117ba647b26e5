package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fill puts a text into every string of a value, and two elements into every list.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]review.Answer]() {
			return // a history, which may be as deep as one likes
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	}
}

func hostileComparison() *compare.Comparison {
	c := &compare.Comparison{}
	fill(reflect.ValueOf(c).Elem(), hostile)
	for i := range c.Findings {
		c.Findings[i].Class = compare.Classes()[i]
	}
	return c
}

func judged(c *compare.Comparison) []report.GateResult {
	j := report.GateResult{Baseline: c}
	fill(reflect.ValueOf(&j.Verdict).Elem(), hostile)
	j.File, j.Verdict.PolicyFiles, j.Explain, j.Verdict.Outcome = hostile, []string{hostile}, true, gate.Failed
	for i := range j.Verdict.Reasons {
		j.Verdict.Reasons[i].Outcome = gate.Incomplete
	}
	for i := range j.Verdict.Checks {
		j.Verdict.Checks[i].Outcome = gate.Failed
	}
	return []report.GateResult{j}
}

// Ids and titles of a review of another tool can be hostile, too.
func TestHostileTextInDiff(t *testing.T) {
	for _, name := range []string{"text", "markdown"} {
		d, err := report.DiffFormats().Find(name)
		require.NoError(t, err)
		v, err := report.VerdictFormats().Find(name)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, d.Write(&b, hostileComparison()))
		require.NoError(t, v.Write(&b, judged(hostileComparison())))
		for _, c := range b.String() {
			drives := unicode.IsControl(c) && c != '\n' && c != '\t' || unicode.Is(unicode.Cf, c) || c == '\u2028'
			require.False(t, drives, "%s lets %U through", name, c)
		}
		assert.False(t, strings.Contains(b.String(), "\n# h"), name)
		if name == "text" {
			continue
		}
		for _, markup := range []string{`<script`, `\]\(javascript`, `\[i`, `\*b`, `</details>`, `@team`, "`c"} {
			live := regexp.MustCompile(`(^|[^\\])` + markup) // not behind a backslash
			assert.False(t, live.MatchString(b.String()), "live: %s", markup)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if strings.HasPrefix(line, "| ") {
				assert.True(t, strings.HasSuffix(line, " |"), "%.80q", line)
			}
		}
	}
	var b bytes.Buffer
	f, err := report.VerdictFormats().Find("json")
	require.NoError(t, err)
	require.NoError(t, f.Write(&b, judged(hostileComparison())))
	var back wire.Verdict
	require.NoError(t, json.Unmarshal(b.Bytes(), &back))
	assert.Equal(t, string([]rune(hostile)), back.Baseline.Findings[1].Title)
}

func TestUnknownVerdictAndDiffFormats(t *testing.T) {
	_, err := report.VerdictFormats().Find("jsn")
	require.EqualError(t, err, `unknown format "jsn", did you mean "json"?`)
	_, err = report.DiffFormats().Find("html")
	require.EqualError(t, err, `unknown format "html"; known: text, markdown, json`)
}

func TestDiffWriteError(t *testing.T) {
	for _, f := range report.DiffFormats() {
		require.ErrorIs(t, f.Write(fullDisk{}, hostileComparison()), os.ErrInvalid, f.Name)
	}
	for _, f := range report.VerdictFormats() {
		require.ErrorIs(t, f.Write(fullDisk{}, judged(hostileComparison())), os.ErrInvalid, f.Name)
	}
}
