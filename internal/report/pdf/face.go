package pdf

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/charmap"
)

// builtinFonts returns the built-in fonts, regular and bold.
var builtinFonts = sync.OnceValue(func() []*Font {
	var out []*Font
	for _, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f, err := ParseFont("Liberation Sans", ttf)
		if err != nil {
			panic("pdf: " + err.Error())
		}
		out = append(out, f)
	}
	return out
})

// A face is a built-in font in a document. It is split into subfonts with one byte for each
// character, the simple fonts of PDF. fpdf can also set it as one font with two bytes for
// each character, but then it builds tables of 65,536 code points, which takes a third of
// the time of a report.
type face struct {
	name      string
	style     string
	stemWidth int              // how wide a stem is, in thousandths of the size
	subfonts  map[int]*subfont // those that are used
}

// A subfont has the characters of a face that codeOf assigns to its number.
type subfont struct {
	definition []byte // a font definition file of fpdf
	file       []byte // the font itself
	widths     [256]int
	family     string // in fpdf, once it is added there
}

// latinFiles has subfont 0 of each face, which every report needs. UPDATE_GOLDEN=1 go test
// ./internal/report/pdf builds the files from the linked fonts.
//
//go:embed latin
var latinFiles embed.FS

// wholeFont returns the font of a face, which most reports do not need.
func (f *face) wholeFont() *Font {
	if f.style == "B" {
		return builtinFonts()[1]
	}
	return builtinFonts()[0]
}

func newFaces() [2]*face {
	return [2]*face{
		{name: "LiberationSans", stemWidth: 88, subfonts: map[int]*subfont{}},
		{name: "LiberationSans-Bold", style: "B", stemWidth: 166, subfonts: map[int]*subfont{}},
	}
}

// A subfont other than 0 has ownCodeCount characters of its own, from firstOwnCode on.
const (
	firstOwnCode = 0x40
	ownCodeCount = 0x100 - firstOwnCode
	firstOwnRune = 0x100 // the first character of subfont 1
)

// codeOf returns the number of the subfont of a character and its code there. Subfont 0 is
// Windows-1252, which PDF calls WinAnsiEncoding; it covers nearly all texts.
func codeOf(r rune) (number int, code byte) {
	if r < 0x80 {
		return 0, byte(r)
	}
	if code, ok := charmap.Windows1252.EncodeRune(r); ok {
		return 0, code
	}
	n := max(0, int(r)-firstOwnRune)
	return 1 + n/ownCodeCount, byte(firstOwnCode + n%ownCodeCount)
}

// character returns the character of a code of a subfont. The codes below firstOwnCode
// (space, digits and most punctuation) are the same in every subfont, so that a phrase in
// one script needs only one subfont.
func character(number int, code byte) rune {
	if number == 0 || code < firstOwnCode {
		return charmap.Windows1252.DecodeByte(code)
	}
	return rune(firstOwnRune + (number-1)*ownCodeCount + int(code-firstOwnCode))
}

// inEverySubfont reports whether every subfont has a character, with the same code.
func inEverySubfont(r rune) bool { return r >= ' ' && r < firstOwnCode }

// subfont returns a subfont of a face, which it loads or builds at first use.
func (f *face) subfont(number int) *subfont {
	p := f.subfonts[number]
	if p == nil {
		p = &subfont{}
		if number == 0 {
			p.definition, p.file = f.readLatin()
		} else {
			p.definition, p.file = f.build(number)
		}
		known := struct{ Cw *[256]int }{&p.widths}
		if err := json.Unmarshal(p.definition, &known); err != nil {
			panic("pdf: " + err.Error())
		}
		f.subfonts[number] = p
	}
	return p
}

// readLatin returns the prebuilt subfont 0.
func (f *face) readLatin() (definition, file []byte) {
	read := func(name string) []byte {
		data, err := latinFiles.ReadFile("latin/" + name)
		if err != nil {
			panic("pdf: " + err.Error())
		}
		return data
	}
	return read(f.name + ".json"), read(f.name + ".ttf.z")
}

// build builds a subfont from the whole font.
func (f *face) build(number int) (definition, file []byte) {
	var runes []rune
	for code := ' '; code <= 0xFF; code++ {
		runes = append(runes, character(number, byte(code)))
	}
	subset, _ := f.wholeFont().subsetOf(runes)
	var widths [256]int // in thousandths of the size
	for code := ' '; code <= 0xFF; code++ {
		widths[code] = int(math.Round(1000 * subset.widths[character(number, byte(code))]))
	}
	definition, err := json.Marshal(struct {
		Tp, Name, File, Diff string
		Desc                 fpdf.FontDescType
		Cw                   [256]int
		OriginalSize         int
	}{
		Tp: "TrueType", Name: fmt.Sprintf("SUBF%c%c+%s", 'A'+number/26, 'A'+number%26, f.name), File: fmt.Sprintf("%s-%d.ttf", f.name, number), Diff: glyphNames(number),
		Desc: f.descriptor(), Cw: widths, OriginalSize: len(subset.ttf),
	})
	if err != nil {
		panic("pdf: " + err.Error())
	}
	return definition, subset.ttf
}

// width returns the width of a character in thousandths of the font size.
func (f *face) width(r rune) int {
	number, code := codeOf(r)
	return f.subfont(number).widths[code]
}

// face returns the built-in font of the present style.
func (d *document) face() *face {
	if d.style == "B" {
		return d.faces[1]
	}
	return d.faces[0]
}

// register returns the family of a subfont in fpdf and adds it there at first use.
func (d *document) register(f *face, number int) (family string) {
	p := f.subfont(number)
	if p.family != "" {
		return p.family
	}
	p.family = fmt.Sprintf("sans%d", number)
	d.AddFontFromBytes(p.family, f.style, p.definition, p.file)
	return p.family
}

// glyphNames returns the differences of a subfont from WinAnsiEncoding, with glyph names that
// contain the code point; PDF viewers need these to search and copy text.
func glyphNames(number int) string {
	if number == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d", firstOwnCode)
	for code := firstOwnCode; code <= 0xFF; code++ {
		fmt.Fprintf(&b, " /uni%04X", character(number, byte(code)))
	}
	return b.String()
}

// descriptor returns the font descriptor of a face, in thousandths of the font size.
func (f *face) descriptor() fpdf.FontDescType {
	out := fpdf.FontDescType{Flags: fpdf.FontFlagNonsymbolic, StemV: f.stemWidth}
	metrics, err := f.wholeFont().sfnt.Metrics(nil, fixed.I(1000), font.HintingNone)
	if err == nil {
		out.Ascent, out.Descent, out.CapHeight = metrics.Ascent.Round(), -metrics.Descent.Round(), metrics.CapHeight.Round()
	}
	if box, err := f.wholeFont().sfnt.Bounds(nil, fixed.I(1000), font.HintingNone); err == nil { // y is downward
		out.FontBBox.Xmin, out.FontBBox.Ymin = box.Min.X.Floor(), -box.Max.Y.Ceil()
		out.FontBBox.Xmax, out.FontBBox.Ymax = box.Max.X.Ceil(), -box.Min.Y.Floor()
	}
	return out
}
