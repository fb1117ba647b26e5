package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// everything is a book with all that a book can have.
func everything(t require.TestingT) workbook.Book {
	var logo bytes.Buffer
	require.NoError(t, png.Encode(&logo, image.NewGray(image.Rect(0, 0, 200, 50))))
	return workbook.Book{
		Title: "A & B", Day: "2026-11-24", Accent: "0b5469", Header: [2]string{"R&D _x0026_P", "Confidential"}, Footer: "<Example>",
		Sheets: []workbook.Sheet{
			{
				Name: "Summary", Columns: []workbook.Column{{Width: 24}, {Width: 60.5}}, Picture: &workbook.Picture{PNG: logo.Bytes(), Name: `Logo of "A & B"`, Scale: 0.5},
				Rows: []workbook.Row{{Bold: true, Cells: []workbook.Cell{workbook.Text("A & B")}}, {}, {Cells: []workbook.Cell{{}, workbook.Day("2026-11-24T08:30:00Z"), workbook.Text("more")}}},
			},
			{
				Name: "Bob's <list>", Table: true, Frozen: 2,
				Columns: []workbook.Column{{Head: "Practice", Width: 14}, {Head: "Status", Width: 14, Choice: []string{"yes", "no"}}, {Head: "Due", Width: 14, Day: true}, {Head: "Size", Width: 14, Choice: []string{`27"`}}},
				Rows: []workbook.Row{
					{Cells: []workbook.Cell{workbook.Text("=1+1"), workbook.Text("yes"), workbook.Day("2027-01-31"), workbook.Number(1.5)}},
					{Cells: []workbook.Cell{workbook.Text(" _x000D_\n"), workbook.Text("yes"), workbook.Day("soon"), {}}},
				},
			},
			{Name: "Empty", Table: true, Columns: []workbook.Column{{Head: "Nothing", Width: 14, Choice: []string{"a"}}}},
		},
	}
}

// An element of a part.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all lists the elements of a name at any depth.
func (e element) all(name string) []element {
	var out []element
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
		out = append(out, c.all(name)...)
	}
	return out
}

// parts are the parts of a workbook and their names in the order of the file. All but
// pictures are XML.
func parts(t *testing.T, b workbook.Book) (names []string, parts map[string]element) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, workbook.Write(&out, b))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	parts = map[string]element{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		var e element
		if path.Ext(f.Name) != ".png" {
			require.NoError(t, xml.Unmarshal(data, &e), f.Name)
		}
		require.NotContains(t, parts, f.Name)
		names, parts[f.Name] = append(names, f.Name), e
	}
	return names, parts
}

// children are the elements of a part in the order that the standard demands; Excel refuses
// a file with another one. Source: ECMA-376, part 1, annex A.2 (CT_Worksheet, CT_Workbook,
// CT_Stylesheet, CT_Row, CT_Font, CT_DataValidation), transitional.
var children = map[string][]string{
	"worksheet": {
		"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
		"dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
		"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
		"oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
	},
	"workbook": {
		"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
		"customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
	},
	"styleSheet":   {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"},
	"headerFooter": {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"},
	"font":         {"b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"}, // as Excel writes them
}

func inOrder(t *testing.T, part string, e element) {
	t.Helper()
	if order := children[e.XMLName.Local]; order != nil {
		last := -1
		for _, c := range e.Children {
			at := slices.Index(order, c.XMLName.Local)
			assert.Greater(t, at, last, "%s: <%s> in <%s> stands where it may not", part, c.XMLName.Local, e.XMLName.Local)
			last = at
		}
	}
	for _, c := range e.Children {
		inOrder(t, part, c)
	}
}

// Elements are in the order of the standard, every part has a content type and is reached,
// and every index leads to something.
func TestPartsFollowTheStandard(t *testing.T) {
	names, parts := parts(t, everything(t))
	assert.Equal(t, "[Content_Types].xml", names[0], "by which file(1) and others tell a workbook")
	typed, reached := map[string]bool{}, map[string]bool{names[0]: true}
	for name, e := range parts {
		inOrder(t, name, e)
		base := path.Dir(name)
		switch e.XMLName.Local {
		case "Types":
			for _, c := range e.Children {
				typed[c.attr("Extension")+strings.TrimPrefix(c.attr("PartName"), "/")] = true
			}
		case "Relationships":
			reached[name] = true
			for _, c := range e.Children {
				reached[path.Join(path.Dir(base), c.attr("Target"))] = true
			}
		}
	}
	for _, name := range names {
		assert.True(t, reached[name], "nothing leads to %s", name)
		extension := strings.TrimPrefix(path.Ext(name), ".")
		assert.True(t, typed[name] || extension != "xml" && typed[extension] || name == names[0], "%s has no content type", name)
	}
	for name := range reached {
		assert.Contains(t, names, name, "a link that leads nowhere")
	}

	texts, styles := parts["xl/sharedStrings.xml"], parts["xl/styles.xml"]
	assert.Equal(t, strconv.Itoa(len(texts.Children)), texts.attr("uniqueCount"))
	formats := len(styles.all("cellXfs")[0].Children)
	for _, x := range styles.all("cellXfs")[0].Children {
		assert.Less(t, index(t, x.attr("fontId")), len(styles.all("font")))
		assert.Less(t, index(t, x.attr("fillId")), len(styles.all("fill")))
	}
	for _, counted := range []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"} {
		assert.Equal(t, strconv.Itoa(len(styles.all(counted)[0].Children)), styles.all(counted)[0].attr("count"), counted)
	}
	uses := 0
	for i := range 3 {
		sheet := parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)]
		for r, row := range sheet.all("row") {
			assert.Equal(t, strconv.Itoa(r+1), row.attr("r"))
			for c, cell := range row.Children {
				name, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				assert.Equal(t, name, cell.attr("r"))
				assert.Less(t, index(t, cell.attr("s")), formats)
				if cell.attr("t") == "s" {
					uses++
					assert.Less(t, index(t, cell.Children[0].Text), len(texts.Children))
				}
			}
		}
	}
	assert.Equal(t, strconv.Itoa(uses), texts.attr("count"))
}

