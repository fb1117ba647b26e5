package report

import (
	"encoding/json"
	"io"
	"math"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// JSONSchemaVersion is the version of the JSON report. It changes when a field
// goes or changes its meaning, not when one is added.
const JSONSchemaVersion = 1

// JSON is the JSON report. Numbers that may be unknown are null; lists are never
// null.
type JSON struct {
	SchemaVersion int             `json:"schema_version"`
	Lens          jsonLens        `json:"lens"`
	Workload      review.Workload `json:"workload"`
	AsOf          string          `json:"as_of"`   // the day on which waivers were judged
	Scoring       scoring.Mode    `json:"scoring"` // monotone or aws
	Verdict       string          `json:"verdict"`
	Score         *float64        `json:"score"`    // percent, AWS's best practices
	Coverage      *float64        `json:"coverage"` // percent
	Counts        jsonTally       `json:"counts"`
	LayerBanks    jsonTally       `json:"layer_banks"` // best practices beyond AWS's
	Scope         review.Scope    `json:"scope"`
	OutOfScope    int             `json:"out_of_scope"`
	Pillars       []jsonPart      `json:"pillars"`
	Layers        []jsonPart      `json:"layers"`
	Matrix        []jsonCell      `json:"matrix"`
	Questions     []jsonQuestion  `json:"questions"`
	Findings      []jsonFinding   `json:"findings"`
	QuickWins     []string        `json:"quick_wins"`
	Plan          jsonPlan        `json:"plan"`
	Scenarios     []jsonScenario  `json:"scenarios"`
	Waivers       []jsonWaiver    `json:"waivers"`
	Parked        []review.Topic  `json:"parked"`
	NotAssessed   []jsonPractice  `json:"not_assessed"`
	NotApplicable []jsonExclusion `json:"not_applicable"`
}

type jsonLens struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Version        string `json:"version"`
	ReviewAnswered string `json:"review_answered"` // the version that the review answered
}

type jsonTally struct {
	Score         *float64 `json:"score"`
	Coverage      *float64 `json:"coverage"`
	InScope       int      `json:"in_scope"`
	NotApplicable int      `json:"not_applicable"`
	Answered      int      `json:"answered"`
	Unknown       int      `json:"cannot_determine"`
}

type jsonPart struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Score      *float64  `json:"score"`
	Coverage   *float64  `json:"coverage"`
	Counts     jsonTally `json:"counts"`
	LayerBanks jsonTally `json:"layer_banks"`
	Risks      jsonRisks `json:"risks"`
	Findings   int       `json:"findings"`
}

type jsonRisks struct {
	High          int `json:"HIGH"`
	Medium        int `json:"MEDIUM"`
	None          int `json:"NONE"`
	Unanswered    int `json:"UNANSWERED"`
	NotApplicable int `json:"NOT_APPLICABLE"`
}

type jsonCell struct {
	Layer      string     `json:"layer"`
	Pillar     string     `json:"pillar"`
	Score      *float64   `json:"score"`
	Coverage   *float64   `json:"coverage"`
	LayerBanks jsonTally  `json:"layer_banks"`
	Findings   int        `json:"findings"`
	Worst      lens.Level `json:"worst,omitempty"`
}

type jsonQuestion struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Pillar   string       `json:"pillar,omitempty"`
	Layer    string       `json:"layer,omitempty"` // of a layer bank
	Risk     scoring.Risk `json:"risk"`
	AWSRisk  scoring.Risk `json:"aws_risk"`
	Complete bool         `json:"complete"`
}

type jsonPractice struct {
	Practice string     `json:"practice"`
	Title    string     `json:"title"`
	Question string     `json:"question"`
	Pillar   string     `json:"pillar"`
	Layers   []string   `json:"layers"`
	Severity lens.Level `json:"severity"`
	RatedBy  string     `json:"rated_by"`
	Effort   lens.Level `json:"effort"`
	Fix      lens.Fix   `json:"fix"`
}

type jsonFinding struct {
	jsonPractice
	Status     review.Status    `json:"status"`
	Priority   int              `json:"priority"`
	Quadrant   scoring.Quadrant `json:"quadrant"`
	Horizon    scoring.Horizon  `json:"horizon"`
	Because    []string         `json:"because"`
	Compensate bool             `json:"compensate"`
	First      string           `json:"first_step"`
	Why        string           `json:"why"`
	Note       string           `json:"note,omitempty"`
	Evidence   []string         `json:"evidence,omitempty"`
	Owner      string           `json:"owner,omitempty"`
	Due        string           `json:"due,omitempty"`
	By         string           `json:"by,omitempty"`
	At         string           `json:"at,omitempty"`
	Waived     bool             `json:"waived"`
}

type jsonPlan struct {
	Now   []string `json:"now"`
	Next  []string `json:"next"`
	Later []string `json:"later"`
}

type jsonScenario struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Kind  lens.Kind  `json:"kind"`
	Steps []jsonStep `json:"steps"`
}

