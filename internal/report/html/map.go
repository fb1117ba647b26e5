package html

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// heatMap writes the heat map: layers as rows, pillars as columns. Each cell links to its
// findings.
func heatMap(s *page.Writer, a *scoring.Assessment) {
	s.Put(`<div class="scroll" tabindex="0" role="region" aria-label="Heat map of layers by pillars">
<table class="map"><thead><tr><th scope="col">Layer</th>`)
	for _, p := range a.Pillars {
		s.Put(`<th scope="col">%</th>`, p.Name)
	}
	s.Put("</tr></thead><tbody>\n")
	for _, layer := range a.Layers {
		s.Put(`<tr><th scope="row">%</th>`, layer.Name)
		for _, pillar := range a.Pillars {
			mapCell(s, view.HeatMapCellAt(a, layer.ID, pillar.ID), layer, pillar)
		}
		s.Put("</tr>\n")
	}
	s.Put("</tbody></table></div>\n<ul class=\"legend\">")
	for i, words := range view.ScoreBands {
		s.Put(`<li><span class="swatch band%"></span>%</li>`, i, words)
	}
	s.Put(`<li><span class="swatch unknown"></span>? not assessed</li><li>– nothing asked</li><li>▲ ■ ● highest severity high, medium, low</li></ul>
<p class="note">% A best practice of several layers counts in each. <span class="js" hidden>Choose a cell to list its findings.</span></p>
`, view.HeatMapNote)
}

func mapCell(s *page.Writer, c view.HeatMapCell, layer, pillar scoring.Part) {
	class := bandClass(c.Score, c.Scored)
	if !c.Applies {
		class = "nothing"
	}
	words := layer.Name + ", " + pillar.Name + ": " + c.Words
	s.Put(`<td class="%" title="%">`, class, words)
	if c.Findings == 0 {
		s.Put(`<b>%</b></td>`, c.Text)
		return
	}
	s.Put(`<a href="#findings" data-layer="%" data-pillar="%" aria-label="%"><b>%</b> % %</a></td>`,
		layer.ID, pillar.ID, words, c.Text, view.SeverityBadge(c.WorstSeverity).Symbol, text.Count(c.Findings, "finding"))
}

// bandClass returns the class of the score band in the style sheet.
func bandClass(percent float64, ok bool) string {
	if !ok {
		return "unknown"
	}
	return fmt.Sprintf("band%d", view.ScoreBand(percent))
}
