// Package spreadsheet is a review as a table for spreadsheets, one row a best
// practice: the columns, how a cell is written so that no spreadsheet runs it,
// and how a table that people edited is read back.
//
// What is written follows RFC 4180 (commas, CRLF, quotes doubled) with a byte
// order mark before it, without which Excel reads it in another encoding.
// What is read is what spreadsheets make of that: other separators, another
// order of columns, titles above the heads, dates and words as people write them; or the
// ledger of a workbook. It is pure.
package spreadsheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/workbook"
)

// PracticeColumn is the column of the id, which every table needs. The other columns
// that are read back are fields of an answer; the rest is for the reader.
const PracticeColumn = "practice"

// Parked is the column of topics that were put aside, and Record that of what belongs to
// no best practice in scope. A row without an id that has one of them is passed over when
// a table is read.
const (
	parkedColumn = "parked"
	recordColumn = "record"
)

// Columns lists the columns of a table that iotlens writes: what a row is about,
// what people may change, then what follows from it and what the bank says. New
// ones come at the end.
func Columns() []string {
	columns := []string{
		PracticeColumn, "question", "pillar", "layers", "title", "severity",
		"status", "note", "owner", "due", "evidence", "reason",
		"by", "at", "priority", "quadrant", "horizon", "waiver", "waiver_expires", "effort", "fix",
		"ask", "why", "how", "ask_to_be_shown", "risk", "holds", "also_closes", "due_state", "own_severity",
		"extent", "deadline", "rank", "waiver_owner", "waiver_approver", "waiver_reason", "waiver_control", "waiver_by", "waiver_at",
		"earlier_evidence", historyColumn, parkedColumn, recordColumn, "counts_as",
	}
	for _, f := range review.AnswerFields() {
		if !slices.Contains(columns, f.Key) {
			columns = append(columns, f.Key)
		}
	}
	return columns
}

// LedgerSheet is the sheet of a workbook that is read back.
const LedgerSheet = "Ledger"

// LedgerColumns lists the columns of the ledger of a workbook: what the row is about, the
// answer, its history and waiver, and then what a table has besides.
func LedgerColumns() []string {
	columns := []string{
		PracticeColumn, "title", "pillar", "severity", "status", "extent", "note", "evidence", "owner", "due", "deadline", "reason",
		"by", "at", historyColumn, "waiver", "waiver_expires",
	}
	for _, c := range Columns() {
		if !slices.Contains(columns, c) {
			columns = append(columns, c)
		}
	}
	return columns
}

// historyColumn is the column of the answers that an answer replaced.
const historyColumn = "history"

// editableField tells whether people may change a column, and its field.
func editableField(column string) (review.Field[review.Answer], bool) {
	for _, f := range review.AnswerFields() {
		if f.Key == column && f.TableColumn {
			return f, true
		}
	}
	return review.Field[review.Answer]{}, false
}

// editableFields lists the fields that people may change, in the order of their columns.
func editableFields() []review.Field[review.Answer] {
	var out []review.Field[review.Answer]
	for _, column := range Columns() {
		if f, ok := editableField(column); ok {
			out = append(out, f)
		}
	}
	return out
}

// unansweredStatus is the status of a best practice without an answer: a word, so that
// a cell emptied by mistake does not remove an answer.
const unansweredStatus = "unanswered"

// CSVCells returns the cells of the fields of an answer by column.
func CSVCells(a review.Answer) map[string]string { return answerCells(a, SafeCell) }

// WorkbookCells is Cells for a workbook, which runs no text.
func WorkbookCells(a review.Answer) map[string]string { return answerCells(a, workbook.Safe) }

func answerCells(a review.Answer, safe func(string) string) map[string]string {
	cells := map[string]string{}
	for _, f := range review.AnswerFields() {
		cells[f.Key] = safe(strings.Join(f.Values(a), "\n"))
	}
	if a.Status == review.Unanswered {
		cells["status"] = unansweredStatus
	}
	return cells
}

// SafeCell makes any text safe for a cell: it is shown and never run, control
// characters and marks of direction are visible, and it is no longer than a
// spreadsheet holds.
func SafeCell(s string) string { return escapeFormulas(workbook.Safe(s)) }

// Write writes a table whose cells are safe already, by column; more columns come last.
// A row need not have a cell for every column.
func Write(w io.Writer, rows []map[string]string, more ...string) error {
	columns := append(Columns(), more...)
	var lines [][]string
	for _, row := range rows {
		line := make([]string, len(columns))
		for i, column := range columns {
			line[i] = row[column]
		}
		lines = append(lines, line)
	}
	return WriteRows(w, columns, lines)
}

// WriteRows writes any table whose cells are safe already, in the same form of CSV.
func WriteRows(w io.Writer, columns []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c.WriteAll(append([][]string{columns}, rows...))
}
