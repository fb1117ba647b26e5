package report

import (
	"io"
	"math"

	"github.com/iotlens/iotlens/internal/jsonwrite"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

func writeJSON(w io.Writer, a *scoring.Assessment) error {
	return jsonwrite.Write(w, wire(a))
}

// wire makes the JSON report of an assessment.
func wire(a *scoring.Assessment) JSON {
	out := JSON{
		SchemaVersion: JSONSchemaVersion,
		Program:       a.Program,
		Lens: jsonLens{
			ID: a.LensID, Name: a.LensName, Short: a.LensShort, By: a.LensBy, Version: a.LensVersion, Revision: a.LensRevision, Digest: a.LensDigest,
			Source: a.LensSource, ReviewAnswered: a.ReviewLensVersion, ReviewRevision: a.ReviewLensRevision, ReviewDigest: a.ReviewLensDigest,
		},
		Workload: a.Workload, ReviewFile: a.File, AsOf: a.Today, Scoring: a.Mode, Verdict: Verdict(a),
		Score: number(a.Lens.Score()), Coverage: number(a.Lens.Coverage()),
		Counts: tally(a.Lens), LayerBanks: tally(a.LayerBanks), Scope: a.Scope, OutOfScope: a.OutOfScope, LeftOut: some(a.LeftOut), Retired: some(a.Retired),
		Pillars: list(a.Pillars, part), Layers: list(a.Layers, part), Matrix: list(a.Matrix, cell),
		Questions: list(a.Questions, func(q scoring.Question) jsonQuestion {
			return jsonQuestion{q.ID, q.Title, q.Pillar, q.Layer, q.Ask, q.Risk, q.AWSRisk, q.MonotoneRisk, q.Accepted, q.Best, q.Worst, q.Complete, q.Differs}
		}),
		Findings:  list(a.Findings, finding),
		QuickWins: ids(quickWins(a)),
		Plan:      jsonPlan{ids(inHorizon(a, scoring.Now)), ids(inHorizon(a, scoring.Next)), ids(inHorizon(a, scoring.Later))},
		Scenarios: list(a.Scenarios, scenario),
		Waivers: list(a.Waivers, func(w scoring.Waiver) jsonWaiver {
			return jsonWaiver{w.Waiver, w.Title, w.State, w.Days}
		}),
		Parked:      some(a.Parked),
		NotAssessed: list(a.Unassessed, practice),
		NotApplicable: list(a.Excluded, func(p *scoring.Practice) jsonExclusion {
			return jsonExclusion{practice(p), p.Reason, p.By}
		}),
		Practices: make([]jsonAssessed, len(a.Practices)),
		Weights:   a.Weights,
	}
	for i := range a.Practices {
		out.Practices[i] = assessed(&a.Practices[i])
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

// some is a list as it is, and never nil.
func some[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
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
	return jsonTally{number(t.Score()), number(t.Coverage()), t.InScope, t.NotApplicable, t.Answered, t.Unknown, t.Earned, t.Possible}
}

func part(p scoring.Part) jsonPart {
	return jsonPart{
		ID: p.ID, Name: p.Name, About: p.About, Score: number(p.Lens.Score()), Coverage: number(p.Lens.Coverage()),
		Counts: tally(p.Lens), LayerBanks: tally(p.LayerBanks), Findings: p.Findings,
		Risks: jsonRisks{
			p.Risks[scoring.RiskHigh], p.Risks[scoring.RiskMedium], p.Risks[scoring.RiskNone],
			p.Risks[scoring.RiskUnanswered], p.Risks[scoring.RiskNotApplicable],
		},
	}
}

func cell(c scoring.Cell) jsonCell {
	return jsonCell{c.Layer, c.Pillar, number(c.Lens.Score()), number(c.Lens.Coverage()), tally(c.Lens), tally(c.LayerBanks), c.Findings, c.Worst}
}

func practice(p *scoring.Practice) jsonPractice {
	return jsonPractice{p.ID, p.Title, p.Question, p.Pillar, some(p.Layers), p.Severity, p.RatedBy, p.Effort, p.Fix}
}

func assessed(p *scoring.Practice) jsonAssessed {
	out := jsonAssessed{jsonPractice: practice(p), LayerBank: p.FromLayer, Since: p.Since, Line: p.Line, Guidance: jsonGuidance{
		p.Guide.Why, some(p.Guide.How), some(p.Guide.Probes), some(p.Guide.Evidence),
		some(p.Guide.RedFlags), some(p.Guide.Resources), some(p.Guide.Services),
	}}
	if p.Status != review.Unanswered {
		out.Answer = &p.Answer
	}
	return out
}

func finding(f scoring.Finding) jsonFinding {
	a := f.Answer
	return jsonFinding{
		jsonPractice: practice(f.Practice), Status: f.Status, Priority: f.Priority, Quadrant: f.Quadrant,
		Horizon: f.Horizon, Because: f.Because, Compensate: f.Compensate, First: f.Guide.FirstStep(), Why: f.Guide.Why,
		Note: a.Note, Evidence: a.Evidence, Owner: a.Owner, Due: a.Due, By: a.By, At: a.At, Waived: f.Waived,
	}
}

func scenario(s scoring.Scenario) jsonScenario {
	return jsonScenario{s.ID, s.Name, s.Description, s.Kind, list(s.Steps, func(s scoring.Step) jsonStep {
		return jsonStep{s.Title, s.Text, s.State, s.Worst, some(s.Findings), some(s.Unassessed), some(s.Protected)}
	})}
}

func ids(fs []scoring.Finding) []string {
	return list(fs, func(f scoring.Finding) string { return f.ID })
}
