package plain

import (
	"io"
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// CSV writes one row a best practice in scope, in lens order, for spreadsheets
// and for iotlens import. What belongs to no best practice in scope has rows without an
// id at the end.
func CSV(w io.Writer, a *scoring.Assessment) error {
	return spreadsheet.Write(w, Rows(a), ownColumns(a)...)
}

// Rows lists the rows of the table, with safe cells by column.
func Rows(a *scoring.Assessment) []map[string]string {
	rows := make([]map[string]string, len(a.Practices))
	for i, record := range view.Records(a) {
		p := &a.Practices[i]
		rows[i] = spreadsheet.Cells(p.Answer)
		for column, text := range record {
			if _, ofAnswer := rows[i][column]; !ofAnswer {
				rows[i][column] = spreadsheet.Cell(text)
			}
		}
		rows[i][spreadsheet.Practice] = p.ID
		for key, value := range p.Own {
			rows[i][spreadsheet.Cell(key)] = spreadsheet.Cell(value)
		}
	}
	for _, topic := range view.ParkedElsewhere(a) {
		rows = append(rows, map[string]string{spreadsheet.Parked: spreadsheet.Cell(topic)})
	}
	for _, said := range view.Apart(a) {
		rows = append(rows, map[string]string{spreadsheet.Record: spreadsheet.Cell(said)})
	}
	return rows
}

// ownColumns lists the columns for keys of people's own.
func ownColumns(a *scoring.Assessment) []string {
	keys := map[string]bool{}
	for i := range a.Practices {
		for key := range a.Practices[i].Own {
			keys[spreadsheet.Cell(key)] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
