package customlens

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
)

// preserve stores in wa what an export of the bank alone would lose of the original
// object: the fields that the export lacks or changes (wa.JSON, known fields first), and
// the names of the fields that it has and the original has not (wa.Without). list names
// the field with the child objects; only its absence is stored.
func preserve(wa *lens.WA, exported, original Object, list string) {
	var kept, unknown []string
	have, want, known := pairsOf(exported, list), pairsOf(original, list), Keys(original)
	for _, o := range want {
		switch field := Quote(o.key) + ":" + o.value; {
		case slices.Contains(have, o):
		case slices.Contains(known, o.key):
			kept = append(kept, field)
		default:
			unknown = append(unknown, field)
		}
	}
	slices.Sort(unknown) // their order has no meaning
	kept = append(kept, unknown...)
	for _, e := range have {
		if !slices.ContainsFunc(want, func(o pair) bool { return o.key == e.key }) {
			wa.Without = append(wa.Without, e.key)
		}
	}
	if list != "" && slices.ContainsFunc(original.fields(), func(f field) bool { return f.key == list && !f.set() }) {
		wa.Without = append(wa.Without, list)
	}
	if len(kept) > 0 {
		wa.JSON = printable("{" + strings.Join(kept, ",") + "}")
	}
}

// printable escapes the control characters that JSON allows in a string but a bank does
// not.
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// restore returns an exported object with the fields that preserve stored. same reports
// whether an object agrees with the bank. If it does not, the bank was edited after the
// import, and only the fields that the format does not know are restored. list names the
// field with the child objects.
func restore[T any, P interface {
	*T
	Object
}](exported P, wa lens.WA, list string, same func(P) bool) (T, error) {
	if wa.JSON == "" && len(wa.Without) == 0 {
		return *exported, nil
	}
	kept, err := keptFields(wa.JSON)
	if err != nil {
		return *exported, err
	}
	parsed := func(fields []pair) (T, Problems) {
		src := []byte(joinFields(fields))
		r := &reader{doc: &Doc{Src: src, lines: jsonfile.NewLines(src)}}
		root, _ := jsonfile.Parse(src)
		var out T
		r.object(root, "it", P(&out))
		return out, r.problems
	}
	have, known := pairsOf(exported, list), Keys(exported)
	if out, problems := parsed(mergeFields(have, kept, wa.Without)); len(problems) == 0 && same(&out) {
		return out, nil
	}
	kept = slices.DeleteFunc(kept, func(p pair) bool { return slices.Contains(known, p.key) })
	out, problems := parsed(mergeFields(have, kept, nil))
	if len(problems) > 0 {
		return out, fmt.Errorf("wa: json: %s", problems[0].Text)
	}
	return out, nil
}

// keptFields parses the JSON stored by preserve.
func keptFields(src string) ([]pair, error) {
	if src == "" {
		return nil, nil
	}
	n, problems := jsonfile.Parse([]byte(src))
	if i := slices.IndexFunc(problems, func(p jsonfile.Problem) bool { return !p.Class.Tolerated() }); i >= 0 {
		return nil, fmt.Errorf("wa: json: %s", problems[i].Text)
	}
	if n.Kind != jsonfile.Object {
		return nil, fmt.Errorf("wa: json must be an object in { }, not %s", n.Kind)
	}
	var out []pair
	for _, f := range n.Fields {
		out = append(out, pair{f.Key, src[f.Value.At.From:f.Value.At.To]})
	}
	return out, nil
}

func mergeFields(exported, kept []pair, without []string) []pair {
	var out []pair
	for _, e := range exported {
		if !slices.Contains(without, e.key) {
			out = append(out, e)
		}
	}
	for _, k := range kept {
		if i := slices.IndexFunc(out, func(p pair) bool { return p.key == k.key }); i >= 0 {
			out[i] = k
		} else {
			out = append(out, k)
		}
	}
	return out
}
