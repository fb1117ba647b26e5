package view

import (
	"net/url"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Section is a titled part of a report, of a verdict or of a comparison: facts, a
// table and lists. Every format draws all sections in one way.
type Section struct {
	ID, Title string
	Count     string // beside the title; may be empty
	Intro     string // before the rest; all of the section where it has no list
	Table     Table
	Groups    []Group
	Columns   bool   // the groups stand side by side where there is room
	Details   bool   // each text of an item stands on a line of its own
	Whole     bool   // no text is cut or folded away, each on a line of its own
	Facts     []Text // names and values, after the lists
	Note      string // last
}

// A Table has a name in the first column of each row. The zero value is none.
type Table struct {
	Heads []string
	Rows  [][]string
	Lines []string // the rows as lines, for a terminal, where the cells are too long for columns
}

// A Group is a part of a list.
type Group struct {
	Title, Note string // may be empty
	About       string // introduction, for the HTML page; may be empty
	Ordered     bool   // the items are numbered
	Items       []Item
}

// An Item is one entry.
type Item struct {
	Sign    Sign // the zero value for none
	ID      string
	Title   string
	Value   string          // a number at the end of the line; may be empty
	Texts   []Text          // a text without a label continues the title
	Finding bool            // ID is that of a finding, to which a format may lead
	Read    []lens.Resource // pages on the web, for a format that can lead to them
}

// A Text has a label. Items, where there are any, are the same as a list, for a
// format that has the room.
type Text struct {
	Label    string
	Text     string
	Items    []string
	Ordered  bool // the items are steps
	Findings bool // the items are ids of findings
	Page     bool // only the HTML page has the room
	Long     bool // a terminal leaves it out
	Brief    bool // a word, a name or a date
	Linked   bool // the items, or the text without any, may be addresses of web pages
}

// Empty reports whether a section has nothing but its title.
func (s Section) Empty() bool {
	return s.Intro == "" && len(s.Table.Rows)+len(s.Groups)+len(s.Facts) == 0
}

// WebAddress reports whether a text is the address of a web page, http or https, and
// nothing else.
func WebAddress(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && u.User == nil && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Heading is the title of a section with its count.
func (s Section) Heading() string { return titled(s.Title, s.Count) }

// Heading is the title of a group with its note.
func (g Group) Heading() string { return titled(g.Title, g.Note) }

func titled(title, note string) string {
	if note == "" {
		return title
	}
	return title + " (" + note + ")"
}

// Name is the title of an item with its sign.
func (i Item) Name() string {
	if i.Sign.Words == "" {
		return i.Title
	}
	return titled(i.Title, i.Sign.String())
}

// Short lists the texts of an item but those for the HTML page.
func (i Item) Short() []Text { return filter(i.Texts, func(t Text) bool { return !t.Page }) }

// Line is an item without its id, in a line of text.
func (i Item) Line() string {
	s := i.Name()
	for _, t := range i.Short() {
		if t.Label == "" {
			s += ": " + t.Text
		} else {
			s = Full(s) + " " + t.Label + ": " + t.Text
		}
	}
	return s
}

// add adds a group that has items.
func (s *Section) add(g Group) {
	if len(g.Items) > 0 {
		s.Groups = append(s.Groups, g)
	}
}

// orElse is a section with a sentence where it has no list.
func (s Section) orElse(empty string) Section {
	if len(s.Groups) == 0 {
		s.Intro = empty
	}
	return s
}

// row adds a row to a table, and the same as a line.
func (t *Table) row(line string, cells ...string) {
	t.Lines = append(t.Lines, line)
	t.Rows = append(t.Rows, cells)
}

// texts lists the texts that have a value. The list is its own: callers name the texts.
func texts(list ...Text) []Text {
	return slices.DeleteFunc(list, func(t Text) bool { return strings.TrimSpace(t.Text) == "" })
}
