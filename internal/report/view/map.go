package view

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// MapTitle is the heading of the map.
const MapTitle = "Layers by pillars"

// MapNote explains the map in words, without its marks.
const MapNote = "Score in percent over everything asked of a layer in a pillar, and the number of findings with their highest severity."

// A Cell is one layer in one pillar: what the lens itself and the layer banks ask
// of it together.
type Cell struct {
	Score    float64 // percent
	Scored   bool    // there is a score
	Shown    string  // the score, ? where nothing is assessed, – where nothing is asked
	Asked    bool    // something applies
	Words    string  // all of it as a phrase
	Findings int
	Worst    lens.Level // highest severity of a finding; empty for none
}

// MapCell is the cell of a layer and a pillar, by their ids.
func MapCell(a *scoring.Assessment, layer, pillar string) Cell {
	for _, c := range a.Matrix {
		if c.Layer == layer && c.Pillar == pillar {
			return cell(c)
		}
	}
	return cell(scoring.Cell{})
}

func cell(c scoring.Cell) Cell {
	t := sum(c.Lens, c.LayerBanks)
	out := Cell{Findings: c.Findings, Worst: c.Worst, Asked: t.Applicable() > 0}
	out.Score, out.Scored = t.Score()
	switch {
	case out.Scored:
		out.Shown, out.Words = fmt.Sprint(text.WholePercent(out.Score)), "score "+text.Percent(out.Score)
	case out.Asked:
		out.Shown, out.Words = "?", "not assessed"
	default:
		out.Shown, out.Words = "–", "nothing asked"
	}
	if c.Findings > 0 {
		out.Words += fmt.Sprintf(", %s, highest severity: %s", text.Count(c.Findings, "finding"), c.Worst)
	}
	return out
}

// sum adds the tallies of two banks.
func sum(a, b scoring.Tally) scoring.Tally {
	return scoring.Tally{
		InScope: a.InScope + b.InScope, NotApplicable: a.NotApplicable + b.NotApplicable,
		Answered: a.Answered + b.Answered, Unknown: a.Unknown + b.Unknown,
		Earned: a.Earned + b.Earned, Possible: a.Possible + b.Possible,
	}
}
