package review

import (
	"fmt"
	"reflect"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// structs merges the fields of a struct that has no table of its own, by their
// keys in the file. The arguments are pointers to one type.
func (m *merger) structs(part, prefix string, base, theirs, ours, out any) {
	b, t, o, into := reflect.ValueOf(base).Elem(), reflect.ValueOf(theirs).Elem(), reflect.ValueOf(ours).Elem(), reflect.ValueOf(out).Elem()
	for i := range b.NumField() {
		key := prefix + yamlfile.Key(b.Type().Field(i))
		x, y, z := b.Field(i), t.Field(i), o.Field(i)
		switch {
		case x.Kind() == reflect.Struct:
			m.structs(part, key+".", x.Addr().Interface(), y.Addr().Interface(), z.Addr().Interface(), into.Field(i).Addr().Interface())
		case x.Kind() == reflect.Map:
			m.texts(part, key, x, y, z, into.Field(i))
		case same(z, x), same(z, y):
		case same(y, x):
			into.Field(i).Set(z)
		case x.Kind() == reflect.Slice:
			joined, _ := threeWay(x.Interface().([]string), y.Interface().([]string), z.Interface().([]string), true)
			into.Field(i).Set(reflect.ValueOf(joined))
		default:
			m.conflicts = append(m.conflicts, Conflict{Part: part, Field: key, Base: shown(x), Theirs: shown(y), Ours: shown(z)})
		}
	}
}

// texts merges a map of texts, key by key; one that is not there is empty.
func (m *merger) texts(part, prefix string, base, theirs, ours, out reflect.Value) {
	read := func(v reflect.Value) map[string]string { texts, _ := v.Interface().(map[string]string); return texts }
	b, t, o := read(base), read(theirs), read(ours)
	merged := map[string]string{}
	for _, key := range keysOf(t, o) {
		if text := m.text(part, prefix+"."+key, b[key], t[key], o[key]); text != "" {
			merged[key] = text
		}
	}
	if len(merged) == 0 {
		merged = nil
	}
	out.Set(reflect.ValueOf(merged))
}

func same(a, b reflect.Value) bool {
	if a.Kind() == reflect.Slice && a.Len() == 0 {
		return b.Len() == 0
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// shown is a value for people; nothing where it is empty.
func shown(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	return fmt.Sprint(reflect.Indirect(v).Interface())
}
