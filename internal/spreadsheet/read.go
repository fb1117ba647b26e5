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
)

// A table is the content of a file.
type table struct {
	columns []string // of the header, by our names where they are ours
	rows    []row
	foreign []string // columns that are not ours, as they are called
}

// A row is one line of a table as a spreadsheet counts: a cell with line breaks
// is still one row.
type row struct {
	number int // the header is 1
	cells  map[string]string
	extra  string // what is beyond the last column
}

// Problems is everything wrong with a table, in the order of its rows.
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

// read reads the content of a table named name: UTF-8 or UTF-16, with commas,
// semicolons or tabs.
func read(name string, data []byte) (*table, Problems) {
	var p Problems
	content, err := decode(data)
	if err != nil {
		p.add(name, 0, "", "%v", err)
		return nil, p
	}
	content, separator := separatorOf(content)
	r := csv.NewReader(strings.NewReader(content))
	r.Comma, r.FieldsPerRecord = separator, -1
	var t *table
	for number := 1; ; number++ {
		from := r.InputOffset()
		cells, err := r.Read()
		number += blank(content[from:r.InputOffset()])
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if t == nil {
				p.add(name, 0, "", "is empty")
			}
			return t, p
		case errors.As(err, &broken):
			p.add(name, number, "", "unmatched quotes (line %d of the file)", broken.Line)
			return nil, p
		case err != nil:
			p.add(name, number, "", "%v", err)
			return nil, p
		case t == nil:
			if t = header(name, cells, &p); len(p) > 0 {
				return nil, p
			}
			continue
		}
		t.add(number, cells)
	}
}

// blank counts the empty lines before a row, which the reader skips and a
// spreadsheet counts.
func blank(read string) int { return len(read) - len(strings.TrimLeft(read, "\n")) }

// decode converts what spreadsheets write to UTF-8 with plain line breaks.
func decode(data []byte) (string, error) {
	s := text.Decode(data)
	switch {
	case strings.HasPrefix(s, "PK\x03\x04"):
		return "", errors.New("is a workbook (.xlsx, .ods), not CSV; save it as CSV UTF-8")
	case !utf8.ValidString(s):
		return "", errors.New(`is not in UTF-8; in Excel save it as "CSV UTF-8"`)
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}

// separatorOf finds the separator of the cells: that of a line "sep=;", as Excel
// writes it, or the sign that the header has most of.
func separatorOf(s string) (rest string, separator rune) {
	first, below, _ := strings.Cut(s, "\n")
	if sign, ok := strings.CutPrefix(strings.Trim(strings.ToLower(first), "\""), "sep="); ok && utf8.RuneCountInString(sign) == 1 {
		r, _ := utf8.DecodeRuneInString(sign)
		return below, r
	}
	separator = ','
	for _, r := range ";\t" {
		if strings.Count(first, string(r)) > strings.Count(first, string(separator)) {
			separator = r
		}
	}
	return s, separator
}

// header reads the names of the columns, in any order and case.
func header(name string, cells []string, p *Problems) *table {
	t := &table{}
	ours := []string{Practice}
	for _, f := range editable() {
		ours = append(ours, f.Key)
	}
	seen := map[string]bool{}
	for _, c := range cells {
		column := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(c)), " ", "_")
		switch {
		case !slices.Contains(ours, column):
			column = strings.TrimSpace(c)
			if column != "" && !slices.Contains(Columns(), strings.ToLower(column)) && !ownKey(column) {
				t.foreign = append(t.foreign, column)
			}
		case seen[column]:
			p.add(name, 1, "", "duplicate column %s", column)
		default:
			seen[column] = true
		}
		t.columns = append(t.columns, column)
	}
	missing := slices.DeleteFunc(slices.Clone(ours), func(c string) bool { return seen[c] })
	for _, f := range t.foreign {
		if meant := suggest.DidYouMean(f, missing); meant != "" {
			p.add(name, 1, "", "unknown column %q%s", f, meant)
		}
	}
	if !seen[Practice] && len(*p) == 0 {
		p.add(name, 1, "", "the required column %s is missing; columns that are read: %s", Practice, strings.Join(ours, ", "))
	}
	return t
}

// ownKey tells whether a column has a key of people's own, which is written and not read.
func ownKey(column string) bool {
	return strings.HasPrefix(column[strings.LastIndexByte(column, '.')+1:], "x-")
}

func (t *table) add(number int, cells []string) {
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return // spreadsheets also save empty rows
	}
	r := row{number: number, cells: map[string]string{}}
	for i, column := range t.columns {
		r.cells[column] = ""
		if i < len(cells) {
			r.cells[column] = cells[i]
		}
	}
	if len(cells) > len(t.columns) {
		r.extra = strings.TrimSpace(strings.Join(cells[len(t.columns):], " "))
	}
	t.rows = append(t.rows, r)
}
