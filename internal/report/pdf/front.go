package pdf

import (
	"slices"

	"github.com/iotlens/iotlens/internal/report/view"
)

// A para is a text of one style that is laid out before it is drawn.
type para struct {
	style string
	size  float64
	ink   tint
	most  int // lines that are drawn; 0 for all
	text  string
	in    float64 // how far it is indented
	to    target
}

// A setting is a text of one style in a width.
type setting struct {
	style, text string
	size, wide  float64
}

// set are the lines of a text in a width. Most texts are measured before they are drawn,
// those of page one many times, so that their lines are kept.
func (d *pdfDoc) set(p para, wide float64) []string {
	key := setting{p.style, p.text, p.size, wide - p.in}
	lines, known := d.settings[key]
	if !known {
		d.font(p.style, p.size)
		lines = d.lines(p.text, wide-p.in)
		d.settings[key] = lines
	}
	if p.most > 0 && len(lines) > p.most {
		d.font(p.style, p.size)
		lines = slices.Clone(lines[:p.most])
		lines[p.most-1] = d.clip(lines[p.most-1]+" …", wide-p.in)
	}
	return lines
}

// tall is the height of texts below each other.
func (d *pdfDoc) tall(wide float64, list []para) float64 {
	high := 0.0
	for _, p := range list {
		n := len(d.set(para{style: p.style, size: p.size, text: p.text, in: p.in}, wide))
		if p.most > 0 {
			n = min(n, p.most)
		}
		high += float64(n) * step(p.size)
	}
	return high
}

// stack draws texts below each other.
func (d *pdfDoc) stack(x, wide float64, list []para) {
	for _, p := range list {
		lines := d.set(p, wide)
		if p.to == (target{}) {
			p.to = d.target
		}
		d.leading(p.to, func() { d.write(x+p.in, p.style, p.size, p.ink, lines) })
	}
}

// front draws what page one has below the verdict. What is cut of the risks to keep it one
// page stands whole among the findings.
func (d *pdfDoc) front(f view.PageOne) {
	rest := f.Sections()
	if len(f.Risks.Groups) > 0 {
		rest = rest[1:]
		room := pdfBottom - d.y
		for _, s := range rest {
			room -= d.partHeight(s)
		}
		rows := d.fitting(f.Risks, room)
		d.title(f.Risks)
		d.rows(rows)
	}
	for _, s := range rest {
		d.part(s)
	}
}

// fitting lays out the risks in a height: each has as many lines as there is room for,
// one more at a time.
func (d *pdfDoc) fitting(s view.Section, room float64) []riskRow {
	const least, most = 2, 9
	rows := make([]riskRow, 0, len(s.Groups[0].Items))
	for _, item := range s.Groups[0].Items {
		rows = append(rows, rowOf(item, least))
	}
	for lines := least + 1; lines <= most; lines++ {
		for i := range rows {
			before := rows[i]
			if rows[i] = rowOf(before.item, lines); d.rowsHeight(rows) > room {
				rows[i] = before
			}
		}
	}
	return rows
}

// The columns of a risk: what it is and what was said, what can happen, and who does what.
const columnGap = 4.0

var riskColumns = []float64{66, 46, 54}

// A riskRow has the texts of each column.
type riskRow struct {
	item    view.Item
	columns [3][]para
}

// rowOf lays out a risk, its longer texts in about so many lines.
func rowOf(item view.Item, most int) riskRow {
	row := riskRow{item: item}
	row.columns[0] = []para{
		{size: label, ink: muted, most: 1, text: item.ID + " · " + item.Badge.Words + " severity", in: 3.5},
		{style: "B", size: small, ink: ink, most: most, text: item.Title},
	}
	for _, t := range item.Texts {
		switch t.Label {
		case view.LabelSaid:
			row.columns[0] = append(row.columns[0], para{size: label, ink: ink, most: most, text: t.Label + ": " + t.Text})
		case view.LabelOwner:
			row.columns[2] = append(row.columns[2], para{style: "B", size: label, ink: ink, most: most, text: t.Text})
		case view.LabelDecision:
			row.columns[2] = append(row.columns[2], para{size: label, ink: ink, most: most + 2, text: t.Label + ": " + t.Text})
		default: // what can happen
			row.columns[1] = []para{{size: label, ink: muted, most: most + 1, text: t.Label + ": " + t.Text}}
		}
	}
	return row
}

const rowGap = 2.6

