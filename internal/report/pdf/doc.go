package pdf

import (
	"fmt"
	"path"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"golang.org/x/text/encoding/unicode"
)

// Measures of a page, in millimetres. A4.
const (
	pdfLeft, pdfRight  = 18.0, 192.0
	pdfTop, pdfBottom  = 18.0, 276.0
	pdfWide            = pdfRight - pdfLeft
	pdfFooter          = 283.0
	point              = 25.4 / 72 // in millimetres
	leading            = 1.38      // line height as a multiple of the size of the font
	body, small, label = 9.0, 8.0, 7.5
	fine               = 7.0 // of the ledger
)

// A tint is a colour. Those of the PDF are those of the printed page.
type tint [3]int

var (
	ink      = tint{24, 36, 46}
	muted    = tint{82, 96, 108}
	hairline = tint{223, 229, 233}
	rule     = tint{185, 196, 204}
	washed   = tint{245, 247, 248}
	none     = tint{-1, -1, -1}
)

// toned are a colour for signs and words, and one behind them.
type toned struct{ front, back tint }

var tones = map[string]toned{
	"high":   {tint{163, 39, 27}, tint{251, 234, 231}},
	"medium": {tint{122, 78, 0}, tint{251, 240, 217}},
	"low":    {tint{60, 86, 107}, tint{231, 238, 244}},
	"ok":     {tint{27, 94, 64}, tint{224, 241, 232}},
	"none":   {tint{82, 96, 108}, tint{238, 241, 243}},
}

// bands are the colours behind scores, and arcs those of dials, worst first.
var (
	bands = []tint{{238, 180, 167}, {245, 213, 187}, {243, 235, 208}, {207, 228, 220}, {159, 205, 193}}
	arcs  = []tint{{184, 64, 47}, {194, 111, 31}, {165, 138, 28}, {63, 143, 124}, {31, 117, 101}}
)

// pdfDoc is a PDF that is being drawn from top to bottom.
type pdfDoc struct {
	*fpdf.Fpdf
	y       float64 // where the next line begins
	style   string  // of the text that comes next: "" or "B"
	size    float64 // of it, in points
	colour  tint    // of it
	faces   [2]*face
	used    used            // what the page is written with at present
	fills   map[tint]string // operators that choose colours
	scratch []byte          // for a text object
	brand   *brand.Brand
	extra   []subset // fonts for what the built-in ones lack, in the order in which they are tried
	missing Missing  // characters that no font has
	target  target   // where the lines that are written lead to

	links  map[string]int  // places in the document, by name
	placed map[string]bool // those that were set
	inside map[string]bool // findings that stand on page one

	settings map[setting][]string // lines of texts that were measured
}

// used is what a page is written with. fpdf writes each choice to the page, even one that
// changes nothing.
type used struct {
	family, style string
	size          float64
	colour        tint // of text and of areas
}

// A target is where a line leads to: a page on the web, or a place in the document. The
// zero value is nowhere.
type target struct{ url, place string }

// frontPage is the place of page one; that of a finding is its id.
const frontPage = "\x00front"

// link is the number of a place in the document.
func (d *pdfDoc) link(place string) int {
	if _, known := d.links[place]; !known {
		d.links[place] = d.AddLink()
	}
	return d.links[place]
}

// place sets a place to where the next line begins.
func (d *pdfDoc) place(name string) {
	d.SetLink(d.link(name), d.y, d.PageNo())
	d.placed[name] = true
}

// lead makes an area lead to the present target.
func (d *pdfDoc) lead(x, y, wide, high float64) {
	switch {
	case d.target.url != "":
		d.LinkString(x, y, wide, high, d.target.url)
	case d.target.place != "":
		d.Link(x, y, wide, high, d.link(d.target.place))
	}
}

// leading draws with a target.
func (d *pdfDoc) leading(to target, draw func()) {
	before := d.target
	d.target = to
	draw()
	d.target = before
}

