package review

import (
	"fmt"
	"reflect"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// mergeStruct merges the fields of a struct that has no table of fields, such as Workload,
// into merged, which is a copy of current.
func (m *merger) mergeStruct(part, prefix string, base, current, other, merged reflect.Value) {
	for i := range base.NumField() {
		key := prefix + yamlfile.Key(base.Type().Field(i))
		b, c, o, into := base.Field(i), current.Field(i), other.Field(i), merged.Field(i)
		switch {
		case b.Kind() == reflect.Struct:
			m.mergeStruct(part, key+".", b, c, o, into)
		case b.Kind() == reflect.Map:
			m.mergeTextMap(part, key, b, c, o, into)
		case equalValues(o, b), equalValues(o, c):
		case equalValues(c, b):
			into.Set(o)
		case b.Kind() == reflect.Slice:
			list, _ := mergeValues(b.Interface().([]string), c.Interface().([]string), o.Interface().([]string), true)
			into.Set(reflect.ValueOf(list))
		default:
			m.conflicts = append(m.conflicts, Conflict{Part: part, Field: key, Base: formatValue(b), Current: formatValue(c), Other: formatValue(o)})
		}
	}
}

// mergeTextMap merges a map[string]string key by key; a missing key counts as empty.
func (m *merger) mergeTextMap(part, prefix string, base, current, other, merged reflect.Value) {
	textsOf := func(v reflect.Value) map[string]string { texts, _ := v.Interface().(map[string]string); return texts }
	b, c, o := textsOf(base), textsOf(current), textsOf(other)
	texts := map[string]string{}
	for _, key := range unionKeys(c, o) {
		if text := m.mergeText(part, prefix+"."+key, b[key], c[key], o[key]); text != "" {
			texts[key] = text
		}
	}
	if len(texts) == 0 {
		texts = nil
	}
	merged.Set(reflect.ValueOf(texts))
}

// equalValues reports whether two values are equal; nil and empty slices are.
func equalValues(a, b reflect.Value) bool {
	if a.Kind() == reflect.Slice && a.Len() == 0 {
		return b.Len() == 0
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// formatValue returns a value as text for people; empty for the zero value.
func formatValue(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	return fmt.Sprint(reflect.Indirect(v).Interface())
}
