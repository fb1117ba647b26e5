package yamlfile

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Patch changes data, the content of a YAML file, to the values of v. Lines whose value is
// right are not touched: comments, blank lines, quoting, line ends and extension keys stay
// as they are. If nothing differs, it returns data.
//
// v is a struct as for Encode. The result decodes to v; otherwise Patch returns an error.
func Patch(data []byte, v any) ([]byte, error) { return patch(data, v, false) }

// PatchProse is Patch with long texts as EncodeProse writes them.
func PatchProse(data []byte, v any) ([]byte, error) { return patch(data, v, true) }

func patch(data []byte, v any, prose bool) ([]byte, error) {
	d := decoder{}
	root := d.parse(data)
	if root == nil {
		return nil, d.problems
	}
	want := treeOfValue(reflect.ValueOf(v))
	if prose {
		want.markFoldable()
	}
	return patchTree(data, root, want, false)
}

// patchTree changes data, whose content is root, to the values of want. With matchByName,
// an item of a list is only changed into one with the same name, if the items have names.
func patchTree(data []byte, root *yaml.Node, want *tree, byName bool) ([]byte, error) {
	p := newPatcher(data)
	p.matchByName = byName
	if hasValueOf(root, want) {
		return data, nil
	}
	if !p.patchMapping(root, want, len(p.lines)) {
		return renderCanonical(data, root, want), nil
	}
	out := p.apply()
	check := decoder{}
	if again := check.parse(out); again == nil || !hasValueOf(again, want) {
		return nil, fmt.Errorf("the change does not fit into the file as it is laid out")
	}
	return out, nil
}

// renderCanonical returns want in the canonical layout, for a file that is a single flow
// mapping or no mapping at all and so has no layout to keep. Its comments go to the top.
func renderCanonical(data []byte, root *yaml.Node, want *tree) []byte {
	var out []byte
	for _, c := range Comments(data) {
		out = append(out, c.Text+"\n"...)
	}
	return append(out, want.withExtensions(root).render()...)
}

type patcher struct {
	lines       []string // without line ends
	newline     string
	matchByName bool // see patchTree
	edits       []edit
}

func newPatcher(data []byte) patcher {
	p := patcher{lines: splitLines(data), newline: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		p.newline = "\r\n"
	}
	return p
}

// An edit replaces the lines from (counted from 0) to before to.
type edit struct {
	from, to int
	lines    []string
}

