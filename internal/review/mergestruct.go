package review

import (
	"fmt"
	"reflect"
	"strings"
)

// structs merges the fields of a struct that has no table of its own, by their
// keys in the file. The arguments are pointers to one type.
func (m *merger) structs(part, prefix string, base, theirs, ours, out any) {
	b, t, o, into := reflect.ValueOf(base).Elem(), reflect.ValueOf(theirs).Elem(), reflect.ValueOf(ours).Elem(), reflect.ValueOf(out).Elem()
	for i := range b.NumField() {
		key, _, _ := strings.Cut(b.Type().Field(i).Tag.Get("yaml"), ",")
		key = prefix + key
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
