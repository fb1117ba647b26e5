package pdf

import (
	"bytes"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// drawBrandHeader draws the logo, the names and a line in the accent at the head of page one.
func (d *document) drawBrandHeader() {
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
		d.ImageOptions("logo", rightEdge-wide, d.y, wide, tall, false, png, 0, "")
		bottom = d.y + tall
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

// accent is the colour of titles.
func (d *document) accent() colour {
	if d.brand == nil || d.brand.Accent == nil {
		return inkColour
	}
	c := d.brand.Accent.Light
	return colour{int(c[0]), int(c[1]), int(c[2])}
}

// drawBrandFooter writes on a page how the report may be passed on, for whom it is and by whom.
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
