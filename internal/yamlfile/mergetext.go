package yamlfile

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// An ExtensionConflict is a key of people's own that two versions of a file have changed to
// different values. The values are as in Own; a nil one is not there.
type ExtensionConflict struct {
	Path                 []string // keys and indexes of what it belongs to, in the values of Weave
	Key                  string
	Base, Current, Other *string
}

// MergeText is Patch of current to the values of v that also takes in what other changed
// since base and is no value: comments, blank lines, and keys of people's own, which
// begin with "x-". What only one of the two changed is taken from that one, and comments
// that both added at one place are both kept. Of a key of people's own that both changed
// differently, take decides whether that of other is taken.
//
// v has the values of both, merged. Where base is empty, nothing was there. A comment
// that has no place any more, as what it stood in is not in v, is left out: see Comments.
func MergeText(base, current, other []byte, v any, take func(ExtensionConflict) bool) []byte {
	texts := alignFlowMappings(base, current, other)
	base, current, other = texts[0], texts[1], texts[2]
	w := textMerger{base: newLayout(base, v), current: newLayout(current, v), other: newLayout(other, v), take: take}
	w.removedInCurrent, w.removedInOther = removedComments(base, current), removedComments(base, other)
	want := treeOfValue(reflect.ValueOf(v))
	w.mergeMapping(w.base.rootBlock(), w.current.rootBlock(), w.other.rootBlock(), want, nil)
	if len(w.current.edits) == 0 {
		return w.current.data
	}
	out := w.current.apply()
	d := decoder{}
	root := d.parse(out)
	if root == nil {
		return w.current.data
	}
	if want.reorderLike(root); !hasValueOf(root, want) {
		return w.current.data
	}
	return out
}

// textMerger brings what b has and o hasn't into a.
type textMerger struct {
	base, current, other *layout
	take                 func(ExtensionConflict) bool
	removedInCurrent     []string // comments of base that current has not
	removedInOther       []string // and other has not
}

func (w *textMerger) mergeMapping(o, a, b block, t *tree, path []string) {
	for j, p := range b.parts {
		if strings.HasPrefix(p.key.Value, "x-") {
			w.mergeExtension(o, a, b, j, path)
		}
	}
	for i, p := range a.parts {
		key := p.key.Value
		q, j := b.partByKey(key)
		was, k := o.partByKey(key)
		switch {
		case q != nil:
			w.mergeGap(o, a, b, k, i, j)
			if kid := cmp.Or(t.childByKey(key), t.emptiedChild(key, p.val)); kid != nil {
				_, wasA := lookup(a.original, key)
				_, wasB := lookup(b.original, key)
				w.mergePart(o, a, b, side{was, nil}, side{&p, wasA}, side{q, wasB}, kid, append(path, key))
			}
		case was != nil && strings.HasPrefix(key, "x-"):
			if sameNode(p.val, was.val) || w.takesOther(path, key, was, &p, nil) {
				w.current.replace(p.from, p.to, nil)
			}
		}
	}
	w.mergeGap(o, a, b, len(o.parts), len(a.parts), len(b.parts))
}

// mergeExtension brings a key of people's own, the part j of b, into a.
func (w *textMerger) mergeExtension(o, a, b block, j int, path []string) {
	q := b.parts[j]
	was, _ := o.partByKey(q.key.Value)
	p, _ := a.partByKey(q.key.Value)
	ro, ra, rb := rawLines(w.base, o, was), rawLines(w.current, a, p), rawLines(w.other, b, &q) // comments count as well
	switch {
	case slices.Equal(rb, ro), slices.Equal(rb, ra), p == nil && was != nil && sameNode(q.val, was.val):
	case p != nil && slices.Equal(ra, ro):
		w.current.replace(p.from, p.to, w.reindented(a, p, b, &q))
	case p != nil && was != nil && sameNode(q.val, was.val), p != nil && sameNode(q.val, p.val):
		w.mergeLeafComments(was, p, &q, ra, ro, rb, a.column())
	case p != nil:
		if was != nil && sameNode(p.val, was.val) || w.takesOther(path, q.key.Value, was, p, &q) {
			w.current.replace(p.from, p.to, w.reindented(a, p, b, &q))
		}
	case was == nil || w.takesOther(path, q.key.Value, was, nil, &q):
		at, behind := a.from, false
		for _, before := range slices.Backward(b.parts[:j]) {
			if p, _ := a.partByKey(before.key.Value); p != nil {
				at, behind = p.to, true
				break
			}
		}
		if len(a.parts) == 0 {
			return
		}
		if first := a.parts[0]; !behind && first.from == a.from && strings.TrimSpace(w.current.lines[first.from][:a.column()]) != "" {
			at = first.to // nothing fits between the dash of an item and its first key
		}
		pad := strings.Repeat(" ", a.column())
		var with []string
		for _, line := range w.other.lines[b.gapStart(j):b.gapEnd(j)] {
			with = append(with, strings.TrimRight(pad+strings.TrimSpace(line), " "))
		}
		body := w.reindented(a, nil, b, &q)
		w.current.replace(at, at, append(with, body...))
	}
}

