package spreadsheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/workbook"
)

// A table is the content of a file.
type table struct {
	columns []string // column names; those of iotlens in its spelling
	rows    []row
	ignored []string // columns that iotlens does not know

	workbook bool // the table is a workbook, whose cells are not escaped
}

// A row is one row of a table as a spreadsheet counts: a cell with line breaks is in one
// row.
type row struct {
	number   int // from 1, with the header
	cells    map[string]string
	days     map[string]string // of a workbook: the days in cells
	formulas map[string]bool   // of a workbook: whether cells are formulas
	excess   string            // text beyond the last column
}

// Problems are the problems of a table, in the order of its rows.
type Problems []string

func (p Problems) Error() string { return strings.Join(p, "\n") }

func (p *Problems) add(name string, row int, column, format string, args ...any) {
	where := name
	if row > 0 {
		where += fmt.Sprintf(": row %d", row)
	}
	if column != "" {
		where += ", column " + column
	}
	*p = append(*p, where+": "+fmt.Sprintf(format, args...))
}

// A line is one row of a file before its columns are known.
type line struct {
	number   int
	cells    []string
	days     []string
	formulas []bool
}

// readTable reads a workbook, or CSV in UTF-8 or UTF-16 with commas, semicolons or tabs.
// name is for messages.
func readTable(name string, data []byte) (*table, Problems) {
	var p Problems
	lines, err := readLines(data, name, &p)
	if err != nil {
		p.add(name, 0, "", "%v", err)
	}
	if len(p) > 0 {
		return nil, p
	}
	if len(lines) == 0 {
		p.add(name, 0, "", "is empty")
		return nil, p
	}
	at := findHeader(lines)
	t := parseHeader(name, lines[at], &p)
	if len(p) > 0 {
		return nil, p
	}
	t.workbook = workbook.Is(data)
	for _, l := range lines[at+1:] {
		t.addRow(l)
	}
	return t, p
}

// ReadCSV reads CSV of another program, in the same encodings and with the same separators.
// It returns the cells of every row that is not empty; the column names come first.
func ReadCSV(name string, data []byte) ([][]string, error) {
	var p Problems
	content, err := decode(data)
	switch {
	case workbook.Is(data):
		p.add(name, 0, "", "is a workbook, not CSV; export the file as CSV")
		return nil, p
	case err != nil:
		p.add(name, 0, "", "%v", err)
		return nil, p
	}
	lines := readCSVLines(name, content, &p)
	if len(p) == 0 && len(lines) == 0 {
		p.add(name, 0, "", "is empty")
	}
	if len(p) > 0 {
		return nil, p
	}
	var out [][]string
	for _, l := range lines {
		out = append(out, l.cells)
	}
	return out, nil
}

func readLines(data []byte, name string, p *Problems) ([]line, error) {
	if workbook.Is(data) {
		return readWorkbookLines(data)
	}
	content, err := decode(data)
	if err != nil {
		return nil, err
	}
	return readCSVLines(name, content, p), nil
}

// readWorkbookLines returns the rows of the ledger sheet, or else of the first sheet that
// has the column of the ids.
func readWorkbookLines(data []byte) ([]line, error) {
	sheets, err := workbook.Read(data)
	if err != nil {
		return nil, err
	}
	var names []string
	var first []line
	for _, s := range sheets {
		names = append(names, s.Name)
		var lines []line
		for _, r := range s.Rows {
			l := line{number: r.Number}
			for _, c := range r.Cells {
				l.cells, l.days, l.formulas = append(l.cells, c.Text), append(l.days, c.Day), append(l.formulas, c.Formula)
			}
			lines = append(lines, l)
		}
		switch {
		case len(lines) == 0 || !isHeader(lines[findHeader(lines)].cells):
		case strings.EqualFold(strings.TrimSpace(s.Name), LedgerSheet):
			return lines, nil
		case first == nil:
			first = lines
		}
	}
	if first == nil {
		return nil, fmt.Errorf("no sheet has a heading row with the column %s (sheets: %s); the sheet %s of a workbook of iotlens report has one", PracticeColumn, strings.Join(names, ", "), LedgerSheet)
	}
	return first, nil
}

func readCSVLines(name, content string, p *Problems) []line {
	content, separator := detectSeparator(content)
	r := csv.NewReader(strings.NewReader(content))
	r.Comma, r.FieldsPerRecord = separator, -1
	var out []line
	for number := 1; ; number++ {
		from := r.InputOffset()
		cells, err := r.Read()
		number += countBlankLines(content[from:r.InputOffset()])
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return out
		case errors.As(err, &broken):
			p.add(name, number, "", "unmatched quotes (line %d of the file)", broken.Line)
			return nil
		case err != nil:
			p.add(name, number, "", "%v", err)
			return nil
		}
		out = append(out, line{number: number, cells: cells})
	}
}

