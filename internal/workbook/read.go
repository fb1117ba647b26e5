package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Limits of what is read. A ledger of the whole lens in which every cell is as long as
// Excel allows has 48 MB.
const (
	largest     = 64 << 20 // bytes, unzipped
	mostRows    = 20000
	mostColumns = 500
)

// A Given is a sheet that was read.
type Given struct {
	Name string
	Rows []GivenRow // those that are not empty
}

// A GivenRow is a row as a spreadsheet counts, from 1.
type GivenRow struct {
	Number int
	Cells  []GivenCell
}

// A GivenCell is what a cell shows and, where it is a number that can be one, the day
// that it is: a day, or a time to the second, as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS.
type GivenCell struct {
	Shown, Day string
	Formula    bool // the cell shows the last result of a formula, if it was ever computed
}

// Is reports whether data may be a workbook, of whatever format.
func Is(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, compound)
}

// compound begins the files of Excel before 2007, and workbooks with a password.
// Source: MS-CFB, 2.2.
var compound = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// Read reads the sheets of an .xlsx workbook. The error says what else it is, or which
// limit it exceeds, as the end of a sentence that begins with the name of the file.
func Read(data []byte) (sheets []Given, err error) {
	if err := format(data); err != nil {
		return nil, err
	}
	// The library reads files of strangers here, and a mistake in it should not end the
	// program.
	defer func() {
		if failed := recover(); failed != nil {
			sheets, err = nil, fmt.Errorf("is not a workbook that can be read (%v); open it in a spreadsheet and save it as .xlsx", failed)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: largest, UnzipXMLSizeLimit: largest})
	if err != nil {
		return nil, fmt.Errorf("is not a workbook that can be read (%w); open it in a spreadsheet and save it as .xlsx", err)
	}
	defer func() { _ = f.Close() }() // nothing of it is on disk
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, fmt.Errorf("is not a workbook that can be read (%w)", err)
	}
	r := reader{file: f, from1904: props.Date1904 != nil && *props.Date1904}
	for _, name := range f.GetSheetList() {
		rows, err := r.rows(name)
		if err != nil {
			return nil, fmt.Errorf("sheet %q %w", name, err)
		}
		sheets = append(sheets, Given{Name: name, Rows: rows})
	}
	return sheets, nil
}

type reader struct {
	file     *excelize.File
	from1904 bool // days are counted from 1904, as Excel for Mac once did
	read     int  // rows so far
}

// rows reads a sheet twice, in step: what the cells hold, and what they show.
func (r *reader) rows(sheet string) ([]GivenRow, error) {
	held, err := r.file.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	shown, err := r.file.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	computed, err := formulas(r.file, sheet)
	if err != nil {
		return nil, err
	}
	var out []GivenRow
	for number := 1; held.Next() && shown.Next(); number++ {
		raw, err := held.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("can't be read: %w", err)
		}
		seen, err := shown.Columns()
		if err != nil {
			return nil, fmt.Errorf("can't be read: %w", err)
		}
		seen = trimmed(seen, func(i int) bool { return computed[cellName(i, number)] })
		if len(seen) == 0 {
			continue
		}
		if r.read++; r.read > mostRows {
			return nil, fmt.Errorf("is too large: a workbook may have %d rows that are not empty", mostRows)
		}
		if len(seen) > mostColumns {
			return nil, fmt.Errorf("is too wide: row %d has more than %d columns", number, mostColumns)
		}
		row := GivenRow{Number: number, Cells: make([]GivenCell, len(seen))}
		for i, s := range seen {
			row.Cells[i].Shown = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
			row.Cells[i].Formula = computed[cellName(i, number)]
			if i < len(raw) {
				row.Cells[i].Day = r.day(raw[i])
			}
		}
		out = append(out, row)
	}
	return out, errors.Join(held.Error(), shown.Error())
}

// trimmed is a row without the empty cells at its end; those of formulas are not empty.
func trimmed(cells []string, formula func(int) bool) []string {
	end := len(cells)
	for end > 0 && strings.TrimSpace(cells[end-1]) == "" && !formula(end-1) {
		end--
	}
	return cells[:end]
}

// day is the day of a number, from 2000 to 2199; empty for any other: a year, a share or a
// count is no day.
func (r *reader) day(raw string) string {
	days, err := strconv.ParseFloat(raw, 64)
	if r.from1904 {
		days += 1462
	}
	if err != nil || days < 36526 || days >= 109575 {
		return ""
	}
	seconds := math.Round(days * 24 * 60 * 60)
	t := epoch.AddDate(0, 0, int(seconds)/86400).Add(time.Duration(int(seconds)%86400) * time.Second)
	if t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// format refuses what is not an .xlsx workbook and says what to do.
func format(data []byte) error {
	const save = "save it as .xlsx (Excel workbook)"
	if bytes.HasPrefix(data, compound) {
		return errors.New("is a workbook of Excel 97-2003 (.xls), or one with a password; " + save + ", without a password")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errors.New("is an incomplete or broken workbook; copy it again, or save it again as .xlsx")
	}
	has := func(name string) bool {
		return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	}
	var size uint64
	for _, f := range z.File {
		if size += f.UncompressedSize64; f.UncompressedSize64 > largest || size > largest {
			return fmt.Errorf("is too large: a workbook may have %d MB, unzipped", largest>>20)
		}
	}
	switch {
	case has("xl/vbaProject.bin"):
		return errors.New("is a workbook with macros (.xlsm), which are not read; " + save)
	case has("xl/workbook.bin"):
		return errors.New("is a binary workbook (.xlsb); " + save)
	case has("content.xml") && has("mimetype"):
		return errors.New("is an OpenDocument file (.ods); " + save)
	case !has(workbookPart):
		return errors.New("is a ZIP file and not a workbook; give the .xlsx file itself")
	}
	return nil
}
