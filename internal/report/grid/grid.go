// Package grid builds the tables of a portfolio with typed cells, for formats in which tables
// can be sorted and filtered: the HTML page and the workbook.
package grid

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// A Table is a table of a portfolio.
type Table struct {
	ID, Title string
	Name      string // short title, at most 31 characters, the limit for a sheet of a workbook
	About     string // a sentence above the table; may be empty
	Empty     string // a sentence instead of a table without rows
	Columns   []Column
	Rows      []Row
}

// A Row is a row of a table.
type Row struct {
	Review portfolio.ID // the review of the row, to which other rows can link; 0 for none
	Cells  []Cell
}

// A Column is a column of a table.
type Column struct {
	Header string
	Kind   Kind
	Facet  bool // rows can be filtered by its values
	Extra  bool // shown in workbooks only
}

// Kind is the kind of the cells of a column.
type Kind int

// The kinds of cell.
const (
	WordsKind   Kind = iota // text
	BadgeKind               // a badge
	WholeKind               // a whole number
	ShareKind               // a percentage
	DayKind                 // YYYY-MM-DD
	ReviewsKind             // a number of reviews with a list of them
)

// Numeric reports whether the cells are numbers.
func (k Kind) Numeric() bool { return k == WholeKind || k == ShareKind || k == ReviewsKind }

// A Cell is a value. The zero value is empty.
type Cell struct {
	Text   string // words, a day, or the text of a number if it is not its digits
	Note   string // shown below the text; may be empty
	Badge  view.Badge
	Number float64
	Known  bool          // whether there is a number
	IDs    portfolio.IDs // the reviews that the number counts
	Review portfolio.ID  // the text links to this review; 0 for none
}

// Value returns the text of a cell.
func (c Cell) Value() string {
	switch {
	case c.Text != "" || c.Badge.Words == "" && !c.Known:
		return c.Text
	case c.Badge.Words != "":
		return c.Badge.Words
	}
	return strconv.FormatFloat(c.Number, 'f', -1, 64)
}

func wordsCell(s string) Cell { return Cell{Text: s} }

func wholeCell(n int) Cell { return Cell{Number: float64(n), Known: true} }

func badgeCell(s view.Badge) Cell { return Cell{Badge: s} }

func reviewsCell(ids portfolio.IDs) Cell {
	return Cell{Number: float64(len(ids)), Known: true, IDs: ids}
}

// shareCell returns a cell with a percentage, shown as a whole number.
func shareCell(p compare.Percent) Cell {
	if !p.Known {
		return Cell{Text: "not assessed"}
	}
	return Cell{Text: text.Percent(p.Value), Number: p.Value, Known: true}
}

// A builder builds the rows of a table from a list. Each column has a function that returns
// its cell of an entry.
type builder[T any] struct {
	columns []Column
	cells   []func(T) Cell
}

func (g *builder[T]) column(c Column, cell func(T) Cell) {
	g.columns, g.cells = append(g.columns, c), append(g.cells, cell)
}

// rows returns a row for each entry of a list. review returns the review of an entry, for
// Row.Review; it may be nil.
func (g *builder[T]) rows(list []T, review func(T) portfolio.ID) []Row {
	out := make([]Row, 0, len(list))
	for _, entry := range list {
		row := Row{Cells: make([]Cell, 0, len(g.cells))}
		if review != nil {
			row.Review = review(entry)
		}
		for _, cell := range g.cells {
			row.Cells = append(row.Cells, cell(entry))
		}
		out = append(out, row)
	}
	return out
}
