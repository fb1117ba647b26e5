package customlens

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// Read reads a custom lens. It reports all problems at once: where the file is
// not JSON, where a value has the wrong type. What else the format asks for
// (required fields, limits, sound rules) is for lint. The Doc is never nil and
// holds what could be understood; where there are problems, use it only to find
// more of them.
func Read(name string, data []byte) (*Doc, Problems) {
	root, problems := jsonfile.Parse(data)
	r := &reader{doc: &Doc{File: name, Root: root, Src: data, Complete: true, lines: jsonfile.NewLines(data)}}
	for _, p := range problems {
		r.doc.Complete = r.doc.Complete && !p.Fatal
		r.problem(p.Class, p.At, "%s", p.Text)
	}
	r.object(root, "a custom lens", &r.doc.Lens)
	return r.doc, r.problems.sorted()
}

type reader struct {
	doc      *Doc
	problems Problems
}

func (r *reader) problem(c jsonfile.Class, at jsonfile.Span, format string, args ...any) {
	r.problems = append(r.problems, r.doc.problem(c, at, format, args...))
}

// problem returns a problem at a place in the file.
func (d *Doc) problem(c jsonfile.Class, at jsonfile.Span, format string, args ...any) Problem {
	line, column := d.Position(at.From)
	return Problem{d.File, line, column, c, at, fmt.Sprintf(format, args...)}
}

// sorted brings problems into the order of their places.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Compare(a.At.From, b.At.From) })
	return ps
}

// object reads an object, and reports whether the node is one.
func (r *reader) object(n *jsonfile.Node, what string, to Object) bool {
	if n.Kind != jsonfile.Object {
		if n.Kind != jsonfile.Invalid {
			r.problem(WrongType, n.At, "%s must be an object in { }, not %s", what, n.Kind)
		}
		return false
	}
	var taken []string
	for _, known := range to.fields() {
		f, ok := n.Field(known.key)
		switch {
		case !ok || f.Value.Kind == jsonfile.Invalid:
		case f.Value.Kind != known.kind():
			r.problem(WrongType, f.Value.At, "%s must be %s, not %s", known.key, known.kind(), f.Value.Kind)
		default:
			known.read(r, f)
			taken = append(taken, known.key)
		}
	}
	*to.meta() = ObjectMeta{r.extra(n, taken), n.At}
	return true
}

// extra returns the fields that were not taken, in order; of a repeated key the
// last counts.
func (r *reader) extra(n *jsonfile.Node, taken []string) []Extra {
	if len(n.Fields) == len(taken) {
		return nil
	}
	last := make(map[string]int, len(n.Fields))
	for i, f := range n.Fields {
		last[f.Key] = i
	}
	var out []Extra
	before := ""
	for i, f := range n.Fields {
		if last[f.Key] != i {
			continue
		}
		if !slices.Contains(taken, f.Key) {
			raw := string(r.doc.Src[f.Value.At.From:f.Value.At.To])
			out = append(out, Extra{Key: f.Key, Raw: raw, After: before, KeyAt: f.KeyAt, At: f.Value.At})
		}
		before = f.Key
	}
	return out
}
