package bank

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// say notes a problem with the value at a path of a file.
func (c *checker) say(doc *yamlfile.Doc, at []any, format string, args ...any) {
	c.problems.Add(doc.File, doc.Line(at...), format, args...)
}

// text checks that a text is there.
func (c *checker) text(doc *yamlfile.Doc, s string, at ...any) {
	if strings.TrimSpace(s) == "" {
		c.say(doc, at, "%s is missing or empty", last(at))
	}
}

// link checks that a text is a link that can be shown and followed safely.
func (c *checker) link(doc *yamlfile.Doc, url string, at ...any) {
	switch {
	case strings.TrimSpace(url) == "":
		c.text(doc, url, at...)
	case lens.Link(url, c.lens.Promised(lens.Cards)):
	case c.lens.Promised(lens.Cards):
		c.say(doc, at, "the link %q is not an https address", url)
	default:
		c.say(doc, at, "the link %q is not an http or https address", url)
	}
}

// waJSON checks that what is kept of a custom lens can be given back.
func (c *checker) waJSON(doc *yamlfile.Doc, wa lens.WA, at ...any) {
	if wa.JSON == "" {
		return
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(wa.JSON), &fields); err != nil || fields == nil {
		c.say(doc, append(slices.Clone(at), "json"), "json is no JSON object in { }")
	}
}

// once notes an id that must be there and be the only one of its kind. It
// tells whether it is.
func (c *checker) once(doc *yamlfile.Doc, seen map[string]bool, id string, at ...any) bool {
	c.text(doc, id, at...)
	if seen[id] && id != "" {
		c.say(doc, at, "%q is here twice", id)
	}
	ok := id != "" && !seen[id]
	seen[id] = true
	return ok
}

// refs checks that words are known, and given once.
func (c *checker) refs(doc *yamlfile.Doc, what string, words, known []string, at ...any) {
	for i, w := range words {
		here := append(slices.Clone(at), i) // the key itself where it holds one word
		switch {
		case strings.TrimSpace(w) == "":
			c.say(doc, here, "%s is missing or empty", last(at))
		case !slices.Contains(known, w):
			more := suggest.DidYouMean(w, known)
			if more == "" && len(known) > 0 && len(known) <= 12 {
				more = "; known: " + strings.Join(known, ", ")
			}
			c.say(doc, here, "unknown %s %q%s", what, w, more)
		case slices.Contains(words[:i], w):
			c.say(doc, here, "%s %q is given twice", what, w)
		}
	}
}

// practices is refs for ids of best practices. Those of questions that could
// not be decoded are taken for known.
func (c *checker) practices(doc *yamlfile.Doc, ids, known []string, at ...any) {
	for _, id := range ids {
		for question := range c.unread {
			if strings.HasPrefix(id, question+"-") {
				known = append(slices.Clone(known), id)
			}
		}
	}
	c.refs(doc, "best practice", ids, known, at...)
}

// last is the name of the key that a path ends in: "probes 2" for an element
// of a list.
func last(at []any) string {
	for i := len(at) - 1; i >= 0; i-- {
		switch s := at[i].(type) {
		case string:
			return s
		case int:
			if key, ok := at[i-1].(string); ok && i == len(at)-1 {
				return key + " " + strconv.Itoa(s+1)
			}
		}
	}
	return "it"
}
