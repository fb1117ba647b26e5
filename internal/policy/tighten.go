package policy

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
)

// looseToStrict has the values of settings by the last part of their key, the loosest first.
// Values of a string setting that is not here have no order: the outer file wins.
var looseToStrict = map[string][]string{
	"fail_on":       {string(gate.LevelNone), "critical", "high", "medium", "low"},
	"evidence":      {string(gate.LevelNone), "high", "medium", "low"},
	"at_least":      {"partially_implemented", "implemented"},
	"unanswered":    {"note", "incomplete", "fail"},
	"unknown":       {"note", "incomplete", "fail"},
	"relaxations":   {"note", "incomplete", "fail"},
	"overdue":       {"note", "incomplete", "fail"},
	"unconfirmed":   {"note", "incomplete", "fail"},
	"unused":        {"note", "incomplete", "fail"},
	"new_questions": {"note", "incomplete"},
	"scope":         {"any", "full"},
	"by":            {"optional", "required"},
}

// allowLists has the last parts of the keys of lists that are stricter the fewer entries they
// have. The entries of all other lists are requirements.
var allowLists = []string{"soft", "approvers"}

// Tighten adds the settings of a policy file to those of the files in the folders above it. The
// nearer file can only tighten: of each setting the stricter value counts. The second result
// has a sentence for each setting that the nearer file would have loosened.
func Tighten(outer, nearer Settings, l *lens.Lens) (Settings, []string) {
	out := maps.Clone(outer)
	var looser []string
	for _, key := range slices.Sorted(maps.Keys(nearer)) {
		set, near := outer[key], nearer[key]
		was := effective(outer, key, l)
		if _, text := near.Value.(string); text && looseToStrict[lastKeyPart(key)] == nil && set.Source == "default" {
			was = nil // a default that has no order gives way
		}
		value := stricter(key, was, near.Value)
		switch {
		case equalValues(value, near.Value):
			out[key] = near
			continue
		case equalValues(value, was): // the outer setting stays
		default:
			out[key] = Setting{value, set.Source + ", " + near.Source}
		}
		if list, _ := near.Value.([]string); (list == nil || slices.Contains(allowLists, lastKeyPart(key))) && !equalValues(value, near.Value) {
			looser = append(looser, fmt.Sprintf("%s stays %s (%s); %s (%s) would loosen it", key, display(value), cmp.Or(out[key].Source, "as for the whole"), display(near.Value), near.Source))
		}
	}
	hard, _ := out["hard"].Value.([]string)
	if soft, ok := out["soft"].Value.([]string); ok {
		out["soft"] = Setting{slices.DeleteFunc(slices.Clone(soft), func(id string) bool { return slices.Contains(hard, id) }), out["soft"].Source}
	}
	return out, looser
}

// Loosened lists the settings that are looser than they were. The baseline is not
// compared, and neither are the files of custom frameworks: require names the frameworks by
// id.
func Loosened(was, now Settings, l *lens.Lens) []compare.Relaxation {
	keys := maps.Clone(was)
	maps.Copy(keys, now)
	delete(keys, "baseline")
	delete(keys, "framework")
	var out []compare.Relaxation
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := effective(was, key, l), effective(now, key, l)
		if !atLeastAsStrict(key, a, b) {
			out = append(out, compare.Relaxation{Kind: compare.PolicyLoosened, Subject: key, From: display(a), To: display(b)})
		}
	}
	return out
}

// atLeastAsStrict reports whether a value is at least as strict as another.
func atLeastAsStrict(key string, was, is any) bool {
	list, required := was.([]string)
	if required && !slices.Contains(allowLists, lastKeyPart(key)) {
		now, _ := is.([]string)
		return !slices.ContainsFunc(list, func(id string) bool {
			framework, _, _ := strings.Cut(id, ":") // requiring a framework requires each of its provisions
			return !slices.Contains(now, id) && !slices.Contains(now, framework)
		})
	}
	return equalValues(stricter(key, was, is), is)
}

// effective is the value of a setting or, if it is not set, of the setting that applies in its
// place; nil if there is none.
func effective(s Settings, key string, l *lens.Lens) any {
	if set, ok := s[key]; ok {
		return set.Value
	}
	part, rest, _ := strings.Cut(key, ".")
	switch id := strings.TrimSuffix(rest, "."+lastKeyPart(key)); {
	case lastKeyPart(key) == "at_least":
		return "implemented"
	case lastKeyPart(key) != "fail_on":
		return nil
	case part == "practices":
		p, _ := l.Practice(id)
		var level any
		for _, of := range append([]string{"pillars." + p.Pillar}, layers(p.Layers)...) {
			level = stricter(key, level, s[of+".fail_on"].Value)
		}
		if level != nil {
			return level
		}
	}
	return s["fail_on"].Value
}

func layers(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, "layers."+id)
	}
	return out
}

// stricter is the stricter of two values of a setting; nil is a value that is not set.
func stricter(key string, outer, nearer any) any {
	last := lastKeyPart(key)
	switch {
	case outer == nil && last == "soft":
		return []string(nil)
	case outer == nil:
		return nearer
	case nearer == nil && last == "soft":
		return nearer
	case nearer == nil:
		return outer
	}
	switch a := outer.(type) {
	case bool:
		return a || nearer.(bool)
	case int:
		return min(a, nearer.(int))
	case float64:
		return max(a, nearer.(float64))
	case []string:
		return stricterList(last, a, nearer.([]string))
	}
	order := looseToStrict[last]
	if slices.Index(order, nearer.(string)) > slices.Index(order, outer.(string)) {
		return nearer
	}
	return outer
}

// stricterList has the entries of both lists; of an allow list those that both have.
func stricterList(last string, outer, nearer []string) []string {
	out := slices.Clone(outer)
	if slices.Contains(allowLists, last) {
		out = slices.DeleteFunc(out, func(id string) bool { return !slices.Contains(nearer, id) })
		if len(out) == 0 && last == "approvers" {
			return outer // an empty list would allow anybody
		}
		return out
	}
	for _, id := range nearer {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// equalValues compares two values. The order of a list does not count, and an empty list
// equals one that is not set.
func equalValues(a, b any) bool {
	x, isList := a.([]string)
	y, both := b.([]string)
	if !isList && !both {
		return reflect.DeepEqual(a, b)
	}
	return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

// display formats a value for a message.
func display(value any) string {
	switch v := value.(type) {
	case nil:
		return "not set"
	case []string:
		return cmp.Or(strings.Join(v, ", "), "nothing")
	}
	return fmt.Sprint(value)
}
