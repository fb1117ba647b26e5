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

// A layout is a file that has the values of the merge, with its lines.
type layout struct {
	patcher
	data []byte
	root *yaml.Node
	was  *yaml.Node // before it had them
}

func laidOut(data []byte, v any) *layout {
	want := build(reflect.ValueOf(v))
	d := decoder{}
	root := d.parse(data)
	if root != nil {
		want.inOrderOf(root)
	}
	out := want.document()
	if root != nil {
		if patched, err := patchTree(data, root, want, true); err == nil {
			out = patched
		}
	}
	again := decoder{}
	return &layout{patcher: patcherOf(out), data: out, root: again.parse(out), was: root}
}

// names returns how the items of a list are told from each other: by their texts, or of
// mappings by what their first key has. It is nil where two have the same name.
func names(t *tree) func(*yaml.Node) string {
	key, seen := "", map[string]bool{}
	for _, kid := range t.kids {
		if kid.kind == yaml.MappingNode && len(kid.keys) > 0 {
			key = kid.keys[0]
		}
		n := nameOf(kid)
		if n == "" || seen[n] {
			return nil
		}
		seen[n] = true
	}
	return func(n *yaml.Node) string {
		if key != "" {
			_, n = lookup(n, key)
		}
		if n == nil || n.Kind != yaml.ScalarNode {
			return ""
		}
		return strings.TrimRight(n.Value, "\n")
	}
}

func nameOf(t *tree) string {
	if t.kind == yaml.MappingNode && len(t.kids) > 0 {
		t = t.kids[0]
	}
	if t.kind != yaml.ScalarNode {
		return ""
	}
	return t.text
}

// inOrderOf orders the items of lists as they are in a file; those that it doesn't have
// come last.
func (t *tree) inOrderOf(n *yaml.Node) {
	switch t.kind {
	case yaml.MappingNode:
		for i, key := range t.keys {
			if _, v := lookup(n, key); v != nil {
				t.kids[i].inOrderOf(v)
			}
		}
	case yaml.SequenceNode:
		name := names(t)
		if name == nil || n.Kind != yaml.SequenceNode {
			return
		}
		place := map[string]int{}
		for i, item := range n.Content {
			place[name(item)] = i - len(n.Content)
		}
		slices.SortStableFunc(t.kids, func(a, b *tree) int { return cmp.Compare(place[nameOf(a)], place[nameOf(b)]) })
		for _, kid := range t.kids {
			if i := place[nameOf(kid)]; i < 0 {
				kid.inOrderOf(n.Content[i+len(n.Content)])
			}
		}
	}
}

// A block is a mapping or a sequence with the lines that are its own: of a part of
// another one without the line of its key.
type block struct {
	n        *yaml.Node // nil where there is none
	from, to int
	parts    []part     // nil where it is not laid out in lines
	was      *yaml.Node // of the file before it had the values of the merge; nil: not there
}

func (l *layout) whole() block { return l.block(l.root, l.was, 0, len(l.lines)) }

func (l *layout) block(n, was *yaml.Node, from, to int) block {
	b := block{n: n, from: from, to: to, was: was}
	if n != nil && (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		b.parts = l.parts(n, to)
	}
	return b
}

// below is the block that is the value of a part, which was another one before.
func (l *layout) below(p *part, was *yaml.Node) block {
	switch {
	case p == nil:
		return block{}
	case p.val.Line-1 == p.from:
		return l.block(p.val, was, p.from, p.to)
	}
	return l.block(p.val, was, p.from+1, p.to)
}

// column is where the parts of a block begin, in spaces.
func (b block) column() int { return b.n.Column - 1 }

// named is a part of a mapping by its key, and its place; nil where there is none.
func (b block) named(key string) (*part, int) {
	i := slices.IndexFunc(b.parts, func(p part) bool { return p.key.Value == key })
	return b.at(i), i
}

func (b block) at(i int) *part {
	if i < 0 || i >= len(b.parts) {
		return nil
	}
	return &b.parts[i]
}

// gap is the first line of the comments before a part, or at the end of the block.
func (b block) gap(i int) int {
	if i == 0 {
		return b.from
	}
	return b.parts[i-1].to
}

