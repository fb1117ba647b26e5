// Package jsonwrite writes indented JSON in one pass.
//
// encoding/json writes it first and indents it after, byte by byte, which for a
// report of 1 MB takes longer than all else that a run does
// (docs/adr/0017-indented-json-in-one-pass.md). What is written here is what
// encoding/json writes with SetIndent("", "  ") and SetEscapeHTML(false), to the
// byte; tests compare.
package jsonwrite

import (
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
)

// Write writes a value and a line break. It knows what our wire structs are made
// of: structs with json tags, embedded ones included, strings, numbers,
// booleans, pointers, slices, maps with string keys, and any of these in an
// interface. Anything else, a type with a MarshalJSON included, is a mistake of
// the program and panics.
func Write(w io.Writer, v any) error {
	e := encoder{w: w, buf: make([]byte, 0, chunk+chunk/2), plans: map[reflect.Type][]field{}}
	e.value(reflect.ValueOf(v), 0)
	e.buf = append(e.buf, '\n')
	e.flush()
	return e.err
}

// chunk is how many bytes are gathered before they are written.
const chunk = 64 << 10

type encoder struct {
	w     io.Writer
	buf   []byte
	err   error // the first; nothing is written after it
	plans map[reflect.Type][]field
}

// A field is one key of an object.
type field struct {
	key       string // quoted, with its colon
	index     []int
	omitEmpty bool
	omitZero  bool
}

func (e *encoder) flush() {
	if e.err == nil {
		_, e.err = e.w.Write(e.buf)
	}
	e.buf = e.buf[:0]
}

// line begins a line at a depth.
func (e *encoder) line(depth int) {
	if len(e.buf) >= chunk {
		e.flush()
	}
	e.buf = append(e.buf, '\n')
	for n := 2 * depth; n > 0; n -= len(blanks) {
		e.buf = append(e.buf, blanks[:min(n, len(blanks))]...)
	}
}

const blanks = "                                "

func (e *encoder) value(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Invalid: // nil
		e.buf = append(e.buf, "null"...)
	case reflect.String:
		e.buf = appendString(e.buf, v.String())
	case reflect.Bool:
		e.buf = strconv.AppendBool(e.buf, v.Bool())
	case reflect.Int, reflect.Int64:
		e.buf = strconv.AppendInt(e.buf, v.Int(), 10)
	case reflect.Float64:
		e.buf = appendFloat(e.buf, v.Float())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			e.buf = append(e.buf, "null"...)
			return
		}
		e.value(v.Elem(), depth)
	case reflect.Struct:
		e.object(v, depth)
	case reflect.Slice:
		e.list(v, depth)
	case reflect.Map:
		e.dictionary(v, depth)
	default:
		panic("jsonwrite: no JSON of a " + v.Kind().String())
	}
}

func (e *encoder) object(v reflect.Value, depth int) {
	plan, ok := e.plans[v.Type()]
	if !ok {
		plan = fields(v.Type(), nil)
		e.plans[v.Type()] = plan
	}
	e.buf = append(e.buf, '{')
	some := false
	for i := range plan {
		f := &plan[i]
		value := v.Field(f.index[0])
		for _, j := range f.index[1:] {
			value = value.Field(j)
		}
		if f.omitEmpty && empty(value) || f.omitZero && value.IsZero() {
			continue
		}
		if some {
			e.buf = append(e.buf, ',')
		}
		some = true
		e.line(depth + 1)
		e.buf = append(e.buf, f.key...)
		e.value(value, depth+1)
	}
	if some {
		e.line(depth)
	}
	e.buf = append(e.buf, '}')
}

func (e *encoder) list(v reflect.Value, depth int) {
	switch {
	case v.IsNil():
		e.buf = append(e.buf, "null"...)
		return
	case v.Len() == 0:
		e.buf = append(e.buf, "[]"...)
		return
	}
	e.buf = append(e.buf, '[')
	for i := range v.Len() {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.line(depth + 1)
		e.value(v.Index(i), depth+1)
	}
	e.line(depth)
	e.buf = append(e.buf, ']')
}

func (e *encoder) dictionary(v reflect.Value, depth int) {
	switch {
	case v.IsNil():
		e.buf = append(e.buf, "null"...)
		return
	case v.Len() == 0:
		e.buf = append(e.buf, "{}"...)
		return
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	e.buf = append(e.buf, '{')
	for i, k := range keys {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.line(depth + 1)
		e.buf = append(appendString(e.buf, k.String()), ": "...)
		e.value(v.MapIndex(k), depth+1)
	}
	e.line(depth)
	e.buf = append(e.buf, '}')
}

// fields lists the keys of a struct in their order, those of embedded structs
// where they stand.
func fields(t reflect.Type, at []int) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(at), i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-":
		case f.Anonymous && name == "":
			out = append(out, fields(f.Type, index)...)
		case f.IsExported():
			if name == "" {
				name = f.Name
			}
			out = append(out, field{
				string(appendString(nil, name)) + ": ", index,
				strings.Contains(options, "omitempty"), strings.Contains(options, "omitzero"),
			})
		}
	}
	return out
}

// empty is what omitempty leaves out: a struct never is.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// appendFloat writes a number the way of encoding/json, which is that of
// JavaScript.
func appendFloat(b []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		panic(fmt.Sprint("jsonwrite: no JSON of ", f))
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, f, format, -1, 64)
	if n := len(b); format == 'e' && n >= 4 && b[n-4] == 'e' && (b[n-3] == '-' || b[n-3] == '+') && b[n-2] == '0' {
		b[n-2] = b[n-1] // e-09 is e-9
		b = b[:n-1]
	}
	return b
}

const hex = "0123456789abcdef"

// appendString writes a string in quotes. Bytes that are no UTF-8 become the
// replacement character; U+2028 and U+2029 are escaped, as JavaScript once took
// them for line breaks.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i += 1 + text.Span(s[i+1:], '"', '\\')
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\r':
				b = append(b, '\\', 'r')
			case '\t':
				b = append(b, '\\', 't')
			case '\b':
				b = append(b, '\\', 'b')
			case '\f':
				b = append(b, '\\', 'f')
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xF])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, s[from:i]...), '\\', 'u', '2', '0', '2', hex[r&0xF])
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}
