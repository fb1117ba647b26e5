package pdf

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Options are the options of Write.
type Options struct {
	Brand   *brand.Brand  // nil for none
	Fonts   []*Font       // for characters that the built-in fonts lack, in the order in which they are tried
	Missing func(Missing) // called with the characters that no font has; may be nil
}

// Write writes a report as a PDF. If the built-in fonts lack characters of it and there are
// other fonts, it draws the report a second time with glyphs of these.
func Write(w io.Writer, a *scoring.Assessment, o Options) error {
	d := drawReport(a, o, nil)
	if len(d.missing) > 0 && len(o.Fonts) > 0 {
		d = drawReport(a, o, subsetFonts(o.Fonts, slices.Collect(maps.Keys(d.missing))))
	}
	if err := d.Error(); err != nil {
		return err
	}
	if o.Missing != nil {
		o.Missing(d.missing)
	}
	return d.Output(w)
}

// subsetFonts returns subsets of fonts with some characters, each from the first font that
// has it.
func subsetFonts(fonts []*Font, runes []rune) []subset {
	var out []subset
	for _, f := range fonts {
		if s, ok := f.subsetOf(runes); ok {
			out = append(out, s)
			runes = slices.DeleteFunc(runes, func(r rune) bool { _, has := s.widths[r]; return has })
		}
	}
	return out
}

func extraFontName(i int) string { return fmt.Sprintf("extra%d", i) }

// hasGlyph reports whether any font has a character.
func (d *document) hasGlyph(r rune) bool { return builtinHasGlyph(r) || d.fontOf(r) < 0 }

// fontOf returns the font of a character: from 0 up the number of a built-in subfont, from -1
// down an extra font.
func (d *document) fontOf(r rune) int {
	if len(d.extraFonts) > 0 && !builtinHasGlyph(r) {
		if i := slices.IndexFunc(d.extraFonts, func(e subset) bool { _, has := e.widths[r]; return has }); i >= 0 {
			return -1 - i
		}
	}
	number, _ := codeOf(r)
	return number
}

// run returns the beginning of a text that is set in one font, and the font as fontOf numbers
// it.
func (d *document) run(s string) (run string, at int) {
	for i, r := range s {
		if at == 0 && r < 0x80 || at > 0 && inEverySubfont(r) {
			continue
		}
		font := d.fontOf(r)
		if i > 0 && font != at {
			return s[:i], at
		}
		at = font
	}
	return s, at
}

// Text writes printable text at x and y, each run in the font that has it. It replaces the
// method of fpdf.
func (d *document) Text(x, y float64, s string) {
	d.setFill(d.colour)
	for len(s) > 0 {
		run, at := d.run(s)
		if at < 0 {
			d.useFont(extraFontName(-1-at), "")
			d.SetTextColor(d.colour[0], d.colour[1], d.colour[2])
			d.Fpdf.Text(x, y, run)
		} else {
			d.useFont(d.register(d.face(), at), d.style)
			d.textObject(x, y, 0, run)
		}
		if s = s[len(run):]; s != "" {
			x += d.GetStringWidth(run)
		}
	}
}

// textLines writes printable lines below each other, the first one at x and y.
func (d *document) textLines(x, y, height float64, lines []string) {
	if slices.ContainsFunc(lines, func(l string) bool { run, at := d.run(l); return at != 0 || run != l }) {
		for i, line := range lines {
			d.Text(x, y+float64(i)*height, line)
		}
		return
	}
	d.setFill(d.colour)
	d.useFont(d.register(d.face(), 0), d.style)
	d.textObject(x, y, height, lines...)
}

// textObject writes lines of one subfont as one text object of PDF. fpdf would write an
// object for each line, and copy each line five times.
func (d *document) textObject(x, y, height float64, lines ...string) {
	_, bottom := d.GetPageSize()
	out := d.scratch[:0]
	out = append(out, "BT "...)
	if len(lines) > 1 {
		out = append(strconv.AppendFloat(out, height/point, 'f', 4, 64), " TL "...)
	}
	out = append(strconv.AppendFloat(out, x/point, 'f', 2, 64), ' ')
	out = append(strconv.AppendFloat(out, (bottom-y)/point, 'f', 2, 64), " Td"...)
	for i, line := range lines {
		out = append(out, " ("...)
		for _, r := range line {
			_, code := codeOf(r)
			if code == '\\' || code == '(' || code == ')' {
				out = append(out, '\\')
			}
			out = append(out, code)
		}
		if i == 0 {
			out = append(out, ") Tj"...)
		} else {
			out = append(out, ") '"...) // on the next line
		}
	}
	out = append(out, " ET"...)
	d.RawWriteStr(string(out))
	d.scratch = out
}

// useFont sets the font in fpdf, unless it is set already.
func (d *document) useFont(family, style string) {
	if u := d.state; u.family != family || u.style != style || u.size != d.size {
		d.SetFont(family, style, d.size)
		d.state = pageState{family, style, d.size, u.colour}
	}
}

// GetStringWidth returns the width of printable text in millimetres, in the present font and
// those for characters that it lacks. It replaces the method of fpdf.
func (d *document) GetStringWidth(s string) float64 {
	f := d.face()
	latin, width, extra := &f.subfont(0).widths, 0, 0.0
	for _, r := range s {
		if r < 0x80 {
			width += latin[r]
		} else if at := d.fontOf(r); at < 0 {
			extra += d.extraFonts[-1-at].widths[r]
		} else {
			width += f.width(r)
		}
	}
	return (float64(width)/1000 + extra) * d.size * point
}
