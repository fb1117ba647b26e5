package workbook_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// styled is a workbook in which cell A1 holds a number in a number format.
func styled(t require.TestingT, value, format string) []byte {
	return workbookWith(t, map[string]string{
		"xl/styles.xml":            `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="` + escape(format) + `"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c s="1"><v>` + value + `</v></c></row></sheetData></worksheet>`,
	})
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func TestNumbersAreReadAsTheyAreShown(t *testing.T) {
	for _, c := range []struct{ value, format, want string }{
		{"0.1", "General", "0.1"},
		{"0.10000000000000001", "General", "0.1"},
		{"1234567.5", "General", "1234567.5"},
		{"1E+21", "General", "1000000000000000000000"},
		{"42", `General" devices"`, "42 devices"},
		{"1.5", "0", "2"},
		{"1.5", "0.00", "1.50"},
		{"2.5", "0", "3"},
		{"1.005", "0.00", "1.01"},
		{"-949246.475", "0.00", "-949246.48"},
		{"0.575", "0%", "58%"},
		{"0.07", "0%", "7%"},
		{"0.004", "0.0", "0.0"},
		{"1.239", "0.0#", "1.24"},
		{"1.2", "0.0##", "1.2"},
		{"0.5", "#.00", "0.50"},
		{"1234567.891", "#,##0.00", "1,234,567.89"},
		{"-1234", "#,##0", "-1,234"},
		{"-1234", "#,##0_);[Red](#,##0)", "(1,234)"},
		{"-0.001", "0.00", "0.00"},
		{"0.35", "0%", "35%"},
		{"0.355", "0.0%", "35.5%"},
		{"5", "00000", "00005"},
		{"500", `"€" #,##0.00`, "€ 500.00"},
		{"500", `#,##0.00\ [$€-407]`, "500.00 €"},
		{"-500", `$#,##0`, "-$500"},
		{"0", `0;-0;"none"`, "0"},
		{"45000", "yyyy-mm-dd", "2023-03-15"},
		{"45000.75", "d.m.yy h:mm", "2023-03-15 18:00:00"},
		{"45000", `[$-409]d\-mmm\-yy;@`, "2023-03-15"},
		{"0.5", "h:mm", "1899-12-30 12:00:00"},
		{"-1", "yyyy-mm-dd", "-1"},
		{"1e300", "yyyy-mm-dd", "1" + strings.Repeat("0", 300)},
		// Shown in full, as the format would round it or hide it.
		{"123456", "0.00E+00", "123456"},
		{"1.5", "# ?/?", "1.5"},
		{"1234567", "0,", "1234567"},
		{"1234567", `#,##0,"K"`, "1234567"},
		{"5551234", `000\-0000`, "5551234"},
		{"150", "[>100]0;0.0", "150"},
		{"7", ";;;", "7"},
		{"7", "@", "7"},
		{"7", strings.Repeat("0", 256), "7"},
		{"7", `"not closed`, "7"},
		{"text", "0", "text"},
	} {
		sheets, err := workbook.Read(styled(t, c.value, c.format))
		require.NoError(t, err)
		require.Len(t, sheets[0].Rows, 1, c.format)
		assert.Equal(t, c.want, sheets[0].Rows[0].Cells[0].Text, "%s as %s", c.value, c.format)
	}
}

func TestTypesOfCells(t *testing.T) {
	for cell, want := range map[string]workbook.ReadCell{
		`<c t="b"><v>1</v></c>`:                      {Text: "TRUE"},
		`<c t="b"><v>0</v></c>`:                      {Text: "FALSE"},
		`<c t="e"><v>#N/A</v></c>`:                   {Text: "#N/A"},
		`<c t="str"><f>A2</f><v>a_x000D_b</v></c>`:   {Text: "a\nb", Formula: true},
		`<c t="d"><v>2027-01-31</v></c>`:             {Text: "2027-01-31", Day: "2027-01-31"},
		`<c t="d"><v>2027-01-31T08:30:00</v></c>`:    {Text: "2027-01-31T08:30:00", Day: "2027-01-31 08:30:00"},
		`<c t="d"><v>soon</v></c>`:                   {Text: "soon"},
		`<c t="inlineStr"><is><t>46418</t></is></c>`: {Text: "46418"}, // a text is no day, whatever it looks like
		`<c t="inlineStr"><is><r><t>in </t></r><r><rPr><b/></rPr><t>two</t></r><rPh><t>sounds</t></rPh></is></c>`: {Text: "in two"},
		`<c t="inlineStr"><f>A2</f><v>a</v></c>`:  {Text: "a", Formula: true},
		`<c><f>1+1</f></c>`:                       {Formula: true},
		`<x:c xmlns:x="urn:x"><x:v>7</x:v></x:c>`: {Text: "7"},
		`<c t="n" s="99"><v>46418</v></c>`:        {Text: "46418", Day: "2027-01-31"},
	} {
		sheets, err := workbook.Read(book(t, "<row>"+cell+"</row>"))
		require.NoError(t, err, cell)
		require.Len(t, sheets[0].Rows, 1, cell)
		assert.Equal(t, want, sheets[0].Rows[0].Cells[0], cell)
	}
	sheets, err := workbook.Read(book(t, `<row><c t="s"><v>0</v></c><c t="b"><v>2</v></c><c/></row>`))
	require.NoError(t, err)
	assert.Empty(t, sheets[0].Rows, "cells without content are empty")
}

// A workbook of another program may name its parts as it likes, and use UTF-16 or the strict
// form of the standard.
func TestPartsAreFoundByTheirLinks(t *testing.T) {
	const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	links := func(all ...string) string {
		out := "<Relationships>"
		for i := 0; i < len(all); i += 3 {
			out += fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, all[i], strict, all[i+1], all[i+2])
		}
		return out + "</Relationships>"
	}
	utf16Text := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?><sst><si><t>Grüße</t></si></sst>`)) {
		utf16Text = append(utf16Text, byte(u), byte(u>>8))
	}
	sheets, err := workbook.Read(zipped(t, map[string]string{
		"[Content_Types].xml":         "<Types/>",
		"_rels/.rels":                 links("a", "officeDocument", "/Office/book2.xml"),
		"Office/book2.xml":            `<workbook><workbookPr date1904="true"/><sheets><sheet name="Second" xmlns:q="` + strict + `" q:id="two"/><sheet name="First" q:id="one" xmlns:q="` + strict + `"/></sheets></workbook>`,
		"Office/_rels/book2.xml.rels": links("one", "worksheet", "../sheets/A.xml", "two", "worksheet", "./b.xml", "t", "sharedStrings", "texts.xml"),
		`office\texts.xml`:            string(utf16Text),
		"sheets/a.xml":                `<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
		"Office/b.xml":                `<worksheet><sheetData><row r="9"><c r="C9"><v>44956</v></c></row></sheetData></worksheet>`,
	}))
	require.NoError(t, err)
	assert.Equal(t, []workbook.ReadSheet{
		{Name: "Second", Rows: []workbook.ReadRow{{Number: 9, Cells: []workbook.ReadCell{{}, {}, {Text: "44956", Day: "2027-01-31"}}}}},
		{Name: "First", Rows: []workbook.ReadRow{{Number: 1, Cells: []workbook.ReadCell{{Text: "Grüße"}}}}},
	}, sheets)
}

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	const cannot, save = "cannot be read as a workbook (", "); open it in a spreadsheet and save it as .xlsx"
	for want, change := range map[string]map[string]string{
		cannot + "_rels/.rels is missing" + save:                                                               {"_rels/.rels": ""},
		cannot + "xl/workbook.xml is missing" + save:                                                           {"xl/workbook.xml": ""},
		cannot + "xl/workbook.xml: XML syntax error on line 1: unexpected EOF" + save:                          {"xl/workbook.xml": "<workbook>"},
		cannot + `sheet "S" is missing` + save:                                                                 {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
		`sheet "S" cannot be read: xl/worksheets/sheet1.xml is missing`:                                        {"xl/worksheets/sheet1.xml": ""},
		`sheet "S" cannot be read: XML syntax error on line 2: unexpected EOF`:                                 {"xl/worksheets/sheet1.xml": "<worksheet>\n<sheetData>"},
		`sheet "S" cannot be read: the reference "x" of a row is invalid or out of order`:                      {"xl/worksheets/sheet1.xml": `<worksheet><row r="x"/></worksheet>`},
		`sheet "S" cannot be read: the reference "2" of a row is invalid or out of order`:                      {"xl/worksheets/sheet1.xml": `<worksheet><row r="2"/><row r="2"/></worksheet>`},
		`sheet "S" cannot be read: row 1: the reference "A1" of a cell is invalid or out of order`:             {"xl/worksheets/sheet1.xml": `<worksheet><row><c r="B1"/><c r="A1"/></row></worksheet>`},
		`sheet "S" cannot be read: row 1: the reference "AAAA1" of a cell is invalid or out of order`:          {"xl/worksheets/sheet1.xml": `<worksheet><row><c r="AAAA1"/></row></worksheet>`},
		`sheet "S" is too large: a workbook may have 2000000 cells`:                                            {"xl/worksheets/sheet1.xml": "<worksheet>" + strings.Repeat(`<row><c r="SF1"><v>1</v></c></row>`, 4001) + "</worksheet>"},
		`sheet "S" cannot be read: xml: opening charset "latin1": the character set "latin1" is not supported`: {"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="latin1"?><worksheet/>`},
	} {
		_, err := workbook.Read(workbookWith(t, change))
		assert.EqualError(t, err, want)
	}
}

// What excelize writes is read as excelize reads it, but for dates, which it formats.
func TestReadAgreesWithAnotherLibrary(t *testing.T) {
	formats := []string{"General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "00000", `#,##0.00\ "€"`, `[$€-407]\ #,##0.00`, `"$"#,##0_);\("$"#,##0\)`, "0.0##", "+0;-0;0", "@"}
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		for i := range rapid.IntRange(1, 8).Draw(t, "cells") {
			name, err := excelize.CoordinatesToCellName(1+i%3, 1+i/3)
			require.NoError(t, err)
			switch rapid.SampledFrom([]string{"text", "number", "bool"}).Draw(t, "kind") {
			case "text":
				require.NoError(t, f.SetCellStr("Sheet1", name, rapid.StringMatching(`[a-z_xA-F0-9 \n&<>"äß€]{0,12}`).Draw(t, "text")))
			case "bool":
				require.NoError(t, f.SetCellBool("Sheet1", name, rapid.Bool().Draw(t, "bool")))
			case "number":
				format := rapid.SampledFrom(formats).Draw(t, "format")
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
				require.NoError(t, err)
				number := float64(rapid.IntRange(-1e6, 1e6).Draw(t, "number")) / 4 // without a format it is rounded there to what fits a cell
				if format != "General" && format != "@" {
					number = number*1000 + 1.0/256
				}
				require.NoError(t, f.SetCellFloat("Sheet1", name, number, -1, 64))
				require.NoError(t, f.SetCellStyle("Sheet1", name, name, style))
			}
		}
		var b bytes.Buffer
		_, err := f.WriteTo(&b)
		require.NoError(t, err)
		rows, err := f.GetRows("Sheet1")
		require.NoError(t, err)
		want := []string{}
		for _, r := range rows {
			for i := range r {
				r[i] = strings.TrimRight(r[i], " ") // which _) leaves behind the digits
			}
			want = append(want, strings.TrimRight(strings.Join(r, "|"), "| \n"))
		}
		sheets, err := workbook.Read(b.Bytes())
		require.NoError(t, err)
		got := make([]string, len(rows))
		for _, r := range sheets[0].Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, strings.TrimRight(c.Text, " "))
			}
			got[r.Number-1] = strings.TrimRight(strings.Join(cells, "|"), "| \n")
		}
		require.Equal(t, want, got)
	})
}

func TestTwoPartsOfOneNameAreRefused(t *testing.T) {
	_, err := workbook.Read(workbookWith(t, map[string]string{"xl/Styles.xml": "<styleSheet/>"}))
	assert.EqualError(t, err, "is a broken workbook: it has two parts named xl/styles.xml; open it in a spreadsheet and save it as .xlsx")
}

// Whatever the parts hold, rows are in order and end with a cell that is not empty.
func FuzzParts(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="2"><c r="B2" s="1" t="n"><f>1+1</f><v>0.5</v></c><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
		`<styleSheet><numFmts><numFmt numFmtId="200" formatCode="[$€-407]\ #,##0.00_);[Red]\(0.0%\)"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, styles string) {
		sheets, err := workbook.Read(workbookWith(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles}))
		if err != nil {
			assert.Empty(t, sheets)
			return
		}
		last := 0
		for _, r := range sheets[0].Rows {
			assert.Greater(t, r.Number, last)
			last = r.Number
			end := r.Cells[len(r.Cells)-1]
			assert.True(t, end.Formula || strings.TrimSpace(end.Text) != "")
		}
	})
}
