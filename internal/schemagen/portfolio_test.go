package main

import (
	"bytes"
	"testing"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

func TestEveryPortfolioIsValid(t *testing.T) {
	s := compiled(t, "portfolio.schema.json")
	l := testlens.Lens()
	f, err := framework.Load("../../testdata/frameworks/lab.yaml", l)
	require.NoError(t, err)
	whole := portfolio.NewBuilder(portfolio.Options{Program: "v1", Today: "2026-11-24", Stale: 30, Soon: 30, CountBy: "segment", Where: []string{"stage="}}, []*framework.Framework{f})
	for _, name := range []string{testlens.Waterworks, testlens.Trackers, testlens.Thermostats} {
		r := testlens.Review(name)
		a := scoring.Assess(l, r, scoring.Options{Today: "2026-11-24"})
		a.Frameworks = append(a.Frameworks, a.StandingAgainst(f, l))
		row := portfolio.RowOf(l, r, a, gate.Failed, portfolio.Badge{Mark: "▲", Words: "High risk"})
		row.File = name
		row.Milestones = []portfolio.Milestone{{Name: "Before launch", Day: "2026-06-01", High: 2}}
		whole.Add(row)
	}
	whole.AddUnread("x", []string{"line 3: y"})
	for _, p := range []*portfolio.Portfolio{portfolio.NewBuilder(portfolio.Options{Today: "2026-11-24"}, nil).Build(), whole.Build()} {
		var b bytes.Buffer
		require.NoError(t, wire.WritePortfolio(&b, p))
		v, err := jsonschema.UnmarshalJSON(&b)
		require.NoError(t, err)
		require.NoError(t, s.Validate(v))
	}
}
