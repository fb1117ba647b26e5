// Package policy makes the policy of a gate out of settings: those of a policy
// file (.iotlens.yaml), of the environment and of flags.
//
// A setting is a key such as "pillars.security.min_score" with a value and where
// it was made. Read takes the settings of a file, strictly; Make turns settings
// into a Policy and reports every problem at once, each with its place. The
// command line decides which of two settings of one key wins.
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

// FileName is the name under which a policy file is found.
const FileName = ".iotlens.yaml"

// Settings are settings by their key, one of those that Keys lists.
type Settings map[string]Setting

// A Setting is the value of a key.
type Setting struct {
	Value  any    // a string, float64 or []string, or Text that Make is to parse
	Source string // where it was made: a flag, a variable, file:line, "default"
}

// RawText is the text of a flag or a variable, not parsed yet.
type RawText string

// A Policy is the result of the settings. Its From has where each was made.
type Policy struct {
	gate.Policy
	Scoring   scoring.Mode
	Baseline  string   // path, or git:REF[:PATH]; empty if there is none
	Framework []string // files of frameworks of people's own, each a path or git:REF:PATH

	values map[string]any // of each setting
}

// Defaults are the settings that apply where nothing else is set. A lens may say how its
// rules are read.
func Defaults(l *lens.Lens) Settings {
	read := Setting{string(cmp.Or(l.Scoring, scoring.Monotone)), "default"}
	if l.Scoring != "" {
		read.Source = "the lens"
	}
	p := gate.Default()
	return Settings{
		"fail_on":       {string(p.FailOn), "default"},
		"min_coverage":  {p.MinCoverage, "default"},
		"min_score":     {p.MinScore, "default"},
		"relaxations":   {string(p.Safeguards.Relaxations), "default"},
		"new_questions": {string(p.NewQuestions), "default"},
		"severity":      {string(p.Severity), "default"},
		"scoring":       read,
		"unanswered":    {string(p.Unanswered), "default"},
		"unknown":       {string(p.Unknown), "default"},
	}
}

// GlobalKeys lists the keys of the settings of the whole. Some have a flag of their own:
// --min-score is that of min_score.
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

// Keys lists the keys of all settings that there can be for a lens.
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

// EnvVar is the environment variable of a key: IOTLENS_PILLARS_SECURITY_MIN_SCORE
// of pillars.security.min_score.
func EnvVar(key string) string {
	return "IOTLENS_" + strings.ToUpper(envVarReplacer.Replace(key))
}

var envVarReplacer = strings.NewReplacer(".", "_", "-", "_")

// FromSettings turns settings into a policy. The error reports every problem at once, each
// with where the setting was made.
func FromSettings(settings Settings, l *lens.Lens) (Policy, error) {
	var errs []error
	from := map[string]string{}
	values := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		s := settings[key]
		from[key], values[key] = s.Source, s.Value
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
			Sources: from,
		},
		Scoring:   word[scoring.Mode](values, "scoring"),
		Baseline:  word[string](values, "baseline"),
		Framework: valueOf[[]string](values, "framework"),
		values:    values,
	}
	for _, id := range p.Hard {
		if slices.Contains(p.Soft, id) {
			errs = append(errs, fmt.Errorf("%s: %s is on the hard list (%s) and on the soft list; remove it from one of them", from["soft"], id, from["hard"]))
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

// valueOf returns the value of a key; the zero value where it is not set.
func valueOf[T any](values map[string]any, key string) T {
	value, _ := values[key].(T)
	return value
}

// word returns the word of a key; empty if it is not set.
func word[T ~string](values map[string]any, key string) T { return T(valueOf[string](values, key)) }

// Requires reports whether a setting asks something of a review, so that it can't be left
// out: not a threshold of 0, a level of none, an outcome of note.
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

// levelOrEmpty is the level from which evidence is needed; empty for none.
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

// nonZeroByID makes the rules of parts of the lens; those that require nothing are left
// out.
func nonZeroByID[T comparable](ids []string, of func(id string) T) map[string]T {
	var none T
	out := map[string]T{}
	for _, id := range ids {
		if rule := of(id); rule != none {
			out[id] = rule
		}
	}
	return out
}
