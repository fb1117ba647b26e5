package plain

import (
	"io"
	"maps"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// CSV writes a row for each best practice in scope, in lens order, for spreadsheets and for
// iotlens import. Rows without an id at the end have what belongs to no best practice in
// scope.
func CSV(w io.Writer, a *scoring.Assessment) error {
	var rows []map[string]string
	for _, record := range view.LedgerRows(a) {
		row := map[string]string{}
		for column, text := range record.Cells {
			row[spreadsheet.SafeCell(column)] = spreadsheet.SafeCell(text)
		}
		if p := record.Practice; p != nil {
			maps.Copy(row, spreadsheet.CSVCells(p.ReviewAnswer()))
			row[spreadsheet.PracticeColumn] = p.ID // unescaped, because iotlens import reads it
		}
		rows = append(rows, row)
	}
	return spreadsheet.Write(w, rows, view.Map(view.CustomColumns(a), spreadsheet.SafeCell)...)
}
