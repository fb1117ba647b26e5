package html

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

const (
	mapLeft, mapTop   = 176.0, 46.0
	mapWide, mapHigh  = 116.0, 48.0
	mapGap            = 4.0
	mapSign, mapScore = 32.0, 22.0 // base lines within a cell
)

// heatMap draws the layers down and the pillars across. It is a drawing and, to a
// screen reader, a table; each cell leads to its findings.
func heatMap(s *sheet, a *scoring.Assessment) {
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
			mapCell(s, view.MapCell(a, layer.ID, pillar.ID), layer, pillar, mapLeft+mapWide*float64(i), y)
		}
		s.put("</g>\n")
	}
	s.put("</svg></div>\n<ul class=\"legend\">")
	for i, words := range view.Bands {
		s.put(`<li><span class="swatch band%"></span>%</li>`, i, words)
	}
	s.put(`<li><span class="swatch unknown"></span>? not assessed</li><li>– nothing asked</li><li>▲ ■ ● highest severity high, medium, low</li></ul>
<p class="note">% A best practice of several layers counts in each. <span class="js" hidden>Choose a cell to list its findings.</span></p>
`, view.MapNote)
}

func mapCell(s *sheet, c view.Cell, layer, pillar scoring.Part, x, y float64) {
	class := "nothing"
	switch {
	case c.Scored:
		class = bandClass(c.Score, true)
	case c.Asked:
		class = "unknown"
	}
	words := layer.Name + ", " + pillar.Name + ": " + c.Words
	s.put(`<g role="cell" class="cell %">`, class)
	if c.Findings > 0 {
		s.put(`<a href="#findings" data-layer="%" data-pillar="%" aria-label="%">`, layer.ID, pillar.ID, words)
	}
	s.put(`<title>%</title><rect x="%" y="%" width="%" height="%" rx="4"/>`, words, x, y, mapWide-mapGap, mapHigh-mapGap)
	middle := x + (mapWide-mapGap)/2
	if c.Findings == 0 {
		s.put(`<text class="value" x="%" y="%" text-anchor="middle">%</text></g>`, middle, y+mapHigh/2+4, c.Shown)
		return
	}
	s.put(`<text class="value" x="%" y="%" text-anchor="middle">%</text>`, middle, y+mapScore-2, c.Shown)
	s.put(`<text class="sum" x="%" y="%" text-anchor="middle">% %</text></a></g>`, middle, y+mapSign+4, view.Severity(c.Worst).Mark, text.Count(c.Findings, "finding"))
}

// bandClass is the band of a score as a class of the style sheet.
func bandClass(percent float64, ok bool) string {
	if !ok {
		return "unknown"
	}
	return fmt.Sprintf("band%d", view.Band(percent))
}
