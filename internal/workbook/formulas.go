package workbook

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbookPart is the part that lists the sheets. Source: ECMA-376, part 1, 12.3.23.
const workbookPart = "xl/workbook.xml"

// formulas lists the cells of a sheet that have a formula, as in "B7". The library tells
// that only of a sheet that it holds in memory whole, up to its last row.
func formulas(f *excelize.File, sheet string) (map[string]bool, error) {
	part, err := partOf(f, sheet)
	if err != nil {
		return nil, err
	}
	content, _ := f.Pkg.Load(part)
	data, _ := content.([]byte)
	out := map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(data))
	cell := ""
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("can't be read: %w", err)
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "c":
			cell = attribute(start, "r")
		case start.Name.Local == "f" && cell != "":
			out[cell] = true
		}
	}
}

// partOf is the part of the file that holds a sheet.
func partOf(f *excelize.File, sheet string) (string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Lax  string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // in the strict form
		} `xml:"sheets>sheet"`
	}
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, into := range map[string]any{workbookPart: &book, "xl/_rels/workbook.xml.rels": &links} {
		content, _ := f.Pkg.Load(name)
		data, _ := content.([]byte)
		if err := xml.Unmarshal(data, into); err != nil {
			return "", fmt.Errorf("can't be read: %w", err)
		}
	}
	for _, s := range book.Sheets {
		for _, l := range links.All {
			if s.Name == sheet && (l.ID == s.ID || l.ID == s.Lax) {
				if strings.HasPrefix(l.Target, "/") {
					return strings.TrimPrefix(l.Target, "/"), nil
				}
				return path.Join("xl", l.Target), nil
			}
		}
	}
	return "", errors.New("can't be found in the workbook")
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
