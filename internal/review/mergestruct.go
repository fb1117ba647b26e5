package review

import (
	"fmt"
	"reflect"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// mergeStruct merges the fields of a struct that has no table of its own, by their
// keys in the file, into out, which has theirs.
func (m *merger) mergeStruct(part, prefix string, base, theirs, ours, out reflect.Value) {
	for i := range base.NumField() {
		key := prefix + yamlfile.Key(base.Type().Field(i))
		b, t, o, into := base.Field(i), theirs.Field(i), ours.Field(i), out.Field(i)
		switch {
		case b.Kind() == reflect.Struct:
			m.mergeStruct(part, key+".", b, t, o, into)
		case b.Kind() == reflect.Map:
			m.mergeTextMap(part, key, b, t, o, into)
		case equalValues(o, b), equalValues(o, t):
		case equalValues(t, b):
			into.Set(o)
		case b.Kind() == reflect.Slice:
			joined, _ := mergeValues(b.Interface().([]string), t.Interface().([]string), o.Interface().([]string), true)
			into.Set(reflect.ValueOf(joined))
		default:
			m.conflicts = append(m.conflicts, Conflict{Part: part, Field: key, Base: formatValue(b), Current: formatValue(t), Other: formatValue(o)})
		}
	}
}

// mergeTextMap merges a map of texts, key by key; one that is not there is empty.
func (m *merger) mergeTextMap(part, prefix string, base, theirs, ours, out reflect.Value) {
	read := func(v reflect.Value) map[string]string { texts, _ := v.Interface().(map[string]string); return texts }
	b, t, o := read(base), read(theirs), read(ours)
	merged := map[string]string{}
	for _, key := range unionKeys(t, o) {
		if text := m.mergeText(part, prefix+"."+key, b[key], t[key], o[key]); text != "" {
			merged[key] = text
		}
	}
	if len(merged) == 0 {
		merged = nil
	}
	out.Set(reflect.ValueOf(merged))
}

func equalValues(a, b reflect.Value) bool {
	if a.Kind() == reflect.Slice && a.Len() == 0 {
		return b.Len() == 0
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// formatValue is a value for people; nothing where it is empty.
func formatValue(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	return fmt.Sprint(reflect.Indirect(v).Interface())
}
