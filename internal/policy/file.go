package policy

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is a policy file.
type File struct {
	FailOn      FailOn               `yaml:"fail_on" json:"fail_on,omitempty" jsonschema:"lowest severity of a finding, and risk of a question, that fails; high unless said otherwise"`
	MinScore    *float64             `yaml:"min_score" json:"min_score,omitempty" jsonschema:"lowest score of the AWS best practices, percent; no demand unless said otherwise"`
	MinCoverage *float64             `yaml:"min_coverage" json:"min_coverage,omitempty" jsonschema:"percent of the applicable AWS best practices that must be answered; 100 unless said otherwise"`
	Scoring     scoring.Mode         `yaml:"scoring" json:"scoring,omitempty" jsonschema:"how AWS's risk rules are read: monotone (doing more never hurts) or aws (to the letter)"`
	Unanswered  gate.Meaning         `yaml:"unanswered" json:"unanswered,omitempty" jsonschema:"what a best practice at the level comes to that nobody answered"`
	Unknown     gate.Meaning         `yaml:"unknown" json:"unknown,omitempty" jsonschema:"what a best practice at the level comes to of which nobody could say"`
	Baseline    string               `yaml:"baseline" json:"baseline,omitempty" jsonschema:"earlier review file or saved JSON report, as a path from this file; only what is new or regressed since then fails"`
	Pillars     map[string]Threshold `yaml:"pillars" json:"pillars,omitempty" jsonschema:"thresholds by pillar, on top of those of the whole"`
	Layers      map[string]Threshold `yaml:"layers" json:"layers,omitempty" jsonschema:"thresholds by architecture layer, on top of those of the whole"`
	Practices   map[string]Practice  `yaml:"practices" json:"practices,omitempty" jsonschema:"rules for single best practices"`
	Hard        []string             `yaml:"hard" json:"hard,omitempty" jsonschema:"best practices that must be in place, whatever their severity and the baseline"`
	Soft        []string             `yaml:"soft" json:"soft,omitempty" jsonschema:"best practices that are reported and never fail"`
}

// A Threshold is what a pillar or a layer must reach.
type Threshold struct {
	FailOn      Level    `yaml:"fail_on" json:"fail_on,omitempty" jsonschema:"lowest severity of a finding, and risk of a question, that fails here"`
	MinScore    *float64 `yaml:"min_score" json:"min_score,omitempty" jsonschema:"lowest score, percent"`
	MinCoverage *float64 `yaml:"min_coverage" json:"min_coverage,omitempty" jsonschema:"percent of the applicable best practices that must be answered"`
}

// A Practice is the rule of one best practice.
type Practice struct {
	FailOn  Level   `yaml:"fail_on" json:"fail_on,omitempty" jsonschema:"lowest severity at which a gap here fails; low takes any, none takes none"`
	AtLeast AtLeast `yaml:"at_least" json:"at_least,omitempty" jsonschema:"the least that passes: implemented, or partially_implemented where that is enough"`
}

// Level is a severity of our lenses, or none.
type Level string

// Values lists the severities and none.
func (Level) Values() []string { return append(lens.Level("").Values(), string(gate.None)) }

// FailOn is a Level, or critical, which only reviews in AWS's open schema know.
type FailOn string

// Values lists the levels, the most usual first.
func (FailOn) Values() []string { return append(Level("").Values(), string(lens.Critical)) }

// AtLeast is a status that can be enough.
type AtLeast string

// Values lists the statuses that can be enough.
func (AtLeast) Values() []string {
	return []string{string(review.Implemented), string(review.PartiallyImplemented)}
}

// Read reads a policy file for a lens. The error tells every problem of the file
// at once, each with its line.
func Read(path string, l *lens.Lens) ([]Setting, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	settings, problems := Parse(path, data, l)
	return settings, problems.Err()
}

// Parse decodes and checks the content of a policy file named name. A key without
// a value is refused: who wrote min_score and forgot the number asked for a rule.
func Parse(name string, data []byte, l *lens.Lens) ([]Setting, yamlfile.Problems) {
	var f File
	doc, problems := yamlfile.Decode(name, data, &f)
	if !doc.Parsed() {
		return nil, problems
	}
	r := reader{name: name, doc: doc, problems: problems}
	r.file(f, l)
	doc.Hollow(func(key string, line int) {
		r.problems.Add(name, line, "%s says nothing: give it a value, or take it out", key)
	})
	r.problems.Sort()
	return r.settings, r.problems
}

// reader lists the settings of a file and what is wrong with its ids and numbers.
type reader struct {
	name     string
	doc      *yamlfile.Doc
	settings []Setting
	problems yamlfile.Problems
}

func (r *reader) file(f File, l *lens.Lens) {
	r.threshold(Threshold{Level(f.FailOn), f.MinScore, f.MinCoverage})
	r.text(string(f.Scoring), "scoring")
	r.text(string(f.Unanswered), "unanswered")
	r.text(string(f.Unknown), "unknown")
	if f.Baseline != "" && !filepath.IsAbs(f.Baseline) {
		f.Baseline = filepath.Join(filepath.Dir(r.name), f.Baseline)
	}
	r.text(f.Baseline, "baseline")
	for _, id := range keys(f.Pillars) {
		if r.known("pillar", id, l.PillarIDs(), "pillars", id) {
			r.threshold(f.Pillars[id], "pillars", id)
		}
	}
	for _, id := range keys(f.Layers) {
		if r.known("layer", id, l.LayerIDs(), "layers", id) {
			r.threshold(f.Layers[id], "layers", id)
		}
	}
	practices := l.PracticeIDs()
	for _, id := range keys(f.Practices) {
		if r.known("best practice", id, practices, "practices", id) {
			r.text(string(f.Practices[id].FailOn), "practices", id, "fail_on")
			r.text(string(f.Practices[id].AtLeast), "practices", id, "at_least")
		}
	}
	r.list("hard", f.Hard, practices)
	r.list("soft", f.Soft, practices)
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (r *reader) threshold(t Threshold, path ...string) {
	r.text(string(t.FailOn), append(path, "fail_on")...)
	r.percent(t.MinScore, append(path, "min_score")...)
	r.percent(t.MinCoverage, append(path, "min_coverage")...)
}

func (r *reader) line(path []string) int {
	steps := make([]any, len(path))
	for i, p := range path {
		steps[i] = p
	}
	return r.doc.Line(steps...)
}

func (r *reader) text(value string, path ...string) {
	if value != "" {
		from := r.name + ":" + strconv.Itoa(r.line(path))
		r.settings = append(r.settings, Setting{strings.Join(path, "."), value, from})
	}
}

func (r *reader) percent(value *float64, path ...string) {
	if value == nil {
		return
	}
	if *value < 0 || *value > 100 {
		r.problems.Add(r.name, r.line(path), "%s is a percentage, 0 to 100, not %v", path[len(path)-1], *value)
		return
	}
	r.text(strconv.FormatFloat(*value, 'f', -1, 64), path...)
}

func (r *reader) known(what, id string, known []string, path ...string) bool {
	ok := slices.Contains(known, id)
	if !ok {
		r.problems.Add(r.name, r.line(path), "%s", suggest.Unknown(what, id, known))
	}
	return ok
}

func (r *reader) list(key string, ids, known []string) {
	for i, id := range ids {
		if !slices.Contains(known, id) {
			r.problems.Add(r.name, r.doc.Line(key, i), "unknown best practice %q%s", id, suggest.DidYouMean(id, known))
		}
	}
	r.text(strings.Join(ids, ","), key)
}
