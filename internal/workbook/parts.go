package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/xuri/nfp"
)

// parts are the files of a workbook by their names in lower case, since names of parts are
// compared without case. Source: ECMA-376, part 2, 6.2.2.3.
type parts map[string]*zip.File

// open opens a workbook. It refuses what is not an .xlsx workbook and says what to do.
func open(data []byte) (parts, error) {
	const save = "save it as .xlsx (Excel workbook)"
	if bytes.HasPrefix(data, compound) {
		return nil, errors.New("is a workbook of Excel 97-2003 (.xls), or one with a password; " + save + ", without a password")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("is an incomplete or broken workbook; copy it again, or save it again as .xlsx")
	}
	p := parts{}
	var size uint64
	for _, f := range z.File {
		if size += f.UncompressedSize64; f.UncompressedSize64 > largest || size > largest {
			return nil, fmt.Errorf("is too large: a workbook may have %d MB, unzipped", largest>>20)
		}
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if p[name] != nil {
			return nil, fmt.Errorf("is a broken workbook: it has two parts named %s; open it in a spreadsheet and save it as .xlsx", name)
		}
		p[name] = f
	}
	switch {
	case p["xl/vbaproject.bin"] != nil:
		return nil, errors.New("is a workbook with macros (.xlsm), which are not read; " + save)
	case p["xl/workbook.bin"] != nil:
		return nil, errors.New("is a binary workbook (.xlsb); " + save)
	case p["content.xml"] != nil && p["mimetype"] != nil:
		return nil, errors.New("is an OpenDocument file (.ods); " + save)
	case p["[content_types].xml"] == nil || p["word/document.xml"] != nil || p["ppt/presentation.xml"] != nil:
		return nil, errors.New("is a ZIP file and not a workbook; give the .xlsx file itself")
	}
	return p, nil
}

// decoder reads a part. A UTF-16 part is converted.
func (p parts) decoder(name string) (*xml.Decoder, error) {
	f := p[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = r.Close() }() // the archive is in memory
	data, err := io.ReadAll(io.LimitReader(r, largest))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := xml.NewDecoder(strings.NewReader(text.Decode(data)))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "UTF-16") { // converted above
			return in, nil
		}
		return nil, fmt.Errorf("the character set %q is not supported", charset)
	}
	return d, nil
}

// decode decodes a part.
func (p parts) decode(name string, into any) error {
	d, err := p.decoder(name)
	if err != nil {
		return err
	}
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// links lists where a part, or "" for the workbook as a whole, leads: the names of parts by id and by the last word of their
// type, which is the same in the transitional and the strict form of the standard.
// Source: ECMA-376, part 2, 6.5.
func (p parts) links(part string) (byID, byType map[string]string, err error) {
	var list struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	dir, base := path.Split(part)
	if err := p.decode(dir+"_rels/"+base+".rels", &list); err != nil {
		return nil, nil, err
	}
	byID, byType = map[string]string{}, map[string]string{}
	for _, l := range list.Links {
		target := l.Target
		if !strings.HasPrefix(target, "/") {
			target = "/" + dir + target
		}
		target = strings.TrimPrefix(path.Clean(target), "/")
		byID[l.ID], byType[path.Base(l.Type)] = target, target
	}
	return byID, byType, nil
}

// A book is a workbook that is being read.
type book struct {
	parts    parts
	sheets   []struct{ name, part string }
	texts    []string                 // shared strings
	formats  []string                 // format codes of numbers, by the style of a cell
	sections map[string][]nfp.Section // of format codes that were needed
	from1904 bool                     // days are counted from 1904, as Excel for Mac once did

	rowsRead, cellsRead int
}

// book reads what all sheets share. Source: ECMA-376, part 1, 18.2.27.
func (p parts) book() (*book, error) {
	_, top, err := p.links("")
	if err != nil {
		return nil, err
	}
	name := top["officeDocument"]
	var workbook struct {
		Properties struct {
			From1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			Link string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := p.decode(name, &workbook); err != nil {
		return nil, err
	}
	byID, byType, err := p.links(name)
	if err != nil {
		return nil, err
	}
	b := &book{parts: p, sections: map[string][]nfp.Section{}}
	b.from1904, _ = strconv.ParseBool(workbook.Properties.From1904) // false where it is not set
	for _, s := range workbook.Sheets {
		part, ok := byID[s.Link]
		if !ok {
			return nil, fmt.Errorf("sheet %q is missing", s.Name)
		}
		b.sheets = append(b.sheets, struct{ name, part string }{s.Name, part})
	}
	if part, ok := byType["sharedStrings"]; ok {
		if b.texts, err = p.sharedStrings(part); err != nil {
			return nil, err
		}
	}
	if part := byType["styles"]; p[strings.ToLower(part)] != nil { // some programs link to one that is not there
		if b.formats, err = p.numberFormats(part); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// richText is a text, in one piece or in several of different looks. What says how to
// pronounce it is left out. Source: ECMA-376, part 1, 18.4.8.
type richText struct {
	Plain []string `xml:"t"`
	Runs  []string `xml:"r>t"`
}

func (t richText) String() string {
	return unescaped(strings.Join(t.Plain, "") + strings.Join(t.Runs, ""))
}

// sharedStrings reads the texts that cells refer to by number.
func (p parts) sharedStrings(part string) ([]string, error) {
	d, err := p.decoder(part)
	if err != nil {
		return nil, err
	}
	var all []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			var t richText
			if err := d.DecodeElement(&t, &start); err != nil {
				return nil, fmt.Errorf("%s: %w", part, err)
			}
			all = append(all, t.String())
		}
	}
}

// numberFormats reads the number format of each style. Source: ECMA-376, part 1, 18.8.10.
func (p parts) numberFormats(part string) ([]string, error) {
	var styles struct {
		Formats []struct {
			ID   string `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format string `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := p.decode(part, &styles); err != nil {
		return nil, err
	}
	own := map[string]string{}
	for _, f := range styles.Formats {
		own[f.ID] = f.Code
	}
	formats := make([]string, len(styles.Cells))
	for i, c := range styles.Cells {
		code, ok := own[c.Format]
		if !ok {
			code = builtIn(c.Format)
		}
		formats[i] = code
	}
	return formats, nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
