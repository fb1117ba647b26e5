package report

import (
	"strconv"

	"codeberg.org/go-pdf/fpdf"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func itoa(n int) string { return strconv.Itoa(n) }

// signClass is the sign to draw for a class: a dash where the page has one.
func signClass(sign, class string) string {
	if sign == "–" {
		return "dash"
	}
	return class
}

// sign draws a sign of a size with its lower left corner at x and y: a triangle
// for high, a square for medium, a circle for low, a tick for what is in order,
// a question mark for what isn't known, a dash for what doesn't apply.
func (d *pdfDoc) sign(class string, x, y, size float64, c tint) {
	d.fill(c)
	switch class {
	case "high":
		d.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: x + size, Y: y}, {X: x + size/2, Y: y - size}}, "F")
	case "medium":
		d.Rect(x+size*0.08, y-size*0.92, size*0.84, size*0.84, "F")
	case "low":
		d.Circle(x+size/2, y-size/2, size*0.42, "F")
	case "ok":
		d.pen(c, size*0.16)
		d.Line(x, y-size*0.4, x+size*0.35, y-size*0.05)
		d.Line(x+size*0.35, y-size*0.05, x+size, y-size*0.85)
	case "dash":
		d.pen(c, size*0.16)
		d.Line(x+size*0.1, y-size*0.45, x+size*0.9, y-size*0.45)
	case "none":
		d.ink(c)
		d.font("B", size/point*1.25)
		d.Text(x+size*0.1, y, "?")
	}
}

// chip draws a sign and its word on a tinted ground with its top at y, and
// returns where it ends.
func (d *pdfDoc) chip(class, words string, x, y float64) float64 {
	tone := tones[class]
	d.font("", label)
	width := d.GetStringWidth(words) + 6.2
	d.fill(tone.back)
	d.RoundedRect(x, y, width, 4.2, 2.1, "1234", "F")
	d.sign(class, x+1.8, y+3.05, 1.9, tone.front)
	d.font("", label)
	d.ink(tone.front)
	d.Text(x+4.6, y+3.05, words)
	return x + width
}

// ring draws a percentage as part of a ring around a middle, its number within
// and its name below.
func (d *pdfDoc) ring(x, y, radius float64, name, note string, v float64, ok bool, c tint) {
	d.pen(hairline, radius*0.2)
	d.Circle(x, y, radius, "D")
	shown := "–"
	if ok {
		shown = itoa(whole(v))
		if v > 0 {
			d.pen(c, radius*0.2)
			d.Arc(x, y, radius, radius, 0, 90-3.6*v, 90, "D")
		}
	}
	size := radius * 1.75
	d.font("B", size)
	d.ink(ink)
	d.Text(x-d.GetStringWidth(shown)/2, y+size*point*0.36, shown)
	y += radius + 2.2
	d.font("B", label)
	for _, l := range d.lines(name, 19) {
		d.font("B", label)
		d.middle(x, y, label, l)
		y += step(label)
	}
	d.font("", 6.8)
	d.ink(muted)
	for _, l := range d.lines(note, 18.5) {
		d.middle(x, y, 6.8, l)
		y += step(6.8)
	}
}

// rings draws the scores of the whole and of each pillar in a row.
func (d *pdfDoc) rings(a *scoring.Assessment) {
	type one struct {
		name, note string
		v          float64
		ok         bool
		c          tint
		radius     float64
	}
	var all []one
	add := func(name, note string, t scoring.Tally, radius float64) {
		v, ok := t.Score()
		all = append(all, one{name, note, v, ok, arcs[band(v)], radius})
	}
	add("Score", lowerFirst(a.OwnPractices()), a.Lens, 7)
	v, ok := a.Lens.Coverage()
	all = append(all, one{"Coverage", answered(a.Lens), v, ok, rule, 7})
	if a.LayerBanks.InScope > 0 {
		add("Layer banks", answered(a.LayerBanks), a.LayerBanks, 7)
	}
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			add(p.Name, text.Count(p.Findings, "finding"), p.Lens, 5.6)
		}
	}
	wide := pdfWide / float64(max(len(all), 6))
	for i, o := range all {
		d.ring(pdfLeft+wide*(float64(i)+0.5), d.y+7.8, o.radius, o.name, o.note, o.v, o.ok, o.c)
	}
	d.y += 30
}

// bar draws a priority as a bar of its share of 100.
func (d *pdfDoc) bar(x, y, width float64, percent int) {
	d.fill(hairline)
	d.Rect(x, y, width, 1.1, "F")
	d.fill(accent)
	d.Rect(x, y, width*float64(percent)/100, 1.1, "F")
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
		d.fit(pdfLeft, d.y+2.6, small, side-2, l.Name)
		for i, p := range a.Pillars {
			d.cell(cellOf(a, l.ID, p.ID), pdfLeft+side+wide*float64(i)+gap/2, d.y, wide-gap, high-gap)
		}
		d.y += high
	}
	d.y += 1.6
	d.block(pdfLeft, pdfWide, "", label, muted, "Score in percent over "+a.OwnPractices()+", and the findings of both banks with the sign of the gravest: triangle high, square medium, circle low. A question mark is not assessed, a dash nothing asked. Darker red is below 40, then below 60, 75, 90; dark green is 90 and more.")
}

func (d *pdfDoc) cell(c scoring.Cell, x, y, wide, high float64) {
	v, ok := c.Lens.Score()
	shown := "–"
	d.fill(washed)
	switch {
	case ok:
		shown = itoa(whole(v))
		d.fill(bands[band(v)])
	case c.Lens.Applicable() > 0:
		shown = "?"
	}
	d.Rect(x, y, wide, high, "F")
	d.ink(ink)
	d.font("B", 10)
	if c.Findings == 0 {
		d.middle(x+wide/2, y+high/2-2, 10, shown)
		return
	}
	d.middle(x+wide/2, y+0.8, 10, shown)
	words := text.Count(c.Findings, "finding")
	d.font("", 6.8)
	left := x + wide/2 - d.GetStringWidth(words)/2
	d.sign(string(c.Worst), left-1.4, y+high-1.35, 1.6, ink)
	d.font("", 6.8)
	d.ink(ink)
	d.Text(left+1, y+high-1.4, words)
}

// levelClass is the class of a severity.
func levelClass(l lens.Level) string { return string(l) }
