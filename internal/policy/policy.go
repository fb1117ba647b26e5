// Package policy makes the policy of a gate from settings: those of policy files
// (.iotlens.yaml), of the environment and of flags.
//
// A Setting is the value of a key such as pillars.security.min_score, together with its
// source. Read reads the settings of a file strictly. FromSettings makes a Policy of settings
// and reports every problem at once, each with its source. The command line decides which of
// two settings of a key wins.
package policy

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// FileName is the name of policy files.
const FileName = ".iotlens.yaml"

// Settings has settings by key; Keys lists the keys.
type Settings map[string]Setting

// A Setting is the value of a key.
type Setting struct {
	Value  any    // a bool, int, float64, string or []string, or a RawText
	Source string // where it was made: a flag, a variable, file:line or "default"
}

// RawText is the text of a flag or a variable that FromSettings still has to parse.
type RawText string

// A Policy is the policy of a gate, with the settings that the gate itself does not use.
type Policy struct {
	gate.Policy
	Scoring   scoring.Mode
	Baseline  string   // path, or git:REF[:PATH]; empty if there is none
	Framework []string // files of custom frameworks, each a path or git:REF:PATH

	values map[string]any // of the settings, by key
}

// Defaults returns the settings that apply if nothing else is set. A lens may have a scoring
// mode of its own.
func Defaults(l *lens.Lens) Settings {
	mode := Setting{string(cmp.Or(l.Scoring, scoring.Monotone)), "default"}
	if l.Scoring != "" {
		mode.Source = "the lens"
	}
	p := gate.Default()
	return Settings{
		"fail_on":       {string(p.FailOn), "default"},
		"min_coverage":  {p.MinCoverage, "default"},
		"min_score":     {p.MinScore, "default"},
		"relaxations":   {string(p.Safeguards.Relaxations), "default"},
		"new_questions": {string(p.NewQuestions), "default"},
		"severity":      {string(p.Severity), "default"},
		"scoring":       mode,
		"unanswered":    {string(p.Unanswered), "default"},
		"unknown":       {string(p.Unknown), "default"},
	}
}

// GlobalKeys lists the keys of the settings that are not about a pillar, a layer or a best
// practice. Some have a flag of their own, such as --min-score for min_score.
func GlobalKeys() []string {
	var out []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[File]()) {
		switch f.Type.Kind() {
		case reflect.Map:
		case reflect.Struct:
			for _, of := range reflect.VisibleFields(f.Type) {
				out = append(out, yamlfile.Key(f)+"."+yamlfile.Key(of))
			}
		default:
			out = append(out, yamlfile.Key(f))
		}
	}
	return out
}

// Keys lists the keys of all settings that a policy for a lens can have.
func Keys(l *lens.Lens) []string {
	out := GlobalKeys()
	for _, part := range []string{"pillars", "layers", "practices"} {
		fields := reflect.VisibleFields(yamlfile.FieldByKey(reflect.TypeFor[File](), part).Type.Elem())
		for _, id := range keyedParts[part].ids(l) {
			for _, f := range fields {
				out = append(out, part+"."+id+"."+yamlfile.Key(f))
			}
		}
	}
	return out
}

// EnvVar is the environment variable of a key: IOTLENS_PILLARS_SECURITY_MIN_SCORE for
// pillars.security.min_score.
func EnvVar(key string) string {
	return "IOTLENS_" + strings.ToUpper(envVarReplacer.Replace(key))
}

var envVarReplacer = strings.NewReplacer(".", "_", "-", "_")

