package pdf

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// sign draws the mark of a sign in its colour, with its lower left corner at x and
// y, since the fonts do not have them all: ▲ ■ ● ✓ ? – and ◇.
func (d *pdfDoc) sign(s view.Badge, x, y, size float64) {
	d.shape(s.Symbol, x, y, size, tones[s.Tone].front)
}

func (d *pdfDoc) shape(mark string, x, y, size float64, c tint) {
	d.fill(c)
	switch mark {
	case "▲":
		d.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: x + size, Y: y}, {X: x + size/2, Y: y - size}}, "F")
	case "■":
		d.Rect(x+size*0.08, y-size*0.92, size*0.84, size*0.84, "F")
	case "●":
		d.Circle(x+size/2, y-size/2, size*0.42, "F")
	case "◇":
		d.pen(c, size*0.16)
		half := size / 2
		d.Polygon([]fpdf.PointType{{X: x, Y: y - half}, {X: x + half, Y: y - size}, {X: x + size, Y: y - half}, {X: x + half, Y: y}}, "D")
	case "✓":
		d.pen(c, size*0.16)
		d.Line(x, y-size*0.4, x+size*0.35, y-size*0.05)
		d.Line(x+size*0.35, y-size*0.05, x+size, y-size*0.85)
	case "?":
		d.ink(c)
		d.font("B", size/point*1.25)
		d.Text(x+size*0.1, y, "?")
	default:
		d.pen(c, size*0.16)
		d.Line(x+size*0.1, y-size*0.45, x+size*0.9, y-size*0.45)
	}
}

// verdict draws the conclusion on a ground of its colour.
func (d *pdfDoc) verdict(c view.Conclusion) {
	tone := tones[c.Badge.Tone]
	const wide = pdfWide - 14
	texts := []struct {
		style, words string
		size         float64
	}{{"", c.Risk, 11}, {"B", c.Effect, 9.5}, {"", strings.Join(c.Notes, " "), small}}
	high := step(small) + 5.5
	for _, t := range texts {
		if t.words != "" {
			d.font(t.style, t.size)
			high += float64(len(d.lines(t.words, wide)))*step(t.size) + 0.8
		}
	}
	d.fill(tone.back)
	d.Rect(pdfLeft, d.y, pdfWide, high, "F")
	d.fill(tone.front)
	d.Rect(pdfLeft, d.y, 1.2, high, "F")
	d.sign(c.Badge, pdfLeft+6, d.y+6.1, 2.4)
	d.font("B", body)
	d.ink(tone.front)
	d.at(pdfLeft+10, d.y+3, body, wide, c.Badge.Words)
	bottom := d.y + high
	d.y += 2.6 + step(body)
	for _, t := range texts {
		if t.words != "" {
			d.y += 0.8
			d.block(pdfLeft+6, wide, t.style, t.size, ink, t.words)
		}
	}
	d.y = bottom
}

// rings draws the scores of the whole and of each pillar in a row.
func (d *pdfDoc) rings(a *scoring.Assessment) {
	dials := view.Gauges(a)
	wide := pdfWide / float64(max(len(dials), 6))
	for i, dial := range dials {
		d.ring(dial, pdfLeft+wide*(float64(i)+0.5), d.y+7.8)
	}
	d.y += 30
}

// ring draws a percentage as part of a ring around a middle, its number within and
// its name below.
func (d *pdfDoc) ring(dial view.Gauge, x, y float64) {
	radius, c := 5.6, arcs[view.ScoreBand(dial.Value)]
	if dial.Overall {
		radius = 7
	}
	if dial.Coverage {
		c = rule
	}
	d.pen(hairline, radius*0.2)
	d.Circle(x, y, radius, "D")
	if dial.Known && dial.Value > 0 {
		d.pen(c, radius*0.2)
		d.Arc(x, y, radius, radius, 0, 90-3.6*dial.Value, 90, "D")
	}
	size := radius * 1.75
	d.font("B", size)
	d.ink(ink)
	d.Text(x-d.GetStringWidth(dial.Text())/2, y+size*point*0.36, dial.Text())
	y += radius + 2.2
	d.font("B", label)
	for _, l := range d.lines(dial.Name, 19) {
		d.font("B", label)
		d.middle(x, y, label, l)
		y += step(label)
	}
	d.font("", 6.8)
	d.ink(muted)
	for _, l := range d.lines(dial.Note, 18.5) {
		d.middle(x, y, 6.8, l)
		y += step(6.8)
	}
}

// heatMap draws the layers down and the pillars across.
func (d *pdfDoc) heatMap(a *scoring.Assessment) {
	const side, high, gap = 37.0, 9.6, 0.8
	wide := (pdfWide - side) / float64(max(1, len(a.Pillars)))
	for i, p := range a.Pillars {
		d.font("", label)
		d.ink(muted)
		lines := d.lines(p.Name, wide-2)
		for n, l := range lines {
			d.middle(pdfLeft+side+wide*(float64(i)+0.5), d.y+step(label)*float64(2-len(lines)+n), label, l)
		}
	}
	d.y += 2*step(label) + 1.5
	for _, l := range a.Layers {
		d.font("", small)
		d.ink(ink)
		d.at(pdfLeft, d.y+2.6, small, side-2, l.Name)
		for i, p := range a.Pillars {
			d.cell(view.HeatMapCellAt(a, l.ID, p.ID), pdfLeft+side+wide*float64(i)+gap/2, d.y, wide-gap, high-gap)
		}
		d.y += high
	}
	d.y += 1.6
	d.block(pdfLeft, pdfWide, "", label, muted, view.HeatMapNote+" Triangle high, square medium, circle low. A question mark is not assessed, a dash nothing asked. Darker red is below 40, then below 60, 75, 90; dark green is 90 and more.")
}

func (d *pdfDoc) cell(c view.HeatMapCell, x, y, wide, high float64) {
	d.fill(washed)
	if c.Scored {
		d.fill(bands[view.ScoreBand(c.Score)])
	}
	d.Rect(x, y, wide, high, "F")
	d.ink(ink)
	d.font("B", 10)
	if c.Findings == 0 {
		d.middle(x+wide/2, y+high/2-2, 10, c.Text)
		return
	}
	d.middle(x+wide/2, y+0.8, 10, c.Text)
	words := text.Count(c.Findings, "finding")
	d.font("", 6.8)
	left := x + wide/2 - d.GetStringWidth(words)/2
	d.shape(view.SeverityBadge(c.WorstSeverity).Symbol, left-1.4, y+high-1.35, 1.6, ink)
	d.font("", 6.8)
	d.ink(ink)
	d.Text(left+1, y+high-1.4, words)
}
