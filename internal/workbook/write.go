package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// Namespaces and content types. Source: ECMA-376, part 1, annex A and clause 12; part 2.
const (
	mainNS    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packageNS = "http://schemas.openxmlformats.org/package/2006/"
	officeNS  = "http://schemas.openxmlformats.org/officeDocument/2006/"
	linkNS    = officeNS + "relationships"
	sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// Write writes a workbook. Its error is that of the writer, or says which sheet can't be
// written, before anything is.
func Write(w io.Writer, b Book) error {
	parts, err := partsOf(b)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.Create(p.name) // with no time
		if err != nil {
			return err
		}
		if _, err := f.Write(p.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// A part is a file of a workbook. Without a content type it has that of its extension.
type part struct {
	name, contentType string
	content           []byte
}

// A link leads from one part to another. Source: ECMA-376, part 2, 6.5.3.4.
type link struct{ kind, target string }

// files collects the parts of a workbook.
type files []part

func (f *files) add(name, contentType string, d *document) {
	*f = append(*f, part{name, contentType, append([]byte(xmlHead), d.Bytes()...)})
}

// links adds the links of a part, which are rId1 and so on.
func (f *files) links(name string, all ...link) {
	d := &document{}
	d.add(`<Relationships xmlns="` + packageNS + `relationships">`)
	for i, l := range all {
		d.add(`<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, l.kind, l.target)
	}
	d.add(`</Relationships>`)
	f.add(name, "", d)
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// partsOf makes the parts of a workbook in the order of the file.
func partsOf(b Book) ([]part, error) {
	if err := check(b.Sheets); err != nil {
		return nil, err
	}
	var f files
	f.links("_rels/.rels", link{linkNS + "/officeDocument", "xl/workbook.xml"},
		link{packageNS + "relationships/metadata/core-properties", "docProps/core.xml"}, link{linkNS + "/extended-properties", "docProps/app.xml"})
	f.add("xl/workbook.xml", sheetType+"sheet.main+xml", contents(b.Sheets))
	var links []link
	shared := &texts{at: map[string]int{}}
	for i, s := range b.Sheets {
		p := &painter{book: b, texts: shared}
		p.sheet(s, i == 0)
		name := fmt.Sprintf("sheet%d.xml", i+1)
		f.add("xl/worksheets/"+name, sheetType+"worksheet+xml", &p.document)
		links = append(links, link{linkNS + "/worksheet", "worksheets/" + name})
		if s.Picture == nil {
			continue
		}
		if err := f.picture(i+1, *s.Picture); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	f.add("xl/sharedStrings.xml", sheetType+"sharedStrings+xml", shared.part())
	f.add("xl/styles.xml", sheetType+"styles+xml", styles(b.Accent))
	f.links("xl/_rels/workbook.xml.rels", append(links, link{linkNS + "/sharedStrings", "sharedStrings.xml"}, link{linkNS + "/styles", "styles.xml"})...)
	f.add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core(b))
	app := &document{}
	app.add(`<Properties xmlns="` + officeNS + `extended-properties"><Application>iotlens</Application></Properties>`)
	f.add("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", app)
	var first files
	first.add("[Content_Types].xml", "", types(f))
	return append(first, f...), nil
}

// types is the part that says what the others are, which comes first: programs tell by it
// what a file is. Source: ECMA-376, part 2, 6.2.3.
func types(parts []part) *document {
	d := &document{}
	d.add(`<Types xmlns="` + packageNS + `content-types"><Default Extension="png" ContentType="image/png"/>`)
	d.add(`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for _, p := range parts {
		if p.contentType != "" {
			d.add(`<Override PartName="%s" ContentType="%s"/>`, "/"+p.name, p.contentType)
		}
	}
	d.add(`</Types>`)
	return d
}

// contents is the part that lists the sheets, and the areas that are filtered and repeated
// on every page. Source: ECMA-376, part 1, 18.2.
func contents(sheets []Sheet) *document {
	d, names := &document{}, &document{}
	d.add(`<workbook xmlns="` + mainNS + `" xmlns:r="` + linkNS + `"><bookViews><workbookView/></bookViews><sheets>`)
	for i, s := range sheets {
		d.add(`<sheet name="%s" sheetId="%d" r:id="%s"/>`, literal(s.Name), i+1, fmt.Sprintf("rId%d", i+1))
		if s.Table {
			name := "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!"
			names.add(`<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s</definedName>`, i, literal(name+filtered(s)))
			names.add(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s</definedName>`, i, literal(name+"$1:$1"))
		}
	}
	d.add(`</sheets>`)
	if names.Len() > 0 {
		d.add(`<definedNames>`)
		d.Write(names.Bytes())
		d.add(`</definedNames>`)
	}
	d.add(`</workbook>`)
	return d
}

// core is the part of what is said about the document. Source: ECMA-376, part 2, 8.3.
func core(b Book) *document {
	d := &document{}
	d.add(`<cp:coreProperties xmlns:cp="`+packageNS+`metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>iotlens</dc:creator><cp:lastModifiedBy>iotlens</cp:lastModifiedBy>`, Safe(b.Title))
	if b.Day != "" {
		at := b.Day + "T00:00:00Z"
		d.add(`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>`, at, at)
	}
	d.add(`</cp:coreProperties>`)
	return d
}

// picture adds the picture of a sheet, which stands beside its first rows.
// Source: ECMA-376, part 1, 20.5.2; 20.1.10.16 for English Metric Units.
func (f *files) picture(sheet int, p Picture) error {
	const pixel = 9525 // units
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil {
		return fmt.Errorf("its picture can't be read: %w", err)
	}
	wide, high := int(float64(size.Width)*p.Scale)*pixel, int(float64(size.Height)*p.Scale)*pixel
	drawing, image := fmt.Sprintf("drawing%d.xml", sheet), fmt.Sprintf("image%d.png", sheet)
	d := &document{}
	d.add(`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="` + linkNS + `">`)
	d.add(`<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>%d</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/>`, 10*pixel, 4*pixel, wide, high)
	d.add(`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1" descr="%s"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>`, Safe(p.Name))
	d.add(`<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>`, wide, high)
	d.add(`<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`)
	f.links(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", sheet), link{linkNS + "/drawing", "../drawings/" + drawing})
	f.add("xl/drawings/"+drawing, "application/vnd.openxmlformats-officedocument.drawing+xml", d)
	f.links("xl/drawings/_rels/"+drawing+".rels", link{linkNS + "/image", "../media/" + image})
	*f = append(*f, part{name: "xl/media/" + image, content: p.PNG})
	return nil
}

// Limits of Excel. Source: "Excel specifications and limits", Microsoft; ECMA-376, part 1,
// 18.3.1.32 for choices.
const (
	longestName   = 31 // UTF-16 units
	sheetColumns  = 16384
	sheetRows     = 1048576
	longestChoice = 255 // UTF-16 units
)

// check tells whether a workbook can hold some sheets.
func check(sheets []Sheet) error {
	if len(sheets) == 0 {
		return errors.New("a workbook has at least one sheet")
	}
	seen := map[string]bool{}
	for _, s := range sheets {
		if err := checkSheet(s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		name := strings.ToLower(s.Name)
		if seen[name] {
			return fmt.Errorf("sheet %s: there are two of this name", s.Name)
		}
		seen[name] = true
	}
	return nil
}

func checkSheet(s Sheet) error {
	switch columns, rows := extent(s); {
	case s.Name == "" || text.UTF16Len(s.Name) > longestName || strings.ContainsAny(s.Name, `:\/?*[]`) || strings.Trim(s.Name, "'") != s.Name || Safe(s.Name) != s.Name:
		return fmt.Errorf("a name has 1 to %d characters, none of them : \\ / ? * [ ], and no apostrophe at its ends", longestName)
	case s.Table && len(s.Columns) == 0:
		return errors.New("a table has columns")
	case columns > sheetColumns || rows > sheetRows:
		return fmt.Errorf("has %d columns and %d rows; Excel holds %d and %d", columns, rows, sheetColumns, sheetRows)
	}
	for _, c := range s.Columns {
		if text.UTF16Len(choice(c.Choice)) > longestChoice+2 {
			return fmt.Errorf("the choices of %s are longer than %d characters", c.Head, longestChoice)
		}
	}
	return nil
}
