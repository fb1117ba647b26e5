package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
)

// drawSection draws a section unless it is empty.
func (d *document) drawSection(s view.Section) {
	if s.Empty() {
		return
	}
	d.drawHeading(s.Title, s.Count, d.spaceAfterHeading(s))
	if s.Intro != "" {
		d.block(leftEdge, contentWidth, "", bodySize, inkColour, s.Intro)
		d.y++
	}
	d.drawTable(s.Table)
	for _, g := range s.Groups {
		d.drawGroup(g, s)
	}
	show := folded
	if s.FullText {
		show = unchanged
	}
	for _, t := range s.Facts {
		d.drawLabelled(leftEdge, contentWidth, t, show)
	}
	if s.Note != "" {
		d.y += 2
		d.block(leftEdge, contentWidth, "", smallSize, mutedColour, s.Note)
	}
}

// spaceAfterHeading returns the minimum height below the heading of a section on its page:
// its introduction and the beginning of its list or table.
func (d *document) spaceAfterHeading(s view.Section) float64 {
	height := 0.0
	if s.Intro != "" {
		height = d.stackHeight(contentWidth, []paragraph{{size: bodySize, text: s.Intro}}) + 1
	}
	switch {
	case len(s.Table.Rows) > 0:
		return height + 3*rowHeight
	case s.Details:
		return height + detailHeight
	case len(s.Groups) > 0:
		return height + d.groupHeight(s.Groups[0], s)
	}
	return height + 3*lineHeight(bodySize)
}

// groupHeight returns the minimum height of a group on a page: its title and first entry.
func (d *document) groupHeight(g view.Group, s view.Section) float64 {
	if s.FullText && len(g.Items) > 0 {
		first, _ := d.ledgerEntryHeight(ledgerEntryOf(g.Items[0]))
		return lineHeight(bodySize) + 0.8 + first
	}
	return 24
}

func (d *document) drawGroup(g view.Group, s view.Section) {
	if g.Title != "" {
		d.ensureSpace(d.groupHeight(g, s))
		d.block(leftEdge, contentWidth, "B", bodySize, inkColour, g.Heading())
		d.y += 0.8
	}
	for i, item := range g.Items {
		if item.ID == "" && g.Ordered {
			item.ID = strconv.Itoa(i + 1)
		}
		switch {
		case s.Details:
			d.drawDetailedItem(item)
		case s.FullText:
			d.drawLedgerEntry(item)
		default:
			d.drawItem(item)
		}
	}
	d.y += 2
}

// rowHeight is the height of a row of a table.
const rowHeight = 5.0

// drawTable draws the table of a section.
func (d *document) drawTable(t view.Table) {
	d.drawTableAt(t, leftEdge, min(contentWidth, 62+24*float64(len(t.Header)-1)))
}

// drawTableAt draws a table with its left edge at x: names left-aligned, values
// right-aligned.
func (d *document) drawTableAt(t view.Table, x, width float64) {
	if len(t.Rows) == 0 {
		return
	}
	values := float64(max(1, len(t.Header)-1))
	wide := min(24, width*0.7/values)
	first := width - wide*values
	row := func(cells []string, c colour) {
		d.setFont("", smallSize)
		lines := d.lines(cells[0], first-2)
		d.ensureSpace(float64(len(lines)-1)*lineHeight(smallSize) + rowHeight)
		d.setColour(c)
		for i, cell := range cells[1:] {
			d.textRightAt(x+first+wide*float64(i+1), d.y, smallSize, cell)
		}
		top := d.y
		d.writeLines(x, "", smallSize, c, lines)
		d.y = max(d.y, top+lineHeight(smallSize)) + 0.5
		d.separator(x, x+width)
		d.y += rowHeight - lineHeight(smallSize) - 0.5
	}
	d.ensureSpace(3 * rowHeight)
	row(t.Header, mutedColour)
	for _, cells := range t.Rows {
		row(cells, inkColour)
	}
}

