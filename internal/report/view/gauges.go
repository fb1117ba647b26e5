package view

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Gauge is a score or a coverage that is drawn as a ring.
type Gauge struct {
	Name, Note string
	Value      float64 // percent
	Known      bool    // whether there is a value
	Coverage   bool    // a coverage; it has a neutral colour, as it is neither good nor bad
	Overall    bool    // of the whole review, not of a pillar; drawn larger
}

// Words describes the gauge for screen readers: "Security: score 75 %".
func (g Gauge) Words() string {
	what := "score"
	if g.Coverage {
		what = "coverage"
	}
	return g.Name + ": " + what + " " + percentOrNotAssessed(g.Value, g.Known)
}

// Text returns the number in the ring, or a dash if it is unknown.
func (g Gauge) Text() string {
	if !g.Known {
		return "–"
	}
	return strconv.Itoa(text.WholePercent(g.Value))
}

// Gauges returns score and coverage of the whole review, and the score of each pillar.
func Gauges(a *scoring.Assessment) []Gauge {
	scoreGauge := func(name, note string, t scoring.Tally) Gauge {
		g := Gauge{Name: name, Note: note}
		g.Value, g.Known = t.Score()
		return g
	}
	out := []Gauge{scoreGauge("Score", lowerFirst(a.PracticesName()), a.Lens), {Name: "Coverage", Note: answeredText(a.Lens), Coverage: true}}
	out[1].Value, out[1].Known = a.Lens.Coverage()
	if a.LayerBanks.InScope > 0 {
		out = append(out, scoreGauge(ownBanksTitle(a), answeredText(a.LayerBanks), a.LayerBanks))
	}
	for i := range out {
		out[i].Overall = true
	}
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			out = append(out, scoreGauge(p.Name, text.Count(p.Findings, "finding"), p.Lens))
		}
	}
	return out
}
