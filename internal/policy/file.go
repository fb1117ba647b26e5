package policy

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is a policy file. It is also the one table of settings: flags, environment variables
// and the schema take their keys, types and descriptions from its fields. A string type with
// fixed values lists them in its method Values.
type File struct {
	FailOn        FailOn               `yaml:"fail_on" json:"fail_on,omitempty" jsonschema:"lowest severity of a finding, and risk of a question, that fails; high unless set"`
	MinScore      *float64             `yaml:"min_score" json:"min_score,omitempty" jsonschema:"lowest score of the AWS best practices, percent; 0 unless set"`
	MinCoverage   *float64             `yaml:"min_coverage" json:"min_coverage,omitempty" jsonschema:"percent of the applicable AWS best practices that must be answered; 100 unless set"`
	Scoring       scoring.Mode         `yaml:"scoring" json:"scoring,omitempty" jsonschema:"how AWS's risk rules are read: monotone (doing more never hurts) or aws (to the letter)"`
	Unanswered    gate.Enforcement     `yaml:"unanswered" json:"unanswered,omitempty" jsonschema:"outcome of an unanswered best practice at the level"`
	Unknown       gate.Enforcement     `yaml:"unknown" json:"unknown,omitempty" jsonschema:"outcome of a best practice at the level that was answered don't know"`
	Severity      gate.SeveritySource  `yaml:"severity" json:"severity,omitempty" jsonschema:"whose severity of a best practice counts: that of the lens as published, or ours where the bank has one; published unless set"`
	NewQuestions  gate.NewQuestions    `yaml:"new_questions" json:"new_questions,omitempty" jsonschema:"outcome of an unanswered best practice that a later revision of the lens newly asks, and of an answer that it no longer asks; note unless set"`
	Relaxations   gate.Enforcement     `yaml:"relaxations" json:"relaxations,omitempty" jsonschema:"outcome of what makes passing easier than the baseline: a gap that became not applicable, a narrower scope, a longer waiver; incomplete unless set"`
	Scope         Scope                `yaml:"scope" json:"scope,omitempty" jsonschema:"full where the review may leave nothing out"`
	NotApplicable NotApplicable        `yaml:"not_applicable" json:"not_applicable,omitempty" jsonschema:"who may say that a best practice does not apply, and of which nobody may"`
	Waivers       Waivers              `yaml:"waivers" json:"waivers,omitempty" jsonschema:"what a waiver must meet"`
	MaxAge        *int                 `yaml:"max_age" json:"max_age,omitempty" jsonschema:"days after which an answer is out of date"`
	Evidence      Level                `yaml:"evidence" json:"evidence,omitempty" jsonschema:"lowest severity of the best practices that need evidence where they are implemented"`
	By            AuthorRule           `yaml:"by" json:"by,omitempty" jsonschema:"required where each answer must say who gave it"`
	Overdue       gate.Enforcement     `yaml:"overdue" json:"overdue,omitempty" jsonschema:"outcome of a finding that is open after its due day; note unless set"`
	Unconfirmed   gate.Enforcement     `yaml:"unconfirmed" json:"unconfirmed,omitempty" jsonschema:"outcome of an answer from a review template that nobody has confirmed; note unless set, and at least incomplete once nobody vouches for it any longer"`
	Require       NameList             `yaml:"require" json:"require,omitempty" jsonschema:"laws and standards that must be met, by id, or provisions of them: cra, cra:I(2)(c)"`
	Framework     NameList             `yaml:"framework" json:"framework,omitempty" jsonschema:"frameworks of your own that require may name: files, as paths from this file"`
	Baseline      string               `yaml:"baseline" json:"baseline,omitempty" jsonschema:"earlier review file or saved JSON report, as a path from this file, or git:REF; only what is new or regressed since then fails"`
	Pillars       map[string]Threshold `yaml:"pillars" json:"pillars,omitempty" jsonschema:"thresholds by pillar, on top of those of the whole"`
	Layers        map[string]Threshold `yaml:"layers" json:"layers,omitempty" jsonschema:"thresholds by architecture layer, on top of those of the whole"`
	Practices     map[string]Practice  `yaml:"practices" json:"practices,omitempty" jsonschema:"rules for single best practices"`
	Hard          []string             `yaml:"hard" json:"hard,omitempty" jsonschema:"best practices that must be in place, whatever their severity and the baseline"`
	Soft          []string             `yaml:"soft" json:"soft,omitempty" jsonschema:"best practices that are reported and never fail"`
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

// NotApplicable restricts who may answer that a best practice does not apply.
type NotApplicable struct {
	Approvers NameList `yaml:"approvers" json:"approvers,omitempty" jsonschema:"people who may give this answer, as in by"`
	Never     []string `yaml:"never" json:"never,omitempty" jsonschema:"best practices that always apply"`
}

// Waivers restricts who may waive what, and for how long.
type Waivers struct {
	MaxDays   *int             `yaml:"max_days" json:"max_days,omitempty" jsonschema:"longest time, from the day on which it was given"`
	FourEyes  bool             `yaml:"four_eyes" json:"four_eyes,omitempty" jsonschema:"the approver is not the owner"`
	Approvers NameList         `yaml:"approvers" json:"approvers,omitempty" jsonschema:"people who may approve a waiver"`
	Refused   []string         `yaml:"refused" json:"refused,omitempty" jsonschema:"best practices that may not be waived"`
	Unused    gate.Enforcement `yaml:"unused" json:"unused,omitempty" jsonschema:"outcome of a waiver without a finding; note unless set"`
}

// A NameList has names that are not ids of the lens: of people, files and requirements.
type NameList []string

// Scope says whether a review may leave best practices out.
type Scope string

// Values lists the scopes: any may leave out best practices, full may not.
func (Scope) Values() []string { return []string{"any", "full"} }

// AuthorRule says whether an answer must say who gave it.
type AuthorRule string

// Values lists the rules.
func (AuthorRule) Values() []string { return []string{"optional", "required"} }

// Level is a severity of a lens, or none.
type Level string

// Values lists the severities and none.
func (Level) Values() []string { return append(lens.Level("").Values(), string(gate.LevelNone)) }

// FailOn is a Level, or critical, which only reviews in AWS's open schema have.
type FailOn string

// Values lists the levels, those of a lens first.
func (FailOn) Values() []string { return append(Level("").Values(), string(lens.Critical)) }

// AtLeast is a status that a rule may require at least.
type AtLeast string

// Values lists the statuses.
func (AtLeast) Values() []string {
	return lens.Strings(review.Implemented, review.PartiallyImplemented)
}

// Read reads a policy file for a lens. The error has every problem of the file, each with its
// line.
func Read(path string, l *lens.Lens) (Settings, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	settings, problems := Parse(path, data, l)
	return settings, problems.Err()
}

// Parse decodes and checks the content of a policy file with a name. A key without a value is
// a problem: an empty min_score must not silently mean no rule.
func Parse(name string, data []byte, l *lens.Lens) (Settings, yamlfile.Problems) {
	var f File
	doc, problems := yamlfile.Decode(name, data, &f)
	if !doc.Parsed() {
		return nil, problems
	}
	if f.Baseline != "" && !filepath.IsAbs(f.Baseline) && !strings.HasPrefix(f.Baseline, "git:") {
		f.Baseline = filepath.Join(filepath.Dir(name), f.Baseline)
	}
	for i, file := range f.Framework {
		if file != "" && !filepath.IsAbs(file) {
			f.Framework[i] = filepath.Join(filepath.Dir(name), file)
		}
	}
	r := reader{name: name, doc: doc, lens: l, settings: Settings{}, problems: problems}
	r.fields(reflect.ValueOf(f))
	doc.VisitEmptyKeys(func(key string, line int) {
		r.problems.Add(name, line, "%s has no value; set it, or remove the key", key)
	})
	r.problems.Sort()
	return r.settings, r.problems
}

// A reader collects the settings of a file, and the problems with its ids and numbers.
type reader struct {
	name     string
	doc      *yamlfile.Doc
	lens     *lens.Lens
	settings Settings
	problems yamlfile.Problems
}

// fields adds the settings of a struct, which is at a path of the file. A zero field is not
// set.
func (r *reader) fields(v reflect.Value, path ...any) {
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			r.field(reflect.Indirect(f), append(slices.Clone(path), yamlfile.Key(v.Type().Field(i)))...)
		}
	}
}