// maxRowsAboveHeader limits the rows above the column names, such as a title, a date, a
// logo.
const maxRowsAboveHeader = 30

// findHeader returns the index of the row with the column names; 0 if there is none.
func findHeader(lines []line) int {
	for i, l := range lines[:min(len(lines), maxRowsAboveHeader)] {
		if isHeader(l.cells) {
			return i
		}
	}
	return 0
}

// isHeader reports whether a row has column names: that of the ids, and another one that
// iotlens writes or no other cell.
func isHeader(cells []string) bool {
	ids, others, ours := 0, 0, 0
	for _, c := range cells {
		switch column := columnName(c); {
		case column == PracticeColumn:
			ids++
		case slices.Contains(Columns(), column):
			ours++
		case column != "":
			others++
		}
	}
	return ids > 0 && (ours > 0 || others == 0)
}

// columnName returns the name of a column from its heading, in any case.
func columnName(head string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(head)), " ", "_")
}

// countBlankLines returns the number of empty lines before a row, which csv.Reader skips
// and a spreadsheet counts.
func countBlankLines(read string) int { return len(read) - len(strings.TrimLeft(read, "\n")) }

// decode converts the encodings and line breaks that spreadsheets write to UTF-8 and
// newlines.
func decode(data []byte) (string, error) {
	s := text.Decode(data)
	if !utf8.ValidString(s) {
		return "", errors.New(`is not in UTF-8; in Excel save it as "CSV UTF-8"`)
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}

// detectSeparator returns the separator of the cells: that of a line "sep=;", as Excel
// writes it, or the most frequent one in the column names.
func detectSeparator(s string) (rest string, separator rune) {
	first, below, _ := strings.Cut(s, "\n")
	if sign, ok := strings.CutPrefix(strings.Trim(strings.ToLower(first), "\""), "sep="); ok && utf8.RuneCountInString(sign) == 1 {
		r, _ := utf8.DecodeRuneInString(sign)
		return below, r
	}
	heads := first
	for i, l := range strings.SplitN(s, "\n", maxRowsAboveHeader) { // there may be titles above the column names
		if i < maxRowsAboveHeader-1 && strings.ContainsAny(l, ",;\t") && slices.ContainsFunc(strings.FieldsFunc(l, isSeparator), func(c string) bool {
			return columnName(strings.Trim(c, `"`)) == PracticeColumn
		}) {
			heads = l
			break
		}
	}
	separator = ','
	for _, r := range ";\t" {
		if strings.Count(heads, string(r)) > strings.Count(heads, string(separator)) {
			separator = r
		}
	}
	return s, separator
}

func isSeparator(r rune) bool { return strings.ContainsRune(",;\t", r) }

// parseHeader reads the column names, in any order and case.
func parseHeader(name string, l line, p *Problems) *table {
	t := &table{}
	ours := []string{PracticeColumn}
	for _, f := range editableFields() {
		ours = append(ours, f.Key)
	}
	seen := map[string]bool{}
	for _, c := range l.cells {
		column := columnName(c)
		switch {
		case !slices.Contains(ours, column) && slices.Contains(Columns(), column): // written, but not read
		case !slices.Contains(ours, column):
			column = strings.TrimSpace(c)
			if column != "" && !isExtensionColumn(column) {
				t.ignored = append(t.ignored, column)
			}
		case seen[column]:
			p.add(name, l.number, "", "duplicate column %s", column)
		default:
			seen[column] = true
		}
		t.columns = append(t.columns, column)
	}
	missing := slices.DeleteFunc(slices.Clone(ours), func(c string) bool { return seen[c] })
	for _, f := range t.ignored {
		if meant := suggest.DidYouMean(f, missing); meant != "" {
			p.add(name, l.number, "", "unknown column %q%s", f, meant)
		}
	}
	if !seen[PracticeColumn] && len(*p) == 0 {
		p.add(name, l.number, "", "the required column %s is missing; columns that are read: %s", PracticeColumn, strings.Join(ours, ", "))
	}
	return t
}

// isExtensionColumn reports whether a column has an extension key (x-), which is written
// but not read.
func isExtensionColumn(column string) bool {
	return strings.HasPrefix(column[strings.LastIndexByte(column, '.')+1:], "x-")
}

func (t *table) addRow(l line) {
	if !slices.ContainsFunc(l.cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return // spreadsheets save empty rows as well
	}
	r := row{number: l.number, cells: map[string]string{}, days: map[string]string{}, formulas: map[string]bool{}}
	for i, column := range t.columns {
		r.cells[column] = ""
		if i < len(l.cells) {
			r.cells[column] = l.cells[i]
		}
		if i < len(l.days) {
			r.days[column], r.formulas[column] = l.days[i], l.formulas[i]
		}
	}
	if len(l.cells) > len(t.columns) {
		r.excess = strings.TrimSpace(strings.Join(l.cells[len(t.columns):], " "))
	}
	t.rows = append(t.rows, r)
}
