package plain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
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
	ranks := map[string]int{}
	for i := range a.Findings {
		ranks[a.Findings[i].ID] = i + 1
	}
	waivers := map[string]scoring.Waiver{}
	for _, w := range a.Waivers {
		waivers[w.Practice] = w
	}
	questions := map[string]scoring.Question{}
	for _, q := range a.Questions {
		questions[q.ID] = q
	}
	parked := map[string][]string{}
	for _, t := range a.Parked {
		parked[t.Practice] = append(parked[t.Practice], view.ParkedTopic(t))
	}
	cell := spreadsheet.Cell
	list := func(lines []string) string { return cell(strings.Join(lines, "\n")) }
	rows := make([]map[string]string, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		row := spreadsheet.Cells(p.Answer)
		row[spreadsheet.Practice], row["question"], row["pillar"], row["layers"] = p.ID, p.Question, p.Pillar, strings.Join(p.Layers, ", ")
		row["title"], row["severity"], row["effort"], row["fix"] = cell(p.Title), string(p.Severity), string(p.Effort), string(p.Fix)
		if rank := ranks[p.ID]; rank > 0 {
			f := &a.Findings[rank-1]
			row["rank"], row["priority"], row["quadrant"], row["horizon"] = fmt.Sprint(rank), fmt.Sprint(f.Priority), string(f.Quadrant), string(f.Horizon)
			row["holds"], row["also_closes"], row["due_state"] = string(f.Holds), f.Closes, string(f.DueState)
		}
		if w, ok := waivers[p.ID]; ok {
			row["waiver"] = string(w.State)
			for _, f := range review.WaiverFields() {
				if f.Key != spreadsheet.Practice {
					row["waiver_"+f.Key] = cell(f.Text(w.Waiver))
				}
			}
		}
		row["ask"], row["why"], row["how"] = cell(questions[p.Question].Ask), cell(p.Guide.Why), cell(view.NumberedSteps(p))
		row["own_severity"] = string(p.OwnSeverity.Level)
		row["risk"] = string(questions[p.Question].Risk)
		row["ask_to_be_shown"] = list(p.Guide.Evidence)
		row["earlier_evidence"] = list(p.EarlierEvidence())
		row["history"] = list(view.EarlierAnswers(p.Answer))
		row["parked"] = list(parked[p.ID])
		delete(parked, p.ID)
		for key, value := range p.Own {
			row[cell(key)] = cell(value)
		}
		rows[i] = row
	}
	for _, id := range slices.Sorted(maps.Keys(parked)) {
		for _, topic := range parked[id] {
			rows = append(rows, map[string]string{"parked": cell(topic)})
		}
	}
	for _, said := range view.Apart(a) {
		rows = append(rows, map[string]string{spreadsheet.Record: cell(said)})
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
