package pdf

import (
	"bytes"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// brandHead draws the logo, the names and a line in the accent at the head of page one.
func (d *pdfDoc) brandHead() {
	b := d.brand
	if b == nil {
		return
	}
	const high = 11.0
	bottom := d.y
	if b.Logo != nil {
		png := fpdf.ImageOptions{ImageType: "PNG"}
		d.RegisterImageOptionsReader("logo", png, bytes.NewReader(b.Logo.PNG))
		wide, tall := b.Logo.Fit(48, high)
		d.ImageOptions("logo", pdfRight-wide, d.y, wide, tall, false, png, 0, "")
		bottom = d.y + tall
	}
	if class := b.Class(); class != "" {
		d.font("B", small)
		d.ink(ink)
		d.at(pdfLeft, d.y, small, pdfWide-54, class)
		d.y += step(small)
	}
	d.block(pdfLeft, pdfWide-54, "", small, muted, strings.Join(b.Parties(), " · "))
	d.y = max(d.y, bottom) + 2
	d.fill(d.accent())
	d.Rect(pdfLeft, d.y, pdfWide, 0.5, "F")
	d.y += 4
}

// accent is the colour of titles.
func (d *pdfDoc) accent() tint {
	if d.brand == nil || d.brand.Accent == nil {
		return ink
	}
	c := d.brand.Accent.Light
	return tint{int(c[0]), int(c[1]), int(c[2])}
}

// brandFoot writes on a page how the report may be passed on, for whom it is and by whom.
func (d *pdfDoc) brandFoot() {
	line := d.brand.Parties()
	x := pdfLeft
	if class := d.brand.Class(); class != "" {
		d.font("B", label)
		d.ink(ink)
		d.at(x, pdfFooter+4, label, 60, class)
		x += d.GetStringWidth(d.clip(d.one(class), 60)) + 3
	}
	d.font("", label)
	d.ink(muted)
	d.at(x, pdfFooter+4, label, pdfRight-x, strings.Join(line, " · "))
}
