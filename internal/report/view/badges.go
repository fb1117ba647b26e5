package view

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// The tones of a badge: how good or bad something is. Each format maps them to colours. The
// values are also the names of classes in HTML.
const (
	ToneHigh    = "high"
	ToneMedium  = "medium"
	ToneLow     = "low"
	ToneGood    = "ok"
	ToneNeutral = "none"
)

// A Badge shows a severity, a risk or a state: words with a symbol, in a tone.
type Badge struct{ Tone, Symbol, Words string }

func (b Badge) String() string { return b.Symbol + " " + b.Words }

var severityBadges = map[lens.Level]Badge{
	lens.High:   {ToneHigh, "▲", "high"},
	lens.Medium: {ToneMedium, "■", "medium"},
	lens.Low:    {ToneLow, "●", "low"},
	"":          {ToneNeutral, "–", "unrated"},
}

// SeverityBadge returns the badge of a severity: ▲ high, ■ medium, ● low, – unrated.
func SeverityBadge(l lens.Level) Badge { return severityBadges[l] }

var riskBadges = map[scoring.Risk]Badge{
	scoring.RiskHigh:          {ToneHigh, "▲", "high risk"},
	scoring.RiskMedium:        {ToneMedium, "■", "medium risk"},
	scoring.RiskNone:          {ToneGood, "✓", "no risk"},
	scoring.RiskUnanswered:    {ToneNeutral, "?", "unanswered"},
	scoring.RiskUndetermined:  {ToneNeutral, "?", "undetermined"},
	scoring.RiskNotApplicable: {ToneNeutral, "–", "not applicable"},
}

// RiskBadge returns the badge of the risk of a question.
func RiskBadge(r scoring.Risk) Badge { return riskBadges[r] }

var stepBadges = map[scoring.StepState]Badge{
	scoring.StepProtected:     {ToneGood, "✓", "protected"},
	scoring.StepUnassessed:    {ToneNeutral, "?", "not assessed"},
	scoring.StepNotApplicable: {ToneNeutral, "–", "not applicable"},
}

// StepBadge returns the badge of a step of a scenario. That of a step at risk shows the
// highest severity of its findings.
func StepBadge(s scoring.Step) Badge {
	if s.State != scoring.StepAtRisk {
		return stepBadges[s.State]
	}
	worst := SeverityBadge(s.Worst)
	worst.Words = "at risk, " + worst.Words + " severity"
	return worst
}

var waiverBadges = map[scoring.WaiverState]Badge{
	scoring.WaiverActive:   {ToneLow, "◇", ""},
	scoring.WaiverExpiring: {ToneMedium, "■", ""},
	scoring.WaiverExpired:  {ToneHigh, "▲", ""},
	scoring.WaiverUnused:   {ToneNeutral, "–", ""},
}

// waiverBadge returns the badge of a waiver, with its state as words.
func waiverBadge(w scoring.Waiver) Badge {
	out := waiverBadges[w.State]
	out.Words = WaiverStateText(w)
	return out
}

// ScoreBand returns the band of a score in percent, 0 to 4, which chooses its colour. No
// rule depends on it.
func ScoreBand(percent float64) int {
	for i, limit := range []float64{40, 60, 75, 90} {
		if percent < limit {
			return i
		}
	}
	return 4
}

// ScoreBands describes the bands.
var ScoreBands = []string{"below 40", "40 to 59", "60 to 74", "75 to 89", "90 and more"}
