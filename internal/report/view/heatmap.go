package view

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// HeatMapTitle is the heading of the heat map.
const HeatMapTitle = "Layers by pillars"

// HeatMapNote explains the heat map, without its symbols.
const HeatMapNote = "Score in percent over everything asked of a layer in a pillar, and the number of findings with their highest severity."

// A HeatMapCell is the cell of a layer and a pillar. It counts the best practices of the lens
// itself and of the layer banks together.
type HeatMapCell struct {
	Score         float64 // percent
	Scored        bool    // whether there is a score
	Applies       bool    // whether any best practice applies
	Text          string  // the score, "?" if nothing is assessed, "–" if nothing applies
	Words         string  // score and findings as a phrase
	Findings      int
	WorstSeverity lens.Level // highest severity of the findings; empty for none
}

// HeatMapCellAt returns the cell of a layer and a pillar, by their ids.
func HeatMapCellAt(a *scoring.Assessment, layer, pillar string) HeatMapCell {
	for _, c := range a.Matrix {
		if c.Layer == layer && c.Pillar == pillar {
			return newHeatMapCell(c)
		}
	}
	return newHeatMapCell(scoring.Cell{})
}

func newHeatMapCell(c scoring.Cell) HeatMapCell {
	t := addTallies(c.Lens, c.LayerBanks)
	out := HeatMapCell{Findings: c.Findings, WorstSeverity: c.Worst, Applies: t.Applicable() > 0}
	out.Score, out.Scored = t.Score()
	switch {
	case out.Scored:
		out.Text, out.Words = fmt.Sprint(text.WholePercent(out.Score)), "score "+text.Percent(out.Score)
	case out.Applies:
		out.Text, out.Words = "?", "not assessed"
	default:
		out.Text, out.Words = "–", "nothing asked"
	}
	if c.Findings > 0 {
		out.Words += fmt.Sprintf(", %s, highest severity: %s", text.Count(c.Findings, "finding"), c.Worst)
	}
	return out
}

// addTallies returns the sum of two tallies.
func addTallies(a, b scoring.Tally) scoring.Tally {
	return scoring.Tally{
		InScope: a.InScope + b.InScope, NotApplicable: a.NotApplicable + b.NotApplicable,
		Answered: a.Answered + b.Answered, Unknown: a.Unknown + b.Unknown,
		Earned: a.Earned + b.Earned, Possible: a.Possible + b.Possible,
	}
}
