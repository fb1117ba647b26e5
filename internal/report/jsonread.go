package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// ReadJSON reads a JSON report, the content of the file name, into the
// assessment that it was written from: written again in any format it gives the
// same bytes. What the report says twice (the verdict, percentages, lists of
// ids) is not read but comes about anew.
//
// It is as strict as the reader of a review, because a gate may stand on it: an
// unknown key, word or id, a date that is none, numbers that contradict the
// answers are errors. All problems are told at once; nothing comes back then.
func ReadJSON(name string, data []byte) (*scoring.Assessment, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // some editors write a mark before UTF-8
	if err := mistakes(name, data); err != nil {
		return nil, err
	}
	j, err := decodeJSON(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	a := assessmentOf(j)
	if problems := sound(j, a); len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", name, strings.Join(problems, "\n"+name+": "))
	}
	return a, nil
}

// mistakes says everything by which a file is not JSON, a key that is there
// twice included, each with its line.
func mistakes(name string, data []byte) error {
	if len(data) > jsonfile.MaxSize {
		return nil // full of long notes; decodeJSON tells the first mistake
	}
	_, problems := jsonfile.Parse(data)
	lines := jsonfile.NewLines(data)
	errs := make([]error, len(problems))
	for i, p := range problems {
		line, _ := lines.Place(p.At.From)
		errs[i] = fmt.Errorf("%s:%d: %s", name, line, p.Text)
	}
	return errors.Join(errs...)
}