// end is the line after the comments before a part, or at the end of the block.
func (b block) end(i int) int {
	if i < len(b.parts) {
		return max(b.parts[i].from, b.gap(i))
	}
	return max(b.to, b.gap(i))
}

// weaver brings what b has and o hasn't into a.
type weaver struct {
	o, a, b *layout
	take    func(OwnChange) bool
	goneA   []string // comments of base that current has not
	goneB   []string // and other has not
}

func gone(base, now []byte) []string {
	var out []string
	has := Comments(now)
	for _, c := range Comments(base) {
		if !slices.ContainsFunc(has, func(d Comment) bool { return c.Text == d.Text }) {
			out = append(out, c.Text)
		}
	}
	return out
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
		case q != nil && !strings.HasPrefix(key, "x-"):
			w.gap(o, a, b, k, i, j)
			if kid := t.child(key); kid != nil {
				_, wasA := lookup(a.was, key)
				_, wasB := lookup(b.was, key)
				w.part(o, a, b, side{was, nil}, side{&p, wasA}, side{q, wasB}, kid, append(path, key))
			}
		case q == nil && was != nil && strings.HasPrefix(key, "x-"):
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
	switch {
	case was != nil && sameNode(q.val, was.val), p != nil && sameNode(q.val, p.val):
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

// raw are the lines of a part from the column of its block on; nil where there is none.
func raw(l *layout, b block, p *part) []string {
	if p == nil {
		return nil
	}
	var out []string
	for i, line := range l.lines[p.from:p.to] {
		cut := min(b.column(), len(line))
		if i > 0 {
			cut = min(cut, len(line)-len(strings.TrimLeft(line, " ")))
		}
		out = append(out, strings.TrimRight(line[cut:], " "))
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

// lacks tells whether a value did not have a part of t, or of what is in it, that another
// one had.
func (t *tree) lacks(it, other *yaml.Node) bool {
	if it == nil || other == nil {
		return other != nil
	}
	name := names(t)
	for i, kid := range t.kids {
		var a, b *yaml.Node
		switch {
		case t.kind == yaml.MappingNode:
			_, a = lookup(it, t.keys[i])
			_, b = lookup(other, t.keys[i])
		case name != nil:
			named := func(list *yaml.Node) *yaml.Node {
				at := slices.IndexFunc(list.Content, func(n *yaml.Node) bool { return name(n) == nameOf(kid) })
				if list.Kind != yaml.SequenceNode || at < 0 {
					return nil
				}
				return list.Content[at]
			}
			a, b = named(it), named(other)
		}
		if b != nil && kid.lacks(a, b) {
			return true
		}
	}
	return false
}

// itemOf is the item of a list that has the name of another one, or else its place; nil
// where there is none.
func itemOf(list *yaml.Node, name func(*yaml.Node) string, like *yaml.Node, i int) *yaml.Node {
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	if name != nil {
		i = slices.IndexFunc(list.Content, func(n *yaml.Node) bool { return name(n) == name(like) })
	}
	if i < 0 || i >= len(list.Content) {
		return nil
	}
	return list.Content[i]
}

// item is the tree of an item of a list.
func (t *tree) item(i int, n *yaml.Node) *tree {
	if name := names(t); name != nil {
		i = slices.IndexFunc(t.kids, func(kid *tree) bool { return nameOf(kid) == name(n) })
	}
	return t.kids[i]
}

// leaf takes the comments of a value that is laid out differently in all three.
func (w *weaver) leaf(was, p, q *part, ra, ro, rb []string, column int) {
	comment := func(p *part) string {
		if p == nil {
			return ""
		}
		return p.val.LineComment
	}
	line := p.to - 1
	if p.val.Kind == yaml.ScalarNode && p.val.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line = p.from
	}
	for line > p.from && strings.HasPrefix(strings.TrimSpace(w.a.lines[line]), "#") {
		line--
	}
	w.comment(line, comment(was), comment(p), comment(q))
	if q.val.Kind == yaml.ScalarNode && q.val.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return // what looks like a comment is text
	}
	for _, s := range rb[1:] {
		s = strings.TrimSpace(s)
		has := func(t string) bool { return strings.TrimSpace(t) == s }
		if strings.HasPrefix(s, "#") && !slices.ContainsFunc(ro, has) && !slices.ContainsFunc(ra, has) {
			w.a.replace(p.to, p.to, []string{strings.Repeat(" ", column+2) + s})
		}
	}
}

// keyComment is the comment behind a key whose value begins on the next line.
func keyComment(raw []string) string {
	if len(raw) == 0 {
		return ""
	}
	if _, rest, ok := strings.Cut(raw[0], ":"); ok && strings.HasPrefix(strings.TrimSpace(rest), "#") {
		return strings.TrimSpace(rest)
	}
	return ""
}

// comment brings a comment at the end of a line into a.
func (w *weaver) comment(line int, o, a, b string) {
	text := w.a.lines[line]
	switch {
	case b == o || a == b || !strings.HasSuffix(text, a):
		return
	case a != o && b == "":
		return
	case a != o && a != "":
		b = a + " " + b
	}
	text = strings.TrimRight(strings.TrimSuffix(text, a), " ")
	w.a.replace(line, line+1, []string{strings.TrimRight(text+" "+b, " ")})
}

// gap brings comments and blank lines before a part, or at the end of a block, into a:
// k, i and j are the places of the part in o, a and b.
func (w *weaver) gap(o, a, b block, k, i, j int) {
	if a.parts == nil || b.parts == nil {
		return
	}
	var was []string
	if k >= 0 && o.parts != nil {
		was = trimmed(w.o.lines[o.gap(k):o.end(k)])
	}
	from, to := a.gap(i), a.end(i)
	now, other := trimmed(w.a.lines[from:to]), trimmed(w.b.lines[b.gap(j):b.end(j)])
	other = slices.DeleteFunc(other, func(s string) bool { return slices.Contains(w.goneA, s) && !slices.Contains(was, s) })
	with := slices.Clone(now)
	switch {
	case slices.Equal(other, was), slices.Equal(other, now):
	case slices.Equal(now, was):
		with = other
	default:
		with = joinedComments(was, now, other)
	}
	with = slices.DeleteFunc(with, func(s string) bool { return slices.Contains(w.goneB, s) })
	if slices.Equal(with, now) {
		return
	}
	pad := strings.Repeat(" ", a.column())
	var lines []string
	for _, s := range with {
		if n := slices.Index(now, s); n >= 0 {
			lines = append(lines, w.a.lines[from+n])
			continue
		}
		lines = append(lines, strings.TrimRight(pad+s, " "))
	}
	w.a.replace(from, to, lines)
}

func trimmed(lines []string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

// joinedComments are the lines of now without what other took out, and with the comments
// that it added.
func joinedComments(was, now, other []string) []string {
	out := slices.DeleteFunc(slices.Clone(now), func(s string) bool {
		return strings.HasPrefix(s, "#") && slices.Contains(was, s) && !slices.Contains(other, s)
	})
	at := len(out)
	if n := slices.IndexFunc(out, func(s string) bool { return strings.HasPrefix(s, "#") && slices.Contains(other, s) }); n >= 0 {
		at = n
	}
	for _, s := range other {
		if n := slices.Index(out, s); n >= 0 && s != "" {
			at = max(at, n+1)
		} else if strings.HasPrefix(s, "#") && !slices.Contains(was, s) {
			out = slices.Insert(out, at, s)
			at++
		}
	}
	return out
}

// sameNode tells whether two values are the same, however they are laid out.
func sameNode(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && slices.EqualFunc(a.Content, b.Content, sameNode)
}

// A Comment is a comment of a file, without what follows on further lines.
type Comment struct {
	Line int // counted from 1
	Text string
}

// Comments lists the comments of a file, a line each; nothing where it is not YAML.
func Comments(data []byte) []Comment {
	d := decoder{}
	root := d.parse(data)
	var out []Comment
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for _, text := range []string{n.HeadComment, n.LineComment, n.FootComment} {
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); line != "" {
					out = append(out, Comment{Text: line})
				}
			}
		}
		for _, c := range n.Content {
			visit(c)
		}
	}
	if root == nil {
		return nil
	}
	visit(d.doc)
	seen := map[string]int{}
	lines := split(data)
	for i, c := range out {
		for n := seen[c.Text]; n < len(lines); n++ {
			if strings.HasSuffix(strings.TrimRight(lines[n], " "), c.Text) {
				out[i].Line, seen[c.Text] = n+1, n+1
				break
			}
		}
	}
	return out
}
