package bank

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// report adds a problem at a path of a file.
func (c *checker) report(doc *yamlfile.Doc, at []any, format string, args ...any) {
	c.problems.Add(doc.File, doc.Line(at...), format, args...)
}

// each visits the values at a path, such as layers.*.name: YAML keys separated by dots, where
// * stands for all elements of a list.
func (s source) each(path string, visit func(v any, at []any)) {
	walk(reflect.ValueOf(s.value).Elem(), strings.Split(path, "."), s.at, visit)
}

func walk(v reflect.Value, keys []string, at []any, visit func(v any, at []any)) {
	switch {
	case len(keys) == 0:
		visit(v.Interface(), at)
	case keys[0] == "*":
		for i := range v.Len() {
			walk(v.Index(i), keys[1:], append(slices.Clone(at), i), visit)
		}
	default:
		walk(v.FieldByIndex(yamlfile.FieldByKey(v.Type(), keys[0]).Index), keys[1:], append(slices.Clone(at), keys[0]), visit)
	}
}

// requireText reports missing or blank texts.
func (c *checker) requireText(s source, paths ...string) {
	for _, path := range paths {
		s.each(path, func(v any, at []any) {
			if strings.TrimSpace(reflect.ValueOf(v).String()) == "" {
				c.report(s.doc, at, "%s is missing or empty", keyName(at))
			}
		})
	}
}

// requireUnique reports missing and duplicate ids.
func (c *checker) requireUnique(s source, paths ...string) {
	c.requireText(s, paths...)
	for _, path := range paths {
		seen := map[any]bool{}
		s.each(path, func(id any, at []any) {
			if seen[id] && id != "" {
				c.report(s.doc, at, "%q is listed twice", id)
			}
			seen[id] = true
		})
	}
}

// checkLinks reports unsafe links.
func (c *checker) checkLinks(s source, paths ...string) {
	secure, kind := c.lens.Promised(lens.Cards), "an http or https"
	if secure {
		kind = "an https"
	}
	for _, path := range paths {
		s.each(path, func(url any, at []any) {
			if url != "" && !lens.IsLink(url.(string), secure) {
				c.report(s.doc, at, "the link %q is not %s address", url, kind)
			}
		})
	}
}

// checkJSON reports stored JSON of a custom lens that is not an object.
func (c *checker) checkJSON(s source, paths ...string) {
	for _, path := range paths {
		s.each(path, func(text any, at []any) {
			var fields map[string]json.RawMessage
			if err := json.Unmarshal([]byte(text.(string)), &fields); text != "" && (err != nil || fields == nil) {
				c.report(s.doc, at, "json is not a JSON object in { }")
			}
		})
	}
}

// checkKnown reports unknown and duplicate words in lists. Best practices of undecoded
// questions count as known.
func (c *checker) checkKnown(s source, what string, known []string, paths ...string) {
	for _, path := range paths {
		s.each(path, func(words any, at []any) { c.checkWords(s.doc, what, words.([]string), known, at) })
	}
}

func (c *checker) checkWords(doc *yamlfile.Doc, what string, words, known []string, at []any) {
	for i, w := range words {
		here := append(slices.Clone(at), i) // for a scalar, Line returns the line of its key
		switch {
		case strings.TrimSpace(w) == "":
			c.report(doc, here, "%s is missing or empty", keyName(at))
		case !slices.Contains(known, w) && !c.isUndecoded(w):
			c.report(doc, here, "%s", suggest.Unknown(what, w, known))
		case slices.Contains(words[:i], w):
			c.report(doc, here, "%s %q is listed twice", what, w)
		}
	}
}

// isUndecoded reports whether an id is that of a best practice of an undecoded question.
func (c *checker) isUndecoded(id string) bool {
	for question := range c.undecoded {
		if strings.HasPrefix(id, question+"-") {
			return true
		}
	}
	return false
}

// keyName returns the last key of a path for messages, such as "probes 2" for an element of a
// list.
func keyName(at []any) string {
	if i, ok := at[len(at)-1].(int); ok {
		return keyName(at[:len(at)-1]) + " " + strconv.Itoa(i+1)
	}
	key, _ := at[len(at)-1].(string)
	return key
}