// FromSettings makes a policy of settings. The error has every problem, each with the source
// of the setting.
func FromSettings(settings Settings, l *lens.Lens) (Policy, error) {
	var errs []error
	sources := map[string]string{}
	values := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		s := settings[key]
		sources[key], values[key] = s.Source, s.Value
		if text, ok := s.Value.(RawText); ok {
			value, problems := parseText(key, string(text), l)
			for _, p := range problems {
				errs = append(errs, fmt.Errorf("%s: %w", s.Source, p))
			}
			values[key] = value
		}
	}
	p := Policy{
		Policy: gate.Policy{
			Threshold:    threshold(values, ""),
			Pillars:      nonZeroByID(l.PillarIDs(), func(id string) gate.Threshold { return threshold(values, "pillars."+id+".") }),
			Layers:       nonZeroByID(l.LayerIDs(), func(id string) gate.Threshold { return threshold(values, "layers."+id+".") }),
			Practices:    nonZeroByID(l.PracticeIDs(), func(id string) gate.PracticeRule { return practiceRule(values, "practices."+id+".") }),
			Hard:         valueOf[[]string](values, "hard"),
			Soft:         valueOf[[]string](values, "soft"),
			Unanswered:   word[gate.Enforcement](values, "unanswered"),
			Unknown:      word[gate.Enforcement](values, "unknown"),
			Severity:     word[gate.SeveritySource](values, "severity"),
			NewQuestions: word[gate.NewQuestions](values, "new_questions"),
			Safeguards: gate.Safeguards{
				FullScope:              word[Scope](values, "scope") == "full",
				NotApplicableApprovers: valueOf[[]string](values, "not_applicable.approvers"), AlwaysApplicable: valueOf[[]string](values, "not_applicable.never"),
				MaxAnswerAge: valueOf[int](values, "max_age"), EvidenceFrom: levelOrEmpty(word[lens.Level](values, "evidence")),
				AuthorRequired: word[AuthorRule](values, "by") == "required", OverdueFindings: word[gate.Enforcement](values, "overdue"),
				UnconfirmedAnswers: word[gate.Enforcement](values, "unconfirmed"),
				MaxWaiverDays:      valueOf[int](values, "waivers.max_days"), FourEyes: valueOf[bool](values, "waivers.four_eyes"),
				WaiverApprovers: valueOf[[]string](values, "waivers.approvers"), NeverWaived: valueOf[[]string](values, "waivers.refused"),
				UnusedWaivers: word[gate.Enforcement](values, "waivers.unused"), Relaxations: word[gate.Enforcement](values, "relaxations"),
			},
			Require: requirements(valueOf[[]string](values, "require")),
			Sources: sources,
		},
		Scoring:   word[scoring.Mode](values, "scoring"),
		Baseline:  word[string](values, "baseline"),
		Framework: valueOf[[]string](values, "framework"),
		values:    values,
	}
	for _, id := range p.Hard {
		if slices.Contains(p.Soft, id) {
			errs = append(errs, fmt.Errorf("%s: %s is on the hard list (%s) and on the soft list; remove it from one of them", sources["soft"], id, sources["hard"]))
		}
	}
	return p, errors.Join(errs...)
}

func requirements(list []string) []framework.Requirement {
	var out []framework.Requirement
	for _, r := range list {
		out = append(out, framework.Requirement(r))
	}
	return out
}

// valueOf returns the value of a key; the zero value if it is not set.
func valueOf[T any](values map[string]any, key string) T {
	value, _ := values[key].(T)
	return value
}

// word returns the value of a string setting; empty if it is not set.
func word[T ~string](values map[string]any, key string) T { return T(valueOf[string](values, key)) }

// Requires reports whether a setting requires something of a review. A threshold of 0, a
// level of none and an enforcement of note do not.
func (p Policy) Requires(key string) bool {
	value := p.values[key]
	order, text := looseToStrict[lastKeyPart(key)], fmt.Sprint(value)
	switch {
	case value == nil || reflect.ValueOf(value).IsZero():
		return false
	case len(order) > 0:
		return text != order[0]
	}
	list, isList := value.([]string)
	return !isList || len(list) > 0
}

// levelOrEmpty is a level; empty for none.
func levelOrEmpty(l lens.Level) lens.Level {
	if l == gate.LevelNone {
		return ""
	}
	return l
}

func threshold(values map[string]any, prefix string) gate.Threshold {
	return gate.Threshold{
		FailOn:      word[lens.Level](values, prefix+"fail_on"),
		MinScore:    valueOf[float64](values, prefix+"min_score"),
		MinCoverage: valueOf[float64](values, prefix+"min_coverage"),
	}
}

func practiceRule(values map[string]any, prefix string) gate.PracticeRule {
	return gate.PracticeRule{
		FailOn:  word[lens.Level](values, prefix+"fail_on"),
		AtLeast: word[review.Status](values, prefix+"at_least"),
	}
}

// nonZeroByID makes a rule for each id and leaves out those that require nothing.
func nonZeroByID[T comparable](ids []string, ruleFor func(id string) T) map[string]T {
	var zero T
	out := map[string]T{}
	for _, id := range ids {
		if rule := ruleFor(id); rule != zero {
			out[id] = rule
		}
	}
	return out
}
