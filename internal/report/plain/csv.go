package plain

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// CSV writes one row a best practice in scope, in lens order, for spreadsheets
// and for iotlens import.
func CSV(w io.Writer, a *scoring.Assessment) error {
	findings := map[string]*scoring.Finding{}
	for i := range a.Findings {
		findings[a.Findings[i].ID] = &a.Findings[i]
	}
	waivers := map[string]scoring.Waiver{}
	for _, w := range a.Waivers {
		waivers[w.Practice] = w
	}
	asks := map[string]string{}
	for _, q := range a.Questions {
		asks[q.ID] = q.Ask
	}
	rows := make([][]string, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		cell := spreadsheet.Cell
		row := []string{p.ID, p.Question, p.Pillar, strings.Join(p.Layers, ", "), cell(p.Title), string(p.Severity)}
		row = append(row, spreadsheet.Cells(p.Answer)...)
		row = append(row, cell(p.By), p.At)
		if f := findings[p.ID]; f != nil {
			row = append(row, strconv.Itoa(f.Priority), string(f.Quadrant), string(f.Horizon))
		} else {
			row = append(row, "", "", "")
		}
		row = append(row, string(waivers[p.ID].State), waivers[p.ID].Expires)
		rows[i] = append(row, string(p.Effort), string(p.Fix), cell(asks[p.Question]), cell(p.Guide.Why), cell(view.NumberedSteps(p)),
			cell(strings.Join(p.Guide.Evidence, "\n")))
	}
	return spreadsheet.Write(w, spreadsheet.Columns(), rows)
}
