package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
)

// DiffSchemaVersion is the version of the JSON of a comparison. It changes if a field is
// removed or changes its meaning, not if one is added.
const DiffSchemaVersion = 1

// Diff is the JSON of a comparison. Unknown numbers are null; lists are never null.
type Diff struct {
	SchemaVersion int                   `json:"schema_version"`
	Old           compare.Source        `json:"old"`
	New           compare.Source        `json:"new"`
	Counts        map[string]int        `json:"counts" jsonschema:"findings by class"`
	Findings      []diffFinding         `json:"findings" jsonschema:"of one of the two states, by class and severity"`
	Answers       []diffAnswer          `json:"answers" jsonschema:"that changed"`
	Risks         []diffRisk            `json:"risks" jsonschema:"of questions, that moved"`
	Areas         []diffArea            `json:"areas" jsonschema:"of which something moved"`
	Left          []diffPractice        `json:"left_scope"`
	Joined        []diffPractice        `json:"joined_scope"`
	Lens          diffLens              `json:"lens"`
	Profile       compare.ProfileChange `json:"profile"`
	Waivers       []diffWaiver          `json:"waivers" jsonschema:"that were added, changed or removed"`
	Relaxations   []relaxation          `json:"relaxations" jsonschema:"what makes it easier to pass a gate"`
	Caveats       []string              `json:"caveats" jsonschema:"what an open review leaves open in the comparison"`
}

type diffPractice struct {
	Practice string        `json:"practice"`
	Title    string        `json:"title,omitempty"`
	Question string        `json:"question,omitempty"`
	Pillar   string        `json:"pillar,omitempty"`
	Severity lens.Level    `json:"severity,omitempty"`
	Status   review.Status `json:"status" jsonschema:"empty: unanswered"`
}

type diffFinding struct {
	diffPractice
	Class compare.Class `json:"class"`
	Why   compare.Cause `json:"why,omitempty"`
	Was   review.Status `json:"was"`
}

type diffAnswer struct {
	Practice string        `json:"practice"`
	Title    string        `json:"title,omitempty"`
	Was      review.Status `json:"was"`
	Is       review.Status `json:"is"`
	Changed  []string      `json:"changed" jsonschema:"fields of the answer that differ"`
	By       string        `json:"by,omitempty"`
	At       string        `json:"at,omitempty"`
	WasBy    string        `json:"was_by,omitempty"`
	WasAt    string        `json:"was_at,omitempty"`
}

type diffWaiver struct {
	Practice string         `json:"practice"`
	Was      *review.Waiver `json:"was,omitempty" jsonschema:"missing where there was none"`
	Is       *review.Waiver `json:"is,omitempty"`
	Changed  []string       `json:"changed" jsonschema:"fields of the waiver that differ"`
	Text     string         `json:"text"`
}

type diffRisk struct {
	Question string `json:"question"`
	Title    string `json:"title"`
	Was      string `json:"was" jsonschema:"empty: not in scope"`
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
	Was      string                   `json:"was"`
	Is       string                   `json:"is"`
	Complete bool                     `json:"complete" jsonschema:"the lists are complete"`
	Added    []compare.LensItemChange `json:"added"`
	Dropped  []compare.LensItemChange `json:"dropped"`
	Reworded []compare.LensItemChange `json:"reworded"`
}

// WriteDiff writes a comparison as JSON.
func WriteDiff(w io.Writer, c *compare.Comparison) error { return jsonfile.Write(w, diffOf(c)) }

func diffOf(c *compare.Comparison) Diff {
	out := Diff{
		SchemaVersion: DiffSchemaVersion, Old: c.Old, New: c.New, Counts: map[string]int{},
		Profile: compare.ProfileChange{Changed: c.Profile.Changed, NoLongerAsked: c.Profile.NoLongerAsked, AskedAgain: c.Profile.AskedAgain},
		Left:    view.Map(c.LeftScope, diffPracticeOf), Joined: view.Map(c.JoinedScope, diffPracticeOf), Caveats: c.Caveats,
		Findings: view.Map(c.Findings, func(f compare.Finding) diffFinding {
			return diffFinding{diffPractice: diffPracticeOf(f.Practice), Class: f.Class, Why: f.Cause, Was: f.Was}
		}),
		Answers: view.Map(c.Answers, func(a compare.AnswerChange) diffAnswer {
			return diffAnswer{
				Practice: a.ID, Title: a.Title, Was: a.Was.Status, Is: a.Is.Status, Changed: a.Changed,
				By: a.Is.By, At: a.Is.At, WasBy: a.Was.By, WasAt: a.Was.At,
			}
		}),
		Waivers: view.Map(c.Waivers, func(w compare.WaiverChange) diffWaiver {
			out := diffWaiver{Practice: w.Practice, Changed: w.Changed, Text: w.Words()}
			if w.Was.Practice != "" {
				out.Was = &w.Was
			}
			if w.Is.Practice != "" {
				out.Is = &w.Is
			}
			return out
		}),
		Relaxations: view.Map(c.Relaxations, func(r compare.Relaxation) relaxation { return relaxation{Relaxation: r, Text: r.String()} }),
		Risks: view.Map(c.Risks, func(r compare.RiskChange) diffRisk {
			return diffRisk{Question: r.ID, Title: r.Title, Was: string(r.Was), Is: string(r.Is), Worse: r.Worse()}
		}),
		Areas: view.Map(c.Areas, func(m compare.AreaChange) diffArea {
			return diffArea{Kind: m.Is.Kind, ID: m.Is.ID, Name: m.Is.Name, Was: diffNumbersOf(m.Was), Is: diffNumbersOf(m.Is)}
		}),
		Lens: diffLens{
			Was: c.Lens.Was.Version, Is: c.Lens.Is.Version, Complete: c.Lens.Complete,
			Added: c.Lens.Added, Dropped: c.Lens.Dropped, Reworded: c.Lens.Reworded,
		},
	}
	for _, class := range compare.Classes() {
		out.Counts[string(class)] = len(c.Of(class))
	}
	return out
}

func diffPracticeOf(p compare.Practice) diffPractice {
	return diffPractice{Practice: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Severity: p.Severity, Status: p.Status}
}

func diffNumbersOf(a compare.Area) diffNumbers {
	return diffNumbers{
		Score: roundedPercent(a.Score.Value, a.Score.Known), Coverage: roundedPercent(a.Coverage.Value, a.Coverage.Known),
		High: a.High, Medium: a.Medium, Findings: a.Findings,
	}
}
