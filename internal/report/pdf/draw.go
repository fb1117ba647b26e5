package pdf

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// drawBadge draws the symbol of a badge in the colour of its tone, with its lower left corner
// at x and y. The symbols ▲ ■ ● ✓ ? – ◇ are drawn because the fonts do not have all of them.
func (d *document) drawBadge(s view.Badge, x, y, size float64) {
	d.drawSymbol(s.Symbol, x, y, size, tones[s.Tone].front)
}

func (d *document) drawSymbol(mark string, x, y, size float64, c colour) {
	d.setFill(c)
	switch mark {
	case "▲":
		d.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: x + size, Y: y}, {X: x + size/2, Y: y - size}}, "F")
	case "■":
		d.Rect(x+size*0.08, y-size*0.92, size*0.84, size*0.84, "F")
	case "●":
		d.Circle(x+size/2, y-size/2, size*0.42, "F")
	case "◇":
		d.setPen(c, size*0.16)
		half := size / 2
		d.Polygon([]fpdf.PointType{{X: x, Y: y - half}, {X: x + half, Y: y - size}, {X: x + size, Y: y - half}, {X: x + half, Y: y}}, "D")
	case "✓":
		d.setPen(c, size*0.16)
		d.Line(x, y-size*0.4, x+size*0.35, y-size*0.05)
		d.Line(x+size*0.35, y-size*0.05, x+size, y-size*0.85)
	case "?":
		d.setColour(c)
		d.setFont("B", size/point*1.25)
		d.Text(x+size*0.1, y, "?")
	default:
		d.setPen(c, size*0.16)
		d.Line(x+size*0.1, y-size*0.45, x+size*0.9, y-size*0.45)
	}
}

// drawConclusion draws the conclusion on a background in the colour of its tone.
func (d *document) drawConclusion(c view.Conclusion) {
	tone := tones[c.Badge.Tone]
	const wide = contentWidth - 14
	texts := []struct {
		style, words string
		size         float64
	}{{"", c.Risk, 11}, {"B", c.Effect, 9.5}, {"", strings.Join(c.Notes, " "), smallSize}}
	height := lineHeight(smallSize) + 5.5
	for _, t := range texts {
		if t.words != "" {
			d.setFont(t.style, t.size)
			height += float64(len(d.lines(t.words, wide)))*lineHeight(t.size) + 0.8
		}
	}
	d.setFill(tone.back)
	d.Rect(leftEdge, d.y, contentWidth, height, "F")
	d.setFill(tone.front)
	d.Rect(leftEdge, d.y, 1.2, height, "F")
	d.drawBadge(c.Badge, leftEdge+6, d.y+6.1, 2.4)
	d.setFont("B", bodySize)
	d.setColour(tone.front)
	d.textAt(leftEdge+10, d.y+3, bodySize, wide, c.Badge.Words)
	bottom := d.y + height
	d.y += 2.6 + lineHeight(bodySize)
	for _, t := range texts {
		if t.words != "" {
			d.y += 0.8
			d.block(leftEdge+6, wide, t.style, t.size, inkColour, t.words)
		}
	}
	d.y = bottom
}

// drawGauges draws the gauges of the whole review and of each pillar in a row.
func (d *document) drawGauges(a *scoring.Assessment) {
	dials := view.Gauges(a)
	width := contentWidth / float64(max(len(dials), 6))
	for i, dial := range dials {
		d.drawGauge(dial, leftEdge+width*(float64(i)+0.5), d.y+7.8)
	}
	d.y += 30
}

// drawGauge draws a gauge around x and y, with its name and note below.
func (d *document) drawGauge(dial view.Gauge, x, y float64) {
	radius, c := 5.6, arcColours[view.ScoreBand(dial.Value)]
	if dial.Overall {
		radius = 7
	}
	if dial.Coverage {
		c = ruleColour
	}
	d.setPen(hairlineColour, radius*0.2)
	d.Circle(x, y, radius, "D")
	if dial.Known && dial.Value > 0 {
		d.setPen(c, radius*0.2)
		d.Arc(x, y, radius, radius, 0, 90-3.6*dial.Value, 90, "D")
	}
	size := radius * 1.75
	d.setFont("B", size)
	d.setColour(inkColour)
	d.Text(x-d.GetStringWidth(dial.Text())/2, y+size*point*0.36, dial.Text())
	y += radius + 2.2
	d.setFont("B", labelSize)
	for _, l := range d.lines(dial.Name, 19) {
		d.setFont("B", labelSize)
		d.textCentredAt(x, y, labelSize, l)
		y += lineHeight(labelSize)
	}
	d.setFont("", 6.8)
	d.setColour(mutedColour)
	for _, l := range d.lines(dial.Note, 18.5) {
		d.textCentredAt(x, y, 6.8, l)
		y += lineHeight(6.8)
	}
}

// drawHeatMap draws the heat map: layers as rows, pillars as columns.
func (d *document) drawHeatMap(a *scoring.Assessment) {
	const side, high, gap = 37.0, 9.6, 0.8
	width := (contentWidth - side) / float64(max(1, len(a.Pillars)))
	for i, p := range a.Pillars {
		d.setFont("", labelSize)
		d.setColour(mutedColour)
		lines := d.lines(p.Name, width-2)
		for n, l := range lines {
			d.textCentredAt(leftEdge+side+width*(float64(i)+0.5), d.y+lineHeight(labelSize)*float64(2-len(lines)+n), labelSize, l)
		}
	}
	d.y += 2*lineHeight(labelSize) + 1.5
	for _, l := range a.Layers {
		d.setFont("", smallSize)
		d.setColour(inkColour)
		d.textAt(leftEdge, d.y+2.6, smallSize, side-2, l.Name)
		for i, p := range a.Pillars {
			d.drawHeatMapCell(view.HeatMapCellAt(a, l.ID, p.ID), leftEdge+side+width*float64(i)+gap/2, d.y, width-gap, high-gap)
		}
		d.y += high
	}
	d.y += 1.6
	d.block(leftEdge, contentWidth, "", labelSize, mutedColour, view.HeatMapNote+" Triangle high, square medium, circle low. A question mark is not assessed, a dash nothing asked. Darker red is below 40, then below 60, 75, 90; dark green is 90 and more.")
}

func (d *document) drawHeatMapCell(c view.HeatMapCell, x, y, width, height float64) {
	d.setFill(washColour)
	if c.Scored {
		d.setFill(bandColours[view.ScoreBand(c.Score)])
	}
	d.Rect(x, y, width, height, "F")
	d.setColour(inkColour)
	d.setFont("B", 10)
	if c.Findings == 0 {
		d.textCentredAt(x+width/2, y+height/2-2, 10, c.Text)
		return
	}
	d.textCentredAt(x+width/2, y+0.8, 10, c.Text)
	words := text.Count(c.Findings, "finding")
	d.setFont("", 6.8)
	left := x + width/2 - d.GetStringWidth(words)/2
	d.drawSymbol(view.SeverityBadge(c.WorstSeverity).Symbol, left-1.4, y+height-1.35, 1.6, inkColour)
	d.setFont("", 6.8)
	d.setColour(inkColour)
	d.Text(left+1, y+height-1.4, words)
}
