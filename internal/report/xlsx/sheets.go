package xlsx

import (
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/workbook"
)

// A rankedFinding is a finding with its rank by priority and the last day of its horizon.
type rankedFinding struct {
	scoring.Finding
	rank  int // from 1
	until string
}

// rankedFindings returns all findings with their ranks.
func rankedFindings(a *scoring.Assessment) []rankedFinding {
	var out []rankedFinding
	for i, f := range a.Findings {
		out = append(out, rankedFinding{f, i + 1, a.HorizonEnd(f.Horizon)})
	}
	return out
}

// planSheet lists the open findings by horizon. A finding that another one closes has no row;
// the row of the other names it.
func planSheet(a *scoring.Assessment) workbook.Sheet {
	var list []rankedFinding
	for _, h := range scoring.Horizons() {
		for _, f := range rankedFindings(a) {
			if !f.Waived && f.Horizon == h && f.ClosedBy == "" {
				list = append(list, f)
			}
		}
	}
	return tableSheet("Plan", 0, list, []column[rankedFinding]{
		{"Horizon", 12, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Horizon)) }},
		{"Until", 14, func(f rankedFinding) workbook.Cell { return workbook.Day(f.until) }},
		{"Rank", 8, func(f rankedFinding) workbook.Cell { return workbook.Number(float64(f.rank)) }},
		{"Practice", 18, func(f rankedFinding) workbook.Cell { return workbook.Text(f.ID) }},
		{"Title", 44, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Title) }},
		{"Priority", 10, func(f rankedFinding) workbook.Cell { return workbook.Number(f.Priority) }},
		{"Severity", 11, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Severity)) }},
		{"Owner", 20, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Owner) }},
		{"Due", 14, func(f rankedFinding) workbook.Cell { return workbook.Day(f.Due) }},
		{"Due state", 12, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.DueState)) }},
		{"Effort", 10, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Effort)) }},
		{"Quadrant", 14, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Quadrant)) }},
		{"Also closes", 18, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Closes) }},
		{"Do first", 60, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Guide.FirstStep()) }},
	})
}

// findingsSheet lists every finding by priority.
func findingsSheet(a *scoring.Assessment) workbook.Sheet {
	return tableSheet("Findings", 2, rankedFindings(a), []column[rankedFinding]{
		{"Rank", 8, func(f rankedFinding) workbook.Cell { return workbook.Number(float64(f.rank)) }},
		{"Practice", 18, func(f rankedFinding) workbook.Cell { return workbook.Text(f.ID) }},
		{"Title", 44, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Title) }},
		{"Severity", 11, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Severity)) }},
		{"Our severity", 13, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.OwnSeverity.Level)) }},
		{"Priority", 10, func(f rankedFinding) workbook.Cell { return workbook.Number(f.Priority) }},
		{"Status", 20, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Words()) }},
		{"Extent", 10, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Extent) }},
		{"When", 16, func(f rankedFinding) workbook.Cell { return workbook.Text(view.HorizonOrWaived(f.Finding)) }},
		{"Quadrant", 14, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Quadrant)) }},
		{"Question", 14, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Question) }},
		{"Holds it at", 13, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Holds)) }},
		{"Why here", 44, func(f rankedFinding) workbook.Cell { return workbook.Text(strings.Join(f.Reasons, "\n")) }},
		{"Note", 48, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Note) }},
		{"Evidence", 40, func(f rankedFinding) workbook.Cell { return workbook.Text(strings.Join(f.Evidence, "\n")) }},
		{"Owner", 20, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Owner) }},
		{"Due", 14, func(f rankedFinding) workbook.Cell { return workbook.Day(f.Due) }},
		{"Deadline", 14, func(f rankedFinding) workbook.Cell { return workbook.Day(f.Deadline) }},
		{"Waiver", 12, func(f rankedFinding) workbook.Cell { return workbook.Text(waiverState(f.Finding)) }},
		{"Effort", 10, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Effort)) }},
		{"Fix", 14, func(f rankedFinding) workbook.Cell { return workbook.Text(string(f.Fix)) }},
		{"Pillar", 22, func(f rankedFinding) workbook.Cell { return workbook.Text(f.PillarName) }},
		{"Layers", 22, func(f rankedFinding) workbook.Cell { return workbook.Text(strings.Join(f.LayerNames, ", ")) }},
		{"What can happen", 60, func(f rankedFinding) workbook.Cell { return workbook.Text(f.Guide.Why) }},
		{"Steps", 60, func(f rankedFinding) workbook.Cell { return workbook.Text(view.NumberedSteps(f.Practice)) }},
	})
}

func waiverState(f scoring.Finding) string {
	if f.Waiver == nil {
		return ""
	}
	return string(f.Waiver.State)
}

func waiversSheet(a *scoring.Assessment) workbook.Sheet {
	return tableSheet("Waivers", 1, a.Waivers, []column[scoring.Waiver]{
		{"Practice", 18, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Practice) }},
		{"Title", 44, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Title) }},
		{"State", 12, func(w scoring.Waiver) workbook.Cell { return workbook.Text(string(w.State)) }},
		{"Expires", 14, func(w scoring.Waiver) workbook.Cell { return workbook.Day(w.Expires) }},
		{"Days left", 11, func(w scoring.Waiver) workbook.Cell { return workbook.Number(float64(w.Days)) }},
		{"Owner", 20, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Owner) }},
		{"Approver", 20, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Approver) }},
		{"Reason", 48, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Reason) }},
		{"Control", 48, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.Control) }},
		{"By", 20, func(w scoring.Waiver) workbook.Cell { return workbook.Text(w.By) }},
		{"At", 18, func(w scoring.Waiver) workbook.Cell { return workbook.Day(w.At) }},
	})
}

// ownersSheet has the table of view.Owners.
func ownersSheet(a *scoring.Assessment) workbook.Sheet {
	s := workbook.Sheet{Name: "Owners", Table: true, Frozen: 1}
	for i, h := range []string{"owner", "open", "now", "next", "later", "overdue", "next date"} {
		w := 12.0
		if i == 0 {
			w = 30
		}
		s.Columns = append(s.Columns, workbook.Column{Head: headerText(h), Width: w})
	}
	for _, row := range view.Owners(a).Table.Rows {
		s.Rows = append(s.Rows, tableRow(row))
	}
	return s
}

func parkedSheet(a *scoring.Assessment) workbook.Sheet {
	return tableSheet("Parked topics", 0, a.Parked, []column[review.Topic]{
		{"Topic", 60, func(t review.Topic) workbook.Cell { return workbook.Text(t.Topic) }},
		{"Practice", 18, func(t review.Topic) workbook.Cell { return workbook.Text(t.Practice) }},
		{"Owner", 20, func(t review.Topic) workbook.Cell { return workbook.Text(t.Owner) }},
		{"By", 20, func(t review.Topic) workbook.Cell { return workbook.Text(t.By) }},
		{"At", 18, func(t review.Topic) workbook.Cell { return workbook.Day(t.At) }},
	})
}
