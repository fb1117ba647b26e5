package customlens

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// Read parses a custom lens. It reports all problems at once: invalid JSON and values of
// the wrong type. Package lint checks the rest of the format (required fields, limits,
// rules). The Doc is never nil and has what could be parsed; if there are problems, use it
// only to find more of them.
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

// problem returns a problem at a position in the file.
func (d *Doc) problem(c jsonfile.Class, at jsonfile.Span, format string, args ...any) Problem {
	line, column := d.Position(at.From)
	return Problem{d.File, line, column, c, at, fmt.Sprintf(format, args...)}
}

// sorted sorts problems by position.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Compare(a.At.From, b.At.From) })
	return ps
}

// object reads a node into an object, and reports whether the node is a JSON object.
func (r *reader) object(n *jsonfile.Node, what string, to Object) bool {
	if n.Kind != jsonfile.Object {
		if n.Kind != jsonfile.Invalid {
			r.problem(WrongType, n.At, "%s must be an object in { }, not %s", what, n.Kind)
		}
		return false
	}
	var read []string
	for _, known := range to.fields() {
		f, ok := n.Field(known.key)
		switch {
		case !ok || f.Value.Kind == jsonfile.Invalid:
		case f.Value.Kind != known.kind():
			r.problem(WrongType, f.Value.At, "%s must be %s, not %s", known.key, known.kind(), f.Value.Kind)
		default:
			known.read(r, f)
			read = append(read, known.key)
		}
	}
	*to.meta() = ObjectMeta{r.extra(n, read), n.At}
	return true
}

// extra returns the fields whose keys are not in read, in order. Of a repeated key the
// last counts.
func (r *reader) extra(n *jsonfile.Node, read []string) []Extra {
	if len(n.Fields) == len(read) {
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
		if !slices.Contains(read, f.Key) {
			raw := string(r.doc.Src[f.Value.At.From:f.Value.At.To])
			out = append(out, Extra{Key: f.Key, Raw: raw, After: before, KeyAt: f.KeyAt, At: f.Value.At})
		}
		before = f.Key
	}
	return out
}
