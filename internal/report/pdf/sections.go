package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
)

// section draws a section; an empty one is left out.
func (d *pdfDoc) section(s view.Section) {
	if s.Empty() {
		return
	}
	d.heading(s.Title, s.Count, d.follows(s))
	if s.Intro != "" {
		d.block(pdfLeft, pdfWide, "", body, ink, s.Intro)
		d.y++
	}
	d.table(s.Table)
	for _, g := range s.Groups {
		d.group(g, s)
	}
	show := shorter
	if s.FullText {
		show = whole
	}
	for _, t := range s.Facts {
		d.labelled(pdfLeft, pdfWide, t, show)
	}
	if s.Note != "" {
		d.y += 2
		d.block(pdfLeft, pdfWide, "", small, muted, s.Note)
	}
}

// follows is the least height of what stands below the heading of a section on its page:
// its introduction, and the beginning of its list or table.
func (d *pdfDoc) follows(s view.Section) float64 {
	high := 0.0
	if s.Intro != "" {
		high = d.tall(pdfWide, []para{{size: body, text: s.Intro}}) + 1
	}
	switch {
	case len(s.Table.Rows) > 0:
		return high + 3*rowStep
	case s.Details:
		return high + detailHeight
	case len(s.Groups) > 0:
		return high + d.groupHeight(s.Groups[0], s)
	}
	return high + 3*step(body)
}

// groupHeight is the least height of a group on a page: its title and the first entry.
func (d *pdfDoc) groupHeight(g view.Group, s view.Section) float64 {
	if s.FullText && len(g.Items) > 0 {
		first, _ := d.entryHeight(entryOf(g.Items[0]))
		return step(body) + 0.8 + first
	}
	return 24
}

func (d *pdfDoc) group(g view.Group, s view.Section) {
	if g.Title != "" {
		d.need(d.groupHeight(g, s))
		d.block(pdfLeft, pdfWide, "B", body, ink, g.Heading())
		d.y += 0.8
	}
	for i, item := range g.Items {
		if item.ID == "" && g.Ordered {
			item.ID = strconv.Itoa(i + 1)
		}
		switch {
		case s.Details:
			d.detailed(item)
		case s.FullText:
			d.entry(item)
		default:
			d.item(item)
		}
	}
	d.y += 2
}

// rowStep is the height of a row of a table.
const rowStep = 5.0

// table draws the table of a section.
func (d *pdfDoc) table(t view.Table) {
	d.tableOf(t, pdfLeft, min(pdfWide, 62+24*float64(len(t.Header)-1)))
}

// tableOf draws a table: names at the left, values at the right of their columns.
func (d *pdfDoc) tableOf(t view.Table, x, width float64) {
	if len(t.Rows) == 0 {
		return
	}
	values := float64(max(1, len(t.Header)-1))
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
	row(t.Header, muted)
	for _, cells := range t.Rows {
		row(cells, ink)
	}
}

// item draws an entry: sign, id, title, and below them its texts.
func (d *pdfDoc) item(item view.Item) {
	side := d.side(item.ID)
	d.need(2*step(small) + 1)
	more := []string{}
	if item.Badge.Words != "" {
		d.sign(item.Badge, pdfLeft, d.y+2.6, 1.8)
		more = append(more, item.Badge.Words)
	}
	d.font("", small)
	d.ink(muted)
	d.at(pdfLeft+4, d.y, small, side-5, item.ID)
	to := target{}
	if item.IsFinding {
		to.place = item.ID
	}
	d.leading(to, func() { d.block(pdfLeft+side, pdfWide-side, "", small, ink, shorter(item.Title)) })
	for _, t := range item.TextsExceptHTML() {
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

// side is how wide the column of ids is for an id.
func (d *pdfDoc) side(id string) float64 {
	if utf8.RuneCountInString(id) < 3 {
		return 10
	}
	d.font("", small)
	return min(60, max(30, d.GetStringWidth(d.one(id))+6))
}

// A value is a text beside a label, and where it leads to.
type value struct {
	text string
	to   target
}

// valuesOf are the values of a text: those of its list where it has one. One that is the
// address of a web page leads there.
func valuesOf(t view.Text, show func(string) string) []value {
	if !t.MayLink || len(t.Items) == 0 {
		return []value{{text: show(t.Text)}}
	}
	return view.Map(t.Items, func(s string) value { return value{show(s), web(s)} })
}

// web leads to the page of an address; any other text leads nowhere.
func web(address string) target {
	if view.IsWebAddress(address) {
		return target{url: address}
	}
	return target{}
}

// beside writes a label and values beside it, each from a line of its own.
func (d *pdfDoc) beside(x, side, width, size float64, name string, values []value) {
	d.need(2 * step(size))
	top, page := d.y, d.PageNo()
	d.block(x, side-2, "", label, muted, name)
	bottom := d.y
	if d.PageNo() == page {
		d.y = top
	}
	for _, v := range values {
		d.leading(v.to, func() { d.block(x+side, width-side, "", size, ink, v.text) })
	}
	if d.PageNo() == page {
		d.y = max(d.y, bottom)
	}
}

// detailHeight is the least height of a detailed entry on a page.
const detailHeight = 32.0

// detailed draws an entry with a text in each line, each with its label beside it.
func (d *pdfDoc) detailed(item view.Item) {
	const x, wide = pdfLeft + 6, pdfWide - 6
	d.need(detailHeight)
	d.line(pdfLeft, pdfRight)
	d.y += 2.6
	if item.IsFinding {
		d.place(item.ID)
	}
	d.bookmark(d.one(item.ID+" "+item.Title), 1)
	d.sign(item.Badge, pdfLeft, d.y+3.2, 2.1)
	d.block(x, wide, "B", 10, ink, item.Title)
	line := item.ID + " · " + item.Badge.Words + " severity"
	if d.inside[item.ID] {
		d.leading(target{place: frontPage}, func() { d.block(x, wide, "", small, muted, line+" · see page 1") })
	} else {
		d.block(x, wide, "", small, muted, line)
	}
	d.y++
	for _, t := range item.TextsExceptHTML() {
		if t.Label == "" {
			d.block(x, wide, "", small, muted, t.Text)
			d.y++
		} else {
			d.labelled(x, wide, t, shorter)
		}
	}
	if len(item.Resources) > 0 {
		pages := view.Map(item.Resources, func(r lens.Resource) value { return value{r.Title, web(r.URL)} })
		d.beside(x, labelWide, wide, small, "Read", pages)
	}
	d.y += 3
}

// labelWide is how wide the column of labels is.
const labelWide = 27.0

// labelled writes a label and its text beside it, as show makes it.
func (d *pdfDoc) labelled(x, width float64, t view.Text, show func(string) string) {
	d.beside(x, labelWide, width, body, t.Label, valuesOf(t, show))
	d.y++
}

func whole(s string) string { return s }

// shorter leaves the end of a very long text to the review file, with a note.
func shorter(s string) string {
	shown, rest := view.Fold(s)
	if rest == "" {
		return s
	}
	return shown + " … (" + view.Thousands(utf8.RuneCountInString(rest)) + " more characters in the review file)"
}
