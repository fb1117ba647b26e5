package view

import (
	"net/url"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Section is a titled part of a report, of a verdict or of a comparison. Its parts are
// shown in the order of the fields, and those that are empty are left out.
type Section struct {
	ID, Title string // ID is the anchor in HTML; may be empty
	Count     string // shown beside the title
	Intro     string // shown instead of a list that is empty, too
	Table     Table
	Groups    []Group
	Facts     []Text // names and values
	Note      string

	Columns  bool // the groups may be shown side by side
	Details  bool // each text of an item is on its own line
	FullText bool // as Details, and no text is shortened or folded
}

// A Table has a name in the first column of each row. The zero value is no table.
type Table struct {
	Header []string
	Rows   [][]string
	Lines  []string // the rows as lines, for a terminal, if the cells are too long for columns
}

// A Group is a list of items with a title.
type Group struct {
	Title, Note string // may be empty
	Intro       string // shown in HTML only; may be empty
	Ordered     bool   // the items are numbered
	Items       []Item
}

// An Item is an entry of a list.
type Item struct {
	Badge     Badge // the zero value for none
	ID        string
	Title     string
	Texts     []Text          // a text without a label continues the title
	IsFinding bool            // ID is that of a finding, which a format may link to
	Resources []lens.Resource // web pages, for formats with links
}

// A Text is a text with a label. Items has the same content as a list, for formats that have
// the room; it may be empty.
type Text struct {
	Label         string
	Text          string
	Items         []string
	Ordered       bool // the items are steps
	FindingIDs    bool // the items are ids of findings
	HTMLOnly      bool // other formats leave it out
	NotInTerminal bool // text for a terminal leaves it out
	Short         bool // a word, a name or a date
	MayLink       bool // the items, or the text without any, may be URLs
}

// Empty reports whether a section has nothing to show but its title.
func (s Section) Empty() bool {
	return s.Intro == "" && len(s.Table.Rows)+len(s.Groups)+len(s.Facts) == 0
}

// IsWebAddress reports whether s is an http or https URL and nothing else.
func IsWebAddress(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && u.User == nil && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Heading returns the title of a section with its count.
func (s Section) Heading() string { return withNote(s.Title, s.Count) }

// Heading returns the title of a group with its note.
func (g Group) Heading() string { return withNote(g.Title, g.Note) }

func withNote(title, note string) string {
	if note == "" {
		return title
	}
	return title + " (" + note + ")"
}

// TitleWithBadge returns the title of an item with its badge.
func (i Item) TitleWithBadge() string {
	if i.Badge.Words == "" {
		return i.Title
	}
	return withNote(i.Title, i.Badge.String())
}

// TextsExceptHTML returns the texts of an item for formats other than HTML.
func (i Item) TextsExceptHTML() []Text {
	return filter(i.Texts, func(t Text) bool { return !t.HTMLOnly })
}

// Line returns an item without its id as one line.
func (i Item) Line() string {
	s := i.TitleWithBadge()
	for _, t := range i.TextsExceptHTML() {
		if t.Label == "" {
			s += ": " + t.Text
		} else {
			s = WithFullStop(s) + " " + t.Label + ": " + t.Text
		}
	}
	return s
}

// addGroup adds a group unless it has no items.
func (s *Section) addGroup(g Group) {
	if len(g.Items) > 0 {
		s.Groups = append(s.Groups, g)
	}
}

// introIfEmpty returns the section with intro as its introduction if it has no groups.
func (s Section) introIfEmpty(intro string) Section {
	if len(s.Groups) == 0 {
		s.Intro = intro
	}
	return s
}

// addRow adds a row to a table, and the same row as a line for a terminal.
func (t *Table) addRow(line string, cells ...string) {
	t.Lines = append(t.Lines, line)
	t.Rows = append(t.Rows, cells)
}

// nonBlank returns the texts that are not blank.
func nonBlank(texts ...Text) []Text {
	return filter(texts, func(t Text) bool { return strings.TrimSpace(t.Text) != "" })
}
