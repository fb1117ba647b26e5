package yamlfile

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"gopkg.in/yaml.v3"
)

// Encode writes a struct in the canonical layout: keys in the order of the
// struct, map keys sorted, two spaces a level, lists indented. Fields tagged
// omitempty are left out where they are empty.
func Encode(v any) []byte { return build(reflect.ValueOf(v)).document() }

// EncodeProse is Encode with long texts folded at about 120 columns, for files
// that people read and edit as text. Decode gives the same for both.
func EncodeProse(v any) []byte {
	t := build(reflect.ValueOf(v))
	t.prose()
	return t.document()
}

func (t *tree) document() []byte {
	return []byte(strings.Join(children(t, 0), "\n") + "\n")
}

// A tree is the content of a file, free of Go types and of layout.
type tree struct {
	kind  yaml.Kind // MappingNode, SequenceNode, ScalarNode
	text  string    // of a scalar
	bare  bool      // a scalar that is a number or a boolean
	fold  bool      // a scalar that may be broken at its blanks
	given bool      // false and 0 say something else than no key: it was a pointer
	keys  []string
	kids  []*tree
	// absent are the keys of mappings without a value: the file may have them, with keys of
	// people's own.
	absent []string
}

func (t *tree) child(key string) *tree {
	if i := slices.Index(t.keys, key); i >= 0 {
		return t.kids[i]
	}
	return nil
}

// emptied is the child of a key that has no value, and whose node has keys of people's own
// that are to stay; nil for any other.
func (t *tree) emptied(key string, n *yaml.Node) *tree {
	if slices.Contains(t.absent, key) && n.Kind == yaml.MappingNode && len(ownKeys(nil, n, nil)) > 0 {
		return &tree{kind: yaml.MappingNode}
	}
	return nil
}

func build(v reflect.Value) *tree {
	switch v.Kind() {
	case reflect.Pointer:
		t := build(v.Elem())
		t.given = true
		return t
	case reflect.Struct:
		t := &tree{kind: yaml.MappingNode}
		for i := range v.NumField() {
			key, omit := tag(v.Type().Field(i))
			if key == "" || key == "-" {
				continue
			}
			if omit && empty(v.Field(i)) {
				if v.Field(i).Kind() == reflect.Struct {
					t.absent = append(t.absent, key)
				}
				continue
			}
			t.keys = append(t.keys, key)
			t.kids = append(t.kids, build(v.Field(i)))
		}
		return t
	case reflect.Map:
		t := &tree{kind: yaml.MappingNode}
		for _, k := range v.MapKeys() {
			t.keys = append(t.keys, k.String())
		}
		slices.Sort(t.keys)
		for _, k := range t.keys {
			t.kids = append(t.kids, build(v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key()))))
		}
		return t
	case reflect.Slice:
		t := &tree{kind: yaml.SequenceNode}
		for i := range v.Len() {
			t.kids = append(t.kids, build(v.Index(i)))
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

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if !empty(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// entry renders `key: value` at an indent, in spaces.
func entry(key string, t *tree, indent int) []string {
	pad := strings.Repeat(" ", indent)
	head := pad + scalarText(key) + ":"
	if len(t.kids) == 0 {
		switch t.kind {
		case yaml.MappingNode:
			return []string{head + " {}"}
		case yaml.SequenceNode:
			return []string{head + " []"}
		}
		text := literal(t, indent+2)
		return append([]string{head + " " + text[0]}, text[1:]...)
	}
	return append([]string{head}, children(t, indent+2)...)
}

// children renders the content of a mapping or a sequence.
func children(t *tree, indent int) []string {
	var lines []string
	for i, c := range t.kids {
		if t.kind == yaml.MappingNode {
			lines = append(lines, entry(t.keys[i], c, indent)...)
		} else {
			lines = append(lines, item(c, indent)...)
		}
	}
	return lines
}

// item renders `- value` at an indent.
func item(t *tree, indent int) []string {
	pad := strings.Repeat(" ", indent) + "- "
	if t.kind == yaml.ScalarNode {
		text := literal(t, indent+2)
		return append([]string{pad + text[0]}, text[1:]...)
	}
	if len(t.kids) == 0 {
		return []string{pad + map[yaml.Kind]string{yaml.MappingNode: "{}", yaml.SequenceNode: "[]"}[t.kind]}
	}
	lines := children(t, indent+2)
	lines[0] = pad + lines[0][indent+2:]
	return lines
}

// literal renders a scalar; text of several lines becomes a literal block
// whose lines are indented.
func literal(t *tree, indent int) []string {
	if t.bare {
		return []string{t.text}
	}
	if t.fold {
		return folded(t.text, indent)
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

// blockSafe reports whether a literal block reads back as the same text.
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

// reserved reports whether some reader of YAML takes a word for a boolean or for
// null.
func reserved(s string) bool {
	return slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
}

// plain matches text that can stand without quotes, as every reader of YAML takes it
// for the same text, but for words that are reserved. A day or a time, as iotlens
// writes them, is not text to YAML, but is read back as it was written.
var plain = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[1-9]\d{3}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?|[A-Za-z_/](?:[\w .,/()@+'-]|:[\w/])*)$`)
})

// scalarText renders text on one line: as it is where that is safe, else in
// double quotes. All escapes of Go are escapes of YAML.
func scalarText(s string) string {
	if plain().MatchString(s) && !strings.HasSuffix(s, " ") && !reserved(s) {
		return s
	}
	return strconv.Quote(strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}