// newPDF begins a document. Nothing in it depends on the clock or on the order
// of a map: its dates are the day of the assessment.
func newPDF(a *scoring.Assessment, o Options, extra []subset) *pdfDoc {
	d := &pdfDoc{
		Fpdf: fpdf.New("P", "mm", "A4", ""), faces: newFaces(), fills: map[tint]string{}, brand: o.Brand, extra: extra, missing: Missing{},
		links: map[string]int{}, placed: map[string]bool{}, inside: map[string]bool{}, settings: map[setting][]string{},
	}
	day, err := time.Parse(time.DateOnly, a.Today)
	if err != nil {
		day = time.Unix(0, 0).UTC()
	}
	d.SetCreationDate(day)
	d.SetModificationDate(day)
	d.SetCatalogSort(true)
	d.SetCompression(false)                // fpdf sets up a compressor for every page, a third of the time of a report
	d.SetDisplayMode("default", "default") // the defaults of the reader's program
	d.SetTitle(text.Clean(a.LensShort+" review: "+a.Workload.Name, false), true)
	d.SetAuthor(text.Clean(a.Workload.ReviewOwner, false), true)
	d.SetSubject(text.Clean(view.Conclude(a).String(), false), true)
	d.SetCreator("iotlens", true)
	d.SetProducer("iotlens", true)
	d.SetLang("en")
	attach(d, a)
	for i, e := range extra {
		d.AddUTF8FontFromBytes(extraName(i), "", e.ttf)
	}
	d.SetMargins(pdfLeft, pdfTop, 210-pdfRight)
	d.SetAutoPageBreak(false, 0)
	d.SetCellMargin(0)
	d.page()
	return d
}

// attach puts the review file itself into the document, byte for byte.
func attach(d *pdfDoc, a *scoring.Assessment) {
	if a.Record.Source == "" {
		return
	}
	name := path.Base(text.Clean(a.File, false))
	if a.File == "" {
		name = "review.yaml"
	}
	d.SetAttachments([]fpdf.Attachment{{Content: []byte(a.Record.Source), Filename: name, Description: "The review file, SHA-256 " + a.Record.Digest}})
}

// footers writes the name of the review and the number of the page on each page.
func (d *pdfDoc) footers(a *scoring.Assessment) {
	pages := d.PageCount()
	for n := 1; n <= pages; n++ {
		d.SetPage(n)
		d.used = used{colour: none} // each page ended with a font and a colour of its own
		d.font("", label)
		d.ink(muted)
		d.at(pdfLeft, pdfFooter, label, pdfWide-30, a.Workload.Name+" · "+a.LensShort+" review, as of "+a.Today)
		d.atRight(pdfRight, pdfFooter, label, fmt.Sprintf("page %d of %d", n, pages))
		if d.brand != nil {
			d.brandFoot()
		}
	}
}

// page begins a page.
func (d *pdfDoc) page() {
	d.AddPage()
	d.used.colour = tint{}
	d.y = pdfTop
}

// need begins a page where less than a height is left.
func (d *pdfDoc) need(height float64) {
	if d.y+height > pdfBottom {
		d.page()
	}
}

// font chooses the font of the text that comes next.
func (d *pdfDoc) font(style string, size float64) { d.style, d.size = style, size }

// bookmark enters a title in the outline, at the next line.
func (d *pdfDoc) bookmark(title string, level int) {
	title, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(title)
	d.SetError(err)
	d.Bookmark(title, level, d.y)
}

// ink chooses the colour of the text that comes next.
func (d *pdfDoc) ink(c tint) { d.colour = c }

