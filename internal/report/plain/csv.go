package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// CSV writes one row a best practice in scope, in lens order, for spreadsheets
// and for iotlens import.
func CSV(w io.Writer, a *scoring.Assessment) error {
	rows := make([]map[string]string, len(a.Practices))
	for i, record := range view.Records(a) {
		rows[i] = spreadsheet.Cells(a.Practices[i].Answer)
		for column, text := range record {
			if _, ofAnswer := rows[i][column]; !ofAnswer {
				rows[i][column] = spreadsheet.Cell(text)
			}
		}
		rows[i][spreadsheet.Practice] = a.Practices[i].ID
	}
	return spreadsheet.Write(w, rows)
}