// drawItem draws an item: badge, id and title, and its texts below them.
func (d *document) drawItem(item view.Item) {
	side := d.idColumnWidth(item.ID)
	d.ensureSpace(2*lineHeight(smallSize) + 1)
	more := []string{}
	if item.Badge.Words != "" {
		d.drawBadge(item.Badge, leftEdge, d.y+2.6, 1.8)
		more = append(more, item.Badge.Words)
	}
	d.setFont("", smallSize)
	d.setColour(mutedColour)
	d.textAt(leftEdge+4, d.y, smallSize, side-5, item.ID)
	to := linkTarget{}
	if item.IsFinding {
		to.place = item.ID
	}
	d.withTarget(to, func() { d.block(leftEdge+side, contentWidth-side, "", smallSize, inkColour, folded(item.Title)) })
	for _, t := range item.TextsExceptHTML() {
		s := folded(t.Text)
		if t.Label != "" {
			s = t.Label + ": " + s
		}
		more = append(more, s)
	}
	if len(more) > 0 {
		d.block(leftEdge+side, contentWidth-side, "", smallSize, mutedColour, strings.Join(more, " · "))
	}
	d.y += 0.9
}

// idColumnWidth returns the width of the column of ids for an id.
func (d *document) idColumnWidth(id string) float64 {
	if utf8.RuneCountInString(id) < 3 {
		return 10
	}
	d.setFont("", smallSize)
	return min(60, max(30, d.GetStringWidth(d.singleLine(id))+6))
}

// A textValue is a text beside a label, with its link.
type textValue struct {
	text   string
	target linkTarget
}

// valuesOf returns the values of a text: its items if these may be URLs, else the text. A URL
// links to its page.
func valuesOf(t view.Text, show func(string) string) []textValue {
	if !t.MayLink || len(t.Items) == 0 {
		return []textValue{{text: show(t.Text)}}
	}
	return view.Map(t.Items, func(s string) textValue { return textValue{show(s), webTarget(s)} })
}

// webTarget returns a link to a URL, and no link for any other text.
func webTarget(address string) linkTarget {
	if view.IsWebAddress(address) {
		return linkTarget{url: address}
	}
	return linkTarget{}
}

// drawBeside writes a label and its values beside it, each on its own lines.
func (d *document) drawBeside(x, side, width, size float64, name string, values []textValue) {
	d.ensureSpace(2 * lineHeight(size))
	top, page := d.y, d.PageNo()
	d.block(x, side-2, "", labelSize, mutedColour, name)
	bottom := d.y
	if d.PageNo() == page {
		d.y = top
	}
	for _, v := range values {
		d.withTarget(v.target, func() { d.block(x+side, width-side, "", size, inkColour, v.text) })
	}
	if d.PageNo() == page {
		d.y = max(d.y, bottom)
	}
}

// detailHeight is the minimum height of a detailed item on a page.
const detailHeight = 32.0

// drawDetailedItem draws an item with each text on its own lines beside its label.
func (d *document) drawDetailedItem(item view.Item) {
	const x, wide = leftEdge + 6, contentWidth - 6
	d.ensureSpace(detailHeight)
	d.separator(leftEdge, rightEdge)
	d.y += 2.6
	if item.IsFinding {
		d.setPlace(item.ID)
	}
	d.bookmark(d.singleLine(item.ID+" "+item.Title), 1)
	d.drawBadge(item.Badge, leftEdge, d.y+3.2, 2.1)
	d.block(x, wide, "B", 10, inkColour, item.Title)
	line := item.ID + " · " + item.Badge.Words + " severity"
	if d.onPageOne[item.ID] {
		d.withTarget(linkTarget{place: frontPage}, func() { d.block(x, wide, "", smallSize, mutedColour, line+" · see page 1") })
	} else {
		d.block(x, wide, "", smallSize, mutedColour, line)
	}
	d.y++
	for _, t := range item.TextsExceptHTML() {
		if t.Label == "" {
			d.block(x, wide, "", smallSize, mutedColour, t.Text)
			d.y++
		} else {
			d.drawLabelled(x, wide, t, folded)
		}
	}
	if len(item.Resources) > 0 {
		pages := view.Map(item.Resources, func(r lens.Resource) textValue { return textValue{r.Title, webTarget(r.URL)} })
		d.drawBeside(x, labelColumnWidth, wide, smallSize, "Read", pages)
	}
	d.y += 3
}

// labelColumnWidth is the width of the column of labels.
const labelColumnWidth = 27.0

// drawLabelled writes a label and its text beside it. show transforms the text.
func (d *document) drawLabelled(x, width float64, t view.Text, show func(string) string) {
	d.drawBeside(x, labelColumnWidth, width, bodySize, t.Label, valuesOf(t, show))
	d.y++
}

func unchanged(s string) string { return s }

// folded cuts the end of a very long text and says that the review file has it.
func folded(s string) string {
	shown, rest := view.Fold(s)
	if rest == "" {
		return s
	}
	return shown + " … (" + view.Thousands(utf8.RuneCountInString(rest)) + " more characters in the review file)"
}
