package customlens

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
)

// A pair is one field of a JSON object, its value as JSON.
type pair struct{ key, value string }

// The fields of each kind of object that the format knows.
var (
	ofLens     = []string{"schemaVersion", "name", "description", "pillars"}
	ofPillar   = []string{"id", "name", "questions"}
	ofQuestion = []string{"id", "title", "description", "helpfulResource", "choices", "riskRules"}
	ofChoice   = []string{"id", "title", "helpfulResource", "improvementPlan", "additionalResources"}
)

// The fields of each kind of object, lists of further objects left out.

func lensFields(l Lens) []pair {
	l.Pillars = nil
	return pairs(l.Extra, lensKnown(l))
}

func pillarFields(p Pillar) []pair {
	p.Questions = nil
	return pairs(p.Extra, pillarKnown(p))
}

func questionFields(q Question) []pair {
	q.Choices = nil
	return pairs(q.Extra, questionKnown(q))
}

func choiceFields(c Choice) []pair { return pairs(c.Extra, choiceKnown(c)) }

func pairs(extra []Extra, known []field) []pair {
	w := &writer{}
	w.object(extra, known)
	src := w.b.Bytes()
	n, _ := jsonfile.Parse(src)
	var out []pair
	for _, f := range n.Fields {
		out = append(out, pair{f.Key, string(src[f.Value.At.From:f.Value.At.To])})
	}
	return out
}

// carry is what an original has and an export has not: fields that would be
// lost or changed (those that the format knows first), and fields that the original doesn't have. list is the field
// that is left out, and noList tells that the original has none.
func carry(known []string, exported, original []pair, noList bool, list string) lens.WA {
	var wa lens.WA
	var kept, unknown []string
	for _, o := range original {
		switch field := quoted(o.key) + ":" + o.value; {
		case slices.Contains(exported, o):
		case slices.Contains(known, o.key):
			kept = append(kept, field)
		default:
			unknown = append(unknown, field)
		}
	}
	slices.Sort(unknown) // their order means nothing
	kept = append(kept, unknown...)
	for _, e := range exported {
		if !slices.ContainsFunc(original, func(o pair) bool { return o.key == e.key }) {
			wa.Without = append(wa.Without, e.key)
		}
	}
	if noList {
		wa.Without = append(wa.Without, list)
	}
	if len(kept) > 0 {
		wa.JSON = printable("{" + strings.Join(kept, ",") + "}")
	}
	return wa
}

func quoted(s string) string {
	w := &writer{}
	w.text(s)
	return w.b.String()
}

// printable writes JSON without the control characters that JSON allows in a
// text and a bank does not.
func printable(s string) string {
	if !strings.ContainsFunc(s, unicode.IsControl) {
		return s
	}
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

// restore puts back what carry kept. same tells whether an object says what the
// bank says: where it doesn't, somebody has changed the bank since, and only the
// fields that the format doesn't know are put back.
func restore(exported []pair, wa lens.WA, known []string, same func(src []byte) bool) ([]pair, error) {
	if wa.JSON == "" && len(wa.Without) == 0 {
		return exported, nil
	}
	kept, err := keptFields(wa.JSON)
	if err != nil {
		return nil, err
	}
	if out := merged(exported, kept, wa.Without); same(objectOf(out)) {
		return out, nil
	}
	return merged(exported, slices.DeleteFunc(kept, func(p pair) bool { return slices.Contains(known, p.key) }), nil), nil
}

// keptFields are the fields of the JSON that a bank keeps.
func keptFields(src string) ([]pair, error) {
	if src == "" {
		return nil, nil
	}
	n, problems := jsonfile.Parse([]byte(src))
	if len(problems) > 0 {
		return nil, fmt.Errorf("wa: json: %s", problems[0].Text)
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

func merged(exported, kept []pair, without []string) []pair {
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

// objectOf writes fields as JSON.
func objectOf(fields []pair) []byte {
	var b strings.Builder
	b.WriteByte('{')
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoted(f.key) + ":" + f.value)
	}
	b.WriteByte('}')
	return []byte(b.String())
}
