package view_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// early is a review in which one best practice of a layer bank is answered, and
// nothing of the lens itself.
func early() *scoring.Assessment {
	a := &scoring.Assessment{
		Lens: scoring.Tally{InScope: 3}, LayerBanks: scoring.Tally{InScope: 2, Answered: 1, Possible: 1},
		Pillars:   []scoring.Part{{ID: "reliability", Name: "Reliability", Lens: scoring.Tally{InScope: 3}, Findings: 1}},
		Layers:    []scoring.Part{{ID: "edge", Name: "Edge"}},
		Matrix:    []scoring.Cell{{Layer: "edge", Pillar: "reliability", LayerBanks: scoring.Tally{InScope: 2, Answered: 1, Possible: 1}, Findings: 1, Worst: lens.High}},
		Questions: []scoring.Question{{ID: "IOTREL01", Pillar: "reliability", Risk: scoring.RiskUnanswered}, {ID: "EDGE01", Layer: "edge", Risk: scoring.RiskUnanswered}},
		Practices: []scoring.Practice{{ID: "EDGE01-BP01", Title: "Two slots", Pillar: "reliability", FromLayer: true, Severity: lens.High, Answer: review.Answer{Status: review.NotImplemented}}},
	}
	a.Findings = []scoring.Finding{{Practice: &a.Practices[0], Priority: 50, Horizon: scoring.Now}}
	return a
}

func TestLayerBankAnswersCount(t *testing.T) {
	a := early()
	assert.Equal(t, "1 finding of high severity is open. Start with EDGE01-BP01 (Two slots).", view.Conclude(a).String())
	c := view.HeatMapCellAt(a, "edge", "reliability")
	assert.Equal(t, "0", c.Text)
	assert.Equal(t, "score 0 %, 1 finding, highest severity: high", c.Words)
	rows := view.Pillars(a).Table.Rows
	require.Len(t, rows, 4)
	assert.Equal(t, []string{"Layer banks", "0 %", "50 %", "0", "0", "0", "1"}, rows[2])
	assert.Equal(t, []string{"All questions", "", "", "0", "0", "0", "2"}, rows[3])

	a.Questions[1].Risk = scoring.RiskHigh
	assert.Equal(t, "1 of 2 questions carries a high risk, of which none is the lens's. Start with EDGE01-BP01 (Two slots).", view.Conclude(a).String())
	assert.Equal(t, "High risk in Edge bank (1).", view.HighRiskQuestions(a).Intro)
	assert.Equal(t, "High risk, incomplete", view.Conclude(a).Badge.Words)
}

func TestHeatMapCellCountsAllBanks(t *testing.T) {
	half := scoring.Tally{InScope: 2, Answered: 2, Earned: 1, Possible: 2}
	full := scoring.Tally{InScope: 1, Answered: 1, Earned: 2, Possible: 2}
	open := scoring.Tally{InScope: 1}
	for _, c := range []struct {
		lens, banks scoring.Tally
		want        string
	}{
		{half, full, "75"},
		{half, scoring.Tally{}, "50"},
		{scoring.Tally{}, full, "100"},
		{open, full, "100"},
		{open, scoring.Tally{}, "?"},
		{scoring.Tally{}, open, "?"},
		{scoring.Tally{}, scoring.Tally{}, "–"},
		{scoring.Tally{InScope: 1, NotApplicable: 1}, scoring.Tally{}, "–"},
	} {
		a := &scoring.Assessment{Matrix: []scoring.Cell{{Layer: "l", Pillar: "p", Lens: c.lens, LayerBanks: c.banks}}}
		assert.Equal(t, c.want, view.HeatMapCellAt(a, "l", "p").Text)
	}
}

func TestWaivedFindingIsNotInPlan(t *testing.T) {
	a := early()
	a.Findings[0].Waived, a.Findings[0].Horizon = true, ""
	assert.True(t, view.WhatToDoFirst(a).Empty())
	assert.Equal(t, "waived", view.HorizonOrWaived(a.Findings[0]))
	for _, g := range view.Plan(a).Groups {
		assert.Equal(t, []view.Item{{Title: "None."}}, g.Items)
	}
}

func TestWaiverTexts(t *testing.T) {
	w := scoring.Waiver{Waiver: review.Waiver{Expires: "2027-01-31", Owner: "Ana", Approver: "Bo", Reason: "The board is late", Control: "A guard"}, Days: 1}
	for state, want := range map[scoring.WaiverState]string{
		scoring.WaiverActive:   "holds until 2027-01-31, 1 day left",
		scoring.WaiverExpiring: "ends in 1 day, on 2027-01-31",
		scoring.WaiverExpired:  "expired on 2027-01-31",
		scoring.WaiverUnused:   "covers no finding; expires on 2027-01-31",
	} {
		w.State = state
		assert.Equal(t, want, view.WaiverStateText(w))
	}
	w.State = scoring.WaiverUnused
	assert.Equal(t, "Covers no finding; expires on 2027-01-31. The board is late. Meanwhile: A guard. Owner Ana, approved by Bo.", view.WaiverText(w))
}

// Severities have different symbols, and every severity, risk and state has a badge.
func TestBadges(t *testing.T) {
	marks := map[string]bool{}
	for _, l := range lens.Level("").Values() {
		s := view.SeverityBadge(lens.Level(l))
		assert.Equal(t, l, s.Words)
		assert.Equal(t, l, s.Tone)
		marks[s.Symbol] = true
	}
	assert.Len(t, marks, 3)
	for _, r := range scoring.Risks() {
		assert.NotEmpty(t, view.RiskBadge(r).Words)
	}
	assert.Equal(t, "unrated", view.SeverityBadge("").Words)
	assert.Equal(t, "▲ at risk, high severity", view.StepBadge(scoring.Step{State: scoring.StepAtRisk, Worst: lens.High}).String())
}

func TestHeadline(t *testing.T) {
	for status, want := range map[review.Status]string{
		review.CannotDetermine: "Don't know: T", review.NotImplemented: "Not implemented: T", review.Unanswered: "Not assessed: T",
	} {
		assert.Equal(t, want, view.Headline(&scoring.Practice{Title: "T", Answer: review.Answer{Status: status}}))
	}
}

func TestFold(t *testing.T) {
	word := "Überwachung "
	long := ""
	for len(long) < 4000 {
		long += word
	}
	shown, rest := view.Fold(long)
	assert.Equal(t, long, shown+rest)
	assert.NotEmpty(t, rest)
	assert.Less(t, len(shown), 1300)
	assert.Equal(t, byte(' '), rest[0])
	shown, rest = view.Fold("short")
	assert.Equal(t, "short", shown)
	assert.Empty(t, rest)
}

// Page one shows the first sentence of what can happen, and the second one if the first is
// short.
func TestTopRisksShortenWhatCanHappen(t *testing.T) {
	long := "A batch that shares one certificate can only be trusted or cut off as a whole."
	for why, want := range map[string]string{
		long + " The everyday damage is duller. Three days go by.":                  long,
		"Writes fail quietly. A stream holds records\nfor a day. Then it gives up.": "Writes fail quietly. A stream holds records for a day.",
		"No sentence": "No sentence",
	} {
		p := &scoring.Practice{ID: "P", Guide: scoring.Guide{Why: why}, Answer: review.Answer{Status: review.NotImplemented}}
		risks := view.TopRisks(&scoring.Assessment{Findings: []scoring.Finding{{Practice: p}}})
		assert.Equal(t, view.Text{Label: view.LabelWhatCanHappen, Text: want}, risks.Groups[0].Items[0].Texts[1])
	}
}
