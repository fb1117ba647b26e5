package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A LedgerRow is a row of a table of a report, by the names of its columns, as its authors
// wrote it.
type LedgerRow struct {
	Practice *scoring.Practice // nil: what belongs to no best practice in scope
	Cells    map[string]string
}

// LedgerRows lists every best practice in scope, in lens order, with all that a report says of
// it, and then what belongs to none, for the formats that have one record each.
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
	for _, said := range otherRecords(a) {
		out = append(out, LedgerRow{nil, map[string]string{"record": said}})
	}
	return out
}

// countsAs is what an answer counts as, where that is not its status.
func countsAs(p *scoring.Practice) string {
	switch {
	case p.Settled:
		return p.Words() + ": " + p.Reason
	case p.ReviewStatus != "" || p.CountsAsMissing:
		return p.Words()
	}
	return ""
}

// CustomColumns lists the keys of people's own that are columns of the records.
func CustomColumns(a *scoring.Assessment) []string {
	keys := map[string]bool{}
	for i := range a.Practices {
		for key := range a.Practices[i].CustomKeys {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
