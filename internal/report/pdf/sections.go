package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/view"
)

// section draws a section; an empty one is left out.
func (d *pdfDoc) section(s view.Section) {
	if s.Empty() {
		return
	}
	d.heading(s.Title, s.Count)
	if s.Intro != "" {
		d.block(pdfLeft, pdfWide, "", body, ink, s.Intro)
		d.y++
	}
	d.table(s.Table)
	for _, g := range s.Groups {
		d.group(g, s.Details)
	}
	for _, t := range s.Facts {
		d.labelled(pdfLeft, pdfWide, t)
	}
	if s.Note != "" {
		d.y += 2
		d.block(pdfLeft, pdfWide, "", small, muted, s.Note)
	}
}

func (d *pdfDoc) group(g view.Group, details bool) {
	if g.Title != "" {
		d.need(14)
		d.block(pdfLeft, pdfWide, "B", body, ink, g.Heading())
		d.y += 0.8
	}
	for i, item := range g.Items {
		if item.ID == "" && g.Ordered {
			item.ID = strconv.Itoa(i + 1)
		}
		if details {
			d.detailed(item)
		} else {
			d.item(item)
		}
	}
	d.y += 2
}

// rowStep is the height of a row of a table.
const rowStep = 5.0

// table draws the table of a section.
func (d *pdfDoc) table(t view.Table) {
	d.tableOf(t, pdfLeft, min(pdfWide, 62+24*float64(len(t.Heads)-1)))
}

// tableOf draws a table: names at the left, values at the right of their columns.
func (d *pdfDoc) tableOf(t view.Table, x, width float64) {
	if len(t.Rows) == 0 {
		return
	}
	values := float64(max(1, len(t.Heads)-1))
	wide := min(24, width*0.7/values)
	first := width - wide*values
	row := func(cells []string, c tint) {
		d.font("", small)
		lines := d.lines(cells[0], first-2)
		d.need(float64(len(lines)-1)*step(small) + rowStep)
		d.ink(c)
		for i, cell := range cells[1:] {
			d.atRight(x+first+wide*float64(i+1), d.y, small, cell)
		}
		top := d.y
		d.write(x, "", small, c, lines)
		d.y = max(d.y, top+step(small)) + 0.5
		d.line(x, x+width)
		d.y += rowStep - step(small) - 0.5
	}
	d.need(3 * rowStep)
	row(t.Heads, muted)
	for _, cells := range t.Rows {
		row(cells, ink)
	}
}

// item draws an entry: sign, id, title, and below them its texts.
func (d *pdfDoc) item(item view.Item) {
	side := 30.0
	if utf8.RuneCountInString(item.ID) < 3 {
		side = 10
	}
	d.need(2*step(small) + 1)
	more := []string{}
	if item.Sign.Words != "" {
		d.sign(item.Sign, pdfLeft, d.y+2.6, 1.8)
		more = append(more, item.Sign.Words)
	}
	d.font("", small)
	d.ink(muted)
	d.at(pdfLeft+4, d.y, small, side-5, item.ID)
	d.block(pdfLeft+side, pdfWide-side, "", small, ink, shorter(item.Title))
	for _, t := range item.Short() {
		s := shorter(t.Text)
		if t.Label != "" {
			s = t.Label + ": " + s
		}
		more = append(more, s)
	}
	if len(more) > 0 {
		d.block(pdfLeft+side, pdfWide-side, "", small, muted, strings.Join(more, " · "))
	}
	d.y += 0.9
}

// detailed draws an entry with a text in each line, each with its label beside it.
func (d *pdfDoc) detailed(item view.Item) {
	const x, wide = pdfLeft + 6, pdfWide - 6
	d.need(32)
	d.line(pdfLeft, pdfRight)
	d.y += 2.6
	d.Bookmark(d.one(item.ID+" "+item.Title), 1, d.y)
	d.sign(item.Sign, pdfLeft, d.y+3.2, 2.1)
	d.block(x, wide, "B", 10, ink, item.Title)
	d.block(x, wide, "", small, muted, item.ID+" · "+item.Sign.Words+" severity")
	d.y++
	for _, t := range item.Short() {
		if t.Label == "" {
			d.block(x, wide, "", small, muted, t.Text)
			d.y++
		} else {
			d.labelled(x, wide, t)
		}
	}
	d.y += 3
}

// labelled writes a label and its text beside it.
func (d *pdfDoc) labelled(x, width float64, t view.Text) {
	const side = 27.0
	d.need(3 * step(small))
	top, page := d.y, d.PageNo()
	d.block(x, side-2, "", small, muted, t.Label)
	bottom := d.y
	d.y = top
	d.block(x+side, width-side, "", body, ink, shorter(t.Text))
	if d.PageNo() == page {
		d.y = max(d.y, bottom)
	}
	d.y++
}

// shorter leaves the end of a very long text to the review file, with a note.
func shorter(s string) string {
	shown, rest := view.Fold(s)
	if rest == "" {
		return s
	}
	return shown + " … (" + view.Thousands(utf8.RuneCountInString(rest)) + " more characters in the review file)"
}
