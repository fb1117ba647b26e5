package site

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// An entry is an entry of the search index.
type entry struct {
	Kind   string // shown in results
	ID     string // may be empty
	Title  string
	Text   string // further text to search
	Anchor string // fragment in the page; empty: the page itself
}

// index returns the search index as a script, since pages opened from a folder can run
// scripts but not read files. Each entry has kind, id, title, address and words of the text.
func (b *builder) index() ([]byte, error) {
	var rows [][5]string
	for _, p := range b.pages {
		for _, e := range p.entries {
			to := p.Path
			if e.Anchor != "" {
				to += "#" + e.Anchor
			}
			rows = append(rows, [5]string{e.Kind, e.ID, e.Title, to, words(e.Text)})
		}
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte("window.iotlensIndex="), data, []byte(";\n")), nil
}

var word = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}.-]*[\p{L}\p{N}]`)

// words returns the distinct words of a text in lower case, sorted.
func words(text string) string {
	all := word.FindAllString(strings.ToLower(text), -1)
	slices.SortFunc(all, cmp.Compare[string])
	return strings.Join(slices.Compact(all), " ")
}