func splitLines(data []byte) []string {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func (p *patcher) replace(from, to int, with []string) {
	p.edits = append(p.edits, edit{from, to, with})
}

func (p *patcher) apply() []byte {
	slices.SortStableFunc(p.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	var out []string
	at := 0
	for _, e := range p.edits {
		if e.from > at {
			out = append(out, p.lines[at:e.from]...)
		}
		out = append(out, e.lines...)
		at = max(at, e.to)
	}
	out = append(out, p.lines[min(at, len(p.lines)):]...)
	return []byte(strings.Join(out, p.newline) + p.newline)
}

// patchMapping edits the block mapping n, which ends before line end, to have the values of
// want. It returns false without editing anything if n can only be replaced as a whole.
func (p *patcher) patchMapping(n *yaml.Node, want *tree, end int) bool {
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle != 0 || len(n.Content) == 0 || want.kind != yaml.MappingNode {
		return false
	}
	mark := len(p.edits)
	entries := p.parts(n, end)
	if entries == nil {
		return false
	}
	inItem := strings.TrimLeft(p.lines[entries[0].from][:entries[0].key.Column-1], " ") != ""
	indent := entries[0].key.Column - 1

	at := map[string]int{}
	for i, e := range entries {
		at[e.key.Value] = i
		if want.childByKey(e.key.Value) == nil && !strings.HasPrefix(e.key.Value, "x-") && !isEmptyNode(e.val) {
			if none := want.emptiedChild(e.key.Value, e.val); none != nil {
				p.changeValue(e, none)
				continue
			}
			if i == 0 && inItem {
				p.edits = p.edits[:mark]
				return false // the key shares its line with the dash
			}
			p.replace(e.from, e.to, nil)
		}
	}
	insert := p.commentAbove(entries[0].from, indent)
	if inItem {
		insert = entries[0].to // no line fits between the dash and the first key
	}
	for i, key := range want.keys {
		t := want.children[i]
		j, ok := at[key]
		if !ok {
			if !t.hasValue() {
				continue // same as a missing key
			}
			p.replace(insert, insert, renderEntry(key, t, indent))
			continue
		}
		e := entries[j]
		insert = e.to
		if !hasValueOf(e.val, t) {
			p.changeValue(e, t)
		}
	}
	return true
}

// changeValue changes the value of an entry, line by line if possible.
func (p *patcher) changeValue(e part, t *tree) {
	if !p.patchMapping(e.val, t, e.to) && !p.patchSequence(e.val, t, e.to) {
		p.rewriteEntry(e, t.withExtensions(e.val))
	}
}

// rewriteEntry lays out the value of an entry anew.
func (p *patcher) rewriteEntry(e part, t *tree) {
	lines := renderEntry(e.key.Value, t, e.key.Column-1)
	lines[0] = p.lines[e.from][:e.key.Column-1] + strings.TrimLeft(lines[0], " ")
	p.replace(e.from, e.to, keepComment(lines, e.val.LineComment))
}

// A part is an entry of a mapping or an item of a sequence, with its lines: from (counted
// from 0) to before to.
type part struct {
	key, val *yaml.Node // both the value for an item
	from, to int
}

// parts returns the parts of a block that ends before line end; nil if two of them share a
// line.
func (p *patcher) parts(n *yaml.Node, end int) []part {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	var out []part
	for i := 0; i < len(n.Content); i += step {
		key, val := n.Content[i], n.Content[i+step-1]
		from, bound := key.Line-1, end
		if i+step < len(n.Content) {
			bound = n.Content[i+step].Line - 1
		}
		if bound <= from {
			return nil
		}
		out = append(out, part{key, val, from, p.lastLine(from, bound, n.Column-1, val)})
	}
	return out
}

// patchSequence is patchMapping for a block sequence.
func (p *patcher) patchSequence(n *yaml.Node, want *tree, end int) bool {
	if n.Kind != yaml.SequenceNode || n.Style&yaml.FlowStyle != 0 || len(n.Content) == 0 || want.kind != yaml.SequenceNode || len(want.children) == 0 {
		return false
	}
	dash := n.Column - 1
	items := p.parts(n, end)
	begins := func(i part) bool { return strings.HasPrefix(p.lines[i.from][min(dash, len(p.lines[i.from])):], "-") }
	if items == nil || slices.ContainsFunc(items, func(i part) bool { return !begins(i) }) {
		return false
	}
	// Equal items at both ends stay. Those between are changed in place; if their number
	// changed, similar ones are changed and the others added or removed.
	head := 0
	for head < len(items) && head < len(want.children) && hasValueOf(items[head].val, want.children[head]) {
		head++
	}
	tail := 0
	for tail < len(items)-head && tail < len(want.children)-head && hasValueOf(items[len(items)-1-tail].val, want.children[len(want.children)-1-tail]) {
		tail++
	}
	old, kids := items[head:len(items)-tail], want.children[head:len(want.children)-tail]
	insert := items[0].from
	if head > 0 {
		insert = items[head-1].to
	}
	next := 0
	name := itemNamer(want)
	for i, t := range kids {
		at := i
		if named := p.matchByName && name != nil; named || len(old) != len(kids) {
			at = next + slices.IndexFunc(old[next:], func(o part) bool { return named && name(o.val) == itemName(t) || !named && similar(o.val, t) })
			if at < next {
				p.replace(insert, insert, renderItem(t, dash))
				continue
			}
		}
		for ; next < at; next++ {
			p.replace(old[next].from, old[next].to, nil)
		}
		o := old[at]
		next, insert = at+1, o.to
		if p.patchMapping(o.val, t, o.to) {
			continue
		}
		p.replace(o.from, o.to, keepComment(renderItem(t.withExtensions(o.val), dash), o.val.LineComment))
	}
	for ; next < len(old); next++ {
		p.replace(old[next].from, old[next].to, nil)
	}
	return true
}

// similar reports whether an item of the file should be changed into t if items were added
// or removed: the values are equal or, for mappings, more than half of the entries are.
func similar(n *yaml.Node, t *tree) bool {
	if n.Kind != yaml.MappingNode || t.kind != yaml.MappingNode {
		return hasValueOf(n, t)
	}
	same := 0
	for k, v := range entries(n) {
		if c := t.childByKey(k.Value); c != nil && hasValueOf(v, c) {
			same++
		}
	}
	return 2*same > max(len(n.Content)/2, len(t.keys))
}

// lastLine returns the line after the last one that belongs to an entry which begins at
// line from. Blank lines, and comments that are not indented deeper than its key, belong to
// what follows.
func (p *patcher) lastLine(from, bound, indent int, val *yaml.Node) int {
	if isNull(val) {
		return from + 1
	}
	for bound > from+1 {
		line := p.lines[bound-1]
		text := strings.TrimLeft(line, " ")
		if text == "" || text == "..." || strings.HasPrefix(text, "#") && len(line)-len(text) <= indent {
			bound--
			continue
		}
		break
	}
	return bound
}

// commentAbove returns the first line of the comment directly above a line.
func (p *patcher) commentAbove(at, indent int) int {
	for at > 0 {
		text := strings.TrimLeft(p.lines[at-1], " ")
		if !strings.HasPrefix(text, "#") || len(p.lines[at-1])-len(text) != indent {
			break
		}
		at--
	}
	return at
}

// keepComment adds the comment behind a value to its new lines.
func keepComment(lines []string, comment string) []string {
	if comment == "" {
		return lines
	}
	if len(lines) == 1 {
		lines[0] += " " + comment
		return lines
	}
	pad := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], " "))]
	return append([]string{pad + comment}, lines...)
}

