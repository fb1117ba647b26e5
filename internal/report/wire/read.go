package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Read parses a JSON report, the content of the file name, and returns the assessment that
// it was written from. The guidance comes from the file or else from l, if l is the lens of
// the report; guided is false if there is none. With guidance, the assessment gives the same
// bytes when it is written again in any format.
//
// What follows from other values (the verdict, tallies, lists of ids) is computed, not read.
// The rest is read as strictly as a review, because a gate may depend on it: unknown keys,
// enum values and ids, invalid dates, and findings that do not match the answers are errors.
// The error has all problems.
func Read(name string, data []byte, l *lens.Lens) (a *scoring.Assessment, guided bool, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // some editors write a mark before UTF-8
	if err := checkSyntax(name, data); err != nil {
		return nil, false, err
	}
	j, err := decode(data)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", name, err)
	}
	c := &checker{}
	c.checkValues(j)
	a = c.assessment(j)
	if len(c.problems) > 0 {
		return nil, false, fmt.Errorf("%s: %s", name, strings.Join(c.problems, "\n"+name+": "))
	}
	return a, addGuidance(a, j, l), nil
}

// matches reports whether l is the lens that a report names.
func (j Lens) matches(l *lens.Lens) bool {
	return l != nil && l.ID == j.ID && l.Version == j.Version && l.Digest == j.Digest
}

// addGuidance sets the guidance of each best practice and reports whether all have one.
func addGuidance(a *scoring.Assessment, j *Report, l *lens.Lens) bool {
	guided := true
	if !j.Lens.matches(l) {
		l = &lens.Lens{}
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		if g := j.Practices[i].Guidance; g != nil {
			p.Guide = *g
		} else if own, ok := l.Practice(p.ID); ok {
			p.Guide = scoring.GuideOf(own)
		} else {
			guided = false
		}
	}
	return guided
}

// checkSyntax returns all syntax errors of a JSON file and its duplicate keys, with their
// lines.
func checkSyntax(name string, data []byte) error {
	if len(data) > jsonfile.MaxSize {
		return nil // too large for Parse; decode reports the first error
	}
	_, problems := jsonfile.Parse(data)
	lines := jsonfile.NewLines(data)
	errs := make([]error, len(problems))
	for i, p := range problems {
		line, _ := lines.Position(p.At.From)
		errs[i] = fmt.Errorf("%s:%d: %s", name, line, p.Text)
	}
	return errors.Join(errs...)
}

