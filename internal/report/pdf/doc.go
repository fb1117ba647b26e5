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
	leftEdge, rightEdge            = 18.0, 192.0
	topEdge, bottomEdge            = 18.0, 276.0
	contentWidth                   = rightEdge - leftEdge
	footerTop                      = 283.0
	point                          = 25.4 / 72 // in millimetres
	lineSpacing                    = 1.38      // line height as a multiple of the size of the font
	bodySize, smallSize, labelSize = 9.0, 8.0, 7.5
	ledgerSize                     = 7.0 // of the ledger
)

// A colour is a colour. Those of the PDF are those of the printed page.
type colour [3]int

var (
	inkColour      = colour{24, 36, 46}
	mutedColour    = colour{82, 96, 108}
	hairlineColour = colour{223, 229, 233}
	ruleColour     = colour{185, 196, 204}
	washColour     = colour{245, 247, 248}
	unsetColour    = colour{-1, -1, -1}
)

// toneColours are a colour for signs and words, and one behind them.
type toneColours struct{ front, back colour }

var tones = map[string]toneColours{
	"high":   {colour{163, 39, 27}, colour{251, 234, 231}},
	"medium": {colour{122, 78, 0}, colour{251, 240, 217}},
	"low":    {colour{60, 86, 107}, colour{231, 238, 244}},
	"ok":     {colour{27, 94, 64}, colour{224, 241, 232}},
	"none":   {colour{82, 96, 108}, colour{238, 241, 243}},
}

// bands are the colours behind scores, and arcs those of dials, worst first.
var (
	bandColours = []colour{{238, 180, 167}, {245, 213, 187}, {243, 235, 208}, {207, 228, 220}, {159, 205, 193}}
	arcColours  = []colour{{184, 64, 47}, {194, 111, 31}, {165, 138, 28}, {63, 143, 124}, {31, 117, 101}}
)

// document is a PDF that is being drawn from top to bottom.
type document struct {
	*fpdf.Fpdf
	y             float64 // where the next line begins
	style         string  // of the text that comes next: "" or "B"
	size          float64 // of it, in points
	colour        colour  // of it
	faces         [2]*face
	state         pageState         // what the page is written with at present
	fillOperators map[colour]string // operators that choose colours
	scratch       []byte            // for a text object
	brand         *brand.Brand
	extraFonts    []subset   // fonts for what the built-in ones lack, in the order in which they are tried
	missing       Missing    // characters that no font has
	target        linkTarget // where the lines that are written lead to

	links     map[string]int  // places in the document, by name
	placed    map[string]bool // those that were set
	onPageOne map[string]bool // findings that stand on page one

	layouts map[layoutKey][]string // lines of texts that were measured
}

// pageState is what a page is written with. fpdf writes each choice to the page, even one that
// changes nothing.
type pageState struct {
	family, style string
	size          float64
	colour        colour // of text and of areas
}

// A linkTarget is where a line leads to: a page on the web, or a place in the document. The
// zero value is nowhere.
type linkTarget struct{ url, place string }

// frontPage is the place of page one; that of a finding is its id.
const frontPage = "\x00front"

// linkID is the number of a place in the document.
func (d *document) linkID(place string) int {
	if _, known := d.links[place]; !known {
		d.links[place] = d.AddLink()
	}
	return d.links[place]
}

// setPlace sets a place to where the next line begins.
func (d *document) setPlace(name string) {
	d.SetLink(d.linkID(name), d.y, d.PageNo())
	d.placed[name] = true
}

// addLink makes an area lead to the present target.
func (d *document) addLink(x, y, wide, high float64) {
	switch {
	case d.target.url != "":
		d.LinkString(x, y, wide, high, d.target.url)
	case d.target.place != "":
		d.Link(x, y, wide, high, d.linkID(d.target.place))
	}
}

// withTarget draws with a target.
func (d *document) withTarget(to linkTarget, draw func()) {
	before := d.target
	d.target = to
	draw()
	d.target = before
}

