package yamlfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// alignFlowMappings lays out flow mappings ({}) as blocks, in all versions of a file, if
// their extension keys differ between the versions, so that these can be merged line by
// line.
func alignFlowMappings(versions ...[]byte) [][]byte {
	roots := make([]*yaml.Node, len(versions))
	extensionTexts := map[string][]string{} // of each flow mapping, by path: its extension keys as text, for each version
	for i, data := range versions {
		d := decoder{}
		if roots[i] = d.parse(data); roots[i] == nil {
			continue
		}
		eachFlowMapping(roots[i], nil, func(_ *yaml.Node, path []string) { extensionTexts[joinPath(path)] = nil })
	}
	for i, root := range roots {
		for at := range extensionTexts {
			extensionTexts[at] = append(extensionTexts[at], "")
			for _, o := range appendExtensions(nil, root, nil) {
				if of := joinPath(o.Path); at == "" || of == at || strings.HasPrefix(of, at+pathSeparator) {
					extensionTexts[at][i] += of + pathSeparator + o.Key + pathSeparator + o.Value + pathSeparator
				}
			}
		}
	}
	expand := map[string]bool{}
	for at, keys := range extensionTexts {
		expand[at] = len(slices.Compact(keys)) > 1
	}
	if !slices.Contains(slices.Collect(maps.Values(expand)), true) {
		return versions
	}
	out := make([][]byte, len(versions))
	for i, data := range versions {
		out[i] = data
		if roots[i] != nil {
			out[i] = expandFlowMappings(data, roots[i], expand)
		}
	}
	return out
}

func joinPath(path []string) string { return strings.Join(path, pathSeparator) }

const pathSeparator = "\x00"

// eachFlowMapping calls do for each outermost flow mapping, except within extension keys.
func eachFlowMapping(n *yaml.Node, path []string, visit func(*yaml.Node, []string)) {
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		visit(n, path)
	case n.Kind == yaml.MappingNode:
		for k, v := range entries(n) {
			if !strings.HasPrefix(k.Value, "x-") {
				eachFlowMapping(v, append(path, k.Value), visit)
			}
		}
	case n.Kind == yaml.SequenceNode:
		for i, v := range n.Content {
			eachFlowMapping(v, append(path, strconv.Itoa(i)), visit)
		}
	}
}

// expandFlowMappings lays out the flow mappings at some paths of a file as blocks.
func expandFlowMappings(data []byte, root *yaml.Node, expand map[string]bool) []byte {
	var out []byte
	if root.Style&yaml.FlowStyle != 0 {
		if !expand[""] {
			return data
		}
		out = renderCanonical(data, root, treeOfNode(root))
	} else {
		p := newPatcher(data)
		p.expandFlow(root, nil, len(p.lines), expand)
		out = p.apply()
	}
	check := decoder{}
	if again := check.parse(out); again == nil || !sameNode(again, root) {
		return data
	}
	return out
}

func (p *patcher) expandFlow(n *yaml.Node, path []string, end int, expand map[string]bool) {
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
		case e.val.Kind != yaml.MappingNode || e.val.Style&yaml.FlowStyle == 0 || !expand[joinPath(below)]:
			p.expandFlow(e.val, below, e.to, expand)
		case n.Kind == yaml.SequenceNode:
			p.replace(e.from, e.to, keepComment(renderItem(treeOfNode(e.val), n.Column-1), e.val.LineComment))
		default:
			p.rewriteEntry(e, treeOfNode(e.val))
		}
	}
}
