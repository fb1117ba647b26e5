// Package spreadsheet is a review as a table for spreadsheets, one row a best
// practice: the columns, how a cell is written so that no spreadsheet runs it,
// and how a table that people edited is read back.
//
// What is written follows RFC 4180 (commas, CRLF, quotes doubled) with a byte
// order mark before it, without which Excel takes UTF-8 for something else.
// What is read is what spreadsheets make of that: other separators, another
// order of columns, dates and words as people write them. It is pure.
package spreadsheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// The columns that are read back. Everything else in a table is for the reader.
const (
	Practice = "practice" // the id; every table needs it
	Status   = "status"
	Note     = "note"
	Owner    = "owner"
	Due      = "due"
	Evidence = "evidence" // one a line
	Reason   = "reason"
)

// Editable lists the columns that people may change.
func Editable() []string { return []string{Status, Note, Owner, Due, Evidence, Reason} }

// Columns lists the columns of a table that iotlens writes: what a row is about,
// what people may change, then what follows from it and what the bank says. New
// ones come at the end.
func Columns() []string {
	return []string{
		Practice, "question", "pillar", "layers", "title", "severity",
		Status, Note, Owner, Due, Evidence, Reason,
		"by", "at", "priority", "quadrant", "horizon", "waiver", "waiver_expires", "effort", "fix",
		"ask", "why", "how", "ask_to_be_shown",
	}
}

// Unanswered is the status of a best practice without an answer: a word, so that
// a cell emptied by mistake is not one.
const Unanswered = "unanswered"

// most is how many UTF-16 units a cell may have: Excel holds 32,767 and breaks
// what is longer.
const most = 32000

const cutMark = " [cut: the whole text is in the review file]"

// Cells returns the cells of the editable columns for an answer, in their order.
func Cells(a review.Answer) []string {
	status := string(a.Status)
	if a.Status == review.Unanswered {
		status = Unanswered
	}
	return []string{status, Cell(a.Note), Cell(a.Owner), a.Due, Cell(strings.Join(a.Evidence, "\n")), Cell(a.Reason)}
}

// Cell makes any text safe for a cell: it is shown and never run, control
// characters and marks of direction are visible, and it is no longer than a
// spreadsheet holds.
func Cell(s string) string { return defuse(cut(text.Clean(s, true))) }

func cut(s string) string {
	if len(s) <= most {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= most {
		return s
	}
	head := utf16.Decode(units[:most-len(cutMark)])
	return strings.TrimRight(string(head), "\uFFFD") + cutMark
}

// Write writes a table whose cells are safe already. Every row has a cell for
// every column.
func Write(w io.Writer, columns []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(columns); err != nil {
		return err
	}
	return c.WriteAll(rows)
}
