package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Record is all that a report says of one best practice, by the columns of a table, as
// its authors wrote it.
type Record map[string]string

// Records lists every best practice in scope, in lens order, for the formats that have one
// record each.
func Records(a *scoring.Assessment) []Record {
	findings := map[string]*scoring.Finding{}
	ranks := map[string]int{}
	for i := range a.Findings {
		findings[a.Findings[i].ID], ranks[a.Findings[i].ID] = &a.Findings[i], i+1
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
		parked[t.Practice] = append(parked[t.Practice], ParkedTopic(t))
	}
	return List(a.Practices, func(p scoring.Practice) Record {
		q, w := questions[p.Question], waivers[p.ID]
		r := Record{
			"practice": p.ID, "question": p.Question, "pillar": p.Pillar, "layers": strings.Join(p.Layers, ", "),
			"title": p.Title, "severity": string(p.Severity), "own_severity": string(p.OwnSeverity.Level), "effort": string(p.Effort), "fix": string(p.Fix),
			"waiver": string(w.State),
			"ask":    q.Ask, "why": p.Guide.Why, "how": NumberedSteps(&p), "ask_to_be_shown": strings.Join(p.Guide.Evidence, "\n"), "risk": string(q.Risk),
			"history": strings.Join(EarlierAnswers(p.Answer), "\n"), "earlier_evidence": strings.Join(p.EarlierEvidence(), "\n"),
			"parked": strings.Join(parked[p.ID], "\n"),
		}
		for _, f := range review.AnswerFields() {
			r[f.Key] = strings.Join(f.Values(p.Answer), "\n")
		}
		for _, f := range review.WaiverFields() {
			r["waiver_"+f.Key] = f.Text(w.Waiver)
		}
		if f := findings[p.ID]; f != nil {
			r["rank"], r["priority"], r["quadrant"], r["horizon"] = fmt.Sprint(ranks[p.ID]), fmt.Sprint(f.Priority), string(f.Quadrant), string(f.Horizon)
			r["holds"], r["also_closes"], r["due_state"] = string(f.Holds), f.Closes, string(f.DueState)
		}
		return r
	})
}

// ParkedElsewhere lists the parked topics that are not about a best practice in scope.
func ParkedElsewhere(a *scoring.Assessment) []string {
	inScope := map[string]bool{}
	for i := range a.Practices {
		inScope[a.Practices[i].ID] = true
	}
	var out []string
	for _, t := range a.Parked {
		if !inScope[t.Practice] {
			out = append(out, ParkedTopic(t))
		}
	}
	return out
}