func index(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}

// What stands in the parts is what was meant, character for character.
func TestPartsSayWhatIsMeant(t *testing.T) {
	_, parts := parts(t, everything(t))
	book, summary, list, empty := parts["xl/workbook.xml"], parts["xl/worksheets/sheet1.xml"], parts["xl/worksheets/sheet2.xml"], parts["xl/worksheets/sheet3.xml"]
	assert.Equal(t, "Bob's <list>", book.all("sheet")[1].attr("name"))
	names := map[string]string{}
	for _, n := range book.all("definedName") {
		names[n.attr("name")+n.attr("localSheetId")+n.attr("hidden")] = n.Text
	}
	assert.Equal(t, map[string]string{
		"_xlnm._FilterDatabase11": "'Bob''s <list>'!$A$1:$D$3", "_xlnm.Print_Titles1": "'Bob''s <list>'!$1:$1", "_xlnm._FilterDatabase21": "'Empty'!$A$1:$A$1", "_xlnm.Print_Titles2": "'Empty'!$1:$1",
	}, names)
	assert.Equal(t, []string{"A1:C3", "A1:D3", "A1"}, []string{summary.all("dimension")[0].attr("ref"), list.all("dimension")[0].attr("ref"), empty.all("dimension")[0].attr("ref")})
	assert.Empty(t, summary.all("autoFilter"))
	assert.Equal(t, "&LR&&D _x005F_x0026_P&RConfidential", summary.all("oddHeader")[0].Text)
	assert.Equal(t, "&L<Example>&R&P / &N", list.all("oddFooter")[0].Text)
	var choices []string
	for _, d := range list.all("dataValidation") {
		choices = append(choices, d.attr("sqref")+" "+d.Children[0].Text)
	}
	assert.Equal(t, []string{`B2:B3 "yes,no"`, `D2:D3 "27"""`}, choices)
	assert.Empty(t, empty.all("dataValidations"), "there is no cell to choose for")
	pane := list.all("pane")[0]
	assert.Equal(t, []string{"2", "1", "C2", "bottomRight", "frozen"}, []string{pane.attr("xSplit"), pane.attr("ySplit"), pane.attr("topLeftCell"), pane.attr("activePane"), pane.attr("state")})
	assert.Equal(t, "bottomLeft", empty.all("pane")[0].attr("activePane"))
	var texts []string
	for _, s := range parts["xl/sharedStrings.xml"].all("t") {
		texts = append(texts, s.Text+s.attr("space"))
	}
	assert.Equal(t, []string{"A & B", "more", "Practice", "Status", "Due", "Size", "=1+1", "yes", " _x005F_x000D_\npreserve", "soon", "Nothing"}, texts)
	picture := parts["xl/drawings/drawing1.xml"]
	assert.Equal(t, `Logo of "A & B"`, picture.all("cNvPr")[0].attr("descr"))
	assert.Equal(t, []string{"952500", "238125"}, []string{picture.all("ext")[0].attr("cx"), picture.all("ext")[0].attr("cy")}, "100 by 25 pixels")
	assert.Equal(t, "FF0b5469", parts["xl/styles.xml"].all("fgColor")[0].attr("rgb"))
	assert.Equal(t, "2026-11-24T00:00:00Z", parts["docProps/core.xml"].all("created")[0].Text)
}