type jsonStep struct {
	Title       string            `json:"title"`
	Text        string            `json:"text"`
	State       scoring.StepState `json:"state"`
	Worst       lens.Level        `json:"worst,omitempty"`
	Findings    []string          `json:"findings"`
	NotAssessed []string          `json:"not_assessed"`
	Protected   []string          `json:"protected"`
}

type jsonWaiver struct {
	review.Waiver
	State scoring.WaiverState `json:"state"`
	Days  int                 `json:"days_left"`
}

type jsonExclusion struct {
	jsonPractice
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
}

func writeJSON(w io.Writer, a *scoring.Assessment) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(wire(a))
}

// wire makes the JSON report of an assessment.
func wire(a *scoring.Assessment) JSON {
	out := JSON{
		SchemaVersion: JSONSchemaVersion,
		Lens:          jsonLens{a.LensID, a.LensName, a.LensVersion, a.ReviewLensVersion},
		Workload:      a.Workload, AsOf: a.Today, Scoring: a.Mode, Verdict: Verdict(a),
		Score: number(a.Lens.Score()), Coverage: number(a.Lens.Coverage()),
		Counts: tally(a.Lens), LayerBanks: tally(a.LayerBanks), Scope: a.Scope, OutOfScope: a.OutOfScope,
		Pillars: list(a.Pillars, part), Layers: list(a.Layers, part), Matrix: list(a.Matrix, cell),
		Questions: list(a.Questions, func(q scoring.Question) jsonQuestion {
			return jsonQuestion{q.ID, q.Title, q.Pillar, q.Layer, q.Risk, q.AWSRisk, q.Complete}
		}),
		Findings:  list(a.Findings, finding),
		QuickWins: ids(quickWins(a)),
		Plan:      jsonPlan{ids(inHorizon(a, scoring.Now)), ids(inHorizon(a, scoring.Next)), ids(inHorizon(a, scoring.Later))},
		Scenarios: list(a.Scenarios, scenario),
		Waivers: list(a.Waivers, func(w scoring.Waiver) jsonWaiver {
			return jsonWaiver{w.Waiver, w.State, w.Days}
		}),
		Parked:      list(a.Parked, func(t review.Topic) review.Topic { return t }),
		NotAssessed: list(a.Unassessed, practice),
		NotApplicable: list(a.Excluded, func(e scoring.Exclusion) jsonExclusion {
			return jsonExclusion{practice(e.Practice), e.Reason, e.By}
		}),
	}
	return out
}

// list maps a slice to one that is never nil, as JSON has no use for null lists.
func list[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, e := range in {
		out[i] = f(e)
	}
	return out
}

// number is a percentage with two decimals, rounded down, or null.
func number(p float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	p = math.Floor(p*100+1e-6) / 100
	return &p
}

func tally(t scoring.Tally) jsonTally {
	return jsonTally{number(t.Score()), number(t.Coverage()), t.InScope, t.NotApplicable, t.Answered, t.Unknown}
}

func part(p scoring.Part) jsonPart {
	return jsonPart{
		ID: p.ID, Name: p.Name, Score: number(p.Lens.Score()), Coverage: number(p.Lens.Coverage()),
		Counts: tally(p.Lens), LayerBanks: tally(p.LayerBanks), Findings: p.Findings,
		Risks: jsonRisks{
			p.Risks[scoring.RiskHigh], p.Risks[scoring.RiskMedium], p.Risks[scoring.RiskNone],
			p.Risks[scoring.RiskUnanswered], p.Risks[scoring.RiskNotApplicable],
		},
	}
}

func cell(c scoring.Cell) jsonCell {
	return jsonCell{c.Layer, c.Pillar, number(c.Lens.Score()), number(c.Lens.Coverage()), tally(c.LayerBanks), c.Findings, c.Worst}
}

func practice(p scoring.Practice) jsonPractice {
	return jsonPractice{p.ID, p.Title, p.Question, p.Pillar, p.Layers, p.Severity, p.RatedBy, p.Effort, p.Fix}
}

func finding(f scoring.Finding) jsonFinding {
	a := f.Answer
	return jsonFinding{
		jsonPractice: practice(f.Practice), Status: f.Status, Priority: f.Priority, Quadrant: f.Quadrant,
		Horizon: f.Horizon, Because: f.Because, Compensate: f.Compensate, First: f.FirstStep, Why: f.Why,
		Note: a.Note, Evidence: a.Evidence, Owner: a.Owner, Due: a.Due, By: a.By, At: a.At, Waived: f.Waived,
	}
}

func scenario(s scoring.Scenario) jsonScenario {
	return jsonScenario{s.ID, s.Name, s.Kind, list(s.Steps, func(s scoring.Step) jsonStep {
		same := func(id string) string { return id }
		return jsonStep{s.Title, s.Text, s.State, s.Worst, list(s.Findings, same), list(s.Unassessed, same), list(s.Protected, same)}
	})}
}

func ids(fs []scoring.Finding) []string {
	return list(fs, func(f scoring.Finding) string { return f.ID })
}
