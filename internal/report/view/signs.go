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

// Severity is the sign of a severity: ▲ high, ■ medium, ● low.
func Severity(l lens.Level) Sign {
	switch l {
	case lens.High:
		return Sign{Tone: High, Mark: "▲", Words: "high"}
	case lens.Medium:
		return Sign{Tone: Medium, Mark: "■", Words: "medium"}
	case lens.Low:
		return Sign{Tone: Low, Mark: "●", Words: "low"}
	}
	return Sign{Tone: Plain, Mark: "–", Words: "unrated"}
}

// Risk is the sign of the risk of a question.
func Risk(r scoring.Risk) Sign {
	switch r {
	case scoring.RiskHigh:
		return Sign{Tone: High, Mark: "▲", Words: "high risk"}
	case scoring.RiskMedium:
		return Sign{Tone: Medium, Mark: "■", Words: "medium risk"}
	case scoring.RiskNone:
		return Sign{Tone: Good, Mark: "✓", Words: "no risk"}
	case scoring.RiskNotApplicable:
		return Sign{Tone: Plain, Mark: "–", Words: "not applicable"}
	}
	return Sign{Tone: Plain, Mark: "?", Words: "unanswered"}
}

// Step is the sign of a step of a scenario: of one at risk that of its highest
// severity.
func Step(s scoring.Step) Sign {
	switch s.State {
	case scoring.StepAtRisk:
		worst := Severity(s.Worst)
		worst.Words = "at risk, " + worst.Words + " severity"
		return worst
	case scoring.StepProtected:
		return Sign{Tone: Good, Mark: "✓", Words: "protected"}
	case scoring.StepNotApplicable:
		return Sign{Tone: Plain, Mark: "–", Words: "not applicable"}
	}
	return Sign{Tone: Plain, Mark: "?", Words: "not assessed"}
}

// WaiverSign is the sign of what a waiver is worth today, with its state in words.
func WaiverSign(w scoring.Waiver) Sign {
	out := Sign{Tone: Plain, Mark: "–", Words: WaiverState(w)}
	switch w.State {
	case scoring.WaiverActive:
		out.Tone, out.Mark = Low, "◇"
	case scoring.WaiverExpiring:
		out.Tone, out.Mark = Medium, "■"
	case scoring.WaiverExpired:
		out.Tone, out.Mark = High, "▲"
	}
	return out
}

// Badge is the verdict as a sign.
func Badge(a *scoring.Assessment) Sign {
	switch {
	case a.Lens.Answered+a.LayerBanks.Answered == 0:
		return Sign{Tone: Plain, Mark: "?", Words: "Nothing assessed"}
	case len(AtRisk(a, scoring.RiskHigh)) > 0:
		return Sign{Tone: High, Mark: "▲", Words: "High risk"}
	case len(AtRisk(a, scoring.RiskMedium)) > 0:
		return Sign{Tone: Medium, Mark: "■", Words: "Medium risk"}
	case len(a.Unassessed) > 0:
		return Sign{Tone: Plain, Mark: "?", Words: "Incomplete"}
	}
	return Sign{Tone: Good, Mark: "✓", Words: "No risk found"}
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
