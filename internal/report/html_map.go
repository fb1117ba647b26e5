package report

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

const (
	mapLeft, mapTop   = 176.0, 46.0
	mapWide, mapHigh  = 116.0, 48.0
	mapGap            = 4.0
	mapSign, mapScore = 32.0, 22.0 // base lines within a cell
)

// htmlHeatMap draws the layers down and the pillars across. It is a drawing and,
// to a screen reader, a table; each cell leads to its findings.
func htmlHeatMap(s *sheet, a *scoring.Assessment) {
	if len(a.Pillars) == 0 || len(a.Layers) == 0 {
		s.put("<p>The lens has no layers or no pillars.</p>\n")
		return
	}
	width := mapLeft + mapWide*float64(len(a.Pillars))
	height := mapTop + mapHigh*float64(len(a.Layers))
	s.put(`<div class="scroll" tabindex="0" role="region" aria-label="Heat map of layers by pillars">
<svg class="map" viewBox="0 0 % %" role="table" aria-label="Score and findings of each layer in each pillar">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
<g role="row"><text role="columnheader" class="corner" x="0" y="%">Layer</text>`, width, height, mapTop-12)
	for i, p := range a.Pillars {
		x := mapLeft + mapWide*float64(i) + (mapWide-mapGap)/2
		one, two, split := strings.Cut(p.Name, " ")
		if !split {
			one, two = "", one
		}
		s.put(`<text role="columnheader" class="head" x="%" y="%" text-anchor="middle">%<tspan x="%" dy="14">%</tspan></text>`, x, mapTop-26, one, x, two)
	}
	s.put("</g>\n")
	for row, layer := range a.Layers {
		y := mapTop + mapHigh*float64(row)
		s.put(`<g role="row"><text role="rowheader" class="side" x="0" y="%">%</text>`, y+mapHigh/2+2, layer.Name)
		for i, pillar := range a.Pillars {
			mapCell(s, cellOf(a, layer.ID, pillar.ID), layer.Name, pillar.Name, mapLeft+mapWide*float64(i), y)
		}
		s.put("</g>\n")
	}
	s.put("</svg></div>\n")
	mapLegend(s, a)
}

func mapCell(s *sheet, c scoring.Cell, layer, pillar string, x, y float64) {
	v, ok := c.Lens.Score()
	class, shown, said := "nothing", "–", "nothing asked"
	switch {
	case ok:
		class, shown, said = bandClass(v, true), fmt.Sprint(whole(v)), "score "+Percent(v, true)
	case c.Lens.Applicable() > 0:
		class, shown, said = "unknown", "?", "not assessed"
	}
	s.put(`<g role="cell" class="cell %">`, class)
	linked := c.Findings > 0
	if linked {
		said += fmt.Sprintf(", %s, gravest %s", text.Count(c.Findings, "finding"), c.Worst)
		s.put(`<a href="#findings" data-layer="%" data-pillar="%" aria-label="%">`, c.Layer, c.Pillar, layer+", "+pillar+": "+said)
	}
	s.put(`<title>%</title><rect x="%" y="%" width="%" height="%" rx="4"/>`, layer+", "+pillar+": "+said, x, y, mapWide-mapGap, mapHigh-mapGap)
	middle := x + (mapWide-mapGap)/2
	if !linked {
		s.put(`<text class="value" x="%" y="%" text-anchor="middle">%</text></g>`, middle, y+mapHigh/2+4, shown)
		return
	}
	s.put(`<text class="value" x="%" y="%" text-anchor="middle">%</text>`, middle, y+mapScore-2, shown)
	s.put(`<text class="sum" x="%" y="%" text-anchor="middle">% %</text></a></g>`, middle, y+mapSign+4, levelSigns[c.Worst], text.Count(c.Findings, "finding"))
}

func mapLegend(s *sheet, a *scoring.Assessment) {
	s.put(`<ul class="legend">`)
	for i, words := range []string{"below 40", "40 to 59", "60 to 74", "75 to 89", "90 and more"} {
		s.put(`<li><span class="swatch band%"></span>%</li>`, i, words)
	}
	s.put(`<li><span class="swatch unknown"></span>? not assessed</li><li>– nothing asked</li><li>▲ ■ ● gravest finding high, medium, low</li></ul>
<p class="note">The number is the score in percent over %; findings also count those of the layer banks. A best practice of several layers counts in each. <span class="js" hidden>Choose a cell to list its findings.</span></p>
`, a.OwnPractices())
}
