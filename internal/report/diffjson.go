package report

import (
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
)

// DiffSchemaVersion is the version of the JSON of a comparison. It changes when
// a field goes or changes its meaning, not when one is added.
const DiffSchemaVersion = 1

// DiffJSON is a comparison for programs. Numbers that are unknown are null;
// lists are never null.
type DiffJSON struct {
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
	Revision    int          `json:"lens_revision,omitempty"`
	Digest      string       `json:"lens_digest,omitempty"` // first 12 hex digits
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
	Practice string   `json:"practice"`
	Title    string   `json:"title,omitempty"`
	Was      string   `json:"was"`
	Is       string   `json:"is"`
	Changed  []string `json:"changed" jsonschema:"fields of the answer that say something else"`
	By       string   `json:"by,omitempty"`
	At       string   `json:"at,omitempty"`
	WasBy    string   `json:"was_by,omitempty"`
	WasAt    string   `json:"was_at,omitempty"`
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

func diffWire(c *compare.Comparison) DiffJSON {
	out := DiffJSON{
		SchemaVersion: DiffSchemaVersion, Old: diffSourceOf(c.Old), New: diffSourceOf(c.New), Counts: map[string]int{},
		Findings: list(c.Findings, func(f compare.Finding) diffFinding {
			return diffFinding{diffPracticeOf(f.Practice), f.Class, string(f.Why), string(f.Was)}
		}),
		Answers: list(c.Answers, func(a compare.Answer) diffAnswer {
			return diffAnswer{
				Practice: a.ID, Title: a.Title, Was: string(a.Was.Status), Is: string(a.Is.Status), Changed: a.Changed,
				By: a.Is.By, At: a.Is.At, WasBy: a.Was.By, WasAt: a.Was.At,
			}
		}),
		Risks: list(c.Risks, func(r compare.Risk) diffRisk {
			return diffRisk{r.ID, r.Title, string(r.Was), string(r.Is), r.Worse()}
		}),
		Areas: list(c.Areas, func(m compare.Moved) diffArea {
			return diffArea{m.Is.Kind, m.Is.ID, m.Is.Name, diffNumbersOf(m.Was), diffNumbersOf(m.Is)}
		}),
		Left: list(c.Left, diffPracticeOf), Joined: list(c.Joined, diffPracticeOf),
		Lens: diffLens{
			c.Lens.Was.Version, c.Lens.Is.Version, c.Lens.Complete,
			list(c.Lens.Added, diffWordingOf), list(c.Lens.Dropped, diffWordingOf), list(c.Lens.Reworded, diffWordingOf),
		},
		Caveats: some(c.Caveats),
	}
	for _, class := range compare.Classes() {
		out.Counts[string(class)] = len(c.Of(class))
	}
	return out
}

func diffSourceOf(s compare.Source) diffSource {
	return diffSource{s.Name, s.Kind, s.Workload, s.LensID, s.LensVersion, s.Revision, s.Digest, s.AsOf, s.Scope, string(s.Mode)}
}

func diffPracticeOf(p compare.Practice) diffPractice {
	return diffPractice{p.ID, p.Title, p.Question, p.Pillar, string(p.Severity), string(p.Status)}
}

func diffNumbersOf(a compare.Area) diffNumbers {
	return diffNumbers{number(a.Score.Value, a.Score.Known), number(a.Coverage.Value, a.Coverage.Known), a.High, a.Medium, a.Findings}
}

func diffWordingOf(w compare.Wording) diffWording {
	return diffWording{w.ID, w.Was, w.Is, some(w.Changed)}
}
