package yamlfile

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// An OwnChange is a key of people's own that two versions of a file have changed to
// different values. The values are as in Own; a nil one is not there.
type OwnChange struct {
	Path                 []string // keys and indexes of what it belongs to, in the values of Weave
	Key                  string
	Base, Current, Other *string
}

// Weave is Patch of current to the values of v that also takes in what other changed
// since base and is no value: comments, blank lines, and keys of people's own, which
// begin with "x-". What only one of the two changed is taken from that one, and comments
// that both added at one place are both kept. Of a key of people's own that both changed
// differently, take decides whether that of other is taken.
//
// v has the values of both, merged. Where base is empty, nothing was there. A comment
// that has no place any more, as what it stood in is not in v, is left out: see Comments.
func Weave(base, current, other []byte, v any, take func(OwnChange) bool) []byte {
	texts := unfolded(base, current, other)
	base, current, other = texts[0], texts[1], texts[2]
	w := weaver{o: laidOut(base, v), a: laidOut(current, v), b: laidOut(other, v), take: take}
	w.goneA, w.goneB = gone(base, current), gone(base, other)
	want := build(reflect.ValueOf(v))
	w.mapping(w.o.whole(), w.a.whole(), w.b.whole(), want, nil)
	if len(w.a.edits) == 0 {
		return w.a.data
	}
	out := w.a.apply()
	d := decoder{}
	root := d.parse(out)
	if root == nil {
		return w.a.data
	}
	if want.inOrderOf(root); !equal(root, want) {
		return w.a.data
	}
	return out
}

// weaver brings what b has and o hasn't into a.
type weaver struct {
	o, a, b *layout
	take    func(OwnChange) bool
	goneA   []string // comments of base that current has not
	goneB   []string // and other has not
}

func (w *weaver) mapping(o, a, b block, t *tree, path []string) {
	for j, p := range b.parts {
		if strings.HasPrefix(p.key.Value, "x-") {
			w.own(o, a, b, j, path)
		}
	}
	for i, p := range a.parts {
		key := p.key.Value
		q, j := b.named(key)
		was, k := o.named(key)
		switch {
		case q != nil:
			w.gap(o, a, b, k, i, j)
			if kid := cmp.Or(t.child(key), t.emptied(key, p.val)); kid != nil {
				_, wasA := lookup(a.was, key)
				_, wasB := lookup(b.was, key)
				w.part(o, a, b, side{was, nil}, side{&p, wasA}, side{q, wasB}, kid, append(path, key))
			}
		case was != nil && strings.HasPrefix(key, "x-"):
			if sameNode(p.val, was.val) || w.decide(path, key, was, &p, nil) {
				w.a.replace(p.from, p.to, nil)
			}
		}
	}
	w.gap(o, a, b, len(o.parts), len(a.parts), len(b.parts))
}

// own brings a key of people's own, the part j of b, into a.
func (w *weaver) own(o, a, b block, j int, path []string) {
	q := b.parts[j]
	was, _ := o.named(q.key.Value)
	p, _ := a.named(q.key.Value)
	ro, ra, rb := raw(w.o, o, was), raw(w.a, a, p), raw(w.b, b, &q) // comments count as well
	switch {
	case slices.Equal(rb, ro), slices.Equal(rb, ra), p == nil && was != nil && sameNode(q.val, was.val):
	case p != nil && slices.Equal(ra, ro):
		w.a.replace(p.from, p.to, w.lines(a, p, b, &q))
	case p != nil && was != nil && sameNode(q.val, was.val), p != nil && sameNode(q.val, p.val):
		w.leaf(was, p, &q, ra, ro, rb, a.column())
	case p != nil:
		if was != nil && sameNode(p.val, was.val) || w.decide(path, q.key.Value, was, p, &q) {
			w.a.replace(p.from, p.to, w.lines(a, p, b, &q))
		}
	case was == nil || w.decide(path, q.key.Value, was, nil, &q):
		at, behind := a.from, false
		for _, before := range slices.Backward(b.parts[:j]) {
			if p, _ := a.named(before.key.Value); p != nil {
				at, behind = p.to, true
				break
			}
		}
		if len(a.parts) == 0 {
			return
		}
		if first := a.parts[0]; !behind && first.from == a.from && strings.TrimSpace(w.a.lines[first.from][:a.column()]) != "" {
			at = first.to // nothing fits between the dash of an item and its first key
		}
		pad := strings.Repeat(" ", a.column())
		var with []string
		for _, line := range w.b.lines[b.gap(j):b.end(j)] {
			with = append(with, strings.TrimRight(pad+strings.TrimSpace(line), " "))
		}
		body := w.lines(a, nil, b, &q)
		w.a.replace(at, at, append(with, body...))
	}
}

