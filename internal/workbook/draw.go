package workbook

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/xuri/excelize/v2"
)

// asText is the number format of text: a cell that is edited there stays text, whatever
// it begins with. Source: ECMA-376, part 1, 18.8.30.
const asText = 49

// A painter draws sheets into a file. After the first error it draws nothing.
type painter struct {
	file                                *excelize.File
	book                                Book
	err                                 error
	head, body, bold, day, time, number int // styles
}

func (p *painter) check(err error) { p.err = cmp.Or(p.err, err) }

func (p *painter) style(s excelize.Style) int {
	s.Alignment = &excelize.Alignment{Vertical: "top", WrapText: true}
	id, err := p.file.NewStyle(&s)
	p.check(err)
	return id
}

func (p *painter) styles() {
	day, minute := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	p.head = p.style(excelize.Style{
		NumFmt: asText, Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{cmp.Or(p.book.Accent, "1F3A5F")}},
	})
	p.body = p.style(excelize.Style{NumFmt: asText})
	p.bold = p.style(excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}})
	p.day = p.style(excelize.Style{CustomNumFmt: &day})
	p.time = p.style(excelize.Style{CustomNumFmt: &minute})
	p.number = p.style(excelize.Style{})
}

func (p *painter) sheet(s Sheet) {
	for i, c := range s.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		p.check(err)
		p.check(p.file.SetColWidth(s.Name, name, name, c.Width))
		if c.Day { // a date that is typed into an empty cell is one
			p.check(p.file.SetColStyle(s.Name, name, p.day))
		}
	}
	row := 0
	if s.Table {
		row++
		heads := Row{}
		for _, c := range s.Columns {
			heads.Cells = append(heads.Cells, Text(c.Head))
		}
		p.row(s, row, heads, p.head)
	}
	for _, r := range s.Rows {
		row++
		style := p.body
		if r.Bold {
			style = p.bold
		}
		p.row(s, row, r, style)
	}
	if s.Table {
		p.table(s, row)
	}
	p.page(s)
}

func (p *painter) row(s Sheet, number int, r Row, style int) {
	lines := 1
	for i, c := range r.Cells {
		name, err := excelize.CoordinatesToCellName(i+1, number)
		p.check(err)
		p.cell(s.Name, name, c, style)
		if i < len(s.Columns) && !s.Columns[i].Flat {
			lines = max(lines, height(c.Text, s.Columns[i].Width))
		}
	}
	const line, most = 15, 20 // points, lines
	p.check(p.file.SetRowHeight(s.Name, number, float64(line*min(lines, most))))
}

// height is how many lines a text takes in a column.
func height(s string, width float64) int {
	lines := 0
	for l := range strings.SplitSeq(s, "\n") {
		lines += max(1, int(math.Ceil(float64(text.Columns(l[:min(len(l), 4000)]))/max(width-1, 1))))
	}
	return lines
}

func (p *painter) cell(sheet, name string, c Cell, style int) {
	switch days, timed, ok := serial(c.Day); {
	case c.kind == ofNumber:
		p.check(p.file.SetCellFloat(sheet, name, c.Number, -1, 64))
		style = p.number
	case c.kind == ofDay && ok:
		p.check(p.file.SetCellFloat(sheet, name, days, -1, 64))
		style = p.day
		if timed {
			style = p.time
		}
	case c.kind == ofDay && c.Day == "":
		style = p.day
	case c.kind == ofDay:
		p.check(p.file.SetCellStr(sheet, name, escaped(Safe(c.Day))))
	case c.Text != "":
		p.check(p.file.SetCellStr(sheet, name, escaped(Safe(c.Text))))
	}
	p.check(p.file.SetCellStyle(sheet, name, name, style))
}

// table adds what a table has: a filter, heads that stay in sight, choices.
func (p *painter) table(s Sheet, rows int) {
	last, err := excelize.CoordinatesToCellName(len(s.Columns), max(rows, 1))
	p.check(err)
	p.check(p.file.AutoFilter(s.Name, "A1:"+last, nil))
	corner, err := excelize.CoordinatesToCellName(s.Frozen+1, 2)
	p.check(err)
	pane := "bottomLeft"
	if s.Frozen > 0 {
		pane = "bottomRight"
	}
	p.check(p.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: s.Frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane}))
	for i, c := range s.Columns {
		if c.Choice == nil || rows < 2 {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		p.check(err)
		dv := excelize.NewDataValidation(true)
		dv.Sqref = fmt.Sprintf("%s2:%s%d", name, name, rows)
		p.check(dv.SetDropList(c.Choice))
		p.check(p.file.AddDataValidation(s.Name, dv))
	}
}

// page sets up a sheet for paper: landscape, as wide as a page, the heads of a table and
// what the book says on each.
func (p *painter) page(s Sheet) {
	fit, wide, tall, orientation, paper := true, 1, 0, "landscape", 9 // A4
	p.check(p.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	p.check(p.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}))
	if s.Table {
		p.check(p.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.Name + "'!$1:$1", Scope: s.Name}))
	}
	header := "&L" + margin(p.book.Header[0], 120) + "&R" + margin(p.book.Header[1], 100)
	p.check(p.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: "&L" + margin(p.book.Footer, 200) + "&R&P / &N"}))
	if s.Picture != nil {
		p.picture(s)
	}
}

// margin is a text for a header or footer, in at most so many UTF-16 units: on one line, and
// an ampersand, which begins a code there, is written as two.
// Source: ECMA-376, part 1, 18.3.1.46.
func margin(s string, most int) string {
	s = strings.Join(strings.Fields(text.Clean(s, false)), " ")
	for n := most; ; n-- {
		if out := strings.ReplaceAll(Safe(text.Shorten(s, n)), "&", "&&"); text.Units(out) <= most {
			return out
		}
	}
}

// picture puts the picture of a sheet beside its first rows.
func (p *painter) picture(s Sheet) {
	p.check(p.file.AddPictureFromBytes(s.Name, "C1", &excelize.Picture{
		Extension: ".png", File: s.Picture.PNG,
		Format: &excelize.GraphicOptions{AltText: Safe(s.Picture.Name), ScaleX: s.Picture.Scale, ScaleY: s.Picture.Scale, Positioning: "oneCell", OffsetX: 10, OffsetY: 4},
	}))
}
