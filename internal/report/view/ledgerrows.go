package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A LedgerRow is a row of the ledger as a table, for CSV and workbooks.
type LedgerRow struct {
	Practice *scoring.Practice // nil for a row that belongs to no best practice in scope
	Cells    map[string]string // by the name of the column
}

// LedgerRows returns a row for each best practice in scope, in lens order, and then a row for
// each parked topic and record that belongs to none.
func LedgerRows(a *scoring.Assessment) []LedgerRow {
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
		parked[t.Practice] = append(parked[t.Practice], parkedTopic(t))
	}
	lines := func(list []string) string { return strings.Join(list, "\n") }
	var out []LedgerRow
	for i := range a.Practices {
		p := &a.Practices[i]
		q := questions[p.Question]
		row := map[string]string{
			"practice": p.ID, "question": p.Question, "pillar": p.Pillar, "layers": strings.Join(p.Layers, ", "),
			"title": p.Title, "severity": string(p.Severity), "effort": string(p.Effort), "fix": string(p.Fix), "own_severity": string(p.OwnSeverity.Level),
			"ask": q.Ask, "why": p.Guide.Why, "how": NumberedSteps(p), "ask_to_be_shown": lines(p.Guide.Evidence), "risk": string(q.Risk),
			"earlier_evidence": lines(p.EarlierEvidence()), "history": lines(earlierAnswers(p.Answer)), "parked": lines(parked[p.ID]),
			"counts_as": countsAs(p),
		}
		delete(parked, p.ID)
		if rank := ranks[p.ID]; rank > 0 {
			f := &a.Findings[rank-1]
			row["rank"], row["priority"], row["quadrant"], row["horizon"] = fmt.Sprint(rank), fmt.Sprint(f.Priority), string(f.Quadrant), string(f.Horizon)
			row["holds"], row["also_closes"], row["due_state"] = string(f.Holds), f.Closes, string(f.DueState)
		}
		if w, ok := waivers[p.ID]; ok {
			row["waiver"] = string(w.State)
			for _, f := range review.WaiverFields() {
				if f.Key != "practice" {
					row["waiver_"+f.Key] = f.Text(w.Waiver)
				}
			}
		}
		maps.Copy(row, p.CustomKeys)
		out = append(out, LedgerRow{p, row})
	}
	for _, id := range slices.Sorted(maps.Keys(parked)) {
		for _, topic := range parked[id] {
			out = append(out, LedgerRow{nil, map[string]string{"parked": topic}})
		}
	}
	for _, record := range otherRecords(a) {
		out = append(out, LedgerRow{nil, map[string]string{"record": record}})
	}
	return out
}

// countsAs says what an answer counts as if that differs from its status.
func countsAs(p *scoring.Practice) string {
	switch {
	case p.Settled:
		return p.Words() + ": " + p.Reason
	case p.ReviewStatus != "" || p.CountsAsMissing:
		return p.Words()
	}
	return ""
}

// CustomColumns returns the x- keys of answers, sorted. LedgerRows has a cell for each.
func CustomColumns(a *scoring.Assessment) []string {
	keys := map[string]bool{}
	for i := range a.Practices {
		for key := range a.Practices[i].CustomKeys {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
