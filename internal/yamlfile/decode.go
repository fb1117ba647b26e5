// Package yamlfile reads and writes the YAML files of iotlens, such as banks and reviews.
//
// Decode is strict and reports every problem of a file, each with its line, in the terms of its
// author: an unknown or duplicate key, a wrong type, a value outside of a fixed set. Encode
// writes the canonical layout. Patch changes a file that people edit as well: it rewrites only
// the lines whose value changed, so that comments, blank lines and extension keys survive.
// MergeText does so for two versions of a file.
//
// It is the only package that imports yaml.v3, whose own strict mode loses lines, hides
// problems after the first one and mentions Go types.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"gopkg.in/yaml.v3"
)

// MaxSize is the maximum size of a file, in bytes. A full review has about 100 KB.
const MaxSize = 8 << 20

// An Enum is a string type with a fixed set of values. Decode rejects any other value.
type Enum interface {
	Values() []string
}

// A Doc has the position of each value of a decoded file.
type Doc struct {
	File string
	root *yaml.Node
}

// Read reads a file to decode. The error names the file.
func Read(file string) ([]byte, error) { return disk.Read(file, MaxSize) }

// Decode decodes data, the content of file, into the struct that into points to. Struct
// fields have the names of their yaml tags; a field tagged "-" is skipped. The Doc returns
// line numbers for checks of the decoded values.
//
// If there are problems, into is incomplete or has invalid values, and must only be used
// for further checks.
func Decode(file string, data []byte, into any) (doc *Doc, problems Problems) {
	d := decoder{file: file}
	root := d.parse(data)
	if root == nil {
		return &Doc{File: file}, d.problems
	}
	d.decode(root, reflect.ValueOf(into).Elem(), "")
	d.problems.Sort()
	return &Doc{File: file, root: root}, d.problems
}

// Parsed reports whether the file is valid YAML, so that its values can be checked.
func (d *Doc) Parsed() bool { return d.root != nil }

// Line returns the line, from 1, of the value at a path of mapping keys (string) and
// sequence indexes (int). If there is no such value, it is the line of the last element of
// the path that exists.
func (d *Doc) Line(path ...any) int {
	line, n := 1, d.root
	for _, step := range path {
		var at *yaml.Node
		switch step := step.(type) {
		case string:
			at, n = lookup(n, step)
		case int:
			if n != nil && n.Kind == yaml.SequenceNode && step < len(n.Content) {
				at, n = n.Content[step], n.Content[step]
			}
		}
		if at == nil {
			break
		}
		line = at.Line
	}
	return line
}

// KeyLines returns the lines of the keys in the mapping that is the value of a top-level
// key; empty if there is none.
func (d *Doc) KeyLines(under string) map[string]int {
	lines := map[string]int{}
	_, n := lookup(d.root, under)
	for k := range entries(n) {
		lines[k.Value] = k.Line
	}
	return lines
}

// An Extension is a key that users added to a file. It begins with "x-".
type Extension struct {
	Path  []string // keys and indexes of the value that it is in
	Key   string
	Value string // text as it is; other values as one line of YAML without comments
}

// Extensions lists the extension keys in the order of the file.
func (d *Doc) Extensions() []Extension { return appendExtensions(nil, d.root, make([]string, 0, 16)) }

func appendExtensions(out []Extension, n *yaml.Node, path []string) []Extension {
	for k, v := range entries(n) {
		if strings.HasPrefix(k.Value, "x-") {
			out = append(out, Extension{Path: slices.Clone(path), Key: k.Value, Value: onOneLine(v)})
			continue
		}
		out = appendExtensions(out, v, append(path, k.Value))
	}
	if n != nil && n.Kind == yaml.SequenceNode {
		for i, v := range n.Content {
			out = appendExtensions(out, v, append(path, strconv.Itoa(i)))
		}
	}
	return out
}

// withoutComments returns a copy of a value without comments.
func withoutComments(n *yaml.Node) *yaml.Node {
	out := *n
	out.HeadComment, out.LineComment, out.FootComment = "", "", ""
	out.Content = nil
	for _, c := range n.Content {
		out.Content = append(out.Content, withoutComments(c))
	}
	return &out
}

// onOneLine returns a text as it is, and any other value as one line of YAML without
// comments.
func onOneLine(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	flow := withoutComments(n)
	flow.Style = yaml.FlowStyle
	data, err := yaml.Marshal(flow)
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(data)), " ")
}

// VisitEmptyKeys calls visit for each key without a value, with its path, separated by
// dots, and its line. It is for files in which such a key may be a setting that the author
// forgot to write. Extension keys are skipped.
func (d *Doc) VisitEmptyKeys(visit func(key string, line int)) {
	visitEmptyKeys(d.root, "", visit)
}

func visitEmptyKeys(n *yaml.Node, path string, visit func(key string, line int)) {
	for k, v := range entries(n) {
		switch {
		case strings.HasPrefix(k.Value, "x-"):
		case isNull(v) || v.Kind == yaml.MappingNode && len(v.Content) == 0:
			visit(path+k.Value, k.Line)
		default:
			visitEmptyKeys(v, path+k.Value+".", visit)
		}
	}
}

