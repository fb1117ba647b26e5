package report

import (
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
		cell := spreadsheet.Cell
		row := make([]string, 0, len(columns))
		row = append(row, p.ID, p.Question, p.Pillar, strings.Join(p.Layers, ", "), cell(p.Title), string(p.Severity))
		row = append(row, spreadsheet.Cells(p.Answer)...)
		row = append(row, cell(p.By), p.At)
		if f := findings[p.ID]; f != nil {
			row = append(row, strconv.Itoa(f.Priority), string(f.Quadrant), string(f.Horizon))
		} else {
			row = append(row, "", "", "")
		}
		if v := waivers[p.ID]; v != nil {
			row = append(row, string(v.State), v.Expires)
		} else {
			row = append(row, "", "")
		}
		rows[i] = append(row, string(p.Effort), string(p.Fix), cell(asks[p.Question]), cell(p.Guide.Why), cell(steps(p)),
			cell(strings.Join(p.Guide.Evidence, "\n")))
	}
	return spreadsheet.Write(w, columns, rows)
}

// steps lists what to do, one step a line.
func steps(p *scoring.Practice) string {
	var b strings.Builder
	size := 0
	for _, h := range p.Guide.How {
		size += len(h.Do) + len("12. \n")
	}
	b.Grow(size)
	for i, h := range p.Guide.How {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strconv.Itoa(i + 1))
		b.WriteString(". ")
		b.WriteString(strings.TrimSpace(h.Do))
	}
	return b.String()
}