// newDocument begins a document. Nothing in it depends on the clock or on the order
// of a map: its dates are the day of the assessment.
func newDocument(a *scoring.Assessment, o Options, extra []subset) *document {
	d := &document{
		Fpdf: fpdf.New("P", "mm", "A4", ""), faces: newFaces(), fillOperators: map[colour]string{}, brand: o.Brand, extraFonts: extra, missing: Missing{},
		links: map[string]int{}, placed: map[string]bool{}, onPageOne: map[string]bool{}, layouts: map[layoutKey][]string{},
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
	attachReview(d, a)
	for i, e := range extra {
		d.AddUTF8FontFromBytes(extraFontName(i), "", e.ttf)
	}
	d.SetMargins(leftEdge, topEdge, 210-rightEdge)
	d.SetAutoPageBreak(false, 0)
	d.SetCellMargin(0)
	d.newPage()
	return d
}

// attachReview puts the review file itself into the document, byte for byte.
func attachReview(d *document, a *scoring.Assessment) {
	if a.Record.Source == "" {
		return
	}
	name := path.Base(text.Clean(a.File, false))
	if a.File == "" {
		name = "review.yaml"
	}
	d.SetAttachments([]fpdf.Attachment{{Content: []byte(a.Record.Source), Filename: name, Description: "The review file, SHA-256 " + a.Record.Digest}})
}

// drawFooters writes the name of the review and the number of the page on each page.
func (d *document) drawFooters(a *scoring.Assessment) {
	pages := d.PageCount()
	for n := 1; n <= pages; n++ {
		d.SetPage(n)
		d.state = pageState{colour: unsetColour} // each page ended with a font and a colour of its own
		d.setFont("", labelSize)
		d.setColour(mutedColour)
		d.textAt(leftEdge, footerTop, labelSize, contentWidth-30, a.Workload.Name+" · "+a.LensShort+" review, as of "+a.Today)
		d.textRightAt(rightEdge, footerTop, labelSize, fmt.Sprintf("page %d of %d", n, pages))
		if d.brand != nil {
			d.drawBrandFooter()
		}
	}
}

// newPage begins a page.
func (d *document) newPage() {
	d.AddPage()
	d.state.colour = colour{}
	d.y = topEdge
}

// ensureSpace begins a page where less than a height is left.
func (d *document) ensureSpace(height float64) {
	if d.y+height > bottomEdge {
		d.newPage()
	}
}

// setFont chooses the font of the text that comes next.
func (d *document) setFont(style string, size float64) { d.style, d.size = style, size }

// bookmark enters a title in the outline, at the next line.
func (d *document) bookmark(title string, level int) {
	title, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(title)
	d.SetError(err)
	d.Bookmark(title, level, d.y)
}

// setColour chooses the colour of the text that comes next.
func (d *document) setColour(c colour) { d.colour = c }

// setFill chooses the colour of areas, which is that of text in a PDF. fpdf is not told: it
// would format each choice.
func (d *document) setFill(c colour) {
	if c == d.state.colour {
		return
	}
	operator := d.fillOperators[c]
	if operator == "" {
		operator = fmt.Sprintf("%.3f %.3f %.3f rg", float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
		d.fillOperators[c] = operator
	}
	d.RawWriteStr(operator)
	d.state.colour = c
}

func (d *document) setPen(c colour, width float64) {
	if r, g, b := d.GetDrawColor(); c != (colour{r, g, b}) {
		d.SetDrawColor(c[0], c[1], c[2])
	}
	if width != d.GetLineWidth() {
		d.SetLineWidth(width)
	}
}

// printable makes text printable and counts what had to be shown by its code point.
func (d *document) printable(s string) string {
	s, missing := printable(s, d.hasGlyph)
	for _, r := range missing {
		d.missing[r] = true
	}
	return s
}

// singleLine is show for a single line: line breaks and tabs become blanks.
func (d *document) singleLine(s string) string { return collapseSpaces(d.printable(s)) }

// lineHeight is the height of a line of a size; the lines of the ledger are closer.
func lineHeight(size float64) float64 {
	if size == ledgerSize {
		return size * point * 1.24
	}
	return size * point * lineSpacing
}

// textAt writes one line whose top is at y, cut with an ellipsis where it is wider than
// most. It is the only place through which text of a review reaches a page, next to
// block and atRight.
func (d *document) textAt(x, y, size, most float64, s string) {
	d.Text(x, y+size*point*1.05, d.clip(d.singleLine(s), most))
}

// textRightAt writes one line that ends at x.
func (d *document) textRightAt(x, y, size float64, s string) {
	s = d.singleLine(s)
	d.Text(x-d.GetStringWidth(s), y+size*point*1.05, s)
}

// textCentredAt writes one line around x.
func (d *document) textCentredAt(x, y, size float64, s string) {
	d.textRightAt(x+d.GetStringWidth(d.singleLine(s))/2, y, size, s)
}

// clip shortens printable text to a width, with an ellipsis where it does.
func (d *document) clip(s string, width float64) string {
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
func (d *document) lines(s string, width float64) []string {
	return wrap(d.printable(s), width, d.GetStringWidth)
}

// block writes text from d.y on, over as many lines and pages as it takes.
func (d *document) block(x, width float64, style string, size float64, c colour, s string) {
	d.setFont(style, size)
	d.writeLines(x, style, size, c, d.lines(s, width))
}

func (d *document) writeLines(x float64, style string, size float64, c colour, lines []string) {
	high := lineHeight(size)
	for len(lines) > 0 {
		d.ensureSpace(high)
		n, y := 0, d.y
		for n < len(lines) && (n == 0 || y+high <= bottomEdge) {
			n, y = n+1, y+high
		}
		d.setFont(style, size)
		d.setColour(c)
		d.textLines(x, d.y+size*point*1.05, high, lines[:n])
		for _, line := range lines[:n] {
			if d.target != (linkTarget{}) {
				d.addLink(x, d.y, d.GetStringWidth(line), high)
			}
			d.y += high
		}
		lines = lines[n:]
	}
}

// headingHeight is the height of a heading within a page.
const headingHeight = 15.0

// drawHeading writes the title of a section and enters it in the outline, on a page that has
// room for some of what follows it.
func (d *document) drawHeading(title, count string, follows float64) {
	d.ensureSpace(headingHeight + follows)
	if d.y > topEdge {
		d.y += 6
	}
	d.setFont("B", 13)
	d.bookmark(title, 0)
	d.setColour(d.accent())
	d.textAt(leftEdge, d.y, 13, contentWidth, title)
	x := leftEdge + d.GetStringWidth(title) + 2.5
	d.setFont("", 11)
	d.setColour(mutedColour)
	d.textAt(x, d.y+0.6, 11, 70, count)
	d.y += lineHeight(13) + 2.5
}

// separator draws a hairline across at d.y.
func (d *document) separator(x1, x2 float64) {
	d.setPen(hairlineColour, 0.2)
	d.Line(x1, d.y, x2, d.y)
}
