package pdf

import (
	"bytes"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// drawBrandHeader draws logo, names and a line in the accent colour at the top of page one.
func (d *document) drawBrandHeader() {
	b := d.brand
	if b == nil {
		return
	}
	const logoHeight = 11.0
	bottom := d.y
	if b.Logo != nil {
		png := fpdf.ImageOptions{ImageType: "PNG"}
		d.RegisterImageOptionsReader("logo", png, bytes.NewReader(b.Logo.PNG))
		width, height := b.Logo.Fit(48, logoHeight)
		d.ImageOptions("logo", rightEdge-width, d.y, width, height, false, png, 0, "")
		bottom = d.y + height
	}
	if class := b.ClassificationText(); class != "" {
		d.setFont("B", smallSize)
		d.setColour(inkColour)
		d.textAt(leftEdge, d.y, smallSize, contentWidth-54, class)
		d.y += lineHeight(smallSize)
	}
	d.block(leftEdge, contentWidth-54, "", smallSize, mutedColour, strings.Join(b.Parties(), " · "))
	d.y = max(d.y, bottom) + 2
	d.setFill(d.accent())
	d.Rect(leftEdge, d.y, contentWidth, 0.5, "F")
	d.y += 4
}

// accent returns the colour of titles.
func (d *document) accent() colour {
	if d.brand == nil || d.brand.Accent == nil {
		return inkColour
	}
	c := d.brand.Accent.Light
	return colour{int(c[0]), int(c[1]), int(c[2])}
}

// drawBrandFooter writes classification, customer and author at the bottom of a page.
func (d *document) drawBrandFooter() {
	line := d.brand.Parties()
	x := leftEdge
	if class := d.brand.ClassificationText(); class != "" {
		d.setFont("B", labelSize)
		d.setColour(inkColour)
		d.textAt(x, footerTop+4, labelSize, 60, class)
		x += d.GetStringWidth(d.clip(d.singleLine(class), 60)) + 3
	}
	d.setFont("", labelSize)
	d.setColour(mutedColour)
	d.textAt(x, footerTop+4, labelSize, rightEdge-x, strings.Join(line, " · "))
}
