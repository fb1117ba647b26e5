package yamlfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// alignFlowMappings are versions of a file in which the same mappings in braces are laid out in lines:
// those whose keys of people's own differ between the versions.
func alignFlowMappings(versions ...[]byte) [][]byte {
	roots := make([]*yaml.Node, len(versions))
	own := map[string][]string{} // of the mappings in braces, by place: a text for each version
	for i, data := range versions {
		d := decoder{}
		if roots[i] = d.parse(data); roots[i] == nil {
			continue
		}
		eachFlowMapping(roots[i], nil, func(_ *yaml.Node, path []string) { own[joinPath(path)] = nil })
	}
	for i, root := range roots {
		for at := range own {
			own[at] = append(own[at], "")
			for _, o := range appendExtensions(nil, root, nil) {
				if of := joinPath(o.Path); at == "" || of == at || strings.HasPrefix(of, at+pathSeparator) {
					own[at][i] += of + pathSeparator + o.Key + pathSeparator + o.Value + pathSeparator
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
			out[i] = expandFlowMappings(data, roots[i], folded)
		}
	}
	return out
}

// joinPath is a path as one text.
func joinPath(path []string) string { return strings.Join(path, pathSeparator) }

const pathSeparator = "\x00"

// eachFlowMapping calls do with each outermost mapping in braces, but for those of people's own.
func eachFlowMapping(n *yaml.Node, path []string, do func(*yaml.Node, []string)) {
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		do(n, path)
	case n.Kind == yaml.MappingNode:
		for k, v := range entries(n) {
			if !strings.HasPrefix(k.Value, "x-") {
				eachFlowMapping(v, append(path, k.Value), do)
			}
		}
	case n.Kind == yaml.SequenceNode:
		for i, v := range n.Content {
			eachFlowMapping(v, append(path, strconv.Itoa(i)), do)
		}
	}
}

// expandFlowMappings lays out the mappings in braces at some places of a file in lines.
func expandFlowMappings(data []byte, root *yaml.Node, at map[string]bool) []byte {
	var out []byte
	if root.Style&yaml.FlowStyle != 0 {
		if !at[""] {
			return data
		}
		out = renderCanonical(data, root, treeOfNode(root))
	} else {
		p := newPatcher(data)
		p.expandFlow(root, nil, len(p.lines), at)
		out = p.apply()
	}
	check := decoder{}
	if again := check.parse(out); again == nil || !sameNode(again, root) {
		return data
	}
	return out
}

func (p *patcher) expandFlow(n *yaml.Node, path []string, end int, at map[string]bool) {
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
		case e.val.Kind != yaml.MappingNode || e.val.Style&yaml.FlowStyle == 0 || !at[joinPath(below)]:
			p.expandFlow(e.val, below, e.to, at)
		case n.Kind == yaml.SequenceNode:
			p.replace(e.from, e.to, keepComment(renderItem(treeOfNode(e.val), n.Column-1), e.val.LineComment))
		default:
			p.rewriteEntry(e, treeOfNode(e.val))
		}
	}
}
