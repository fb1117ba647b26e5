package pdf

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/text"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A Font is a TrueType or OpenType font, or the first font of a collection.
type Font struct {
	name string
	sfnt *sfnt.Font
}

// ParseFont parses the content of a font file; name is used in errors. Only the outlines of
// glyphs get from the file into a PDF (see trueType).
func ParseFont(name string, data []byte) (f *Font, err error) {
	defer recoverFontError(name, &err)
	list, err := sfnt.ParseCollection(data)
	if err != nil || list.NumFonts() == 0 {
		return nil, fmt.Errorf("%s: not a TrueType or OpenType font that can be read", name)
	}
	first, err := list.Font(0)
	if err != nil {
		return nil, fmt.Errorf("%s: not a TrueType or OpenType font that can be read", name)
	}
	f = &Font{name: name, sfnt: first}
	if upem := first.UnitsPerEm(); upem < 16 || upem > 16384 {
		return nil, fmt.Errorf("%s: broken font: %d units per em", name, upem)
	}
	return f, nil
}

// recoverFontError turns a panic of the font parser into an error. It is deferred.
func recoverFontError(name string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: broken font: %v", name, r)
	}
}

// errNoGlyph means that a font does not have a character.
var errNoGlyph = errors.New("no glyph")

// A glyph is the outline and the width of a character in units of its font, with y upward.
type glyph struct {
	width    int
	contours [][]outlinePoint // each of two points or more
}

type outlinePoint struct {
	x, y    int
	onCurve bool // on the curve
}

// maxPoints is how many points an outline may have. A Chinese character has about 200.
const maxPoints = 10000

// glyph returns the glyph of a character. b is a buffer that can be reused.
func (f *Font) glyph(b *sfnt.Buffer, r rune) (g glyph, err error) {
	defer recoverFontError(f.name, &err)
	index, err := f.sfnt.GlyphIndex(b, r)
	if err != nil || index == 0 {
		return g, errNoGlyph
	}
	ppem := fixed.I(int(f.sfnt.UnitsPerEm())) // a pixel is a unit
	width, err := f.sfnt.GlyphAdvance(b, index, ppem, font.HintingNone)
	if err != nil {
		return g, err
	}
	segments, err := f.sfnt.LoadGlyph(b, index, ppem, nil)
	if err != nil {
		return g, err
	}
	g.width = width.Round()
	points := make([]outlinePoint, 0, 2*len(segments))
	var begins []int // the first point of each contour
	add := func(p fixed.Point26_6, on bool) {
		points = append(points, outlinePoint{p.X.Round(), -p.Y.Round(), on})
	}
	var at fixed.Point26_6
	for _, s := range segments {
		if s.Op == sfnt.SegmentOpMoveTo {
			begins = append(begins, len(points))
		} else if len(begins) == 0 {
			return g, errors.New("an outline begins without a point")
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo, sfnt.SegmentOpLineTo:
			add(s.Args[0], true)
			at = s.Args[0]
		case sfnt.SegmentOpQuadTo:
			add(s.Args[0], false)
			add(s.Args[1], true)
			at = s.Args[1]
		case sfnt.SegmentOpCubeTo:
			addCubic(at, s.Args, add)
			at = s.Args[2]
		}
		if len(points) > maxPoints {
			return g, errors.New("an outline has too many points")
		}
	}
	for _, p := range points {
		if p.x != int(int16(p.x)) || p.y != int(int16(p.y)) || g.width < 0 || g.width > 1<<15-1 {
			return g, errors.New("an outline is out of range")
		}
	}
	for i, from := range begins {
		to := len(points)
		if i+1 < len(begins) {
			to = begins[i+1]
		}
		if to-from > 1 {
			g.contours = append(g.contours, points[from:to])
		}
	}
	return g, nil
}

// addCubic adds a cubic curve, as OpenType fonts have them, as four quadratic ones.
func addCubic(from fixed.Point26_6, args [3]fixed.Point26_6, add func(fixed.Point26_6, bool)) {
	const parts = 4
	at := func(t float64) (x, y float64) {
		u := 1 - t
		b := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
		for i, p := range [4]fixed.Point26_6{from, args[0], args[1], args[2]} {
			x, y = x+b[i]*float64(p.X), y+b[i]*float64(p.Y)
		}
		return x, y
	}
	point := func(x, y float64) fixed.Point26_6 {
		return fixed.Point26_6{X: fixed.Int26_6(x), Y: fixed.Int26_6(y)}
	}
	for i := range parts {
		x0, y0 := at(float64(i) / parts)
		xm, ym := at((float64(i) + 0.5) / parts)
		x1, y1 := at(float64(i+1) / parts)
		add(point(2*xm-(x0+x1)/2, 2*ym-(y0+y1)/2), false) // the curve passes through the middle
		add(point(x1, y1), true)
	}
}

// shapedScripts are the scripts that need shaping, which this package cannot do: they are
// written from right to left, or the glyph of a character depends on its neighbours.
var shapedScripts = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Mongolian,
	unicode.Balinese, unicode.Javanese, unicode.Sundanese, unicode.Limbu, unicode.Tai_Tham, unicode.Cham, unicode.Lepcha,
}

// canSet reports whether a character of an extra font can be set: fpdf supports only the
// Basic Multilingual Plane.
func canSet(r rune) bool { return r <= 0xFFFF && !unicode.In(r, shapedScripts...) }

// Missing is the set of characters of a report that no font has.
type Missing map[rune]bool

// String says how many characters of which scripts are missing and what to do; it is empty
// if there are none.
func (m Missing) String() string {
	total, fontless := len(m), 0
	if total == 0 {
		return ""
	}
	scripts := map[string]int{}
	for r := range m {
		scripts[scriptOf(r)]++
		if canSet(r) {
			fontless++
		}
	}
	names := slices.SortedFunc(maps.Keys(scripts), func(a, b string) int {
		return cmp.Or(scripts[b]-scripts[a], strings.Compare(a, b))
	})
	const most = 5
	var parts []string
	for _, name := range names[:min(most, len(names))] {
		parts = append(parts, fmt.Sprintf("%s %d", name, scripts[name]))
	}
	if rest := len(names) - most; rest > 0 {
		parts = append(parts, text.Count(rest, "other script"))
	}
	s := text.Plural(total, "character could not be set and is", "characters could not be set and are") + " shown by code point (" + strings.Join(parts, ", ") + ")"
	switch fontless {
	case total:
		return s + "; give a font that has them with --font FILE, or use -f html, which shows every script"
	case 0:
		return s + "; a PDF of iotlens cannot shape these: use -f html, which shows every script"
	}
	return s + "; give a font with --font FILE for those that need no shaping, or use -f html, which shows every script"
}

// scriptOf returns the name of the script of a character, or "symbols".
func scriptOf(r rune) string {
	best := "symbols"
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			best = name // a character is in one script
		}
	}
	return strings.ReplaceAll(best, "_", " ")
}
