package yamlfile

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// A layout is a version of a file with the merged values, and its lines.
type layout struct {
	patcher
	data     []byte
	root     *yaml.Node
	original *yaml.Node // root before the patch
}

// newLayout patches data to the values of v.
func newLayout(data []byte, v any) *layout {
	want := treeOfValue(reflect.ValueOf(v))
	d := decoder{}
	root := d.parse(data)
	if root != nil {
		want.reorderLike(root)
	}
	out := want.render()
	if root != nil {
		var err error
		if out, err = patchTree(data, root, want, true); err != nil {
			out = renderCanonical(data, root, want)
		}
	}
	again := decoder{}
	return &layout{patcher: newPatcher(out), data: out, root: again.parse(out), original: root}
}

// itemNamer returns a function that names the items of a list: by their text, or for
// mappings by the value of their first key. It returns nil if two items have the same name.
func itemNamer(t *tree) func(*yaml.Node) string {
	key, seen := "", map[string]bool{}
	for _, kid := range t.children {
		if kid.kind == yaml.MappingNode && len(kid.keys) > 0 {
			key = kid.keys[0]
		}
		n := itemName(kid)
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

func itemName(t *tree) string {
	if t.kind == yaml.MappingNode && len(t.children) > 0 {
		t = t.children[0]
	}
	if t.kind != yaml.ScalarNode {
		return ""
	}
	return t.text
}

// reorderLike sorts the items of lists in the order of a file; items that it lacks come
// last.
func (t *tree) reorderLike(n *yaml.Node) {
	switch t.kind {
	case yaml.MappingNode:
		for i, key := range t.keys {
			if _, v := lookup(n, key); v != nil {
				t.children[i].reorderLike(v)
			}
		}
	case yaml.SequenceNode:
		name := itemNamer(t)
		if name == nil || n.Kind != yaml.SequenceNode {
			return
		}
		place := map[string]int{}
		for i, item := range n.Content {
			place[name(item)] = i - len(n.Content)
		}
		slices.SortStableFunc(t.children, func(a, b *tree) int { return cmp.Compare(place[itemName(a)], place[itemName(b)]) })
		for _, kid := range t.children {
			if i := place[itemName(kid)]; i < 0 {
				kid.reorderLike(n.Content[i+len(n.Content)])
			}
		}
	}
}

// A block is a mapping or a sequence with its lines. A nested block does not have the line
// of its key.
type block struct {
	node     *yaml.Node // nil if the version lacks it
	from, to int
	parts    []part     // nil if it can't be edited line by line
	original *yaml.Node // node before the file was patched to the merged values; nil if missing
}

func (l *layout) rootBlock() block { return l.block(l.root, l.original, 0, len(l.lines)) }

func (l *layout) block(n, was *yaml.Node, from, to int) block {
	b := block{node: n, from: from, to: to, original: was}
	if n != nil && (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		b.parts = l.parts(n, to)
	}
	return b
}

// valueBlock returns the block that is the value of a part.
func (l *layout) valueBlock(p *part, was *yaml.Node) block {
	switch {
	case p == nil:
		return block{}
	case p.val.Line-1 == p.from:
		return l.block(p.val, was, p.from, p.to)
	}
	return l.block(p.val, was, p.from+1, p.to)
}

// column returns the indentation of the parts of a block, in spaces.
func (b block) column() int { return b.node.Column - 1 }

// partByKey returns the part of a mapping with a key, and its index; nil and -1 if there is
// none.
func (b block) partByKey(key string) (*part, int) {
	i := slices.IndexFunc(b.parts, func(p part) bool { return p.key.Value == key })
	return b.part(i), i
}

func (b block) part(i int) *part {
	if i < 0 || i >= len(b.parts) {
		return nil
	}
	return &b.parts[i]
}

// gapStart returns the first line of the comments before a part, or at the end of the
// block.
func (b block) gapStart(i int) int {
	if i == 0 {
		return b.from
	}
	return b.parts[i-1].to
}

// gapEnd returns the line after the comments before a part, or at the end of the block.
func (b block) gapEnd(i int) int {
	if i < len(b.parts) {
		return max(b.parts[i].from, b.gapStart(i))
	}
	return max(b.to, b.gapStart(i))
}

// rawLines returns the lines of a part without the indentation of its block; nil if there
// is no part.
func rawLines(l *layout, b block, p *part) []string {
	if p == nil {
		return nil
	}
	var raw []string
	for i, line := range l.lines[p.from:p.to] {
		cut := min(b.column(), len(line))
		if i > 0 {
			cut = min(cut, len(line)-len(strings.TrimLeft(line, " ")))
		}
		raw = append(raw, line[cut:])
	}
	return raw
}

// lacksPartOf reports whether a node lacks a value of t, at any depth, that another node
// has.
func (t *tree) lacksPartOf(node, other *yaml.Node) bool {
	if node == nil || other == nil {
		return other != nil
	}
	name := itemNamer(t)
	for i, kid := range t.children {
		var a, b *yaml.Node
		switch {
		case t.kind == yaml.MappingNode:
			_, a = lookup(node, t.keys[i])
			_, b = lookup(other, t.keys[i])
		case name != nil:
			named := func(list *yaml.Node) *yaml.Node {
				at := slices.IndexFunc(list.Content, func(n *yaml.Node) bool { return name(n) == itemName(kid) })
				if list.Kind != yaml.SequenceNode || at < 0 {
					return nil
				}
				return list.Content[at]
			}
			a, b = named(node), named(other)
		}
		if b != nil && kid.lacksPartOf(a, b) {
			return true
		}
	}
	return false
}

// findItem returns the item of a list with the same name as another one, or without names
// the item at index i; nil if there is none.
func findItem(list *yaml.Node, name func(*yaml.Node) string, like *yaml.Node, i int) *yaml.Node {
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

// itemTree returns the tree of an item of a list, by its name or index.
func (t *tree) itemTree(i int, n *yaml.Node) *tree {
	if name := itemNamer(t); name != nil {
		i = slices.IndexFunc(t.children, func(kid *tree) bool { return itemName(kid) == name(n) })
	}
	return t.children[i]
}

// sameNode reports whether two values are equal, whatever their layout.
func sameNode(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && slices.EqualFunc(a.Content, b.Content, sameNode)
}