// entries iterates over the keys and values of a mapping. Other nodes, and nil, have none.
func entries(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// isNull reports whether a value is missing or null.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func lookup(n *yaml.Node, key string) (k, v *yaml.Node) {
	for k, v := range entries(n) {
		if k.Value == key {
			return k, v
		}
	}
	return nil, nil
}

type decoder struct {
	file      string
	problems  Problems
	doc       *yaml.Node                // the document node, which has the comments
	fieldKeys map[reflect.Type][]string // keys of the fields of structs, in order
}

func (d *decoder) report(line int, format string, args ...any) {
	d.problems.Add(d.file, line, format, args...)
}

// refuses reports problems of data that make it no valid file, before YAML is parsed: size,
// encoding, control characters.
func (d *decoder) refuses(data []byte) bool {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		d.report(0, "the file is empty")
		return true
	case len(data) > MaxSize:
		d.report(0, "has %d MB; the maximum is %d MB", len(data)>>20, MaxSize>>20)
		return true
	case !utf8.Valid(data):
		bad := slices.IndexFunc(bytes.Split(data, []byte("\n")), func(line []byte) bool { return !utf8.Valid(line) })
		d.report(bad+1, "is not in UTF-8")
		return true
	}
	lines := data
	if bytes.IndexByte(data, '\r') >= 0 {
		lines = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	if i := text.IndexControl(lines); i >= 0 {
		r, _ := utf8.DecodeRune(lines[i:])
		d.report(1+bytes.Count(lines[:i], []byte("\n")), "has the control character %U; remove it", r)
		return true
	}
	return false
}

// parse returns the single document in data; nil if there is a problem.
func (d *decoder) parse(data []byte) *yaml.Node {
	if d.refuses(data) {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		d.report(0, "the file is empty")
		return nil
	case err != nil:
		d.reportSyntax(data, err)
		return nil
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		d.report(second.Line, "a second document begins here; a file can only have one")
		return nil
	case !errors.Is(err, io.EOF):
		d.reportSyntax(data, err)
		return nil
	}
	root := doc.Content[0]
	d.doc = &doc
	if !d.checkPlain(root) {
		return nil
	}
	if isNull(root) {
		d.report(0, "the file is empty")
		return nil
	}
	return root
}

// reportSyntax reports a syntax error, by its usual causes if one of them applies. The line
// of the parser can be one or two too early.
func (d *decoder) reportSyntax(data []byte, err error) {
	if at := filekind.Conflicts(data); len(at) > 0 {
		d.reportConflicts(at, filekind.Detect(data))
		return
	}
	if line, ok := filekind.TabIndent(data); ok {
		d.report(line, "is indented with a tab, which YAML does not allow; use spaces")
		return
	}
	m := regexp.MustCompile(`(?:line (\d+): )?(.*)`).FindStringSubmatch(strings.TrimPrefix(err.Error(), "yaml: "))
	line, _ := strconv.Atoi(m[1])
	d.report(max(line, 1), "invalid YAML at or just below this line: %s", m[2])
}

// reportConflicts reports conflict markers that git left in the file.
func (d *decoder) reportConflicts(at []filekind.Range, kind filekind.Kind) {
	var lines []string
	for _, r := range at[:min(len(at), maxConflictsShown)] {
		lines = append(lines, fmt.Sprintf("%d-%d", r.First, r.Last))
	}
	if more := len(at) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	how := "keep one side of each and remove the lines with <<<<<<<, ======= and >>>>>>>"
	if kind == filekind.Review {
		how += ", or run iotlens merge " + disk.ShellQuote(d.file)
	}
	d.report(at[0].First, "has merge conflicts at lines %s; %s", strings.Join(lines, ", "), how)
}

// maxConflictsShown limits the conflicts that a problem lists.
const maxConflictsShown = 8

// checkPlain rejects YAML features that our files do not need and people find hard to read:
// anchors, aliases, custom tags.
func (d *decoder) checkPlain(n *yaml.Node) bool {
	ok := true
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.report(n.Line, "anchors and aliases (& and *) are not supported; write the value itself, or quote it if it is text")
		return false
	}
	if n.Style&yaml.TaggedStyle != 0 || strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		d.report(n.Line, "tags such as %s are not supported", n.Tag)
		return false
	}
	for _, c := range n.Content {
		ok = d.checkPlain(c) && ok
	}
	return ok
}

func (d *decoder) decode(n *yaml.Node, v reflect.Value, name string) {
	if isNull(n) {
		return // a key without a value counts as missing
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem(), name)
	case reflect.Struct:
		d.decodeStruct(n, v, name)
	case reflect.Map:
		d.decodeMap(n, v, name)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.report(n.Line, "%s must be a list", fieldOrFile(name))
			return
		}
		if len(n.Content) == 0 {
			return // an empty list counts as missing
		}
		out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
		for i, c := range n.Content {
			if isNull(c) {
				d.report(c.Line, "%s has an empty element", fieldOrFile(name))
				continue
			}
			d.decode(c, out.Index(i), name)
		}
		v.Set(out)
	default:
		d.decodeScalar(n, v, name)
	}
}

