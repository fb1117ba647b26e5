package workbook

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Limits of what is read. A ledger of the whole lens in which every cell is as long as
// Excel allows has 48 MB.
const (
	largest     = 64 << 20 // bytes, unzipped
	mostRows    = 20000    // in all sheets together, without empty ones
	mostColumns = 500
	mostCells   = 2_000_000 // in all sheets together
)

// A ReadSheet is a sheet that was read.
type ReadSheet struct {
	Name string
	Rows []ReadRow // without empty ones
}

// A ReadRow is a row with the number that a spreadsheet shows, from 1. Its last cell is not
// empty.
type ReadRow struct {
	Number int
	Cells  []ReadCell
}

// A ReadCell is the content of a cell.
type ReadCell struct {
	Text    string // as a spreadsheet shows it, but for dates, which are in ISO 8601
	Day     string // YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, if the cell holds a number that can be one of the years 2000 to 2199
	Formula bool   // the text is the last result of a formula, if it was ever computed
}

// Read reads the sheets of an .xlsx workbook. The error completes a sentence that begins with
// the name of the file: what else the file is, what is wrong with it, or which limit it exceeds.
func Read(data []byte) ([]ReadSheet, error) {
	p, err := open(data)
	if err != nil {
		return nil, err
	}
	b, err := p.book()
	if err != nil {
		return nil, fmt.Errorf("cannot be read as a workbook (%w); open it in a spreadsheet and save it as .xlsx", err)
	}
	var sheets []ReadSheet
	for _, s := range b.sheets {
		rows, err := b.rows(s.part)
		if err != nil {
			return nil, fmt.Errorf("sheet %q %w", s.name, err)
		}
		sheets = append(sheets, ReadSheet{Name: s.name, Rows: rows})
	}
	return sheets, nil
}

// A cellElement is a cell as a sheet has it. Source: ECMA-376, part 1, 18.3.1.4.
type cellElement struct {
	Ref     string    `xml:"r,attr"`
	Style   string    `xml:"s,attr"`
	Type    string    `xml:"t,attr"`
	Formula *struct{} `xml:"f"`
	Value   string    `xml:"v"`
	Inline  richText  `xml:"is"`
}

// rows reads the rows of a sheet.
func (b *book) rows(part string) ([]ReadRow, error) {
	d, err := b.parts.decoder(part)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	var rows []ReadRow
	row, column := ReadRow{}, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("cannot be read: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				if row.Number, err = after(row.Number, attribute(t, "r"), "row", strconv.Atoi); err != nil {
					return nil, fmt.Errorf("cannot be read: %w", err)
				}
				column = 0
			case "c":
				if column, err = b.cell(d, t, &row, column); err != nil {
					return nil, err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "sheetData":
				return rows, nil
			case "row":
				if row.Cells = withoutEmptyEnd(row.Cells); len(row.Cells) == 0 {
					continue
				}
				if b.rowsRead++; b.rowsRead > mostRows {
					return nil, fmt.Errorf("is too large: a workbook may have %d rows that are not empty", mostRows)
				}
				rows = append(rows, row)
				row.Cells = nil
			}
		}
	}
}

// cell adds a cell to its row if it is not empty, and returns its column; last is that of the
// cell before.
func (b *book) cell(d *xml.Decoder, start xml.StartElement, row *ReadRow, last int) (column int, err error) {
	var e cellElement
	if err := d.DecodeElement(&e, &start); err != nil {
		return 0, fmt.Errorf("cannot be read: %w", err)
	}
	if column, err = after(last, e.Ref, "cell", columnOf); err != nil {
		return 0, fmt.Errorf("cannot be read: row %d: %w", row.Number, err)
	}
	content := b.content(e)
	if content == (ReadCell{}) {
		return column, nil
	}
	if column > mostColumns {
		return 0, fmt.Errorf("is too wide: row %d has more than %d columns", row.Number, mostColumns)
	}
	if b.cellsRead += column - len(row.Cells); b.cellsRead > mostCells {
		return 0, fmt.Errorf("is too large: a workbook may have %d cells", mostCells)
	}
	row.Cells = append(append(row.Cells, make([]ReadCell, column-1-len(row.Cells))...), content)
	return column, nil
}

// content is what a cell holds. Source of the types: ECMA-376, part 1, 18.18.11.
func (b *book) content(e cellElement) ReadCell {
	c := ReadCell{Formula: e.Formula != nil}
	switch e.Type {
	case "s":
		if i, err := strconv.Atoi(e.Value); err == nil && i >= 0 && i < len(b.texts) {
			c.Text = b.texts[i]
		}
	case "inlineStr":
		c.Text = cmp.Or(e.Inline.String(), unescaped(e.Value)) // the result of a formula, as LibreOffice has it
	case "b":
		c.Text = map[string]string{"0": "FALSE", "1": "TRUE"}[e.Value]
	case "", "n":
		c.Text = e.Value
		if n, err := strconv.ParseFloat(e.Value, 64); err == nil {
			c.Text, c.Day = b.shown(n, e.Style), b.likelyDay(n)
		}
	case "d":
		c.Text = e.Value
		if t, err := parseISO(e.Value); err == nil {
			c.Day = formatDay(t)
		}
	default: // the text of a formula, or an error such as #N/A
		c.Text = unescaped(e.Value)
	}
	c.Text = strings.ReplaceAll(strings.ReplaceAll(c.Text, "\r\n", "\n"), "\r", "\n")
	return c
}

// after is the number of a row or a column, counted from 1: the one that its reference names,
// or the next one without a reference. Numbers increase.
func after(last int, ref, what string, number func(string) (int, error)) (int, error) {
	if ref == "" {
		return last + 1, nil
	}
	n, err := number(ref)
	if err != nil || n <= last {
		return 0, fmt.Errorf("the reference %q of a %s is invalid or out of order", ref, what)
	}
	return n, nil
}

// columnOf is the number of the column in the name of a cell: 28 for AB7.
func columnOf(ref string) (int, error) {
	n := 0
	for i, r := range strings.ToUpper(ref) {
		switch {
		case r >= 'A' && r <= 'Z' && i < len("XFD"):
			n = n*26 + int(r-'A') + 1
		case r >= '0' && r <= '9' && n > 0:
			return n, nil
		default:
			return 0, strconv.ErrSyntax
		}
	}
	return 0, strconv.ErrSyntax
}

// withoutEmptyEnd is a row without the empty cells at its end. A formula is not empty.
func withoutEmptyEnd(cells []ReadCell) []ReadCell {
	end := len(cells)
	for end > 0 && strings.TrimSpace(cells[end-1].Text) == "" && !cells[end-1].Formula {
		end--
	}
	return cells[:end]
}

// Is reports whether data may be a workbook, of whatever format.
func Is(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, compound)
}

// compound begins the files of Excel before 2007, and workbooks with a password.
// Source: MS-CFB, 2.2.
var compound = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
