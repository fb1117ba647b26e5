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

// report adds a problem with the value at a path of a file.
func (c *checker) report(doc *yamlfile.Doc, at []any, format string, args ...any) {
	c.problems.Add(doc.File, doc.Line(at...), format, args...)
}

// each visits the values of a file at a path: the keys of its YAML with dots, and *
// for each element of a list, as in layers.*.name.
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

// required checks that texts and words are there.
func (c *checker) required(s source, paths ...string) {
	for _, path := range paths {
		s.each(path, func(v any, at []any) {
			if strings.TrimSpace(reflect.ValueOf(v).String()) == "" {
				c.report(s.doc, at, "%s is missing or empty", last(at))
			}
		})
	}
}

// unique checks that ids are there, and that no two at a path are the same.
func (c *checker) unique(s source, paths ...string) {
	c.required(s, paths...)
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

// links checks that links, where there are any, can be shown and followed safely.
func (c *checker) links(s source, paths ...string) {
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

// objects checks that what is kept of a custom lens can be given back.
func (c *checker) objects(s source, paths ...string) {
	for _, path := range paths {
		s.each(path, func(text any, at []any) {
			var fields map[string]json.RawMessage
			if err := json.Unmarshal([]byte(text.(string)), &fields); text != "" && (err != nil || fields == nil) {
				c.report(s.doc, at, "json is not a JSON object in { }")
			}
		})
	}
}

// known checks that the words of lists are known, and given once. The best practices
// of questions that could not be decoded are taken for known.
func (c *checker) known(s source, what string, known []string, paths ...string) {
	for _, path := range paths {
		s.each(path, func(words any, at []any) { c.words(s.doc, what, words.([]string), known, at) })
	}
}

func (c *checker) words(doc *yamlfile.Doc, what string, words, known []string, at []any) {
	for i, w := range words {
		here := append(slices.Clone(at), i) // the line of the key where it has one word
		switch {
		case strings.TrimSpace(w) == "":
			c.report(doc, here, "%s is missing or empty", last(at))
		case !slices.Contains(known, w) && !c.ofUnread(w):
			c.report(doc, here, "%s", suggest.Unknown(what, w, known))
		case slices.Contains(words[:i], w):
			c.report(doc, here, "%s %q is listed twice", what, w)
		}
	}
}

// ofUnread tells whether an id is that of a best practice in a question that could
// not be decoded.
func (c *checker) ofUnread(id string) bool {
	for question := range c.unread {
		if strings.HasPrefix(id, question+"-") {
			return true
		}
	}
	return false
}

// last is the name of the key that a path ends in: "probes 2" for an element
// of a list.
func last(at []any) string {
	if i, ok := at[len(at)-1].(int); ok {
		return last(at[:len(at)-1]) + " " + strconv.Itoa(i+1)
	}
	key, _ := at[len(at)-1].(string)
	return key
}
