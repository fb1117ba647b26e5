package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// writeCSV writes one row a best practice in scope, in lens order, for
// spreadsheets and for iotlens import.
func writeCSV(w io.Writer, a *scoring.Assessment) error {
	findings := map[string]*scoring.Finding{}
	for i := range a.Findings {
		findings[a.Findings[i].ID] = &a.Findings[i]
	}
	waivers := map[string]*scoring.Waiver{}
	for i := range a.Waivers {
		waivers[a.Waivers[i].Practice] = &a.Waivers[i]
	}
	asks := map[string]string{}
	for _, q := range a.Questions {
		asks[q.ID] = q.Ask
	}
	columns := spreadsheet.Columns()
	rows := make([][]string, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		cells := spreadsheet.Cells(p.Answer)
		for column, text := range map[string]string{
			spreadsheet.Practice: p.ID, "question": p.Question, "pillar": p.Pillar, "layers": strings.Join(p.Layers, ", "),
			"title": p.Title, "severity": string(p.Severity), "by": p.By, "at": p.At, "effort": string(p.Effort), "fix": string(p.Fix),
			"ask": asks[p.Question], "why": p.Guide.Why, "how": steps(p), "ask_to_be_shown": strings.Join(p.Guide.Evidence, "\n"),
		} {
			cells[column] = spreadsheet.Cell(text)
		}
		if f := findings[p.ID]; f != nil {
			cells["priority"], cells["quadrant"], cells["horizon"] = strconv.Itoa(f.Priority), string(f.Quadrant), string(f.Horizon)
		}
		if v := waivers[p.ID]; v != nil {
			cells["waiver"], cells["waiver_expires"] = string(v.State), v.Expires
		}
		rows[i] = make([]string, len(columns))
		for j, column := range columns {
			rows[i][j] = cells[column]
		}
	}
	return spreadsheet.Write(w, columns, rows)
}

// steps lists what to do, one step a line.
func steps(p *scoring.Practice) string {
	var b strings.Builder
	for i, h := range p.Guide.How {
		fmt.Fprintf(&b, "%d. %s\n", i+1, strings.TrimSpace(h.Do))
	}
	return strings.TrimSuffix(b.String(), "\n")
}
