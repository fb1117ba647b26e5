// Package grid has the tables of a portfolio as typed values, for the formats whose readers
// sort and filter them: the HTML page and the workbook.
package grid

import (
	"strconv"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// A Table is a table of typed values, for formats whose readers sort and filter it.
type Table struct {
	ID, Title string
	Name      string // the title where there is little room, at most 31 characters
	About     string // before the table, in a sentence; may be empty
	Empty     string // in place of a table without rows
	Columns   []Column
	Rows      []Row
}

// A Row has an id where other rows lead to it: that of a review; else 0.
type Row struct {
	Review portfolio.ID
	Cells  []Cell
}

// A Column is what the cells below a head have in common.
type Column struct {
	Header string
	Kind   Kind
	Facet  bool // a reader may choose one of its values
	Extra  bool // only where there is room for every column
}

// Kind is what a cell holds.
type Kind int

// The kinds of cell.
const (
	WordsKind   Kind = iota // text
	BadgeKind               // a sign
	WholeKind               // a whole number
	ShareKind               // per cent
	DayKind                 // YYYY-MM-DD
	ReviewsKind             // a number of reviews, which are named
)

// Numeric tells whether the cells are numbers.
func (k Kind) Numeric() bool { return k == WholeKind || k == ShareKind || k == ReviewsKind }

// A Cell is a value. The zero value is none.
type Cell struct {
	Text   string // words, or a day; of a number what is shown in its place
	Note   string // below the text, or behind a number; may be empty
	Badge  view.Badge
	Number float64
	Known  bool // there is a number
	IDs    portfolio.IDs
	Review portfolio.ID // the text leads to this review; 0 for none
}

// Value is the text of a cell as every format shows it.
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

// shareCell is a percentage, shown whole as everywhere.
func shareCell(p compare.Percent) Cell {
	if !p.Known {
		return Cell{Text: "not assessed"}
	}
	return Cell{Text: text.Percent(p.Value), Number: p.Value, Known: true}
}

// A builder makes a grid of a list, by columns each of which has the cell of an entry.
type builder[T any] struct {
	columns []Column
	cells   []func(T) Cell
}

func (g *builder[T]) column(c Column, cell func(T) Cell) {
	g.columns, g.cells = append(g.columns, c), append(g.cells, cell)
}

// rows makes the rows, of a list whose entries may be reviews.
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
