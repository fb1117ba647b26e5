package pdf

import (
	"fmt"
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
	if s.Columns {
		d.columns(s.Groups)
	} else {
		for _, g := range s.Groups {
			d.group(g, s.Details)
		}
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

// table draws a table: names at the left, values at the right of their columns.
func (d *pdfDoc) table(t view.Table) {
	if len(t.Rows) == 0 {
		return
	}
	const first, most = 62.0, 24.0
	wide := min(most, (pdfWide-first)/float64(max(1, len(t.Heads)-1)))
	row := func(cells []string, style string, c tint) {
		d.font(style, small)
		lines := d.lines(cells[0], first-2)
		d.need(float64(len(lines)) * step(small))
		d.ink(c)
		for i, cell := range cells[1:] {
			d.atRight(pdfLeft+first+wide*float64(i+1), d.y, small, cell)
		}
		d.block(pdfLeft, first-2, style, small, c, cells[0])
		d.y += 0.9
		d.line(pdfLeft, pdfLeft+first+wide*float64(len(cells)-1))
		d.y += 0.7
	}
	d.need(3 * step(small))
	row(t.Heads, "", muted)
	for _, cells := range t.Rows {
		row(cells, "", ink)
	}
	d.y++
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

// columns draws groups side by side and continues below the longest. Shares are how
// wide they are to each other; without them all are alike.
func (d *pdfDoc) columns(groups []view.Group, shares ...float64) {
	const gap = 7.0
	all := 0.0
	for i := range groups {
		if len(shares) <= i {
			shares = append(shares, 1)
		}
		all += shares[i]
	}
	top, deepest, x := d.y, d.y, pdfLeft
	for i, g := range groups {
		wide := (pdfWide - gap*float64(len(groups)-1)) * shares[i] / all
		d.y = top
		d.block(x, wide, "B", 10, ink, g.Title)
		if g.Note != "" {
			d.block(x, wide, "", label, muted, g.Note)
		}
		d.y++
		d.line(x, x+wide)
		d.y += 2.2
		d.narrow(g, x, wide)
		deepest = max(deepest, d.y)
		x += wide + gap
	}
	d.y = deepest
}

// columnShown is how many findings stand in a column; every one is among the findings.
const columnShown = 7

// narrow draws the entries of a column.
func (d *pdfDoc) narrow(g view.Group, x, width float64) {
	for i, item := range g.Items {
		if item.Finding && (i == columnShown || d.y+8*step(small) > pdfBottom) {
			d.block(x, width, "", label, muted, fmt.Sprintf("and %d more among the findings", len(g.Items)-i))
			return
		}
		left := x
		if item.Sign.Mark != "" {
			d.sign(item.Sign, x, d.y+2.8, 1.9)
			left += 4
		}
		switch {
		case item.Value != "":
			d.row(left, x+width-left, view.Or(item.Title, item.Sign.Words), item.Value)
		case item.Title != "":
			d.clamp(left, x+width-left, "", small, ink, 3, item.Title)
		}
		for _, t := range item.Texts {
			if item.Finding {
				t.Text = item.ID + " · " + t.Text
			}
			d.clamp(left, x+width-left, "", label, muted, 6, t.Text)
		}
		d.y++
	}
}

// row writes a name and a number at the two ends of a line.
func (d *pdfDoc) row(x, width float64, name, value string) {
	d.font("", body)
	d.ink(ink)
	d.at(x, d.y, body, width-8, name)
	d.font("B", 10)
	d.atRight(x+width, d.y-0.2, 10, value)
	d.y += step(10)
}