// field adds the setting of one field at a path of the file, or those of the struct or map in
// it.
func (r *reader) field(v reflect.Value, path ...any) {
	key := path[len(path)-1]
	switch v.Kind() {
	case reflect.Map:
		part := keyedParts[key.(string)]
		known := part.ids(r.lens)
		for id, value := range v.Seq2() {
			if !slices.Contains(known, id.String()) {
				r.problem(append(path, id.String()), "%s", suggest.Unknown(part.name, id.String(), known))
				continue
			}
			r.fields(value, append(slices.Clone(path), id.String())...)
		}
		return
	case reflect.Struct:
		r.fields(v, path...)
		return
	case reflect.Bool:
		r.add(v.Bool(), path)
	case reflect.Int:
		if v.Int() < 1 {
			r.problem(path, "%s must be a number of days, 1 or more, not %d", key, v.Int())
		}
		r.add(int(v.Int()), path)
	case reflect.Float64:
		if !percentage(v.Float()) {
			r.problem(path, "%s must be a percentage from 0 to 100, not %v", key, v.Float())
		}
		r.add(v.Float(), path)
	case reflect.Slice:
		known, unique := r.lens.PracticeIDs(), []string{}
		for i, id := range v.Seq2() {
			if v.Type() != reflect.TypeFor[NameList]() && !slices.Contains(known, id.String()) {
				r.problem(append(path, int(i.Int())), "%s", suggest.Unknown("best practice", id.String(), known))
			}
			if !slices.Contains(unique, id.String()) {
				unique = append(unique, id.String())
			}
		}
		if len(unique) > 0 {
			r.add(unique, path)
		}
	default:
		r.add(v.String(), path)
	}
}

// problem adds a problem with the value at a path of the file.
func (r *reader) problem(path []any, format string, args ...any) {
	r.problems.Add(r.name, r.doc.Line(path...), format, args...)
}

// add adds the setting with the value at a path of the file.
func (r *reader) add(value any, path []any) {
	var key []string
	for _, step := range path {
		key = append(key, fmt.Sprint(step))
	}
	r.settings[strings.Join(key, ".")] = Setting{value, fmt.Sprintf("%s:%d", r.name, r.doc.Line(path...))}
}
