package xlsx

import (
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/workbook"
)

// provisionsSheet lists the provisions of the frameworks with their best practices.
func provisionsSheet(a *scoring.Assessment) workbook.Sheet {
	s := workbook.Sheet{Name: "Provisions", Table: true, Frozen: 3}
	columns := view.ProvisionColumns()
	isDay := map[string]bool{"due_from": true, "due": true, "waived_until": true, "at": true}
	wide := map[string]float64{"title": 44, "practice_title": 36, "leaves_open": 36, "evidence": 48, "reason": 36, "note": 48, "owner": 20, "by": 20, "practice": 20, "status": 20, "unconfirmed": 36}
	for _, c := range columns {
		width := wide[c]
		if width == 0 {
			width = 14
		}
		s.Columns = append(s.Columns, workbook.Column{Head: headerText(c), Width: width, Day: isDay[c]})
	}
	for _, cells := range view.ProvisionRows(a) {
		var row workbook.Row
		for _, c := range columns {
			cell := workbook.Text(cells[c])
			if isDay[c] {
				cell = workbook.Day(cells[c])
			}
			row.Cells = append(row.Cells, cell)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
