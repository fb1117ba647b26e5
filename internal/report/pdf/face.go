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

// builtinFonts are the built-in ones, regular and bold.
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

// A face is a built-in font in a document, in subfonts of a byte a character: the simple
// fonts of PDF. fpdf would set it as one font with two bytes a character, too, but makes
// tables of all 65,536 code points for it, which took a third of a report.
type face struct {
	name      string
	style     string
	stemWidth int              // how wide a stem is, in thousandths of the size
	subfonts  map[int]*subfont // those that are used
}

// A subfont has the characters of a face for which codeOf gives its number.
type subfont struct {
	definition []byte // a font definition file of fpdf
	file       []byte // the font itself
	widths     [256]int
	family     string // in fpdf, once it is added there
}

// latinFiles are the subfonts that every report needs, made beforehand: UPDATE_GOLDEN=1 go test
// ./internal/report/pdf writes them from the fonts that are linked.
//
//go:embed latin
var latinFiles embed.FS

// wholeFont is the whole font, which most reports do not need.
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

// A subfont other than 0 has ownSize characters of its own, from the code ownCodes on.
const (
	firstOwnCode = 0x40
	ownCodeCount = 0x100 - firstOwnCode
	firstOwnRune = 0x100 // the first character of subfont 1
)

// codeOf is the number of the subfont that a character is in, and its code there. Subfont 0 is
// Windows-1252, which PDF calls WinAnsiEncoding; nearly all texts have no other.
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

// character is the character of a code of a subfont. Below ownCodes, blanks, digits and
// most punctuation are in every subfont, so that words of one script are set in one.
func character(number int, code byte) rune {
	if number == 0 || code < firstOwnCode {
		return charmap.Windows1252.DecodeByte(code)
	}
	return rune(firstOwnRune + (number-1)*ownCodeCount + int(code-firstOwnCode))
}

// inEverySubfont tells whether every subfont has a character, with the same code.
func inEverySubfont(r rune) bool { return r >= ' ' && r < firstOwnCode }

// subfont returns a subfont of a face.
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

// readLatin is subfont 0, as it was made beforehand.
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

// build makes a subfont out of the whole font.
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

// width is that of a character in thousandths of the size.
func (f *face) width(r rune) int {
	number, code := codeOf(r)
	return f.subfont(number).widths[code]
}

// face is the built-in font of the present style.
func (d *document) face() *face {
	if d.style == "B" {
		return d.faces[1]
	}
	return d.faces[0]
}

// register is the family of a subfont in fpdf, to which it is added the first time.
func (d *document) register(f *face, number int) (family string) {
	p := f.subfont(number)
	if p.family != "" {
		return p.family
	}
	p.family = fmt.Sprintf("sans%d", number)
	d.AddFontFromBytes(p.family, f.style, p.definition, p.file)
	return p.family
}

// glyphNames are the characters of a subfont where it differs from subfont 0, by names that say
// their code points, as readers that search and copy need.
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

// descriptor describes a face, in thousandths of the size.
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