// decode decodes a JSON report strictly.
func decode(data []byte) (*Report, error) {
	var version struct {
		SchemaVersion *int `json:"schema_version"`
	}
	var kind *json.UnmarshalTypeError
	switch err := json.Unmarshal(data, &version); {
	case err != nil && !errors.As(err, &kind):
		return nil, fmt.Errorf("not valid JSON: %w", err)
	case version.SchemaVersion == nil || *version.SchemaVersion < 1:
		return nil, errors.New("not a JSON report of iotlens: it has no schema_version. Write one with: iotlens report FILE -f json=report.json")
	case *version.SchemaVersion > SchemaVersion:
		return nil, fmt.Errorf("has schema_version %d, but this iotlens only reads up to %d; update iotlens", *version.SchemaVersion, SchemaVersion)
	}
	j := &Report{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	switch err := d.Decode(j); {
	case errors.As(err, &kind):
		line, _ := jsonfile.NewLines(data).Position(int(kind.Offset))
		return nil, fmt.Errorf("line %d: %s cannot be a %s", line, kind.Field, kind.Value)
	case err != nil:
		return nil, errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	return j, nil
}

// assessment returns the assessment of a report, and adds problems where its parts
// contradict each other.
func (c *checker) assessment(j *Report) *scoring.Assessment {
	a := &scoring.Assessment{
		LensID: j.Lens.ID, LensName: j.Lens.Name, LensShort: j.Lens.Short, LensBy: j.Lens.By, LensVersion: j.Lens.Version, LensSource: j.Lens.Source,
		LensRevision: j.Lens.Revision, LensDigest: j.Lens.Digest, Program: j.Program,
		ReviewLensRevision: j.Lens.ReviewRevision, ReviewLensDigest: j.Lens.ReviewDigest,
		ReviewLensVersion: j.Lens.ReviewAnswered, File: j.ReviewFile, Mode: j.Scoring, Today: j.AsOf,
		Workload: j.Workload, Template: j.Template, Scope: j.Scope, Weights: j.Weights, OutOfScope: j.OutOfScope, OutOfScopeIDs: j.LeftOut, Retired: j.Retired, Parked: j.Parked, SetAside: j.SetAside, NoPlace: j.NoPlace,
		Questions: j.Questions, Effect: j.Plan.HighRisk, Scenarios: j.Scenarios, Waivers: j.Waivers, Since: j.Since, Frameworks: j.Frameworks, Ignored: j.Others, Notes: j.Notes,
		Record: scoring.AuditRecord{Digest: j.Digest, Source: append([]byte(nil), j.Source...), Policies: j.Policies, CustomKeys: j.Own},
	}
	if sum := sha256.Sum256([]byte(j.Source)); j.Source != "" && j.Digest != hex.EncodeToString(sum[:]) {
		c.add("review_source: is not the file of review_file_digest")
	}
	pillars, layers, questions := map[string]string{}, map[string]string{}, map[string]string{}
	for _, p := range j.Pillars {
		requireUnique(c, "pillars", pillars, p.ID, p.Name)
		a.Pillars = append(a.Pillars, p.part())
	}
	for _, l := range j.Layers {
		requireUnique(c, "layers", layers, l.ID, l.Name)
		a.Layers = append(a.Layers, l.part())
		for _, p := range j.Pillars {
			a.Matrix = append(a.Matrix, scoring.Cell{Layer: l.ID, Pillar: p.ID})
		}
	}
	for i := range j.Questions {
		q := &j.Questions[i]
		requireUnique(c, "questions", questions, q.ID, q.Title)
		q.Practices = []string{}
		for _, p := range j.Practices {
			if p.Question == q.ID {
				q.Practices = append(q.Practices, p.Practice)
			}
		}
		if q.AWS() {
			requireKnown(c, q.ID, "pillar", pillars, q.Pillar)
		}
	}
	practices := map[string]*scoring.Practice{}
	a.Practices = make([]scoring.Practice, len(j.Practices))
	for i, p := range j.Practices {
		requireKnown(c, p.Practice, "question", questions, p.Question)
		requireKnown(c, p.Practice, "pillar", pillars, p.Pillar)
		a.Practices[i] = p.toPractice(pillars, layers)
		described := &a.Practices[i]
		for _, id := range p.Layers {
			requireKnown(c, p.Practice, "layer", layers, id)
		}
		requireUnique(c, "practices", practices, p.Practice, described)
		a.Count(described)
	}
	left := map[string]bool{}
	for _, id := range j.LeftOut {
		requireUnique(c, "left_out", left, id, true)
		if practices[id] != nil {
			c.add("left_out: %s is among the practices in scope", id)
		}
	}
	if n := len(j.LeftOut); n > 0 && n != j.OutOfScope {
		c.add("left_out: lists %d best practices, out_of_scope says %d", n, j.OutOfScope)
	}
	for _, s := range j.SetAside {
		requireUnique(c, "set_aside", left, s.Practice, true)
		if practices[s.Practice] != nil {
			c.add("set_aside: %s is among the practices that count", s.Practice)
		}
	}
	waivers := map[string]*scoring.Waiver{}
	for i := range a.Waivers {
		requireUnique(c, "waivers", waivers, a.Waivers[i].Practice, &a.Waivers[i])
	}
	c.findings(j, a, practices, waivers)
	return a
}

// findings adds the findings to an assessment. It adds a problem unless they are exactly the
// best practices whose status is a finding.
func (c *checker) findings(j *Report, a *scoring.Assessment, practices map[string]*scoring.Practice, waivers map[string]*scoring.Waiver) {
	seen := map[string]bool{}
	for _, f := range j.Findings {
		requireUnique(c, "findings", seen, f.Practice, true)
		if !requireKnown(c, "findings", "best practice", practices, f.Practice) {
			continue
		}
		w := waivers[f.Practice]
		out := scoring.Finding{
			Practice: practices[f.Practice], Priority: f.Priority, Reasons: f.Because, Holds: f.Holds, Quadrant: f.Quadrant, Horizon: f.Horizon,
			Closes: f.AlsoCloses, ClosedBy: f.ClosedBy, DueState: f.DueState, Compensate: f.Compensate, Waiver: w, Waived: w.Active(),
		}
		if out.Waived { // an earlier version gave it a place in the plan
			out.Quadrant, out.Horizon = "", ""
		}
		a.Findings = append(a.Findings, out)
	}
	for i := range a.Practices {
		switch p := &a.Practices[i]; {
		case p.IsFinding() && !seen[p.ID]:
			c.add("findings: %s (%s) is missing", p.ID, p.Status.Words())
		case !p.IsFinding() && seen[p.ID]:
			c.add("findings: %s (%s) is not a finding", p.ID, p.Status.Words())
		}
	}
}

func (p part) part() scoring.Part {
	out := scoring.Part{ID: p.ID, Name: p.Name, About: p.About, Risks: map[scoring.Risk]int{}}
	for _, r := range scoring.Risks() {
		if n := p.Risks[r]; n > 0 {
			out.Risks[r] = n
		}
	}
	return out
}

func (p assessedPractice) toPractice(pillars, layers map[string]string) scoring.Practice {
	out := scoring.Practice{
		ID: p.Practice, Title: p.Title, Question: p.Question, Pillar: p.Pillar, PillarName: view.OrDefault(pillars[p.Pillar], p.Pillar),
		Layers: p.Layers, Severity: p.Severity, RatedBy: p.RatedBy, Kind: p.Kind, ReviewStatus: p.Given, Settled: p.Settled, CountsAsMissing: p.NoAnswer, Effort: p.Effort, Fix: p.Fix,
		FromLayer: p.LayerBank, Since: p.Since, Line: p.Line, CustomKeys: p.Keys,
	}
	if p.Own != nil {
		out.OwnSeverity = *p.Own
	}
	for _, id := range p.Layers {
		out.LayerNames = append(out.LayerNames, view.OrDefault(layers[id], id))
	}
	out.Pending = p.Details.answer()
	if p.Answer != nil {
		out.Answer = *p.Answer
	}
	return out
}
