package xlsx

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/grid"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/workbook"
)

// Portfolio writes the workbook of a portfolio: a summary and a sheet for each table. A column
// that counts reviews is followed by one with their names.
func Portfolio(w io.Writer, p *portfolio.Portfolio) error {
	title := view.PortfolioTitle(p)
	book := workbook.Book{Title: title, Day: p.Today, Header: [2]string{title, ""}, Sheets: []workbook.Sheet{figuresSheet(p)}}
	for _, t := range grid.Tables(p) {
		book.Sheets = append(book.Sheets, tableSheetOf(p, t))
	}
	return workbook.Write(w, book)
}

// figuresSheet is the summary of a portfolio: its lenses, options and key figures.
func figuresSheet(p *portfolio.Portfolio) workbook.Sheet {
	s := &textSheet{}
	s.addTitle(view.PortfolioTitle(p))
	s.addRow(workbook.Text("As of"), workbook.Day(p.Today))
	for i := range p.Groups {
		g := &p.Groups[i]
		s.addRow(workbook.Text("Lens"), workbook.Text(fmt.Sprintf("%s %s, revision %d", g.LensName, g.LensVersion, g.LensRevision)))
	}
	s.addFact("Only reviews with", strings.Join(p.Where, ", "))
	if len(p.Where) > 0 {
		s.addRow(workbook.Text("Left out"), workbook.Number(float64(p.FilteredOut)))
	}
	if p.Templates > 0 {
		s.addRow(workbook.Text("Review templates, not counted"), workbook.Number(float64(p.Templates)))
	}
	s.addTitle("Figures")
	for _, f := range grid.Figures(p) {
		s.addRow(workbook.Text(f.Name), workbook.Number(f.Number))
	}
	s.addTitle("Verdicts")
	for _, v := range p.Verdicts {
		s.addRow(workbook.Text(v.Name), workbook.Number(float64(len(v.Reviews))))
	}
	s.addTitle("Scores")
	for _, v := range p.Scores {
		s.addRow(workbook.Text(v.Name), workbook.Number(float64(len(v.Reviews))))
	}
	return workbook.Sheet{Name: "Summary", Rows: s.rows, Columns: []workbook.Column{{Width: 30}, {Width: 44}}}
}

// maxNamedReviews is how many reviews a cell names.
const maxNamedReviews = 200

func tableSheetOf(p *portfolio.Portfolio, t grid.Table) workbook.Sheet {
	s := workbook.Sheet{Name: t.Name, Table: true, Frozen: 1}
	for i, c := range t.Columns {
		s.Columns = append(s.Columns, workbook.Column{Head: c.Header, Width: widthOf(t, i), Day: c.Kind == grid.DayKind})
		if c.Kind == grid.ReviewsKind {
			s.Columns = append(s.Columns, workbook.Column{Head: c.Header + ": which", Width: 30, Flat: true})
		}
		if i == 0 && t.ID == "workloads" {
			s.Columns = append(s.Columns, workbook.Column{Head: "File", Width: 40})
		}
	}
	for _, r := range t.Rows {
		var row workbook.Row
		for i, c := range t.Columns {
			cell := r.Cells[i]
			row.Cells = append(row.Cells, cellOf(c, cell))
			if c.Kind == grid.ReviewsKind {
				row.Cells = append(row.Cells, workbook.Text(reviewNames(p, cell.IDs)))
			}
			if i == 0 && t.ID == "workloads" {
				row.Cells = append(row.Cells, workbook.Text(cell.Note))
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// widthOf returns the width of a column in characters, from its header and longest text.
func widthOf(t grid.Table, column int) float64 {
	n := len(t.Columns[column].Header) + 4
	for _, r := range t.Rows {
		n = max(n, len(r.Cells[column].Value())+2)
	}
	return float64(min(max(n, 10), 48))
}

// cellOf returns a cell of a workbook. A percentage has one decimal, rounded down: 99.96 is
// not 100.
func cellOf(c grid.Column, cell grid.Cell) workbook.Cell {
	switch {
	case c.Kind == grid.DayKind:
		return workbook.Day(cell.Text)
	case c.Kind == grid.ShareKind && cell.Known:
		return workbook.Number(math.Floor(cell.Number*10+1e-9) / 10)
	case c.Kind.Numeric() && cell.Known:
		return workbook.Number(cell.Number)
	case cell.Badge.Words != "" && cell.Note != "":
		return workbook.Text(cell.Badge.Words + ": " + cell.Note)
	}
	return workbook.Text(cell.Value())
}

// reviewNames joins the names of the workloads of reviews.
func reviewNames(p *portfolio.Portfolio, ids portfolio.IDs) string {
	names := view.Map(ids[:min(len(ids), maxNamedReviews)], func(id portfolio.ID) string { return p.Review(id).Workload })
	s := strings.Join(names, "; ")
	if more := len(ids) - len(names); more > 0 {
		s += fmt.Sprintf("; and %d more", more)
	}
	return s
}