// takesOther tells whether the value of other is taken of a key of people's own that both
// changed.
func (w *textMerger) takesOther(path []string, key string, o, a, b *part) bool {
	value := func(p *part) *string {
		if p == nil {
			return nil
		}
		s := onOneLine(p.val)
		return &s
	}
	return w.take(ExtensionConflict{Path: slices.Clone(path), Key: key, Base: value(o), Current: value(a), Other: value(b)})
}

// reindented are those of the part q of b, as they stand in a in the place of p.
func (w *textMerger) reindented(a block, p *part, b block, q *part) []string {
	pad := strings.Repeat(" ", a.column())
	var out []string
	for i, line := range rawLines(w.other, b, q) {
		switch {
		case i == 0 && p != nil:
			line = w.current.lines[p.from][:a.column()] + line
		case line != "":
			line = pad + line
		}
		out = append(out, line)
	}
	return out
}

// A side is a part of one of the files, with what it was before it had the values of the
// merge; nil where it was not there.
type side struct {
	*part
	original *yaml.Node
}

// mergePart brings what b changed in a part into a. A part that one of them did not have before
// the merge is as the other one has it.
func (w *textMerger) mergePart(o, a, b block, so, sa, sb side, t *tree, path []string) {
	was, p, q := so.part, sa.part, sb.part
	ro, ra, rb := rawLines(w.base, o, was), rawLines(w.current, a, p), rawLines(w.other, b, q)
	switch {
	case slices.Equal(ra, rb), sa.original != nil && sb.original == nil:
		return
	case was != nil && slices.Equal(rb, ro) && !t.lacksPartOf(sa.original, sb.original):
		return
	case sa.original == nil && sb.original != nil, was != nil && slices.Equal(ra, ro) && !t.lacksPartOf(sb.original, sa.original):
		w.current.replace(p.from, p.to, w.reindented(a, p, b, q))
		return
	}
	below, into, from := w.base.valueBlock(was, nil), w.current.valueBlock(p, sa.original), w.other.valueBlock(q, sb.original)
	if into.parts == nil || from.parts == nil || into.node.Kind != from.node.Kind {
		w.mergeLeafComments(was, p, q, ra, ro, rb, a.column())
		return
	}
	if p.val.Line-1 > p.from {
		w.mergeLineComment(p.from, keyComment(ro), keyComment(ra), keyComment(rb))
	}
	if into.node.Kind == yaml.MappingNode {
		w.mergeMapping(below, into, from, t, path)
		return
	}
	w.mergeItems(below, into, from, t, path)
}

// mergeItems brings what b changed in the items of a list into a. They are told from each other
// by their names, else by their places.
func (w *textMerger) mergeItems(o, a, b block, t *tree, path []string) {
	name := itemNamer(t)
	for i := range a.parts {
		is := a.part(i).val
		place := func(l block) int {
			if name == nil {
				return i
			}
			return slices.IndexFunc(l.parts, func(p part) bool { return name(p.val) == name(is) })
		}
		j, k := place(b), place(o)
		if other := b.part(j); other != nil {
			w.mergeGap(o, a, b, k, i, j)
			before := func(l block) *yaml.Node { return findItem(l.original, name, is, i) }
			w.mergePart(o, a, b, side{o.part(k), nil}, side{a.part(i), before(a)}, side{other, before(b)}, t.itemTree(i, is), append(path, strconv.Itoa(i)))
		}
	}
	w.mergeGap(o, a, b, len(o.parts), len(a.parts), len(b.parts))
}
