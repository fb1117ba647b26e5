package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func zipped(t require.TestingT, files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// workbookWith is a workbook with one sheet, S, in which some parts are replaced or added. One
// whose content is empty is left out.
func workbookWith(t require.TestingT, changed map[string]string) []byte {
	const links, office = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                links + `<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + ns + `><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": links + `<Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet ` + ns + `/>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + ns + `/>`,
	}
	maps.Copy(parts, changed)
	maps.DeleteFunc(parts, func(_, content string) bool { return content == "" })
	return zipped(t, parts)
}

// book is a workbook whose sheet has this content.
func book(t require.TestingT, sheet string) []byte {
	return workbookWith(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet ` + ns + `><sheetData>` + sheet + `</sheetData></worksheet>`})
}

// What is no .xlsx is refused with what to do.
func TestOtherFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"xls":       {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), "is a workbook of Excel 97-2003 (.xls), or one with a password; save it as .xlsx (Excel workbook), without a password"},
		"cut":       {[]byte("PK\x03\x04..."), "is an incomplete or broken workbook; copy it again, or save it again as .xlsx"},
		"xlsm":      {zipped(t, map[string]string{"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "is a workbook with macros (.xlsm), which are not read; save it as .xlsx (Excel workbook)"},
		"xlsb":      {zipped(t, map[string]string{"xl/workbook.bin": ""}), "is a binary workbook (.xlsb); save it as .xlsx (Excel workbook)"},
		"ods":       {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), "is an OpenDocument file (.ods); save it as .xlsx (Excel workbook)"},
		"docx":      {zipped(t, map[string]string{"word/document.xml": ""}), "is a ZIP file and not a workbook; give the .xlsx file itself"},
		"a bomb":    {zipped(t, map[string]string{"xl/workbook.xml": "", "xl/media/x": strings.Repeat("\x00", 65<<20)}), "is too large: a workbook may have 64 MB, unzipped"},
		"too long":  {book(t, strings.Repeat(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`, 20001)), `sheet "S" is too large: a workbook may have 20000 rows that are not empty`},
		"too wide":  {book(t, `<row r="7"><c r="XFD7"><v>1</v></c></row>`), `sheet "S" is too wide: row 7 has more than 500 columns`},
		"no number": {book(t, `<row r="x"><c r="A1"><v>1</v></c></row><row r="99999999999999999999"><c r="?"><v>1</v></c></row>`), ""},
	} {
		sheets, err := workbook.Read(c.data)
		if c.want == "" {
			continue // anything but a panic
		}
		assert.EqualError(t, err, c.want, name)
		assert.Empty(t, sheets, name)
	}
}

// A row at the end of the sheet costs nothing, and says its number.
func TestASparseSheetIsRead(t *testing.T) {
	sheets, err := workbook.Read(book(t, `<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row><row r="1048576"><c r="A1048576"><f>1+1</f></c><c r="XFD1048576"/></row>`))
	require.NoError(t, err)
	require.Len(t, sheets, 1)
	assert.Equal(t, []workbook.ReadRow{
		{Number: 3, Cells: []workbook.ReadCell{{}, {Text: "x"}}}, {Number: 1048576, Cells: []workbook.ReadCell{{Formula: true}}},
	}, sheets[0].Rows)
}

// Days are days in the count from 1904 as well; other numbers are none.
func TestNumbersThatAreDays(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		f := excelize.NewFile()
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
		numbers := map[float64]string{46418: "2027-01-31", 46418.5: "2027-01-31 12:00:00", 46418.99999: "2027-01-31 23:59:59", 36526: "2000-01-01", 2027: "", 0.35: "", -1: "", 1e9: ""}
		want := map[string]string{}
		for n, day := range numbers {
			held := n
			if from1904 && day != "" {
				held -= 1462
			}
			name := fmt.Sprintf("A%d", len(want)+1)
			want[name] = day
			require.NoError(t, f.SetCellFloat("Sheet1", name, held, -1, 64))
		}
		var b bytes.Buffer
		_, err := f.WriteTo(&b)
		require.NoError(t, err)
		sheets, err := workbook.Read(b.Bytes())
		require.NoError(t, err)
		for _, r := range sheets[0].Rows {
			assert.Equal(t, want[fmt.Sprintf("A%d", r.Number)], r.Cells[0].Day, "%s, from 1904: %v", r.Cells[0].Text, from1904)
		}
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	require.NoError(f, workbook.Write(&b, workbook.Book{Title: "x", Day: "2026-11-24", Sheets: []workbook.Sheet{
		{Name: "A", Table: true, Columns: []workbook.Column{{Head: "a", Width: 9}, {Head: "b", Width: 9, Day: true}}, Rows: []workbook.Row{{Cells: []workbook.Cell{workbook.Text("x"), workbook.Day("2027-01-31")}}}},
	}}))
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sheets, err := workbook.Read(data)
		require.True(t, err == nil || sheets == nil)
	})
}
