package main

import (
	"bytes"
	"testing"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

func TestEveryTrendIsValid(t *testing.T) {
	s := compiled(t, "trend.schema.json")
	l := testlens.Lens()
	state := func(name string) trend.State {
		return trend.StateOf(name, "2026-11-24", "a.yaml", scoring.Assess(l, testlens.Review(name), scoring.Options{Today: "2026-11-24"}), 0)
	}
	for _, of := range []*trend.Trend{
		{},
		{
			Series:  []trend.Series{trend.NewSeries("W", "f.yaml", l.ID, l.Name, []trend.State{state(testlens.Waterworks), state(testlens.Trackers), state(testlens.Thermostats)})},
			Skipped: []trend.SkippedFile{{File: "x", Reason: "y"}},
		},
	} {
		var b bytes.Buffer
		require.NoError(t, trend.JSON(&b, of))
		v, err := jsonschema.UnmarshalJSON(&b)
		require.NoError(t, err)
		require.NoError(t, s.Validate(v))
	}
}