// What was written is read again, whatever it is, and written again to the same bytes.
func TestCellsComeBack(t *testing.T) {
	said := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=_x0-9a-fA-F &<>"' \n\t-]{0,12}`), rapid.SampledFrom([]string{"_x000D_", "_x005F_x000D_", "]]>", "\x00", "\xff", "\ufffe", "\r\n"}))
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Trim(rapid.StringMatching(`[A-Za-z0-9'&<> _-]{1,29}`).Draw(t, "name"), "'") + "x"
		s := workbook.Sheet{Name: name, Table: rapid.Bool().Draw(t, "table"), Columns: []workbook.Column{{Head: "a", Width: 9}, {Head: "b", Width: 9}, {Head: "c", Width: 9}}}
		words := rapid.SliceOfN(said, 1, 5).Draw(t, "words")
		for i, w := range words {
			s.Rows = append(s.Rows, workbook.Row{Cells: []workbook.Cell{workbook.Text(w), workbook.Number(float64(i) - 1.5), workbook.Day("2027-01-31")}})
		}
		var out, again bytes.Buffer
		require.NoError(t, workbook.Write(&out, workbook.Book{Sheets: []workbook.Sheet{s}}))
		require.NoError(t, workbook.Write(&again, workbook.Book{Sheets: []workbook.Sheet{s}}))
		require.Equal(t, out.Bytes(), again.Bytes())
		sheets, err := workbook.Read(out.Bytes())
		require.NoError(t, err)
		require.Equal(t, name, sheets[0].Name)
		rows := sheets[0].Rows[len(sheets[0].Rows)-len(words):]
		for i, w := range words {
			require.Equal(t, strings.ReplaceAll(workbook.Safe(w), "\r", "\n"), rows[i].Cells[0].Text)
			require.Equal(t, strconv.FormatFloat(float64(i)-1.5, 'f', -1, 64), rows[i].Cells[1].Text)
			require.Equal(t, "2027-01-31", rows[i].Cells[2].Day)
		}
	})
}

// What is no number that a cell holds, and no day, is text.
func TestOddValuesAreText(t *testing.T) {
	cells := []workbook.Cell{workbook.Number(math.NaN()), workbook.Number(math.Inf(-1)), workbook.Day("0042-01-01"), workbook.Day("2027-02-30"), workbook.Number(1e21), workbook.Number(-0.25)}
	_, parts := parts(t, workbook.Book{Sheets: []workbook.Sheet{{Name: "S", Rows: []workbook.Row{{Cells: cells}}}}})
	var held []string
	for _, c := range parts["xl/worksheets/sheet1.xml"].all("c") {
		held = append(held, c.attr("t")+c.Children[0].Text)
	}
	assert.Equal(t, []string{"s0", "s1", "s2", "s3", "1000000000000000000000", "-0.25"}, held)
}

// What a workbook can't hold is refused before anything is written.
func TestWhatAWorkbookCannotHold(t *testing.T) {
	named := func(name string) workbook.Sheet { return workbook.Sheet{Name: name} }
	const name = `: a name has 1 to 31 characters, none of them : \ / ? * [ ], and no apostrophe at its ends`
	for want, sheets := range map[string][]workbook.Sheet{
		"a workbook has at least one sheet":       nil,
		"sheet " + name:                           {named("")},
		"sheet a/b" + name:                        {named("a/b")},
		"sheet 'a" + name:                         {named("'a")},
		"sheet " + strings.Repeat("a", 32) + name: {named(strings.Repeat("a", 32))},
		"sheet A: there are two of this name":     {named("a"), named("A")},
		"sheet a: a table has columns":            {{Name: "a", Table: true}},
		"sheet a: has 0 columns and 1048577 rows; Excel holds 16384 and 1048576":  {{Name: "a", Rows: make([]workbook.Row, 1048577)}},
		"sheet a: has 16385 columns and 1 rows; Excel holds 16384 and 1048576":    {{Name: "a", Rows: []workbook.Row{{Cells: make([]workbook.Cell, 16385)}}}},
		"sheet a: the choices of Status are longer than 255 characters":           {{Name: "a", Table: true, Columns: []workbook.Column{{Head: "Status", Choice: []string{strings.Repeat("x", 256)}}}}},
		"sheet a: its picture can't be read: png: invalid format: not a PNG file": {{Name: "a", Picture: &workbook.Picture{PNG: []byte("GIF89a......")}}},
	} {
		var out bytes.Buffer
		require.EqualError(t, workbook.Write(&out, workbook.Book{Sheets: sheets}), want)
		assert.Empty(t, out.Bytes(), want)
	}
}

// A writer that fails is an error, wherever it fails.
func TestErrorsOfTheWriter(t *testing.T) {
	var whole bytes.Buffer
	b := everything(t)
	require.NoError(t, workbook.Write(&whole, b))
	for n := 0; n < whole.Len(); n += 97 {
		require.ErrorIs(t, workbook.Write(&full{left: n}, b), errFull, "after %d bytes", n)
	}
}

var errFull = errors.New("the disk is full")

// full is a disk that takes so many bytes.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}
