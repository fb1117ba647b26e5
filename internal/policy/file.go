package policy

import (
	"maps"
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
	FailOn      FailOn               `yaml:"fail_on" json:"fail_on,omitempty" jsonschema:"lowest severity of a finding, and risk of a question, that fails; high unless set"`
	MinScore    *float64             `yaml:"min_score" json:"min_score,omitempty" jsonschema:"lowest score of the AWS best practices, percent; 0 unless set"`
	MinCoverage *float64             `yaml:"min_coverage" json:"min_coverage,omitempty" jsonschema:"percent of the applicable AWS best practices that must be answered; 100 unless set"`
	Scoring     scoring.Mode         `yaml:"scoring" json:"scoring,omitempty" jsonschema:"how AWS's risk rules are read: monotone (doing more never hurts) or aws (to the letter)"`
	Unanswered  gate.MissingPolicy   `yaml:"unanswered" json:"unanswered,omitempty" jsonschema:"outcome of an unanswered best practice at the level"`
	Unknown     gate.MissingPolicy   `yaml:"unknown" json:"unknown,omitempty" jsonschema:"outcome of a best practice at the level that was answered don't know"`
	New         gate.NewQuestions    `yaml:"new_questions" json:"new_questions,omitempty" jsonschema:"outcome of an unanswered best practice that a later revision of the lens newly asks, and of an answer that it no longer asks; note unless set"`
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

// Read reads a policy file for a lens. The error reports every problem of the file
// at once, each with its line.
func Read(path string, l *lens.Lens) (Settings, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	settings, problems := Parse(path, data, l)
	return settings, problems.Err()
}

// Parse decodes and checks the content of a policy file named name. A key without
// a value is refused: who wrote min_score and forgot the number meant a rule.
func Parse(name string, data []byte, l *lens.Lens) (Settings, yamlfile.Problems) {
	var f File
	doc, problems := yamlfile.Decode(name, data, &f)
	if !doc.Parsed() {
		return nil, problems
	}
	r := reader{name: name, doc: doc, settings: Settings{}, problems: problems}
	r.file(f, l)
	doc.Empty(func(key string, line int) {
		r.problems.Add(name, line, "%s has no value; set it, or remove the key", key)
	})
	r.problems.Sort()
	return r.settings, r.problems
}

// reader lists the settings of a file and what is wrong with its ids and numbers.
type reader struct {
	name     string
	doc      *yamlfile.Doc
	settings Settings
	problems yamlfile.Problems
}

func (r *reader) file(f File, l *lens.Lens) {
	set(r, lens.Level(f.FailOn), "fail_on")
	r.percent(f.MinScore, "min_score")
	r.percent(f.MinCoverage, "min_coverage")
	set(r, f.Scoring, "scoring")
	set(r, f.Unanswered, "unanswered")
	set(r, f.Unknown, "unknown")
	set(r, f.New, "new_questions")
	if f.Baseline != "" && !filepath.IsAbs(f.Baseline) {
		f.Baseline = filepath.Join(filepath.Dir(r.name), f.Baseline)
	}
	set(r, f.Baseline, "baseline")
	practices := l.PracticeIDs()
	eachKnown(r, "pillar", "pillars", f.Pillars, l.PillarIDs(), r.threshold)
	eachKnown(r, "layer", "layers", f.Layers, l.LayerIDs(), r.threshold)
	eachKnown(r, "best practice", "practices", f.Practices, practices, func(p Practice, part, id string) {
		set(r, lens.Level(p.FailOn), part, id, "fail_on")
		set(r, review.Status(p.AtLeast), part, id, "at_least")
	})
	r.list("hard", f.Hard, practices)
	r.list("soft", f.Soft, practices)
}

func (r *reader) threshold(t Threshold, part, id string) {
	set(r, lens.Level(t.FailOn), part, id, "fail_on")
	r.percent(t.MinScore, part, id, "min_score")
	r.percent(t.MinCoverage, part, id, "min_coverage")
}

// eachKnown visits the rules of parts of the lens in order, and reports ids that the
// lens does not have.
func eachKnown[T any](r *reader, what, part string, rules map[string]T, known []string, visit func(rule T, part, id string)) {
	for _, id := range slices.Sorted(maps.Keys(rules)) {
		if slices.Contains(known, id) {
			visit(rules[id], part, id)
			continue
		}
		r.problems.Add(r.name, r.line(part, id), "%s", suggest.Unknown(what, id, known))
	}
}

func (r *reader) line(path ...string) int {
	steps := make([]any, len(path))
	for i, p := range path {
		steps[i] = p
	}
	return r.doc.Line(steps...)
}

// set adds a setting, unless its value is empty: the file does not have it.
func set[T comparable](r *reader, value T, path ...string) {
	var none T
	if value != none {
		r.add(value, path...)
	}
}

func (r *reader) add(value any, path ...string) {
	r.settings[strings.Join(path, ".")] = Setting{value, r.name + ":" + strconv.Itoa(r.line(path...))}
}

func (r *reader) percent(value *float64, path ...string) {
	switch {
	case value == nil:
	case percentage(*value):
		r.add(*value, path...)
	default:
		r.problems.Add(r.name, r.line(path...), "%s is a percentage, 0 to 100, not %v", path[len(path)-1], *value)
	}
}

func (r *reader) list(key string, ids, known []string) {
	var once []string
	for i, id := range ids {
		if !slices.Contains(known, id) {
			r.problems.Add(r.name, r.doc.Line(key, i), "unknown best practice %q%s", id, suggest.DidYouMean(id, known))
		}
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	if once != nil {
		r.add(once, key)
	}
}
