package customlens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Write returns the JSON of a lens: two blanks a level, the fields in the order of
// AWS's specification, unknown fields after the field that they followed. The
// same lens gives the same bytes. An Extra whose Raw is not JSON is an error.
func Write(l *Lens) ([]byte, error) {
	w := &writer{}
	w.object(l)
	if w.err != nil {
		return nil, w.err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, w.b.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

type writer struct {
	b   bytes.Buffer
	err error
}

// object writes known fields in their order, and after each the extras that
// followed it in the file.
func (w *writer) object(o Object) {
	keys := Keys(o)
	after := map[string][]Extra{} // by known key, or empty for those before all
	key := keys[len(keys)-1]
	for i, x := range o.part().Extra {
		if i == 0 && x.After == "" || slices.Contains(keys, x.After) { // else it follows the extra before it
			key = x.After
		}
		after[key] = append(after[key], x)
	}
	w.b.WriteByte('{')
	first := true
	name := func(key string) {
		if !first {
			w.b.WriteByte(',')
		}
		first = false
		w.text(key)
		w.b.WriteByte(':')
	}
	extras := func(list []Extra) {
		for _, x := range list {
			name(x.Key)
			if err := json.Compact(&w.b, []byte(x.Raw)); err != nil && w.err == nil {
				w.err = fmt.Errorf("field %q: %w", x.Key, err)
			}
		}
	}
	extras(after[""])
	for _, f := range o.fields() {
		if f.set() {
			name(f.key)
			f.write(w)
		}
		extras(after[f.key])
	}
	w.b.WriteByte('}')
}

// text writes a string without escapes for < > &.
func (w *writer) text(s string) {
	enc := json.NewEncoder(&w.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil && w.err == nil {
		w.err = err
	}
	w.b.Truncate(w.b.Len() - 1) // the line break of Encode
}
