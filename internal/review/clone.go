package review

import "reflect"

// Clone returns a copy that shares nothing with r.
func (r *Review) Clone() *Review {
	c := clone(*r)
	return &c
}

// Clone returns a copy that shares nothing with a.
func (a Answer) Clone() Answer { return clone(a) }

// Clone returns a copy that shares nothing with s.
func (s Scope) Clone() Scope { return clone(s) }

func clone[T any](v T) T {
	c, _ := cloneValue(reflect.ValueOf(v)).Interface().(T)
	return c
}

// cloneValue copies everything that a value points to. The records of a review have no
// unexported fields.
func cloneValue(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	switch {
	case v.IsZero():
	case v.Kind() == reflect.Pointer:
		c.Set(reflect.New(v.Type().Elem()))
		c.Elem().Set(cloneValue(v.Elem()))
	case v.Kind() == reflect.Slice:
		c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			c.Index(i).Set(cloneValue(v.Index(i)))
		}
	case v.Kind() == reflect.Map:
		c.Set(reflect.MakeMap(v.Type()))
		for key, value := range v.Seq2() {
			c.SetMapIndex(key, cloneValue(value))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			c.Field(i).Set(cloneValue(v.Field(i)))
		}
	}
	return c
}