// fill chooses the colour of areas, which is that of text in a PDF. fpdf is not told: it
// would format each choice.
func (d *pdfDoc) fill(c tint) {
	if c == d.used.colour {
		return
	}
	operator := d.fills[c]
	if operator == "" {
		operator = fmt.Sprintf("%.3f %.3f %.3f rg", float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
		d.fills[c] = operator
	}
	d.RawWriteStr(operator)
	d.used.colour = c
}

func (d *pdfDoc) pen(c tint, width float64) {
	if r, g, b := d.GetDrawColor(); c != (tint{r, g, b}) {
		d.SetDrawColor(c[0], c[1], c[2])
	}
	if width != d.GetLineWidth() {
		d.SetLineWidth(width)
	}
}

// show makes text printable and counts what had to be shown by its code point.
func (d *pdfDoc) show(s string) string {
	s, missing := printable(s, d.has)
	for _, r := range missing {
		d.missing[r] = true
	}
	return s
}

// one is show for a single line: line breaks and tabs become blanks.
func (d *pdfDoc) one(s string) string { return spaced(d.show(s)) }

// step is the height of a line of a size; the lines of the ledger are closer.
func step(size float64) float64 {
	if size == fine {
		return size * point * 1.24
	}
	return size * point * leading
}

// at writes one line whose top is at y, cut with an ellipsis where it is wider than
// most. It is the only place through which text of a review reaches a page, next to
// block and atRight.
func (d *pdfDoc) at(x, y, size, most float64, s string) {
	d.Text(x, y+size*point*1.05, d.clip(d.one(s), most))
}

// atRight writes one line that ends at x.
func (d *pdfDoc) atRight(x, y, size float64, s string) {
	s = d.one(s)
	d.Text(x-d.GetStringWidth(s), y+size*point*1.05, s)
}

// middle writes one line around x.
func (d *pdfDoc) middle(x, y, size float64, s string) {
	d.atRight(x+d.GetStringWidth(d.one(s))/2, y, size, s)
}

// clip shortens printable text to a width, with an ellipsis where it does.
func (d *pdfDoc) clip(s string, width float64) string {
	if d.GetStringWidth(s) <= width {
		return s
	}
	for i := range s {
		if d.GetStringWidth(s[:i])+d.GetStringWidth("…") > width {
			cut := strings.ToValidUTF8(s[:max(0, i-1)], "")
			if blank := strings.LastIndexByte(cut, ' '); blank > len(cut)/2 {
				cut = cut[:blank]
			}
			return strings.TrimRight(cut, " ,;:") + "…"
		}
	}
	return s
}

// lines breaks text into lines of a width in the present font.
func (d *pdfDoc) lines(s string, width float64) []string {
	return wrap(d.show(s), width, d.GetStringWidth)
}

// block writes text from d.y on, over as many lines and pages as it takes.
func (d *pdfDoc) block(x, width float64, style string, size float64, c tint, s string) {
	d.font(style, size)
	d.write(x, style, size, c, d.lines(s, width))
}

func (d *pdfDoc) write(x float64, style string, size float64, c tint, lines []string) {
	high := step(size)
	for len(lines) > 0 {
		d.need(high)
		n, y := 0, d.y
		for n < len(lines) && (n == 0 || y+high <= pdfBottom) {
			n, y = n+1, y+high
		}
		d.font(style, size)
		d.ink(c)
		d.texts(x, d.y+size*point*1.05, high, lines[:n])
		for _, line := range lines[:n] {
			if d.target != (target{}) {
				d.lead(x, d.y, d.GetStringWidth(line), high)
			}
			d.y += high
		}
		lines = lines[n:]
	}
}

// headingHeight is the height of a heading within a page.
const headingHeight = 15.0

// heading writes the title of a section and enters it in the outline, on a page that has
// room for some of what follows it.
func (d *pdfDoc) heading(title, count string, follows float64) {
	d.need(headingHeight + follows)
	if d.y > pdfTop {
		d.y += 6
	}
	d.font("B", 13)
	d.bookmark(title, 0)
	d.ink(d.accent())
	d.at(pdfLeft, d.y, 13, pdfWide, title)
	x := pdfLeft + d.GetStringWidth(title) + 2.5
	d.font("", 11)
	d.ink(muted)
	d.at(x, d.y+0.6, 11, 70, count)
	d.y += step(13) + 2.5
}

// line draws a hairline across at d.y.
func (d *pdfDoc) line(x1, x2 float64) {
	d.pen(hairline, 0.2)
	d.Line(x1, d.y, x2, d.y)
}
