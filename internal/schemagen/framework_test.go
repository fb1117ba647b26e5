package main

import (
	"bytes"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// The frameworks, and the shipped reviews held against each of them, as list, gaps and
// report write them.
func TestFrameworksAndTheirGapsAreValid(t *testing.T) {
	l := shipped.Lens()
	valid := func(s *jsonschema.Schema, b *bytes.Buffer) {
		t.Helper()
		v, err := jsonschema.UnmarshalJSON(b)
		require.NoError(t, err)
		require.NoError(t, s.Validate(v))
	}
	var b bytes.Buffer
	require.NoError(t, wire.WriteFrameworks(&b, framework.Shipped()))
	valid(compiled(t, "framework.schema.json"), &b)
	gaps, reports := compiled(t, "framework-gaps.schema.json"), compiled(t, "report.schema.json")
	format, err := report.GapFormats().Find("json")
	require.NoError(t, err)
	for _, file := range reviews(t) {
		f, err := review.Load(file, l)
		require.NoError(t, err)
		a := scoring.Assess(l, f.Review, scoring.Options{Today: "2026-11-23", File: "a.review.yaml"})
		for _, f := range framework.Shipped() {
			a.Frameworks = append(a.Frameworks, a.StandingAgainst(f, l))
		}
		b.Reset()
		require.NoError(t, format.Write(&b, a))
		valid(gaps, &b)
		b.Reset()
		require.NoError(t, wire.Write(&b, a))
		again, _, err := wire.Read("report.json", b.Bytes(), l)
		require.NoError(t, err)
		require.Equal(t, a.Frameworks, again.Frameworks, "a saved report keeps them")
		valid(reports, &b)
	}
}
