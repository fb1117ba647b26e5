// Package xlsx writes reports and portfolios as Excel workbooks. iotlens import reads the
// ledger sheet of a report back.
//
// The content comes from packages view and grid; package workbook writes the files.
package xlsx

import (
	"io"
	"maps"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/workbook"
)

// Write writes the workbook of an assessment. Every workbook has the same sheets in the same
// order; a sheet without entries has only its header. The sheet of provisions is there only
// if the review is held against a framework.
func Write(w io.Writer, a *scoring.Assessment) error { return Branded(nil)(w, a) }

// Branded returns a writer of the workbook with a brand, which may be nil.
func Branded(b *brand.Brand) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		book := workbook.Book{
			Title: a.Workload.Name + ": " + view.LensTitle(a), Day: a.Today,
			Header: [2]string{a.Workload.Name + ", as of " + a.Today, b.ClassificationText()}, Footer: strings.Join(b.Parties(), " · "),
			Sheets: []workbook.Sheet{
				summarySheet(a, b), planSheet(a), findingsSheet(a), ledgerSheet(a), waiversSheet(a), ownersSheet(a), parkedSheet(a),
			},
		}
		if len(a.Frameworks) > 0 {
			book.Sheets = append(book.Sheets, provisionsSheet(a))
		}
		if b != nil && b.Accent != nil {
			book.Accent = strings.TrimPrefix(b.Accent.Light.String(), "#")
		}
		return workbook.Write(w, book)
	}
}

// A column is a column of a table. Its width is in characters; cell returns its cell of an
// entry.
type column[T any] struct {
	head  string
	width float64
	cell  func(T) workbook.Cell
}

func tableSheet[T any](name string, frozen int, list []T, columns []column[T]) workbook.Sheet {
	s := workbook.Sheet{Name: name, Table: true, Frozen: frozen}
	for _, c := range columns {
		s.Columns = append(s.Columns, workbook.Column{Head: c.head, Width: c.width})
	}
	for _, entry := range list {
		var row workbook.Row
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(entry))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// headerText returns the header of a column: waiver_expires is "Waiver expires".
func headerText(column string) string {
	s := strings.ReplaceAll(column, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// typedCell returns a text as a cell: a number or a day if it is one.
func typedCell(s string) workbook.Cell {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return workbook.Number(n)
	}
	if _, err := strconv.Atoi(strings.ReplaceAll(s, "-", "")); err == nil && len(s) == len("2006-01-02") {
		return workbook.Day(s)
	}
	return workbook.Text(s)
}

// tableRow returns a row of a view.Table: a name, then numbers, days or texts.
func tableRow(cells []string) workbook.Row {
	row := workbook.Row{Cells: []workbook.Cell{workbook.Text(cells[0])}}
	for _, cell := range cells[1:] {
		row.Cells = append(row.Cells, typedCell(cell))
	}
	return row
}

// ledgerSheet lists every best practice in scope with its answer, and other records. It has
// the columns of iotlens report -f csv.
func ledgerSheet(a *scoring.Assessment) workbook.Sheet {
	s := workbook.Sheet{Name: spreadsheet.LedgerSheet, Table: true, Frozen: 2}
	columns := spreadsheet.LedgerColumns()
	for _, c := range columns {
		shown := workbook.Column{Head: headerText(c), Width: columnWidth(c), Day: dayColumns[c]}
		if c == "status" {
			shown.Choice = spreadsheet.StatusValues()
		}
		s.Columns = append(s.Columns, shown)
	}
	own := view.CustomColumns(a)
	for _, c := range own {
		s.Columns = append(s.Columns, workbook.Column{Head: c, Width: 20})
	}
	for _, record := range view.LedgerRows(a) {
		cells := record.Cells
		if p := record.Practice; p != nil {
			maps.Copy(cells, spreadsheet.WorkbookCells(p.ReviewAnswer()))
		}
		var row workbook.Row
		for _, c := range append(columns, own...) {
			switch {
			case dayColumns[c]:
				row.Cells = append(row.Cells, workbook.Day(cells[c]))
			case numberColumns[c]:
				row.Cells = append(row.Cells, typedCell(cells[c]))
			default:
				row.Cells = append(row.Cells, workbook.Text(cells[c]))
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// The columns of the ledger with days and with numbers.
var (
	dayColumns    = map[string]bool{"due": true, "deadline": true, "at": true, "waiver_expires": true, "waiver_at": true, "vouched_until": true}
	numberColumns = map[string]bool{"priority": true, "rank": true}
)

// columnWidth returns the width of a column of the ledger, in characters.
func columnWidth(column string) float64 {
	switch column {
	case "title", "ask":
		return 36
	case "note", "why", "how", "evidence", "earlier_evidence", "history", "reason", "ask_to_be_shown", "waiver_reason", "waiver_control", "parked", "record":
		return 48
	case "status", "owner", "by", "layers", "pillar", "practice":
		return 20
	}
	return 14
}