func fieldOrFile(name string) string {
	if name == "" {
		return "the file"
	}
	return name
}

func (d *decoder) decodeStruct(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.report(n.Line, "%s must have keys and values (%s)", fieldOrFile(name), strings.Join(structKeys(v.Type()), ", "))
		return
	}
	d.eachEntry(n, func(k, val *yaml.Node) {
		if f, ok := d.structField(v, k.Value); ok {
			d.decode(val, f, k.Value)
		} else {
			d.report(k.Line, "%s", suggest.Unknown("key", k.Value, structKeys(v.Type())))
		}
	})
}

// structField returns the field of a struct with a key.
func (d *decoder) structField(v reflect.Value, key string) (reflect.Value, bool) {
	t := v.Type()
	names, known := d.fieldKeys[t]
	if !known {
		for i := range t.NumField() {
			name, _ := yamlTag(t.Field(i))
			names = append(names, name)
		}
		if d.fieldKeys == nil {
			d.fieldKeys = map[reflect.Type][]string{}
		}
		d.fieldKeys[t] = names
	}
	i := slices.Index(names, key)
	if i < 0 || key == "-" || key == "" {
		return reflect.Value{}, false
	}
	return v.Field(i), true
}

// eachEntry calls visit for the entries of a mapping except extension keys. A duplicate key
// is a problem.
func (d *decoder) eachEntry(n *yaml.Node, visit func(k, val *yaml.Node)) {
	seen := map[string]int{}
	for k, val := range entries(n) {
		if first, ok := seen[k.Value]; ok {
			d.report(k.Line, "duplicate key %q, first on line %d", k.Value, first)
			continue
		}
		seen[k.Value] = k.Line
		if !strings.HasPrefix(k.Value, "x-") {
			visit(k, val)
		}
	}
}

func (d *decoder) decodeMap(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.report(n.Line, "%s must have keys and values", fieldOrFile(name))
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), len(n.Content)/2)
	e := reflect.New(v.Type().Elem()).Elem()
	d.eachEntry(n, func(k, val *yaml.Node) {
		e.SetZero()
		d.decode(val, e, k.Value)
		out.SetMapIndex(reflect.ValueOf(k.Value).Convert(v.Type().Key()), e)
	})
	v.Set(out)
}

func (d *decoder) decodeScalar(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.ScalarNode {
		d.report(n.Line, "%s must be a single value, not a list or a mapping", fieldOrFile(name))
		return
	}
	switch v.Kind() {
	case reflect.String:
		s := strings.TrimRight(n.Value, "\n")
		if i := text.IndexControl(s); i >= 0 {
			r, _ := utf8.DecodeRuneInString(s[i:])
			d.report(n.Line, "%s has the control character %U; remove it", name, r)
			return
		}
		if e, ok := v.Interface().(Enum); ok && !slices.Contains(e.Values(), s) {
			d.report(n.Line, "%s", suggest.Unknown(name, s, e.Values()))
		}
		v.SetString(s)
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(n.Value, 10, 64)
		if err != nil || n.Tag != "!!int" {
			d.report(n.Line, "%s must be a whole number, not %q", name, n.Value)
			return
		}
		v.SetInt(i)
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || (n.Tag != "!!int" && n.Tag != "!!float") || f != f || f > 1e15 || f < -1e15 {
			d.report(n.Line, "%s must be a number, not %q", name, n.Value)
			return
		}
		v.SetFloat(f)
	case reflect.Bool:
		if n.Tag != "!!bool" || (n.Value != "true" && n.Value != "false") {
			d.report(n.Line, "%s must be true or false, not %q", name, n.Value)
			return
		}
		v.SetBool(n.Value == "true")
	default:
		panic("yamlfile: no decoding into " + v.Type().String())
	}
}

// Key returns the key of a struct field in a file.
func Key(f reflect.StructField) string {
	key, _ := yamlTag(f)
	return key
}

// FieldByKey returns the field of a struct with a key. It panics if there is none: the key
// is a constant of the program.
func FieldByKey(t reflect.Type, key string) reflect.StructField {
	fields, known := fieldsByKey.Load(t)
	if !known {
		byKey := map[string]reflect.StructField{}
		for i := range t.NumField() {
			byKey[Key(t.Field(i))] = t.Field(i)
		}
		fields, _ = fieldsByKey.LoadOrStore(t, byKey)
	}
	f, ok := fields.(map[string]reflect.StructField)[key]
	if !ok {
		panic("yamlfile: " + t.String() + " has no key " + key)
	}
	return f
}

// fieldsByKey caches the fields of structs by key, since a check of a bank looks up the
// same ones thousands of times.
var fieldsByKey sync.Map

// yamlTag returns the key of a struct field, and whether empty values are omitted.
func yamlTag(f reflect.StructField) (key string, omitEmpty bool) {
	key, opts, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return key, opts == "omitempty"
}

func structKeys(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		if k, _ := yamlTag(t.Field(i)); k != "-" && k != "" {
			out = append(out, k)
		}
	}
	return out
}