// hasValueOf reports whether a node of the file has the value of t.
func hasValueOf(n *yaml.Node, t *tree) bool {
	switch t.kind {
	case yaml.ScalarNode:
		return n.Kind == yaml.ScalarNode && strings.TrimRight(n.Value, "\n") == t.text && (!isNull(n) || t.text == "")
	case yaml.SequenceNode:
		if len(t.children) == 0 && isNull(n) {
			return true
		}
		return n.Kind == yaml.SequenceNode && slices.EqualFunc(n.Content, t.children, hasValueOf)
	}
	if isNull(n) {
		return !t.hasValue()
	}
	if n.Kind != yaml.MappingNode {
		return false
	}
	found := map[string]bool{}
	for k, v := range entries(n) {
		switch c := cmp.Or(t.childByKey(k.Value), t.emptiedChild(k.Value, v)); {
		case strings.HasPrefix(k.Value, "x-"):
		case c == nil && isEmptyNode(v): // an empty value counts as missing
		case c == nil || !hasValueOf(v, c):
			return false
		default:
			found[k.Value] = true
		}
	}
	for i, k := range t.keys {
		if !found[k] && t.children[i].hasValue() {
			return false
		}
	}
	return true
}

// hasValue reports whether a tree differs from a missing key.
func (t *tree) hasValue() bool {
	switch {
	case t.pointer:
		return true
	case t.kind == yaml.SequenceNode:
		return len(t.children) > 0
	case t.kind == yaml.MappingNode:
		return slices.ContainsFunc(t.children, (*tree).hasValue)
	case t.bare:
		return t.text != "0" && t.text != "false"
	}
	return t.text != ""
}

// isEmptyNode reports whether a value counts as missing: null, [], {}, "". Extension keys
// do not count as content.
func isEmptyNode(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return isNull(n) || n.Value == ""
	case yaml.MappingNode:
		for k := range entries(n) {
			if !strings.HasPrefix(k.Value, "x-") {
				return false
			}
		}
		return true
	}
	return len(n.Content) == 0
}
