package plain

import (
	"fmt"
	"io"
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
	questions := map[string]scoring.Question{}
	for _, q := range a.Questions {
		questions[q.ID] = q
	}
	rows := make([]map[string]string, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		cell := spreadsheet.Cell
		row := spreadsheet.Cells(p.Answer)
		row[spreadsheet.Practice], row["question"], row["pillar"], row["layers"] = p.ID, p.Question, p.Pillar, strings.Join(p.Layers, ", ")
		row["title"], row["severity"], row["effort"], row["fix"] = cell(p.Title), string(p.Severity), string(p.Effort), string(p.Fix)
		if f := findings[p.ID]; f != nil {
			row["priority"], row["quadrant"], row["horizon"] = fmt.Sprint(f.Priority), string(f.Quadrant), string(f.Horizon)
			row["holds"], row["also_closes"], row["due_state"] = string(f.Holds), f.Closes, string(f.DueState)
		}
		row["waiver"], row["waiver_expires"] = string(waivers[p.ID].State), waivers[p.ID].Expires
		row["ask"], row["why"], row["how"] = cell(questions[p.Question].Ask), cell(p.Guide.Why), cell(view.NumberedSteps(p))
		row["own_severity"] = string(p.OwnSeverity.Level)
		row["risk"] = string(questions[p.Question].Risk)
		row["ask_to_be_shown"] = cell(strings.Join(p.Guide.Evidence, "\n"))
		rows[i] = row
	}
	return spreadsheet.Write(w, rows)
}
