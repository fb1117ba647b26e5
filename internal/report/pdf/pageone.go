package pdf

import (
	"slices"

	"github.com/iotlens/iotlens/internal/report/view"
)

// A paragraph is a text that is measured before it is drawn.
type paragraph struct {
	style    string
	size     float64
	colour   colour
	maxLines int // 0 for all
	text     string
	indent   float64
	target   linkTarget
}

// A layoutKey identifies the lines of a text in a style and a width.
type layoutKey struct {
	style, text string
	size, width float64
}

// layout returns the lines of a paragraph in a width. The lines are cached, because most
// texts are measured before they are drawn, and those of page one many times.
func (d *document) layout(p paragraph, width float64) []string {
	key := layoutKey{p.style, p.text, p.size, width - p.indent}
	lines, known := d.layouts[key]
	if !known {
		d.setFont(p.style, p.size)
		lines = d.lines(p.text, width-p.indent)
		d.layouts[key] = lines
	}
	if p.maxLines > 0 && len(lines) > p.maxLines {
		d.setFont(p.style, p.size)
		lines = slices.Clone(lines[:p.maxLines])
		lines[p.maxLines-1] = d.clip(lines[p.maxLines-1]+" …", width-p.indent)
	}
	return lines
}

// stackHeight returns the height of paragraphs below each other.
func (d *document) stackHeight(width float64, list []paragraph) float64 {
	height := 0.0
	for _, p := range list {
		n := len(d.layout(paragraph{style: p.style, size: p.size, text: p.text, indent: p.indent}, width))
		if p.maxLines > 0 {
			n = min(n, p.maxLines)
		}
		height += float64(n) * lineHeight(p.size)
	}
	return height
}

// drawStack draws paragraphs below each other.
func (d *document) drawStack(x, width float64, list []paragraph) {
	for _, p := range list {
		lines := d.layout(p, width)
		if p.target == (linkTarget{}) {
			p.target = d.target
		}
		d.withTarget(p.target, func() { d.writeLines(x+p.indent, p.style, p.size, p.colour, lines) })
	}
}

// drawPageOne draws the sections of page one below the conclusion. The texts of risks are
// shortened to fit the page; the section of findings has them in full.
func (d *document) drawPageOne(f view.PageOne) {
	rest := f.Sections()
	if len(f.Risks.Groups) > 0 {
		rest = rest[1:]
		room := bottomEdge - d.y
		for _, s := range rest {
			room -= d.pageOneSectionHeight(s)
		}
		rows := d.fitRiskRows(f.Risks, room)
		d.drawPageOneTitle(f.Risks)
		d.drawRiskRows(rows)
	}
	for _, s := range rest {
		d.drawPageOneSection(s)
	}
}

// fitRiskRows lays out the risks in a height. It gives each risk one more line in turn until
// there is no more room.
func (d *document) fitRiskRows(s view.Section, room float64) []riskRow {
	const least, most = 2, 9
	rows := make([]riskRow, 0, len(s.Groups[0].Items))
	for _, item := range s.Groups[0].Items {
		rows = append(rows, layoutRiskRow(item, least))
	}
	for lines := least + 1; lines <= most; lines++ {
		for i := range rows {
			before := rows[i]
			if rows[i] = layoutRiskRow(before.item, lines); d.riskRowsHeight(rows) > room {
				rows[i] = before
			}
		}
	}
	return rows
}

// The columns of a risk: title and note, what can happen, owner and decision.
const columnGap = 4.0

var riskColumns = []float64{66, 46, 54}

// A riskRow is a risk as it is laid out in columns.
type riskRow struct {
	item    view.Item
	columns [3][]paragraph
}

// layoutRiskRow lays out a risk with about most lines for each of its longer texts.
func layoutRiskRow(item view.Item, most int) riskRow {
	row := riskRow{item: item}
	row.columns[0] = []paragraph{
		{size: labelSize, colour: mutedColour, maxLines: 1, text: item.ID + " · " + item.Badge.Words + " severity", indent: 3.5},
		{style: "B", size: smallSize, colour: inkColour, maxLines: most, text: item.Title},
	}
	for _, t := range item.Texts {
		switch t.Label {
		case view.LabelNote:
			row.columns[0] = append(row.columns[0], paragraph{size: labelSize, colour: inkColour, maxLines: most, text: t.Label + ": " + t.Text})
		case view.LabelOwner:
			row.columns[2] = append(row.columns[2], paragraph{style: "B", size: labelSize, colour: inkColour, maxLines: most, text: t.Text})
		case view.LabelDecision:
			row.columns[2] = append(row.columns[2], paragraph{size: labelSize, colour: inkColour, maxLines: most + 2, text: t.Label + ": " + t.Text})
		default: // what can happen
			row.columns[1] = []paragraph{{size: labelSize, colour: mutedColour, maxLines: most + 1, text: t.Label + ": " + t.Text}}
		}
	}
	return row
}

