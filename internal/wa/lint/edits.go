package lint

import (
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A place is the index of a field in its object.
type place struct {
	object *jsonfile.Node
	index  int
}

// field finds a field by the offset of its key.
func (l *linter) field(key int) (place, bool) {
	if l.fields == nil {
		l.fields = map[int]place{}
		var walk func(*jsonfile.Node)
		walk = func(n *jsonfile.Node) {
			for i, f := range n.Fields {
				l.fields[f.KeyAt.From] = place{n, i}
				walk(f.Value)
			}
			for _, i := range n.Items {
				walk(i)
			}
		}
		walk(l.doc.Root)
	}
	p, ok := l.fields[key]
	return p, ok
}

// remove returns the edit that removes a field and its comma.
func remove(object *jsonfile.Node, i int) Edit {
	f := object.Fields[i]
	at := jsonfile.Span{From: f.KeyAt.From, To: f.Value.At.To}
	switch {
	case i > 0:
		at.From = object.Fields[i-1].Value.At.To
	case len(object.Fields) > 1:
		at.To = object.Fields[1].KeyAt.From
	}
	return Edit{Span: at}
}

// literal reports whether a text is in the file without escapes, so that offsets in the
// text are offsets in the file. An escape is longer than its character; an undecodable
// character may be shorter.
func (l *linter) literal(t customlens.Text) bool {
	return t.At.To-t.At.From == len(t.Value)+2 && (!l.garbled || string(l.doc.Src[t.At.From+1:t.At.To-1]) == t.Value)
}

// within returns the span of a part of a text, or of the whole text if it has escapes.
func (l *linter) within(t customlens.Text, from, to int) jsonfile.Span {
	if !l.literal(t) {
		return t.At
	}
	return jsonfile.Span{From: t.At.From + 1 + from, To: t.At.From + 1 + to}
}

// trim returns the edits that remove the white space at both ends of a text.
func (l *linter) trim(t customlens.Text) []Edit {
	kept := strings.TrimSpace(t.Value)
	if !l.literal(t) {
		return []Edit{{t.At, customlens.Quote(kept)}}
	}
	from := strings.Index(t.Value, kept)
	var edits []Edit
	if from > 0 {
		edits = append(edits, Edit{Span: l.within(t, 0, from)})
	}
	if end := from + len(kept); end < len(t.Value) {
		edits = append(edits, Edit{Span: l.within(t, end, len(t.Value))})
	}
	return edits
}
