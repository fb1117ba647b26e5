package yamlfile

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// withOwn is a tree with the keys of people's own that a node of the file has at its places:
// what is laid out anew keeps them.
func (t *tree) withOwn(n *yaml.Node) *tree {
	if n == nil || n.Kind != t.kind || t.kind == yaml.ScalarNode {
		return t
	}
	out := *t
	out.keys, out.kids = slices.Clone(t.keys), slices.Clone(t.kids)
	if t.kind == yaml.SequenceNode {
		name := names(t)
		for i, kid := range t.kids {
			at := i
			if name != nil {
				at = slices.IndexFunc(n.Content, func(n *yaml.Node) bool { return name(n) == nameOf(kid) })
			}
			if at >= 0 && at < len(n.Content) {
				out.kids[i] = kid.withOwn(n.Content[at])
			}
		}
		return &out
	}
	for i, key := range t.keys {
		_, v := lookup(n, key)
		out.kids[i] = t.kids[i].withOwn(v)
	}
	for k, v := range entries(n) {
		if strings.HasPrefix(k.Value, "x-") {
			out.keys, out.kids = append(out.keys, k.Value), append(out.kids, treeOf(v))
		}
	}
	return &out
}

// treeOf is a value of the file as a tree.
func treeOf(n *yaml.Node) *tree {
	t := &tree{kind: n.Kind}
	switch {
	case n.Kind == yaml.MappingNode:
		for k, v := range entries(n) {
			t.keys, t.kids = append(t.keys, k.Value), append(t.kids, treeOf(v))
		}
	case n.Kind == yaml.SequenceNode:
		for _, v := range n.Content {
			t.kids = append(t.kids, treeOf(v))
		}
	case n.ShortTag() == "!!str":
		t.text, t.bare = scalarText(n.Value), true // with the line ends at its end
	default:
		t.text, t.bare = n.Value, true
	}
	return t
}