// decodeJSON decodes one JSON report and nothing else.
func decodeJSON(data []byte) (*JSON, error) {
	var version struct {
		SchemaVersion *int `json:"schema_version"`
	}
	var kind *json.UnmarshalTypeError
	switch err := json.Unmarshal(data, &version); {
	case err != nil && !errors.As(err, &kind):
		return nil, fmt.Errorf("is no JSON: %w", err)
	case version.SchemaVersion == nil || *version.SchemaVersion < 1:
		return nil, errors.New("is no JSON report of iotlens: it has no schema_version. Write one with: iotlens report FILE -f json=report.json")
	case *version.SchemaVersion > JSONSchemaVersion:
		return nil, fmt.Errorf("has schema_version %d and this iotlens reads up to %d: update iotlens", *version.SchemaVersion, JSONSchemaVersion)
	}
	j := &JSON{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	switch err := d.Decode(j); {
	case errors.As(err, &kind):
		line, _ := jsonfile.NewLines(data).Place(int(kind.Offset))
		return nil, fmt.Errorf("line %d: %s can't be a %s", line, kind.Field, kind.Value)
	case err != nil:
		return nil, errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	return j, nil
}

// assessmentOf turns the wire form back; the inverse of wire.
func assessmentOf(j *JSON) *scoring.Assessment {
	a := &scoring.Assessment{
		LensID: j.Lens.ID, LensName: j.Lens.Name, LensShort: j.Lens.Short, LensBy: j.Lens.By, LensVersion: j.Lens.Version, LensSource: j.Lens.Source,
		LensRevision: j.Lens.Revision, LensDigest: j.Lens.Digest, Program: j.Program,
		ReviewLensRevision: j.Lens.ReviewRevision, ReviewLensDigest: j.Lens.ReviewDigest,
		ReviewLensVersion: j.Lens.ReviewAnswered, File: j.ReviewFile, Mode: j.Scoring, Today: j.AsOf,
		Workload: j.Workload, Scope: j.Scope, Weights: j.Weights, OutOfScope: j.OutOfScope, LeftOut: j.LeftOut, Retired: j.Retired, Parked: j.Parked,
		Lens: j.Counts.tally(), LayerBanks: j.LayerBanks.tally(),
		Pillars: list(j.Pillars, jsonPart.part), Layers: list(j.Layers, jsonPart.part), Matrix: list(j.Matrix, jsonCell.cell),
		Questions: list(j.Questions, func(q jsonQuestion) scoring.Question {
			return scoring.Question{
				ID: q.ID, Title: q.Title, Ask: q.Ask, Pillar: q.Pillar, Layer: q.Layer, Risk: q.Risk, AWSRisk: q.AWSRisk,
				MonotoneRisk: q.Monotone, Accepted: q.Accepted, Best: q.Best, Worst: q.Worst, Complete: q.Complete, Differs: q.Differs,
			}
		}),
		Scenarios: list(j.Scenarios, jsonScenario.scenario),
		Waivers: list(j.Waivers, func(w jsonWaiver) scoring.Waiver {
			return scoring.Waiver{Waiver: w.Waiver, Title: w.Title, State: w.State, Days: w.Days}
		}),
	}
	names := map[string]string{}
	for _, p := range append(j.Pillars[:len(j.Pillars):len(j.Pillars)], j.Layers...) {
		names[p.ID] = p.Name
	}
	a.Practices = list(j.Practices, func(p jsonAssessed) scoring.Practice { return p.practice(names) })
	practices := map[string]*scoring.Practice{}
	for i := range a.Practices {
		p := &a.Practices[i]
		practices[p.ID] = p
		switch p.Status {
		case review.Unanswered:
			a.Unassessed = append(a.Unassessed, p)
		case review.NotApplicable:
			a.Excluded = append(a.Excluded, p)
		}
	}
	waivers := map[string]*scoring.Waiver{}
	for i := range a.Waivers {
		waivers[a.Waivers[i].Practice] = &a.Waivers[i]
	}
	for _, f := range j.Findings {
		p := practices[f.Practice]
		if p == nil {
			continue // sound says so
		}
		a.Findings = append(a.Findings, scoring.Finding{
			Practice: p, Priority: f.Priority, Because: f.Because, Quadrant: f.Quadrant, Horizon: f.Horizon,
			Compensate: f.Compensate, Waiver: waivers[f.Practice], Waived: f.Waived,
		})
	}
	return a
}

func (t jsonTally) tally() scoring.Tally {
	return scoring.Tally{
		InScope: t.InScope, NotApplicable: t.NotApplicable, Answered: t.Answered, Unknown: t.Unknown,
		Earned: t.Earned, Possible: t.Possible,
	}
}

func (p jsonPart) part() scoring.Part {
	out := scoring.Part{
		ID: p.ID, Name: p.Name, About: p.About, Lens: p.Counts.tally(), LayerBanks: p.LayerBanks.tally(), Findings: p.Findings,
		Risks: map[scoring.Risk]int{},
	}
	for risk, n := range map[scoring.Risk]int{
		scoring.RiskHigh: p.Risks.High, scoring.RiskMedium: p.Risks.Medium, scoring.RiskNone: p.Risks.None,
		scoring.RiskUnanswered: p.Risks.Unanswered, scoring.RiskNotApplicable: p.Risks.NotApplicable,
	} {
		if n != 0 {
			out.Risks[risk] = n
		}
	}
	return out
}

func (c jsonCell) cell() scoring.Cell {
	return scoring.Cell{
		Layer: c.Layer, Pillar: c.Pillar, Lens: c.Counts.tally(), LayerBanks: c.LayerBanks.tally(),
		Findings: c.Findings, Worst: c.Worst,
	}
}

func (s jsonScenario) scenario() scoring.Scenario {
	return scoring.Scenario{
		ID: s.ID, Name: s.Name, Description: s.About, Kind: s.Kind,
		Steps: list(s.Steps, func(s jsonStep) scoring.Step {
			return scoring.Step{
				Title: s.Title, Text: s.Text, State: s.State, Worst: s.Worst,
				Findings: s.Findings, Unassessed: s.NotAssessed, Protected: s.Protected,
			}
		}),
	}
}

func (p jsonAssessed) practice(names map[string]string) scoring.Practice {
	name := func(id string) string { return or(names[id], id) }
	out := scoring.Practice{
		ID: p.Practice, Title: p.Title, Question: p.Question, Pillar: p.Pillar, PillarName: name(p.Pillar),
		Layers: p.Layers, Severity: p.Severity, RatedBy: p.RatedBy, Effort: p.Effort, Fix: p.Fix,
		FromLayer: p.LayerBank, Since: p.Since, Line: p.Line,
		Guide: scoring.Guide{
			Why: p.Guidance.Why, How: p.Guidance.How, Probes: p.Guidance.Probes, Evidence: p.Guidance.Evidence,
			RedFlags: p.Guidance.RedFlags, Resources: p.Guidance.Resources, Services: p.Guidance.Services,
		},
	}
	for _, id := range p.Layers {
		out.LayerNames = append(out.LayerNames, name(id))
	}
	if p.Answer != nil {
		out.Answer = *p.Answer
	}
	return out
}
