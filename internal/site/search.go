package site

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// An entry is something that search finds.
type entry struct {
	Kind   string // of what it is, for people
	ID     string // may be empty
	Title  string
	Text   string // what else it is found by
	Anchor string // its place in the page; empty: the page
}

// index is the index of all pages as a script, since a page that is opened from a folder
// may run a script and not read a file. Each entry is kind, id, title, address, and the
// words that are in no title, each once.
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

// words are those of a text in lower case, each once, by the alphabet.
func words(text string) string {
	all := word.FindAllString(strings.ToLower(text), -1)
	slices.SortFunc(all, cmp.Compare[string])
	return strings.Join(slices.Compact(all), " ")
}
