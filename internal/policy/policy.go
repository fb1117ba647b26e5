// Package policy makes the policy of a gate out of settings: those of a policy
// file (.iotlens.yaml), of the environment and of flags.
//
// A setting is a key such as "pillars.security.min_score", a text, and where it
// was said. Read takes them from a file, strictly; Make turns the ones that won
// into a gate.Policy and says every problem at once, each with its place. Which
// of two settings wins is the command line's to decide.
package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// FileName is the name under which a policy file is found.
const FileName = ".iotlens.yaml"

// A Setting is one thing that was said.
type Setting struct {
	Key   string // as Keys lists it
	Value string
	From  string // where it was said: a flag, a variable, file:line, "default"
}

// A Policy is what settings come to.
type Policy struct {
	gate.Policy
	Scoring  scoring.Mode
	Baseline string            // path; empty where there is none
	From     map[string]string // where each setting was said, by key
}

// Defaults is what holds where nothing is said.
func Defaults() []Setting {
	out := []Setting{
		{Key: "fail_on", Value: string(lens.High)},
		{Key: "min_coverage", Value: "100"},
		{Key: "min_score", Value: "0"},
		{Key: "scoring", Value: string(scoring.Monotone)},
		{Key: "unanswered", Value: string(gate.Open)},
		{Key: "unknown", Value: string(gate.Open)},
	}
	for i := range out {
		out[i].From = "default"
	}
	return out
}

// Keys lists the keys of all settings that there can be for a lens.
func Keys(l *lens.Lens) []string {
	out := []string{"fail_on", "min_score", "min_coverage", "scoring", "unanswered", "unknown", "hard", "soft", "baseline"}
	for _, part := range []struct {
		kind string
		ids  []string
		keys []string
	}{
		{"pillars", l.PillarIDs(), []string{"fail_on", "min_score", "min_coverage"}},
		{"layers", l.LayerIDs(), []string{"fail_on", "min_score", "min_coverage"}},
		{"practices", l.PracticeIDs(), []string{"fail_on", "at_least"}},
	} {
		for _, id := range part.ids {
			for _, key := range part.keys {
				out = append(out, part.kind+"."+id+"."+key)
			}
		}
	}
	return out
}

// Variable is the environment variable of a key: IOTLENS_PILLARS_SECURITY_MIN_SCORE
// of pillars.security.min_score.
func Variable(key string) string {
	return "IOTLENS_" + strings.NewReplacer(".", "_", "-", "_").Replace(strings.ToUpper(key))
}

// FailOnValues lists the values of fail_on.
func FailOnValues() []string { return FailOn("").Values() }

// Make turns settings, each key at most once, into a policy. The error tells
// every problem at once.
func Make(settings []Setting, l *lens.Lens) (Policy, error) {
	p := Policy{From: map[string]string{}}
	m := maker{lens: l, policy: &p}
	settings = slices.Clone(settings)
	slices.SortStableFunc(settings, func(a, b Setting) int { return cmp.Compare(a.Key, b.Key) })
	for _, s := range settings {
		p.From[s.Key] = s.From
		m.set(s)
	}
	for _, id := range p.Hard {
		if slices.Contains(p.Soft, id) {
			m.say(p.From["soft"], "%s is on the hard list (%s) and on the soft list; it can be on one", id, p.From["hard"])
		}
	}
	return p, m.err()
}

func pair[V any](m *map[string]V, id string, change func(*V)) {
	if *m == nil {
		*m = map[string]V{}
	}
	v := (*m)[id]
	change(&v)
	(*m)[id] = v
}

func (m *maker) set(s Setting) {
	p := m.policy
	parts := strings.Split(s.Key, ".")
	switch parts[0] {
	case "pillars":
		pair(&p.Pillars, parts[1], func(t *gate.Threshold) { m.threshold(t, parts[2], s) })
	case "layers":
		pair(&p.Layers, parts[1], func(t *gate.Threshold) { m.threshold(t, parts[2], s) })
	case "practices":
		pair(&p.Practices, parts[1], func(r *gate.PracticeRule) {
			if parts[2] == "fail_on" {
				r.FailOn = lens.Level(m.word(s, Level("").Values()))
			} else {
				r.AtLeast = review.Status(m.word(s, AtLeast("").Values()))
			}
		})
	case "scoring":
		p.Scoring = scoring.Mode(m.word(s, scoring.Mode("").Values()))
	case "unanswered":
		p.Unanswered = gate.Meaning(m.word(s, gate.Meaning("").Values()))
	case "unknown":
		p.Unknown = gate.Meaning(m.word(s, gate.Meaning("").Values()))
	case "hard":
		p.Hard = m.practices(s)
	case "soft":
		p.Soft = m.practices(s)
	case "baseline":
		p.Baseline = s.Value
	default:
		m.threshold(&p.Threshold, parts[0], s)
	}
}

func (m *maker) threshold(t *gate.Threshold, key string, s Setting) {
	switch key {
	case "fail_on":
		known := FailOnValues()
		if s.Key != key {
			known = Level("").Values()
		}
		t.FailOn = lens.Level(m.word(s, known))
	case "min_score":
		t.MinScore = m.percent(s)
	case "min_coverage":
		t.MinCoverage = m.percent(s)
	}
}
