package yamlfile

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/iotlens/iotlens/internal/text"
)

// Encode writes a struct in the canonical layout: keys in the order of the struct, map keys
// sorted, an indentation of two spaces, also for lists. Empty fields tagged omitempty are
// omitted.
func Encode(v any) []byte { return treeOfValue(reflect.ValueOf(v)).render() }

// EncodeProse is Encode with long texts folded at about 120 columns, for files that people
// edit as text. Both decode to the same values.
func EncodeProse(v any) []byte {
	t := treeOfValue(reflect.ValueOf(v))
	t.markFoldable()
	return t.render()
}

func (t *tree) render() []byte {
	return []byte(strings.Join(renderChildren(t, 0), "\n") + "\n")
}

// A tree is the content of a file without Go types and layout.
type tree struct {
	kind     yaml.Kind // MappingNode, SequenceNode, ScalarNode
	text     string    // of a scalar
	bare     bool      // a scalar that is a number or a boolean
	foldable bool      // a text that may be folded
	pointer  bool      // came from a pointer, so that false and 0 differ from a missing key
	keys     []string
	children []*tree
	// omitted are the keys of empty structs. The file may have them with extension keys.
	omitted []string
}

func (t *tree) childByKey(key string) *tree {
	if i := slices.Index(t.keys, key); i >= 0 {
		return t.children[i]
	}
	return nil
}

// emptiedChild returns an empty mapping for a key that has lost its value but whose node in
// the file has extension keys to keep; nil otherwise.
func (t *tree) emptiedChild(key string, n *yaml.Node) *tree {
	if slices.Contains(t.omitted, key) && n.Kind == yaml.MappingNode && len(appendExtensions(nil, n, nil)) > 0 {
		return &tree{kind: yaml.MappingNode}
	}
	return nil
}

func treeOfValue(v reflect.Value) *tree {
	switch v.Kind() {
	case reflect.Pointer:
		t := treeOfValue(v.Elem())
		t.pointer = true
		return t
	case reflect.Struct:
		t := &tree{kind: yaml.MappingNode}
		for i := range v.NumField() {
			key, omit := yamlTag(v.Type().Field(i))
			if key == "" || key == "-" {
				continue
			}
			if omit && isEmptyValue(v.Field(i)) {
				if v.Field(i).Kind() == reflect.Struct {
					t.omitted = append(t.omitted, key)
				}
				continue
			}
			t.keys = append(t.keys, key)
			t.children = append(t.children, treeOfValue(v.Field(i)))
		}
		return t
	case reflect.Map:
		t := &tree{kind: yaml.MappingNode}
		for _, k := range v.MapKeys() {
			t.keys = append(t.keys, k.String())
		}
		slices.Sort(t.keys)
		for _, k := range t.keys {
			t.children = append(t.children, treeOfValue(v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key()))))
		}
		return t
	case reflect.Slice:
		t := &tree{kind: yaml.SequenceNode}
		for i := range v.Len() {
			t.children = append(t.children, treeOfValue(v.Index(i)))
		}
		return t
	case reflect.String:
		return &tree{kind: yaml.ScalarNode, text: strings.TrimRight(v.String(), "\n")}
	case reflect.Bool:
		return &tree{kind: yaml.ScalarNode, text: strconv.FormatBool(v.Bool()), bare: true}
	case reflect.Int, reflect.Int64:
		return &tree{kind: yaml.ScalarNode, text: strconv.FormatInt(v.Int(), 10), bare: true}
	case reflect.Float64:
		return &tree{kind: yaml.ScalarNode, text: strconv.FormatFloat(v.Float(), 'g', -1, 64), bare: true}
	}
	panic("yamlfile: no encoding of " + v.Type().String())
}

func isEmptyValue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if !isEmptyValue(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// renderEntry renders `key: value` with an indentation in spaces.
func renderEntry(key string, t *tree, indent int) []string {
	pad := strings.Repeat(" ", indent)
	head := pad + scalarText(key) + ":"
	if len(t.children) == 0 {
		switch t.kind {
		case yaml.MappingNode:
			return []string{head + " {}"}
		case yaml.SequenceNode:
			return []string{head + " []"}
		}
		text := renderScalar(t, indent+2)
		return append([]string{head + " " + text[0]}, text[1:]...)
	}
	return append([]string{head}, renderChildren(t, indent+2)...)
}

// renderChildren renders the content of a mapping or a sequence.
func renderChildren(t *tree, indent int) []string {
	var lines []string
	for i, c := range t.children {
		if t.kind == yaml.MappingNode {
			lines = append(lines, renderEntry(t.keys[i], c, indent)...)
		} else {
			lines = append(lines, renderItem(c, indent)...)
		}
	}
	return lines
}

// renderItem renders `- value` with an indentation in spaces.
func renderItem(t *tree, indent int) []string {
	pad := strings.Repeat(" ", indent) + "- "
	if t.kind == yaml.ScalarNode {
		text := renderScalar(t, indent+2)
		return append([]string{pad + text[0]}, text[1:]...)
	}
	if len(t.children) == 0 {
		return []string{pad + map[yaml.Kind]string{yaml.MappingNode: "{}", yaml.SequenceNode: "[]"}[t.kind]}
	}
	lines := renderChildren(t, indent+2)
	lines[0] = pad + lines[0][indent+2:]
	return lines
}

// renderScalar renders a scalar. Text of several lines becomes a literal block.
func renderScalar(t *tree, indent int) []string {
	if t.bare {
		return []string{t.text}
	}
	if t.foldable {
		return renderFolded(t.text, indent)
	}
	if !strings.Contains(t.text, "\n") || !blockSafe(t.text) {
		return []string{scalarText(t.text)}
	}
	lines := []string{"|-"}
	for _, l := range strings.Split(t.text, "\n") {
		if l != "" {
			l = strings.Repeat(" ", indent) + l
		}
		lines = append(lines, l)
	}
	return lines
}

// blockSafe reports whether a literal block is read back as the same text.
func blockSafe(text string) bool {
	if strings.TrimLeft(text, " \n\t") != text {
		return false
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" && line != "" {
			return false
		}
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && !printable(r) })
}

func printable(r rune) bool {
	return unicode.IsPrint(r) && r != '\uFEFF' && r != unicode.ReplacementChar
}

// isReserved reports whether a YAML reader may take a word for a boolean or null.
func isReserved(s string) bool {
	return slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
}

// plainText matches text that needs no quotes, except reserved words: every YAML reader
// takes it for the same text. A day or a time as iotlens writes it is a timestamp to YAML,
// but read back as written.
var plainText = text.Pattern(`^(?:[1-9]\d{3}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?|[A-Za-z_/](?:[\w .,/()@+'-]|:[\w/])*)$`)

// scalarText renders text on one line: without quotes if that is safe, else in double
// quotes. All escapes of Go are escapes of YAML.
func scalarText(s string) string {
	if plainText().MatchString(s) && !strings.HasSuffix(s, " ") && !isReserved(s) {
		return s
	}
	return strconv.Quote(strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}
