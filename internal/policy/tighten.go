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

// looseToStrict lists the words of a setting by the last part of its key, the loosest first. A
// setting of words that is not here has no order: the outer one stays.
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

// allowLists lists the lists that are stricter the fewer they name. The others name what
// is required.
var allowLists = []string{"soft", "approvers"}

// Tighten adds the settings of a policy file to those of the files in the folders
// above it, which it can only tighten: of each setting the stricter value counts. It
// returns what the nearer file would have loosened, in words.
func Tighten(outer, nearer Settings, l *lens.Lens) (Settings, []string) {
	out := maps.Clone(outer)
	var looser []string
	for _, key := range slices.Sorted(maps.Keys(nearer)) {
		set, near := outer[key], nearer[key]
		was := effective(outer, key, l)
		if _, text := near.Value.(string); text && looseToStrict[lastKeyPart(key)] == nil && set.Source == "default" {
			was = nil // nobody chose it
		}
		value := stricter(key, was, near.Value)
		switch {
		case equalValues(value, near.Value):
			out[key] = near
			continue
		case equalValues(value, was): // as it was set, or as the whole has it
		default:
			out[key] = Setting{value, set.Source + ", " + near.Source}
		}
		if list, _ := near.Value.([]string); (list == nil || slices.Contains(allowLists, lastKeyPart(key))) && !equalValues(value, near.Value) {
			looser = append(looser, fmt.Sprintf("%s stays %s (%s): %s (%s) would loosen it", key, display(value), cmp.Or(out[key].Source, "as for the whole"), display(near.Value), near.Source))
		}
	}
	hard, _ := out["hard"].Value.([]string)
	if soft, ok := out["soft"].Value.([]string); ok {
		out["soft"] = Setting{slices.DeleteFunc(slices.Clone(soft), func(id string) bool { return slices.Contains(hard, id) }), out["soft"].Source}
	}
	return out, looser
}

// Loosened lists the settings that are looser than they were. The baseline is none of
// them: it is what they are compared with. Nor is a framework of people's own: what it
// has to do with is required by its id.
func Loosened(was, now Settings, l *lens.Lens) []compare.Relaxation {
	keys := maps.Clone(was)
	maps.Copy(keys, now)
	delete(keys, "baseline")
	delete(keys, "framework")
	var out []compare.Relaxation
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := effective(was, key, l), effective(now, key, l)
		if !isTighter(key, a, b) {
			out = append(out, compare.Relaxation{Kind: compare.PolicyLoosened, Subject: key, From: display(a), To: display(b)})
		}
	}
	return out
}

// isTighter reports whether a value is at least as strict as another.
func isTighter(key string, was, is any) bool {
	list, required := was.([]string)
	if required && !slices.Contains(allowLists, lastKeyPart(key)) {
		now, _ := is.([]string)
		return !slices.ContainsFunc(list, func(id string) bool {
			whole, _, _ := strings.Cut(id, ":") // a whole framework requires each of its provisions
			return !slices.Contains(now, id) && !slices.Contains(now, whole)
		})
	}
	return equalValues(stricter(key, was, is), is)
}

// effective is the value of a setting, or of the one that counts where it is not set;
// nil if none does.
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

// stricter is the stricter of two values of a setting; of two lists what both require,
// or what both exempt. Nil is not set.
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

func stricterList(last string, outer, nearer []string) []string {
	out := slices.Clone(outer)
	if slices.Contains(allowLists, last) {
		out = slices.DeleteFunc(out, func(id string) bool { return !slices.Contains(nearer, id) })
		if len(out) == 0 && last == "approvers" {
			return outer // an empty list would mean anybody
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

// equalValues compares two values; a list without its order, and an empty one as not set.
func equalValues(a, b any) bool {
	x, isList := a.([]string)
	y, both := b.([]string)
	if !isList && !both {
		return reflect.DeepEqual(a, b)
	}
	return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

// display is a value for people.
func display(value any) string {
	switch v := value.(type) {
	case nil:
		return "not set"
	case []string:
		return cmp.Or(strings.Join(v, ", "), "nothing")
	}
	return fmt.Sprint(value)
}
