// Package workbook writes and reads Excel workbooks (.xlsx, ECMA-376) as plain values:
// sheets of cells that are text, a number or a day.
//
// What it writes has no formula, no macro and no link: a text is a text cell whatever it
// begins with, and the same book gives the same bytes. What is read is bounded in size, rows,
// columns and cells, and nothing of it is computed. Decisions 95 and 97 say why no library does
// it.
package workbook

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/text"
)

// A Book is a workbook to be written.
type Book struct {
	Title  string
	Day    string // on which it was made, YYYY-MM-DD: there is no clock here
	Accent string // ground of the heads of tables, rrggbb; empty for the usual one. White text stands on it
	Sheets []Sheet

	// What stands at the left and the right above a printed page, and at the left below it;
	// the number of the page is at the right.
	Header [2]string
	Footer string
}

// A Picture is a PNG at the right of the first rows of a sheet.
type Picture struct {
	PNG   []byte
	Name  string  // read out in its place
	Scale float64 // of its size in pixels
}

// A Sheet is one sheet. A table has columns with heads, a filter over them, and heads
// that stay in sight; without heads it is a page of rows.
type Sheet struct {
	Name    string // at most 31 characters, without : \ / ? * [ ]
	Columns []Column
	Table   bool // the heads of the columns are its first row
	Frozen  int  // columns at the left that stay in sight
	Rows    []Row
	Picture *Picture // nil for none
}

// A Column has a width in characters.
type Column struct {
	Head   string
	Width  float64
	Choice []string // the values that a cell may be chosen from, without commas; nil: any
	Day    bool     // cells without a value take a day
	Flat   bool     // a long text does not make its row higher
}

// A Row is a row of cells; one that is emphasised is bold.
type Row struct {
	Cells []Cell
	Bold  bool
}

// A Cell is text, a day or a number. The zero value is an empty cell.
type Cell struct {
	Text   string
	Day    string // YYYY-MM-DD, or a time in RFC 3339; what is neither is written as text
	Number float64
	kind   kind
}

type kind int

const (
	ofText kind = iota
	ofDay
	ofNumber
)

// Text is a text, made safe for a cell; see Safe.
func Text(s string) Cell { return Cell{Text: s} }

// Day is a day or a time; empty where there is none.
func Day(s string) Cell { return Cell{Day: s, kind: ofDay} }

// Number is a number.
func Number(n float64) Cell { return Cell{Number: n, kind: ofNumber} }

// Longest is how many UTF-16 units a text cell has at most; Excel holds 32,767.
const Longest = 32000

// CutMark ends a text that was cut.
const CutMark = " [cut: the whole text is in the review file]"

// Safe makes any text one that a cell holds: control characters, marks of direction and
// what XML has no room for are visible, and it is no longer than Longest; what is cut
// says so.
func Safe(s string) string {
	s = text.Clean(s, true)
	if strings.ContainsFunc(s, noncharacter) {
		var b strings.Builder
		for _, r := range s {
			if noncharacter(r) {
				fmt.Fprintf(&b, "<%U>", r)
			} else {
				b.WriteRune(r)
			}
		}
		s = b.String()
	}
	if text.UTF16Len(s) <= Longest {
		return s
	}
	return text.TruncateUTF16(s, Longest-len(CutMark)) + CutMark
}

// noncharacter tells whether XML 1.0 can't hold a character that text.Clean leaves.
// Source: XML 1.0, production 2.
func noncharacter(r rune) bool { return r == 0xFFFE || r == 0xFFFF || unicode.Is(unicode.Cs, r) }
