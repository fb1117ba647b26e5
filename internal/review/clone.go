package review

import "reflect"

// Clone returns a deep copy.
func (r *Review) Clone() *Review {
	c := clone(*r)
	return &c
}

// Clone returns a deep copy.
func (a Answer) Clone() Answer { return clone(a) }

func clone[T any](v T) T {
	copyReferences(reflect.ValueOf(&v).Elem())
	return v
}

// copyReferences replaces everything that v refers to by a copy. It relies on records
// without unexported fields.
func copyReferences(v reflect.Value) {
	switch kind := v.Kind(); {
	case kind == reflect.Struct:
		for i := range v.NumField() {
			copyReferences(v.Field(i))
		}
	case kind != reflect.Pointer && kind != reflect.Slice && kind != reflect.Map || v.IsNil():
	case kind == reflect.Pointer:
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(v.Elem())
		copyReferences(c.Elem())
		v.Set(c)
	case kind == reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		for i := range c.Len() {
			copyReferences(c.Index(i))
		}
		v.Set(c)
	default:
		c := reflect.MakeMapWithSize(v.Type(), v.Len())
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		for each := v.MapRange(); each.Next(); {
			key.SetIterKey(each)
			value.SetIterValue(each)
			copyReferences(value)
			c.SetMapIndex(key, value)
		}
		v.Set(c)
	}
}
