package trend

import (
	"io"
	"math"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
)

// SchemaVersion is the version of the JSON of a trend. It changes when a field is removed or changes
// its meaning, not when one is added.
const SchemaVersion = 1

// Wire is the JSON of a trend. Unknown numbers are null; lists are never null.
type Wire struct {
	SchemaVersion int           `json:"schema_version"`
	Series        []wireSeries  `json:"series"`
	Skipped       []SkippedFile `json:"skipped"` // what could not be read
}

// A SkippedFile is a file that could not be read.
type SkippedFile struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

type wireSeries struct {
	Workload string      `json:"workload"`
	File     string      `json:"file,omitempty"` // the review; missing if there are only states of it
	Lens     string      `json:"lens"`
	States   []wireState `json:"states"` // earliest first
}

type wireState struct {
	Name       string      `json:"name"` // of the milestone; now of the review as it is, saved report of one
	At         string      `json:"at"`
	File       string      `json:"file,omitempty"`
	Score      *float64    `json:"score"`        // percent, the lens's own best practices
	Coverage   *float64    `json:"coverage"`     // percent
	High       int         `json:"high_risks"`   // questions
	Medium     int         `json:"medium_risks"` // questions
	Open       int         `json:"open"`         // findings that no waiver covers
	Pillars    []wireShare `json:"pillars"`
	Asked      wireLens    `json:"asked_with"`
	Scored     wireLens    `json:"scored_by"`
	Comparable bool        `json:"comparable"` // with the last state
	Differs    []string    `json:"differs"`    // why it is not
}

type wireShare struct {
	Pillar string   `json:"pillar"`
	Name   string   `json:"name"`
	Score  *float64 `json:"score"` // percent
}

type wireLens struct {
	Version  string `json:"version,omitempty"`
	Revision int    `json:"revision"`
	Digest   string `json:"digest,omitempty"`
}

// JSON writes a trend as JSON.
func JSON(w io.Writer, t *Trend) error {
	out := Wire{SchemaVersion: SchemaVersion, Skipped: t.Skipped}
	for _, s := range t.Series {
		series := wireSeries{Workload: s.Workload, File: s.File, Lens: s.LensID}
		for _, state := range s.States {
			series.States = append(series.States, wireStateOf(state))
		}
		out.Series = append(out.Series, series)
	}
	return jsonfile.Write(w, out)
}

func wireStateOf(s State) wireState {
	out := wireState{
		Name: s.Name, At: s.At, File: s.File, Score: roundedPercent(s.Score), Coverage: roundedPercent(s.Coverage), High: s.High, Medium: s.Medium, Open: s.Open,
		Asked: wireLens(s.Asked), Scored: wireLens(s.Scored), Comparable: len(s.NotComparable) == 0, Differs: s.NotComparable,
	}
	for _, p := range s.Pillars {
		out.Pillars = append(out.Pillars, wireShare{p.ID, p.Name, roundedPercent(p.Score)})
	}
	return out
}

// roundedPercent is a percentage with two decimals, rounded down, or null.
func roundedPercent(p compare.Percent) *float64 {
	if !p.Known {
		return nil
	}
	v := math.Floor(p.Value*100+1e-6) / 100
	return &v
}
