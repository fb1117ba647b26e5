package view

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// The tones: how good or bad something is. A format chooses its colours by them.
const (
	High   = "high"
	Medium = "medium"
	Low    = "low"
	Good   = "ok"
	Plain  = "none"
)

// A Sign is a word with the mark and the tone that it has in every format.
type Sign struct{ Tone, Mark, Words string }

func (s Sign) String() string { return s.Mark + " " + s.Words }

var severities = map[lens.Level]Sign{
	lens.High:   {High, "▲", "high"},
	lens.Medium: {Medium, "■", "medium"},
	lens.Low:    {Low, "●", "low"},
	"":          {Plain, "–", "unrated"},
}

// Severity is the sign of a severity: ▲ high, ■ medium, ● low.
func Severity(l lens.Level) Sign { return severities[l] }

var risks = map[scoring.Risk]Sign{
	scoring.RiskHigh:          {High, "▲", "high risk"},
	scoring.RiskMedium:        {Medium, "■", "medium risk"},
	scoring.RiskNone:          {Good, "✓", "no risk"},
	scoring.RiskUnanswered:    {Plain, "?", "unanswered"},
	scoring.RiskUndetermined:  {Plain, "?", "undetermined"},
	scoring.RiskNotApplicable: {Plain, "–", "not applicable"},
}

// Risk is the sign of the risk of a question.
func Risk(r scoring.Risk) Sign { return risks[r] }

var steps = map[scoring.StepState]Sign{
	scoring.StepProtected:     {Good, "✓", "protected"},
	scoring.StepUnassessed:    {Plain, "?", "not assessed"},
	scoring.StepNotApplicable: {Plain, "–", "not applicable"},
}

// Step is the sign of a step of a scenario: of one at risk that of its highest
// severity.
func Step(s scoring.Step) Sign {
	if s.State != scoring.StepAtRisk {
		return steps[s.State]
	}
	worst := Severity(s.Worst)
	worst.Words = "at risk, " + worst.Words + " severity"
	return worst
}

var waivers = map[scoring.WaiverState]Sign{
	scoring.WaiverActive:   {Low, "◇", ""},
	scoring.WaiverExpiring: {Medium, "■", ""},
	scoring.WaiverExpired:  {High, "▲", ""},
	scoring.WaiverUnused:   {Plain, "–", ""},
}

// waiverSign is the sign of a waiver, with its state today in words.
func waiverSign(w scoring.Waiver) Sign {
	out := waivers[w.State]
	out.Words = WaiverState(w)
	return out
}

// Band sorts a score in percent into one of five classes of colour: below 40, 60,
// 75 and 90, and above. The bands are for the eye only; no rule depends on them.
func Band(percent float64) int {
	for i, limit := range []float64{40, 60, 75, 90} {
		if percent < limit {
			return i
		}
	}
	return 4
}

// Bands are the bands in words.
var Bands = []string{"below 40", "40 to 59", "60 to 74", "75 to 89", "90 and more"}