// decide tells whether the value of other is taken of a key of people's own that both
// changed.
func (w *weaver) decide(path []string, key string, o, a, b *part) bool {
	value := func(p *part) *string {
		if p == nil {
			return nil
		}
		s := inLine(p.val)
		return &s
	}
	return w.take(OwnChange{Path: slices.Clone(path), Key: key, Base: value(o), Current: value(a), Other: value(b)})
}

// lines are those of the part q of b, as they stand in a in the place of p.
func (w *weaver) lines(a block, p *part, b block, q *part) []string {
	pad := strings.Repeat(" ", a.column())
	var out []string
	for i, line := range raw(w.b, b, q) {
		switch {
		case i == 0 && p != nil:
			line = w.a.lines[p.from][:a.column()] + line
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
	was *yaml.Node
}

// part brings what b changed in a part into a. A part that one of them did not have before
// the merge is as the other one has it.
func (w *weaver) part(o, a, b block, so, sa, sb side, t *tree, path []string) {
	was, p, q := so.part, sa.part, sb.part
	ro, ra, rb := raw(w.o, o, was), raw(w.a, a, p), raw(w.b, b, q)
	switch {
	case slices.Equal(ra, rb), sa.was != nil && sb.was == nil:
		return
	case was != nil && slices.Equal(rb, ro) && !t.lacks(sa.was, sb.was):
		return
	case sa.was == nil && sb.was != nil, was != nil && slices.Equal(ra, ro) && !t.lacks(sb.was, sa.was):
		w.a.replace(p.from, p.to, w.lines(a, p, b, q))
		return
	}
	below, into, from := w.o.below(was, nil), w.a.below(p, sa.was), w.b.below(q, sb.was)
	if into.parts == nil || from.parts == nil || into.n.Kind != from.n.Kind {
		w.leaf(was, p, q, ra, ro, rb, a.column())
		return
	}
	if p.val.Line-1 > p.from {
		w.comment(p.from, keyComment(ro), keyComment(ra), keyComment(rb))
	}
	if into.n.Kind == yaml.MappingNode {
		w.mapping(below, into, from, t, path)
		return
	}
	w.items(below, into, from, t, path)
}

// items brings what b changed in the items of a list into a. They are told from each other
// by their names, else by their places.
func (w *weaver) items(o, a, b block, t *tree, path []string) {
	name := names(t)
	for i := range a.parts {
		is := a.at(i).val
		place := func(l block) int {
			if name == nil {
				return i
			}
			return slices.IndexFunc(l.parts, func(p part) bool { return name(p.val) == name(is) })
		}
		j, k := place(b), place(o)
		if other := b.at(j); other != nil {
			w.gap(o, a, b, k, i, j)
			before := func(l block) *yaml.Node { return itemOf(l.was, name, is, i) }
			w.part(o, a, b, side{o.at(k), nil}, side{a.at(i), before(a)}, side{other, before(b)}, t.item(i, is), append(path, strconv.Itoa(i)))
		}
	}
	w.gap(o, a, b, len(o.parts), len(a.parts), len(b.parts))
}
