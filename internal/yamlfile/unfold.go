package yamlfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// unfolded are versions of a file in which the same mappings in braces are laid out in lines:
// those whose keys of people's own differ between the versions.
func unfolded(versions ...[]byte) [][]byte {
	roots := make([]*yaml.Node, len(versions))
	own := map[string][]string{} // of the mappings in braces, by place: a text for each version
	for i, data := range versions {
		d := decoder{}
		if roots[i] = d.parse(data); roots[i] == nil {
			continue
		}
		eachFolded(roots[i], nil, func(_ *yaml.Node, path []string) { own[place(path)] = nil })
	}
	for i, root := range roots {
		for at := range own {
			own[at] = append(own[at], "")
			for _, o := range ownKeys(nil, root, nil) {
				if of := place(o.Path); at == "" || of == at || strings.HasPrefix(of, at+separator) {
					own[at][i] += of + separator + o.Key + separator + o.Value + separator
				}
			}
		}
	}
	folded := map[string]bool{}
	for at, keys := range own {
		folded[at] = len(slices.Compact(keys)) > 1
	}
	if !slices.Contains(slices.Collect(maps.Values(folded)), true) {
		return versions
	}
	out := make([][]byte, len(versions))
	for i, data := range versions {
		out[i] = data
		if roots[i] != nil {
			out[i] = unfold(data, roots[i], folded)
		}
	}
	return out
}

// place is a path as one text.
func place(path []string) string { return strings.Join(path, separator) }

const separator = "\x00"

// eachFolded calls do with each outermost mapping in braces, but for those of people's own.
func eachFolded(n *yaml.Node, path []string, do func(*yaml.Node, []string)) {
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		do(n, path)
	case n.Kind == yaml.MappingNode:
		for k, v := range entries(n) {
			if !strings.HasPrefix(k.Value, "x-") {
				eachFolded(v, append(path, k.Value), do)
			}
		}
	case n.Kind == yaml.SequenceNode:
		for i, v := range n.Content {
			eachFolded(v, append(path, strconv.Itoa(i)), do)
		}
	}
}

// unfold lays out the mappings in braces at some places of a file in lines.
func unfold(data []byte, root *yaml.Node, at map[string]bool) []byte {
	var out []byte
	if root.Style&yaml.FlowStyle != 0 {
		if !at[""] {
			return data
		}
		out = flowless(data, root, treeOf(root))
	} else {
		p := patcherOf(data)
		p.unfold(root, nil, len(p.lines), at)
		out = p.apply()
	}
	check := decoder{}
	if again := check.parse(out); again == nil || !sameNode(again, root) {
		return data
	}
	return out
}

func (p *patcher) unfold(n *yaml.Node, path []string, end int, at map[string]bool) {
	if n.Kind == yaml.ScalarNode || n.Style&yaml.FlowStyle != 0 || len(n.Content) == 0 {
		return
	}
	for i, e := range p.parts(n, end) {
		name := strconv.Itoa(i)
		if n.Kind == yaml.MappingNode {
			name = e.key.Value
		}
		below := slices.Concat(path, []string{name})
		switch {
		case strings.HasPrefix(name, "x-"):
		case e.val.Kind != yaml.MappingNode || e.val.Style&yaml.FlowStyle == 0 || !at[place(below)]:
			p.unfold(e.val, below, e.to, at)
		case n.Kind == yaml.SequenceNode:
			p.replace(e.from, e.to, withComment(item(treeOf(e.val), n.Column-1), e.val.LineComment))
		default:
			p.rewrite(e, treeOf(e.val))
		}
	}
}
