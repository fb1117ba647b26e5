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
	rows := make([]map[string]string, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		cell := spreadsheet.Cell
		row := spreadsheet.Cells(p.Answer)
		row[spreadsheet.Practice], row["question"], row["pillar"], row["layers"] = p.ID, p.Question, p.Pillar, strings.Join(p.Layers, ", ")
		row["title"], row["severity"], row["effort"], row["fix"] = cell(p.Title), string(p.Severity), string(p.Effort), string(p.Fix)
		if f := findings[p.ID]; f != nil {
			row["priority"], row["quadrant"], row["horizon"] = strconv.Itoa(f.Priority), string(f.Quadrant), string(f.Horizon)
		}
		if v := waivers[p.ID]; v != nil {
			row["waiver"], row["waiver_expires"] = string(v.State), v.Expires
		}
		row["ask"], row["why"], row["how"] = cell(asks[p.Question]), cell(p.Guide.Why), cell(steps(p))
		row["ask_to_be_shown"] = cell(strings.Join(p.Guide.Evidence, "\n"))
		rows[i] = row
	}
	return spreadsheet.Write(w, rows)
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
