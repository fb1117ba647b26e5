package yamlfile

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// withExtensions returns the tree with the extension keys that a node of the file has, so
// that they survive when the node is laid out anew.
func (t *tree) withExtensions(n *yaml.Node) *tree {
	if n == nil || n.Kind != t.kind || t.kind == yaml.ScalarNode {
		return t
	}
	out := *t
	out.keys, out.children = slices.Clone(t.keys), slices.Clone(t.children)
	if t.kind == yaml.SequenceNode {
		name := itemNamer(t)
		for i, kid := range t.children {
			at := i
			if name != nil {
				at = slices.IndexFunc(n.Content, func(n *yaml.Node) bool { return name(n) == itemName(kid) })
			}
			if at >= 0 && at < len(n.Content) {
				out.children[i] = kid.withExtensions(n.Content[at])
			}
		}
		return &out
	}
	for i, key := range t.keys {
		_, v := lookup(n, key)
		out.children[i] = t.children[i].withExtensions(v)
	}
	for k, v := range entries(n) {
		if strings.HasPrefix(k.Value, "x-") {
			out.keys, out.children = append(out.keys, k.Value), append(out.children, treeOfNode(v))
		}
	}
	return &out
}

// treeOfNode returns a value of the file as a tree.
func treeOfNode(n *yaml.Node) *tree {
	t := &tree{kind: n.Kind}
	switch {
	case n.Kind == yaml.MappingNode:
		for k, v := range entries(n) {
			t.keys, t.children = append(t.keys, k.Value), append(t.children, treeOfNode(v))
		}
	case n.Kind == yaml.SequenceNode:
		for _, v := range n.Content {
			t.children = append(t.children, treeOfNode(v))
		}
	case n.ShortTag() == "!!str":
		t.text, t.bare = scalarText(n.Value), true // bare keeps line ends at the end of the text
	default:
		t.text, t.bare = n.Value, true
	}
	return t
}
