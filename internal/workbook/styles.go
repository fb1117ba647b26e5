package workbook

import "cmp"

// A style is a format of cells by its place in the styles part, where the first one is that
// of cells that are not written.
type style int

const (
	headStyle style = iota + 1
	bodyStyle
	boldStyle
	dayStyle
	timeStyle
	numberStyle
)

// asText is the number format of text: a cell that is edited there stays text, whatever
// it begins with. Source: ECMA-376, part 1, 18.8.30.
const asText = 49

// formats lists what the styles consist of: a number format, a font and a fill.
var formats = [...]struct{ number, font, fill int }{
	headStyle: {asText, 1, 2}, bodyStyle: {asText, 0, 0}, boldStyle: {asText, 2, 0},
	dayStyle: {164, 0, 0}, timeStyle: {165, 0, 0}, numberStyle: {0, 0, 0},
}

// styles is the styles part. The first two fills are the same in every workbook.
// Source: ECMA-376, part 1, 18.8.
func styles(accent string) *document {
	const calibri = `<name val="Calibri"/><family val="2"/></font>`
	d := &document{}
	d.add(`<styleSheet xmlns="` + mainNS + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts>`)
	d.add(`<fonts count="3"><font><sz val="11"/>` + calibri + `<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>` + calibri + `<font><b/><sz val="11"/>` + calibri + `</fonts>`)
	d.add(`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`)
	d.add(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/></patternFill></fill></fills>`, "FF"+cmp.Or(accent, "1F3A5F"))
	d.add(`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`)
	d.add(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`, len(formats))
	for _, f := range formats[headStyle:] {
		d.add(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`, f.number, f.font, f.fill)
	}
	d.add(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return d
}
