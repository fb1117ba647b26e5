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

// Read reads a JSON report, the content of the file name, into the assessment that
// it was written from. The guidance comes from the file where it is there, else from
// l where that is the lens of the report; guided is false where neither has it.
// With guidance the assessment, written again in any format, gives the same bytes.
//
// What can be computed (the verdict, tallies, lists of ids) is not read but computed.
// The rest is read as strictly as a review, because a gate may depend
// on it: an unknown key, word or id, an invalid date, findings that are not those
// of the answers are errors. All problems are reported at once; nothing is returned then.
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

// matches reports whether a lens is the one that a report names.
func (j Lens) matches(l *lens.Lens) bool {
	return l != nil && l.ID == j.ID && l.Version == j.Version && l.Digest == j.Digest
}

// addGuidance gives each best practice its guidance and reports whether all have one.
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

// checkSyntax reports everything by which a file is not JSON, a duplicate key
// included, each with its line.
func checkSyntax(name string, data []byte) error {
	if len(data) > jsonfile.MaxSize {
		return nil // full of long notes; decode reports the first error
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

// decode decodes one JSON report and nothing else.
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
		return nil, fmt.Errorf("has schema_version %d and this iotlens reads up to %d: update iotlens", *version.SchemaVersion, SchemaVersion)
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

// assessment makes the assessment of a report and reports where its parts do not fit
// together.
func (c *checker) assessment(j *Report) *scoring.Assessment {
	a := &scoring.Assessment{
		LensID: j.Lens.ID, LensName: j.Lens.Name, LensShort: j.Lens.Short, LensBy: j.Lens.By, LensVersion: j.Lens.Version, LensSource: j.Lens.Source,
		LensRevision: j.Lens.Revision, LensDigest: j.Lens.Digest, Program: j.Program,
		ReviewLensRevision: j.Lens.ReviewRevision, ReviewLensDigest: j.Lens.ReviewDigest,
		ReviewLensVersion: j.Lens.ReviewAnswered, File: j.ReviewFile, Mode: j.Scoring, Today: j.AsOf,
		Workload: j.Workload, Template: j.Template, Scope: j.Scope, Weights: j.Weights, OutOfScope: j.OutOfScope, OutOfScopeIDs: j.LeftOut, Retired: j.Retired, Parked: j.Parked, SetAside: j.SetAside, NoPlace: j.NoPlace,
		Questions: j.Questions, Effect: j.Plan.HighRisk, Scenarios: j.Scenarios, Waivers: j.Waivers, Since: j.Since, Frameworks: j.Frameworks, Ignored: j.Others, Notes: j.Notes,
		Record: scoring.AuditRecord{Digest: j.Digest, Source: j.Source, Policies: j.Policies, CustomKeys: j.Own},
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

// findings adds the findings, which are those of the answers: every gap is one, and
// nothing else is.
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
	out.Pending = p.Said.answer()
	if p.Answer != nil {
		out.Answer = *p.Answer
	}
	return out
}
