package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
)

// DiffSchemaVersion is the version of the JSON of a comparison. It changes when
// a field goes or changes its meaning, not when one is added.
const DiffSchemaVersion = 1

// Diff is a comparison for programs. Numbers that are unknown are null;
// lists are never null.
type Diff struct {
	SchemaVersion int            `json:"schema_version"`
	Old           diffSource     `json:"old"`
	New           diffSource     `json:"new"`
	Counts        map[string]int `json:"counts"`   // findings by class
	Findings      []diffFinding  `json:"findings"` // of one of the two states, by class and severity
	Answers       []diffAnswer   `json:"answers"`  // that changed
	Risks         []diffRisk     `json:"risks"`    // of questions, that moved
	Areas         []diffArea     `json:"areas"`    // of which something moved
	Left          []diffPractice `json:"left_scope"`
	Joined        []diffPractice `json:"joined_scope"`
	Lens          diffLens       `json:"lens"`
	Caveats       []string       `json:"caveats"` // what an open review leaves open in the comparison
}

type diffSource struct {
	Name        string       `json:"name"`
	Kind        compare.Kind `json:"kind"`
	Workload    string       `json:"workload,omitempty"`
	Lens        string       `json:"lens,omitempty"`
	LensVersion string       `json:"lens_version,omitempty"`
	AsOf        string       `json:"as_of,omitempty"`
	Scope       review.Scope `json:"scope"`
	Scoring     string       `json:"scoring,omitempty"`
}

type diffPractice struct {
	Practice string `json:"practice"`
	Title    string `json:"title,omitempty"`
	Question string `json:"question,omitempty"`
	Pillar   string `json:"pillar,omitempty"`
	Severity string `json:"severity,omitempty"` // critical, high, medium, low
	Status   string `json:"status"`             // as in a review file; empty: unanswered
}

type diffFinding struct {
	diffPractice
	Class compare.Class `json:"class"`
	Why   string        `json:"why,omitempty"`
	Was   string        `json:"was"`
}

type diffAnswer struct {
	Practice string `json:"practice"`
	Title    string `json:"title,omitempty"`
	Was      string `json:"was"`
	Is       string `json:"is"`
	By       string `json:"by,omitempty"`
	At       string `json:"at,omitempty"`
	WasBy    string `json:"was_by,omitempty"`
	WasAt    string `json:"was_at,omitempty"`
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
	Was      string        `json:"was"`
	Is       string        `json:"is"`
	Complete bool          `json:"complete"` // the lists tell it all
	Added    []diffWording `json:"added"`
	Dropped  []diffWording `json:"dropped"`
	Reworded []diffWording `json:"reworded"`
}

type diffWording struct {
	ID      string   `json:"id"`
	Was     string   `json:"was,omitempty"` // title
	Is      string   `json:"is,omitempty"`
	Changed []string `json:"changed"`
}

// WriteDiff writes a comparison.
func WriteDiff(w io.Writer, c *compare.Comparison) error { return jsonfile.Write(w, diffOf(c)) }

func diffOf(c *compare.Comparison) Diff {
	out := Diff{
		SchemaVersion: DiffSchemaVersion, Old: diffSourceOf(c.Old), New: diffSourceOf(c.New), Counts: map[string]int{},
		Findings: view.List(c.Findings, func(f compare.Finding) diffFinding {
			return diffFinding{diffPractice: diffPracticeOf(f.Practice), Class: f.Class, Why: string(f.Why), Was: string(f.Was)}
		}),
		Answers: view.List(c.Answers, func(a compare.Answer) diffAnswer {
			return diffAnswer{Practice: a.ID, Title: a.Title, Was: string(a.Was), Is: string(a.Is), By: a.By, At: a.At, WasBy: a.WasBy, WasAt: a.WasAt}
		}),
		Risks: view.List(c.Risks, func(r compare.Risk) diffRisk {
			return diffRisk{Question: r.ID, Title: r.Title, Was: string(r.Was), Is: string(r.Is), Worse: r.Worse()}
		}),
		Areas: view.List(c.Areas, func(m compare.Moved) diffArea {
			return diffArea{Kind: m.Is.Kind, ID: m.Is.ID, Name: m.Is.Name, Was: diffNumbersOf(m.Was), Is: diffNumbersOf(m.Is)}
		}),
		Left: view.List(c.Left, diffPracticeOf), Joined: view.List(c.Joined, diffPracticeOf),
		Lens: diffLens{
			Was: c.Lens.Was, Is: c.Lens.Is, Complete: c.Lens.Complete, Added: view.List(c.Lens.Added, diffWordingOf),
			Dropped: view.List(c.Lens.Dropped, diffWordingOf), Reworded: view.List(c.Lens.Reworded, diffWordingOf),
		},
		Caveats: nonNil(c.Caveats),
	}
	for _, class := range compare.Classes() {
		out.Counts[string(class)] = len(c.Of(class))
	}
	return out
}

func diffSourceOf(s compare.Source) diffSource {
	return diffSource{
		Name: s.Name, Kind: s.Kind, Workload: s.Workload, Lens: s.LensID, LensVersion: s.LensVersion, AsOf: s.AsOf,
		Scope: s.Scope, Scoring: string(s.Mode),
	}
}

func diffPracticeOf(p compare.Practice) diffPractice {
	return diffPractice{
		Practice: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Severity: string(p.Severity), Status: string(p.Status),
	}
}

func diffNumbersOf(a compare.Area) diffNumbers {
	return diffNumbers{
		Score: number(a.Score.Value, a.Score.Known), Coverage: number(a.Coverage.Value, a.Coverage.Known),
		High: a.High, Medium: a.Medium, Findings: a.Findings,
	}
}

func diffWordingOf(w compare.Wording) diffWording {
	return diffWording{ID: w.ID, Was: w.Was, Is: w.Is, Changed: nonNil(w.Changed)}
}
