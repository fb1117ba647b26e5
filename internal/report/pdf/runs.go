package pdf

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Options are what a report is drawn with beside its content.
type Options struct {
	Brand   *brand.Brand  // nil for none
	Fonts   []*Font       // for what the built-in fonts lack, in the order in which they are tried
	Missing func(Missing) // told what no font has; may be nil
}

// Write draws a report. Where the built-in fonts lack characters and others are given, it
// is drawn once more with what they have.
func Write(w io.Writer, a *scoring.Assessment, o Options) error {
	d := draw(a, o, nil)
	if len(d.missing) > 0 && len(o.Fonts) > 0 {
		d = draw(a, o, subsets(o.Fonts, slices.Collect(maps.Keys(d.missing))))
	}
	if err := d.Error(); err != nil {
		return err
	}
	if o.Missing != nil {
		o.Missing(d.missing)
	}
	return d.Output(w)
}

// subsets makes fonts of some characters, each of the first font that has it.
func subsets(fonts []*Font, runes []rune) []subset {
	var out []subset
	for _, f := range fonts {
		if s, ok := f.subsetOf(runes); ok {
			out = append(out, s)
			runes = slices.DeleteFunc(runes, func(r rune) bool { _, has := s.widths[r]; return has })
		}
	}
	return out
}

func extraName(i int) string { return fmt.Sprintf("extra%d", i) }

// has tells whether any font has a character.
func (d *pdfDoc) has(r rune) bool { return hasGlyph(r) || d.fontOf(r) >= 0 }

// fontOf is the extra font of a character; -1 where it is set in the built-in ones.
func (d *pdfDoc) fontOf(r rune) int {
	if len(d.extra) == 0 || hasGlyph(r) {
		return -1
	}
	return slices.IndexFunc(d.extra, func(e subset) bool { _, has := e.widths[r]; return has })
}

// Text writes printable text at a place, each run of it in the font that has it.
func (d *pdfDoc) Text(x, y float64, s string) {
	if len(d.extra) == 0 {
		d.Fpdf.Text(x, y, s)
		return
	}
	style := d.GetFontStyle()
	points, _ := d.GetFontSize()
	for len(s) > 0 {
		run, at := d.run(s)
		if at >= 0 {
			d.SetFont(extraName(at), "", points)
		}
		d.Fpdf.Text(x, y, run)
		if at >= 0 {
			d.SetFont("sans", style, points)
		}
		x += d.GetStringWidth(run)
		s = s[len(run):]
	}
}

// run is the beginning of a text that is set in one font.
func (d *pdfDoc) run(s string) (run string, at int) {
	at = -1
	for i, r := range s {
		font := d.fontOf(r)
		if i > 0 && font != at {
			return s[:i], at
		}
		at = font
	}
	return s, at
}

// GetStringWidth is the width of printable text in the present font, in millimetres, with
// what is set in others.
func (d *pdfDoc) GetStringWidth(s string) float64 {
	if len(d.extra) == 0 {
		return d.Fpdf.GetStringWidth(s)
	}
	_, size := d.GetFontSize()
	width := 0.0
	for len(s) > 0 {
		run, at := d.run(s)
		if at < 0 {
			width += d.Fpdf.GetStringWidth(run)
		} else {
			for _, r := range run {
				width += d.extra[at].widths[r] * size
			}
		}
		s = s[len(run):]
	}
	return width
}