const riskRowGap = 2.6

func (d *document) riskRowHeight(r riskRow) float64 {
	height := 0.0
	for i, column := range r.columns {
		height = max(height, d.stackHeight(riskColumns[i], column))
	}
	return height + riskRowGap
}

// riskRowsHeight returns the height of the risks with their title.
func (d *document) riskRowsHeight(rows []riskRow) float64 {
	height := titleHeight + sectionGap
	for _, r := range rows {
		height += d.riskRowHeight(r)
	}
	return height
}

func (d *document) drawRiskRows(rows []riskRow) {
	for _, r := range rows {
		height := d.riskRowHeight(r)
		d.ensureSpace(height)
		d.setFill(tones[r.item.Badge.Tone].front)
		d.Rect(leftEdge, d.y, contentWidth, 0.35, "F")
		top, x := d.y+1.4, leftEdge
		d.onPageOne[r.item.ID] = true
		d.drawBadge(r.item.Badge, x, top+2.5, 1.9)
		for i, column := range r.columns {
			d.y = top
			if i == 0 {
				d.withTarget(linkTarget{place: r.item.ID}, func() { d.drawStack(x, riskColumns[i], column) })
			} else {
				d.drawStack(x, riskColumns[i], column)
			}
			x += riskColumns[i] + columnGap
		}
		d.y = top - 1.4 + height
	}
	d.y += sectionGap
}

// The height of the title of a section on page one, and of the gap after the section.
const (
	titleHeight = 5.7
	sectionGap  = 2.6
)

// drawPageOneTitle writes the title of a section of page one.
func (d *document) drawPageOneTitle(s view.Section) {
	d.setFont("B", 10)
	d.setColour(inkColour)
	d.textAt(leftEdge, d.y, 10, contentWidth, s.Title)
	x := leftEdge + d.GetStringWidth(d.clip(d.singleLine(s.Title), contentWidth-60)) + 2
	d.setFont("", smallSize)
	d.setColour(mutedColour)
	d.textAt(x, d.y+0.4, smallSize, 60, s.Count)
	d.y += titleHeight
}

// The width of a list of page one after its bullets, and of the note beside a table.
const (
	bulletTextWidth = contentWidth - 3
	noteLeft        = leftEdge + 86
	noteWidth       = rightEdge - noteLeft
)

// listParagraphs returns the lists of a section as paragraphs.
func listParagraphs(s view.Section) (out []paragraph) {
	for _, g := range s.Groups {
		if g.Title != "" {
			out = append(out, paragraph{style: "B", size: labelSize, colour: inkColour, text: g.Heading()})
		}
		for _, item := range g.Items {
			line := item.Title
			if item.ID != "" {
				line = item.ID + " " + line
			}
			for _, t := range item.Texts {
				line += ": " + t.Text
			}
			out = append(out, paragraph{size: labelSize, colour: inkColour, text: line})
		}
	}
	return out
}

// pageOneSectionHeight returns the height of a section on page one.
func (d *document) pageOneSectionHeight(s view.Section) float64 {
	height := titleHeight + sectionGap + d.stackHeight(bulletTextWidth, listParagraphs(s))
	if s.Intro != "" {
		height += d.stackHeight(contentWidth, []paragraph{{size: smallSize, colour: inkColour, text: s.Intro}})
	}
	note := []paragraph{{size: labelSize, colour: mutedColour, text: s.Note}}
	switch {
	case len(s.Table.Rows) > 0:
		height += max(float64(len(s.Table.Rows)+1)*rowHeight, d.stackHeight(noteWidth, note))
	case s.Note != "":
		height += d.stackHeight(contentWidth, note)
	}
	return height
}

// drawPageOneSection draws a section of page one: a list, or a table with the note beside it.
func (d *document) drawPageOneSection(s view.Section) {
	d.ensureSpace(min(d.pageOneSectionHeight(s), 60))
	d.drawPageOneTitle(s)
	if s.Intro != "" {
		d.block(leftEdge, contentWidth, "", smallSize, inkColour, s.Intro)
	}
	left, width := leftEdge, contentWidth
	top, page := d.y, d.PageNo()
	if len(s.Table.Rows) > 0 {
		d.drawTableAt(s.Table, leftEdge, noteLeft-leftEdge-8)
		left, width = noteLeft, noteWidth
	}
	bottom := d.y
	if s.Note != "" {
		if d.PageNo() == page && left == noteLeft {
			d.y = top
		}
		d.block(left, width, "", labelSize, mutedColour, s.Note)
	}
	d.y = max(d.y, bottom)
	for _, p := range listParagraphs(s) {
		x := leftEdge
		if p.style == "" {
			d.ensureSpace(lineHeight(labelSize))
			d.drawSymbol("●", leftEdge, d.y+2.2, 1.1, ruleColour)
			x += 3
		}
		d.block(x, bulletTextWidth, p.style, p.size, p.colour, p.text)
	}
	d.y += sectionGap
}
