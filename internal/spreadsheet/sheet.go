// Package spreadsheet writes a review as a table, one row for each best practice, and reads
// tables that people edited: CSV files, and the ledger sheet of a workbook.
//
// CSV is written as in RFC 4180 (commas, CRLF, doubled quotes), after a byte order mark,
// without which Excel assumes another encoding. Cells are escaped so that no spreadsheet runs
// them as formulas. What is read may have other separators, another order of columns, titles
// above the column names, and dates and statuses as people write them. The package is pure.
package spreadsheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/workbook"
)

// PracticeColumn is the column of the ids, which every table needs. The other columns that
// are read are fields of an answer; all others are for information.
const PracticeColumn = "practice"

// parkedColumn is the column of parked topics, and recordColumn that of what belongs to no best
// practice in scope. A row without an id that has one of them is skipped when a table is read.
const (
	parkedColumn = "parked"
	recordColumn = "record"
)

// Columns lists the columns of a table that iotlens writes: the best practice, what people
// may change, what follows from it, and texts of the bank. New ones are added at the end.
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

// LedgerSheet is the sheet of a workbook that is read.
const LedgerSheet = "Ledger"

// LedgerColumns lists the columns of the ledger of a workbook: the best practice, its
// answer, history and waiver, and then the other columns of a table.
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

// historyColumn is the column of replaced answers.
const historyColumn = "history"

// editableField returns the field of a column that people may change; false for any other
// column.
func editableField(column string) (review.Field[review.Answer], bool) {
	for _, f := range review.AnswerFields() {
		if f.Key == column && f.TableColumn {
			return f, true
		}
	}
	return review.Field[review.Answer]{}, false
}

// editableFields lists the fields that people may change, in the order of the columns.
func editableFields() []review.Field[review.Answer] {
	var out []review.Field[review.Answer]
	for _, column := range Columns() {
		if f, ok := editableField(column); ok {
			out = append(out, f)
		}
	}
	return out
}

// unansweredStatus stands for no answer. It is a word, so that a cell emptied by mistake
// does not remove an answer.
const unansweredStatus = "unanswered"

// CSVCells returns the cells of an answer in CSV, by column.
func CSVCells(a review.Answer) map[string]string { return answerCells(a, SafeCell) }

// WorkbookCells returns the cells of an answer in a workbook, where text is never run as a
// formula.
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

// SafeCell makes a text safe for a cell of CSV: no spreadsheet runs it, control and
// bidirectional characters are visible, and it is not longer than a spreadsheet allows.
func SafeCell(s string) string { return escapeFormulas(workbook.Safe(s)) }

// Write writes a table of safe cells by column, with the columns of iotlens first. A row
// need not have all of them.
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

// WriteRows writes any table of safe cells in the same form of CSV.
func WriteRows(w io.Writer, columns []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c.WriteAll(append([][]string{columns}, rows...))
}
