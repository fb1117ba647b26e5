package customlens

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Write returns the JSON of a lens: indented by two spaces, with fields in the order of
// AWS's specification and each unknown field after the field that it followed. The same
// lens gives the same bytes. An Extra with invalid JSON is an error.
func Write(l *Lens) ([]byte, error) {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(objectJSON(l)), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// A pair is a field of a JSON object; its value is JSON.
type pair struct{ key, value string }

// pairsOf lists the fields of an object except list, the field with its child objects: the
// known fields in their order, each followed by the extras that followed it in the file.
func pairsOf(o Object, list string) []pair {
	keys := Keys(o)
	after := map[string][]pair{} // by known key; by "" those before all known fields
	key := keys[len(keys)-1]
	for i, x := range o.meta().Extra {
		if i == 0 && x.After == "" || slices.Contains(keys, x.After) { // else it follows the extra before it
			key = x.After
		}
		after[key] = append(after[key], pair{x.Key, compact(x.Raw)})
	}
	out := after[""]
	for _, f := range o.fields() {
		if f.key != list && f.set() {
			out = append(out, pair{f.key, f.json()})
		}
		out = append(out, after[f.key]...)
	}
	return out
}

// compact removes white space from JSON; invalid JSON is returned unchanged.
func compact(raw string) string {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(raw)); err != nil {
		return raw
	}
	return b.String()
}

func objectJSON(o Object) string { return joinFields(pairsOf(o, "")) }

// joinFields returns fields as a JSON object.
func joinFields(fields []pair) string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = Quote(f.key) + ":" + f.value
	}
	return "{" + strings.Join(list, ",") + "}"
}

// Quote returns a string as JSON, without escaping < > &.
func Quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // encoding a string cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}