func (d *pdfDoc) rowHeight(r riskRow) float64 {
	high := 0.0
	for i, column := range r.columns {
		high = max(high, d.tall(riskColumns[i], column))
	}
	return high + rowGap
}

// rowsHeight is the height of the risks with their title.
func (d *pdfDoc) rowsHeight(rows []riskRow) float64 {
	high := titleHeight + partGap
	for _, r := range rows {
		high += d.rowHeight(r)
	}
	return high
}

func (d *pdfDoc) rows(rows []riskRow) {
	for _, r := range rows {
		high := d.rowHeight(r)
		d.need(high)
		d.fill(tones[r.item.Badge.Tone].front)
		d.Rect(pdfLeft, d.y, pdfWide, 0.35, "F")
		top, x := d.y+1.4, pdfLeft
		d.inside[r.item.ID] = true
		d.sign(r.item.Badge, x, top+2.5, 1.9)
		for i, column := range r.columns {
			d.y = top
			if i == 0 {
				d.leading(target{place: r.item.ID}, func() { d.stack(x, riskColumns[i], column) })
			} else {
				d.stack(x, riskColumns[i], column)
			}
			x += riskColumns[i] + columnGap
		}
		d.y = top - 1.4 + high
	}
	d.y += partGap
}

// The space that a part of page one takes beside its content.
const (
	titleHeight = 5.7
	partGap     = 2.6
)

// title writes the title of a part of page one.
func (d *pdfDoc) title(s view.Section) {
	d.font("B", 10)
	d.ink(ink)
	d.at(pdfLeft, d.y, 10, pdfWide, s.Title)
	x := pdfLeft + d.GetStringWidth(d.clip(d.one(s.Title), pdfWide-60)) + 2
	d.font("", small)
	d.ink(muted)
	d.at(x, d.y+0.4, small, 60, s.Count)
	d.y += titleHeight
}

// The width of a list of page one behind its bullets, and of the note beside a table.
const (
	bulletWide = pdfWide - 3
	noteLeft   = pdfLeft + 86
	noteWide   = pdfRight - noteLeft
)

// partTexts are the texts of the lists of a part.
func partTexts(s view.Section) (out []para) {
	for _, g := range s.Groups {
		if g.Title != "" {
			out = append(out, para{style: "B", size: label, ink: ink, text: g.Heading()})
		}
		for _, item := range g.Items {
			line := item.Title
			if item.ID != "" {
				line = item.ID + " " + line
			}
			for _, t := range item.Texts {
				line += ": " + t.Text
			}
			out = append(out, para{size: label, ink: ink, text: line})
		}
	}
	return out
}

// partHeight is the height of a part of page one.
func (d *pdfDoc) partHeight(s view.Section) float64 {
	high := titleHeight + partGap + d.tall(bulletWide, partTexts(s))
	if s.Intro != "" {
		high += d.tall(pdfWide, []para{{size: small, ink: ink, text: s.Intro}})
	}
	note := []para{{size: label, ink: muted, text: s.Note}}
	switch {
	case len(s.Table.Rows) > 0:
		high += max(float64(len(s.Table.Rows)+1)*rowStep, d.tall(noteWide, note))
	case s.Note != "":
		high += d.tall(pdfWide, note)
	}
	return high
}

// part writes a part of page one: a list, or a table with its note beside it.
func (d *pdfDoc) part(s view.Section) {
	d.need(min(d.partHeight(s), 60))
	d.title(s)
	if s.Intro != "" {
		d.block(pdfLeft, pdfWide, "", small, ink, s.Intro)
	}
	left, wide := pdfLeft, pdfWide
	top, page := d.y, d.PageNo()
	if len(s.Table.Rows) > 0 {
		d.tableOf(s.Table, pdfLeft, noteLeft-pdfLeft-8)
		left, wide = noteLeft, noteWide
	}
	bottom := d.y
	if s.Note != "" {
		if d.PageNo() == page && left == noteLeft {
			d.y = top
		}
		d.block(left, wide, "", label, muted, s.Note)
	}
	d.y = max(d.y, bottom)
	for _, p := range partTexts(s) {
		x := pdfLeft
		if p.style == "" {
			d.need(step(label))
			d.shape("●", pdfLeft, d.y+2.2, 1.1, rule)
			x += 3
		}
		d.block(x, bulletWide, p.style, p.size, p.ink, p.text)
	}
	d.y += partGap
}
