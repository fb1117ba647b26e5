package yamlfile

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// An ExtensionConflict is an extension key that two versions of a file changed to different
// values. The values are those of Extension.Value; nil if there is none.
type ExtensionConflict struct {
	Path                 []string // keys and indexes of the value that it is in, in the merged values
	Key                  string
	Base, Current, Other *string
}

// MergeText is Patch of current to the values of v, which merges the comments, blank lines
// and extension keys that other changed since base as well. A change of only one version is
// taken; comments that both added in the same place are both kept. takeOther decides about
// an extension key that both changed.
//
// v has the merged values of both versions. base may be empty. A comment within something
// that v lacks is dropped: compare Comments.
func MergeText(base, current, other []byte, v any, takeOther func(ExtensionConflict) bool) []byte {
	texts := alignFlowMappings(base, current, other)
	base, current, other = texts[0], texts[1], texts[2]
	w := textMerger{base: newLayout(base, v), current: newLayout(current, v), other: newLayout(other, v), takeOther: takeOther}
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

// A textMerger merges the annotations of other into current.
type textMerger struct {
	base, current, other *layout
	takeOther            func(ExtensionConflict) bool
	removedInCurrent     []string // comments that current removed since base
	removedInOther       []string // comments that other removed since base
}

func (w *textMerger) mergeMapping(base, current, other block, t *tree, path []string) {
	for j, p := range other.parts {
		if strings.HasPrefix(p.key.Value, "x-") {
			w.mergeExtension(base, current, other, j, path)
		}
	}
	for i, p := range current.parts {
		key := p.key.Value
		otherPart, j := other.partByKey(key)
		basePart, baseIndex := base.partByKey(key)
		switch {
		case otherPart != nil:
			w.mergeGap(base, current, other, baseIndex, i, j)
			if child := cmp.Or(t.childByKey(key), t.emptiedChild(key, p.val)); child != nil {
				_, originalInCurrent := lookup(current.original, key)
				_, originalInOther := lookup(other.original, key)
				w.mergePart(base, current, other, side{basePart, nil}, side{&p, originalInCurrent}, side{otherPart, originalInOther}, child, append(path, key))
			}
		case basePart != nil && strings.HasPrefix(key, "x-"):
			if sameNode(p.val, basePart.val) || w.takesOther(path, key, basePart, &p, nil) {
				w.current.replace(p.from, p.to, nil)
			}
		}
	}
	w.mergeGap(base, current, other, len(base.parts), len(current.parts), len(other.parts))
}

// mergeExtension merges the extension key that is part j of other.
func (w *textMerger) mergeExtension(base, current, other block, j int, path []string) {
	otherPart := other.parts[j]
	basePart, _ := base.partByKey(otherPart.key.Value)
	p, _ := current.partByKey(otherPart.key.Value)
	baseLines, currentLines, otherLines := rawLines(w.base, base, basePart), rawLines(w.current, current, p), rawLines(w.other, other, &otherPart) // with comments
	switch {
	case slices.Equal(otherLines, baseLines), slices.Equal(otherLines, currentLines), p == nil && basePart != nil && sameNode(otherPart.val, basePart.val):
	case p != nil && slices.Equal(currentLines, baseLines):
		w.current.replace(p.from, p.to, w.reindented(current, p, other, &otherPart))
	case p != nil && basePart != nil && sameNode(otherPart.val, basePart.val), p != nil && sameNode(otherPart.val, p.val):
		w.mergeLeafComments(basePart, p, &otherPart, currentLines, baseLines, otherLines, current.column())
	case p != nil:
		if basePart != nil && sameNode(p.val, basePart.val) || w.takesOther(path, otherPart.key.Value, basePart, p, &otherPart) {
			w.current.replace(p.from, p.to, w.reindented(current, p, other, &otherPart))
		}
	case basePart == nil || w.takesOther(path, otherPart.key.Value, basePart, nil, &otherPart):
		at, behind := current.from, false
		for _, before := range slices.Backward(other.parts[:j]) {
			if p, _ := current.partByKey(before.key.Value); p != nil {
				at, behind = p.to, true
				break
			}
		}
		if len(current.parts) == 0 {
			return
		}
		if first := current.parts[0]; !behind && first.from == current.from && strings.TrimSpace(w.current.lines[first.from][:current.column()]) != "" {
			at = first.to // no line fits between the dash of an item and its first key
		}
		pad := strings.Repeat(" ", current.column())
		var with []string
		for _, line := range w.other.lines[other.gapStart(j):other.gapEnd(j)] {
			with = append(with, strings.TrimRight(pad+strings.TrimSpace(line), " "))
		}
		body := w.reindented(current, nil, other, &otherPart)
		w.current.replace(at, at, append(with, body...))
	}
}

// takesOther decides about an extension key that both versions changed.
func (w *textMerger) takesOther(path []string, key string, base, current, other *part) bool {
	value := func(p *part) *string {
		if p == nil {
			return nil
		}
		s := onOneLine(p.val)
		return &s
	}
	return w.takeOther(ExtensionConflict{Path: slices.Clone(path), Key: key, Base: value(base), Current: value(current), Other: value(other)})
}

// reindented returns the lines of a part of other, indented as in current, where they
// replace a part; nil for a new one.
func (w *textMerger) reindented(current block, replaced *part, other block, otherPart *part) []string {
	pad := strings.Repeat(" ", current.column())
	var out []string
	for i, line := range rawLines(w.other, other, otherPart) {
		switch {
		case i == 0 && replaced != nil:
			line = w.current.lines[replaced.from][:current.column()] + line
		case line != "":
			line = pad + line
		}
		out = append(out, line)
	}
	return out
}

// A side is a part of one version, with its node before the file was patched to the merged
// values; nil if it was not there.
type side struct {
	*part
	original *yaml.Node
}

// mergePart merges a part that current and other have. If only one of them had it before
// the values were merged, that one is taken.
func (w *textMerger) mergePart(base, current, other block, baseSide, currentSide, otherSide side, t *tree, path []string) {
	basePart, currentPart, otherPart := baseSide.part, currentSide.part, otherSide.part
	baseLines, currentLines, otherLines := rawLines(w.base, base, basePart), rawLines(w.current, current, currentPart), rawLines(w.other, other, otherPart)
	switch {
	case slices.Equal(currentLines, otherLines), currentSide.original != nil && otherSide.original == nil:
		return
	case basePart != nil && slices.Equal(otherLines, baseLines) && !t.lacksPartOf(currentSide.original, otherSide.original):
		return
	case currentSide.original == nil && otherSide.original != nil, basePart != nil && slices.Equal(currentLines, baseLines) && !t.lacksPartOf(otherSide.original, currentSide.original):
		w.current.replace(currentPart.from, currentPart.to, w.reindented(current, currentPart, other, otherPart))
		return
	}
	below, into, from := w.base.valueBlock(basePart, nil), w.current.valueBlock(currentPart, currentSide.original), w.other.valueBlock(otherPart, otherSide.original)
	if into.parts == nil || from.parts == nil || into.node.Kind != from.node.Kind {
		w.mergeLeafComments(basePart, currentPart, otherPart, currentLines, baseLines, otherLines, current.column())
		return
	}
	if currentPart.val.Line-1 > currentPart.from {
		w.mergeLineComment(currentPart.from, keyComment(baseLines), keyComment(currentLines), keyComment(otherLines))
	}
	if into.node.Kind == yaml.MappingNode {
		w.mergeMapping(below, into, from, t, path)
		return
	}
	w.mergeItems(below, into, from, t, path)
}

// mergeItems merges the items of a list, by name or else by index.
func (w *textMerger) mergeItems(base, current, other block, t *tree, path []string) {
	name := itemNamer(t)
	for i := range current.parts {
		item := current.part(i).val
		indexIn := func(l block) int {
			if name == nil {
				return i
			}
			return slices.IndexFunc(l.parts, func(p part) bool { return name(p.val) == name(item) })
		}
		otherIndex, baseIndex := indexIn(other), indexIn(base)
		if otherPart := other.part(otherIndex); otherPart != nil {
			w.mergeGap(base, current, other, baseIndex, i, otherIndex)
			originalIn := func(l block) *yaml.Node { return findItem(l.original, name, item, i) }
			w.mergePart(base, current, other, side{base.part(baseIndex), nil}, side{current.part(i), originalIn(current)}, side{otherPart, originalIn(other)}, t.itemTree(i, item), append(path, strconv.Itoa(i)))
		}
	}
	w.mergeGap(base, current, other, len(base.parts), len(current.parts), len(other.parts))
}
