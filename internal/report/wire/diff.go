package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/report/view"
)

// DiffSchemaVersion is the version of the JSON of a comparison. It changes when
// a field goes or changes its meaning, not when one is added.
const DiffSchemaVersion = 1

// Diff is a comparison for programs. Numbers that are unknown are null;
// lists are never null.
type Diff struct {
	SchemaVersion int                `json:"schema_version"`
	Old           compare.Source     `json:"old"`
	New           compare.Source     `json:"new"`
	Counts        map[string]int     `json:"counts"`   // findings by class
	Findings      []compare.Finding  `json:"findings"` // of one of the two states, by class and severity
	Answers       []compare.Answer   `json:"answers"`  // that changed
	Risks         []diffRisk         `json:"risks"`    // of questions, that moved
	Areas         []diffArea         `json:"areas"`    // of which something moved
	Left          []compare.Practice `json:"left_scope"`
	Joined        []compare.Practice `json:"joined_scope"`
	Lens          diffLens           `json:"lens"`
	Caveats       []string           `json:"caveats"` // what an open review leaves open in the comparison
}

type diffRisk struct {
	Question string `json:"question"`
	Title    string `json:"title"`
	Was      string `json:"was"` // empty: not in scope
	Is       string `json:"is"`
	Worse    bool   `json:"worse"`
}

type diffArea struct {
	Kind compare.AreaKind `json:"kind"`
	ID   string           `json:"id,omitempty"`
	Name string           `json:"name"`
	Was  diffNumbers      `json:"was"`
	Is   diffNumbers      `json:"is"`
}

type diffNumbers struct {
	Score    *float64 `json:"score"`
	Coverage *float64 `json:"coverage"`
	High     int      `json:"high_risks"`
	Medium   int      `json:"medium_risks"`
	Findings int      `json:"findings"`
}

type diffLens struct {
	Was      string            `json:"was"`
	Is       string            `json:"is"`
	Complete bool              `json:"complete"` // the lists tell it all
	Added    []compare.Wording `json:"added"`
	Dropped  []compare.Wording `json:"dropped"`
	Reworded []compare.Wording `json:"reworded"`
}

// WriteDiff writes a comparison.
func WriteDiff(w io.Writer, c *compare.Comparison) error { return jsonfile.Write(w, diffOf(c)) }

func diffOf(c *compare.Comparison) Diff {
	out := Diff{
		SchemaVersion: DiffSchemaVersion, Old: c.Old, New: c.New, Counts: map[string]int{},
		Findings: nonNil(c.Findings), Answers: nonNil(c.Answers), Left: nonNil(c.Left), Joined: nonNil(c.Joined), Caveats: nonNil(c.Caveats),
		Risks: view.List(c.Risks, func(r compare.Risk) diffRisk {
			return diffRisk{Question: r.ID, Title: r.Title, Was: string(r.Was), Is: string(r.Is), Worse: r.Worse()}
		}),
		Areas: view.List(c.Areas, func(m compare.Moved) diffArea {
			return diffArea{Kind: m.Is.Kind, ID: m.Is.ID, Name: m.Is.Name, Was: diffNumbersOf(m.Was), Is: diffNumbersOf(m.Is)}
		}),
		Lens: diffLens{
			Was: c.Lens.Was.Version, Is: c.Lens.Is.Version, Complete: c.Lens.Complete,
			Added: nonNil(c.Lens.Added), Dropped: nonNil(c.Lens.Dropped), Reworded: nonNil(c.Lens.Reworded),
		},
	}
	for _, class := range compare.Classes() {
		out.Counts[string(class)] = len(c.Of(class))
	}
	return out
}

func diffNumbersOf(a compare.Area) diffNumbers {
	return diffNumbers{
		Score: number(a.Score.Value, a.Score.Known), Coverage: number(a.Coverage.Value, a.Coverage.Known),
		High: a.High, Medium: a.Medium, Findings: a.Findings,
	}
}
