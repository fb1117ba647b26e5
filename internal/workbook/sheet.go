package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/text"
)

// A painter writes the part of a sheet. Its elements have a fixed order.
// Source: ECMA-376, part 1, 18.3.1.99.
type painter struct {
	document

	book  Book
	texts *texts
}

func (p *painter) sheet(s Sheet, first bool) {
	columns, rows := extent(s)
	p.add(`<worksheet xmlns="` + mainNS + `" xmlns:r="` + linkNS + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	p.add(`<dimension ref="%s"/>`, area(columns, rows))
	p.view(s, first)
	p.add(`<sheetFormatPr defaultRowHeight="15"/>`)
	p.columns(s.Columns)
	p.rows(s)
	if s.Table {
		p.add(`<autoFilter ref="%s"/>`, filtered(s))
		p.choices(s.Columns, rows)
	}
	p.page()
	if s.Picture != nil {
		p.add(`<drawing r:id="rId1"/>`)
	}
	p.add(`</worksheet>`)
}

// extent is how many columns and rows of a sheet have cells.
func extent(s Sheet) (columns, rows int) {
	rows = len(s.Rows)
	if s.Table {
		columns, rows = len(s.Columns), rows+1
	}
	for _, r := range s.Rows {
		columns = max(columns, len(r.Cells))
	}
	return columns, rows
}

// view keeps the heads of a table and its frozen columns in sight.
func (p *painter) view(s Sheet, first bool) {
	p.add(`<sheetViews><sheetView tabSelected="%t" workbookViewId="0">`, first)
	if s.Table {
		pane, split := "bottomLeft", ""
		if s.Frozen > 0 {
			pane, split = "bottomRight", fmt.Sprintf(` xSplit="%d"`, s.Frozen)
		}
		p.add(`<pane`+split+` ySplit="1" topLeftCell="%s" activePane="%s" state="frozen"/>`, cellName(s.Frozen, 2), pane)
	}
	p.add(`</sheetView></sheetViews>`)
}

func (p *painter) columns(columns []Column) {
	if len(columns) == 0 {
		return
	}
	p.add(`<cols>`)
	for i, c := range columns {
		style := style(0)
		if c.Day { // a date that is typed into an empty cell is one
			style = dayStyle
		}
		p.add(`<col min="%d" max="%d" width="%g" style="%d" customWidth="1"/>`, i+1, i+1, c.Width, style)
	}
	p.add(`</cols>`)
}

func (p *painter) rows(s Sheet) {
	p.add(`<sheetData>`)
	number := 0
	if s.Table {
		number++
		heads := Row{}
		for _, c := range s.Columns {
			heads.Cells = append(heads.Cells, Text(c.Head))
		}
		p.row(s.Columns, number, heads, headStyle)
	}
	for _, r := range s.Rows {
		number++
		style := bodyStyle
		if r.Bold {
			style = boldStyle
		}
		p.row(s.Columns, number, r, style)
	}
	p.add(`</sheetData>`)
}

func (p *painter) row(columns []Column, number int, r Row, style style) {
	const line, most = 15, 20 // points, lines
	lines := 1
	for i, c := range r.Cells {
		if i < len(columns) && !columns[i].Flat {
			lines = max(lines, height(c.Text, columns[i].Width))
		}
	}
	p.add(`<row r="%d" ht="%d" customHeight="1">`, number, line*min(lines, most))
	for i, c := range r.Cells {
		p.cell(cellName(i, number), c, style)
	}
	p.add(`</row>`)
}

// height is how many lines a text takes in a column.
func height(s string, width float64) int {
	lines := 0
	for l := range strings.SplitSeq(s, "\n") {
		lines += max(1, int(math.Ceil(float64(text.Columns(l[:min(len(l), 4000)]))/max(width-1, 1))))
	}
	return lines
}

func (p *painter) cell(name string, c Cell, style style) {
	shown, value := c.Text, ""
	switch days, timed, ok := serial(c.Day); {
	case c.kind == ofNumber && (math.IsNaN(c.Number) || math.IsInf(c.Number, 0)): // which a cell can't hold
		shown = fmt.Sprint(c.Number)
	case c.kind == ofNumber:
		value, style = number(c.Number), numberStyle
	case c.kind == ofDay && ok && timed:
		value, style = number(days), timeStyle
	case c.kind == ofDay && ok:
		value, style = number(days), dayStyle
	case c.kind == ofDay && c.Day == "":
		style = dayStyle
	case c.kind == ofDay:
		shown = c.Day
	}
	switch {
	case value != "":
		p.add(`<c r="%s" s="%d"><v>%s</v></c>`, name, style, value)
	case shown != "":
		p.add(`<c r="%s" s="%d" t="s"><v>%d</v></c>`, name, style, p.texts.index(Safe(shown)))
	default:
		p.add(`<c r="%s" s="%d"/>`, name, style)
	}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// serial is a day or a time as a workbook counts them: days since the end of 1899.
func serial(s string) (days float64, timed, ok bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		if t, err = time.Parse(time.RFC3339, s); err != nil {
			return 0, false, false
		}
		timed = true
	}
	return t.UTC().Sub(epoch).Hours() / 24, timed, t.Year() > 1900 && t.Year() < 10000
}

// epoch is day 0 of workbooks, which took 1900 for a leap year: right from March 1900 on.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// choices writes the lists of values that are offered in cells.
func (p *painter) choices(columns []Column, rows int) {
	var lists document
	n := 0
	for i, c := range columns {
		if c.Choice == nil || rows < 2 {
			continue
		}
		n++
		lists.add(`<dataValidation type="list" allowBlank="1" sqref="%s"><formula1>%s</formula1></dataValidation>`, cellName(i, 2)+":"+cellName(i, rows), literal(choice(c.Choice)))
	}
	if n > 0 {
		p.add(`<dataValidations count="%d">`, n)
		p.Write(lists.Bytes())
		p.add(`</dataValidations>`)
	}
}

// choice is a list of values as the text of a formula.
func choice(values []string) string {
	return `"` + strings.ReplaceAll(strings.Join(values, ","), `"`, `""`) + `"`
}

// page sets up a sheet for paper: landscape A4, as wide as a page, and what the book says on
// each.
func (p *painter) page() {
	p.add(`<pageSetup paperSize="9" fitToWidth="1" fitToHeight="0" orientation="landscape"/>`)
	header := "&L" + margin(p.book.Header[0], 120) + "&R" + margin(p.book.Header[1], 100)
	p.add(`<headerFooter><oddHeader>%s</oddHeader><oddFooter>%s</oddFooter></headerFooter>`, literal(header), literal("&L"+margin(p.book.Footer, 200)+"&R&P / &N"))
}

// margin is a text for a header or footer, in at most so many UTF-16 units: on one line, and
// an ampersand, which begins a code there, is written as two.
// Source: ECMA-376, part 1, 18.3.1.46.
func margin(s string, most int) string {
	s = strings.Join(strings.Fields(text.Clean(s, false)), " ")
	for n := most; ; n-- {
		if out := strings.ReplaceAll(Safe(text.Shorten(s, n)), "&", "&&"); text.UTF16Len(out) <= most {
			return out
		}
	}
}

// cellName is the name of a cell by its column, from 0, and row, from 1.
func cellName(column, row int) string { return columnName(column) + strconv.Itoa(row) }

// columnName is the name of a column, from 0: A to Z, AA and so on.
func columnName(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// filtered is the area of the filter of a table.
func filtered(s Sheet) string {
	return fmt.Sprintf("$A$1:$%s$%d", columnName(len(s.Columns)-1), len(s.Rows)+1)
}

// area is the name of the area from the first cell, in so many columns and rows.
func area(columns, rows int) string {
	if columns <= 1 && rows <= 1 {
		return "A1"
	}
	return "A1:" + cellName(max(columns, 1)-1, max(rows, 1))
}
