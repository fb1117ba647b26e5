package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/text"
)

// TextGaps writes the provisions of frameworks with their states for a terminal.
func TextGaps(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("%s, as of %s", clean(a.Workload.Name), clean(a.Today))
	textSections(p, view.Frameworks(a))
	_, err := io.WriteString(w, p.String())
	return err
}

// MarkdownGaps writes the provisions of frameworks with their states as Markdown.
func MarkdownGaps(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("# %s, as of %s", md(a.Workload.Name), md(a.Today))
	return mdPage(w, p, view.Frameworks(a))
}

// CSVGaps writes the table of provisions, with a row for each best practice of a provision.
func CSVGaps(w io.Writer, a *scoring.Assessment) error {
	var rows [][]string
	for _, cells := range view.ProvisionRows(a) {
		row := make([]string, 0, len(cells))
		for _, column := range view.ProvisionColumns() {
			row = append(row, spreadsheet.SafeCell(cells[column]))
		}
		rows = append(rows, row)
	}
	return spreadsheet.WriteRows(w, view.ProvisionColumns(), rows)
}
