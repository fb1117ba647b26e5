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

// The edges of the content of an A4 page, in millimetres.
const (
	leftEdge, rightEdge = 18.0, 192.0
	topEdge, bottomEdge = 18.0, 276.0
	contentWidth        = rightEdge - leftEdge
	footerTop           = 283.0
)

// Font sizes in points, and their conversion to millimetres.
const (
	bodySize, smallSize, labelSize, ledgerSize = 9.0, 8.0, 7.5, 7.0

	point       = 25.4 / 72 // in millimetres
	lineSpacing = 1.38      // line height as a multiple of the font size
)

// A colour is red, green and blue, 0 to 255. The colours are those of the HTML page in print.
type colour [3]int

var (
	inkColour      = colour{24, 36, 46}
	mutedColour    = colour{82, 96, 108}
	hairlineColour = colour{223, 229, 233}
	ruleColour     = colour{185, 196, 204}
	washColour     = colour{245, 247, 248}
	unsetColour    = colour{-1, -1, -1}
)

// toneColours are the colours of the badges of a tone: of the symbol and words, and of the
// background.
type toneColours struct{ front, back colour }

var tones = map[string]toneColours{
	"high":   {colour{163, 39, 27}, colour{251, 234, 231}},
	"medium": {colour{122, 78, 0}, colour{251, 240, 217}},
	"low":    {colour{60, 86, 107}, colour{231, 238, 244}},
	"ok":     {colour{27, 94, 64}, colour{224, 241, 232}},
	"none":   {colour{82, 96, 108}, colour{238, 241, 243}},
}

// Colours of score bands, worst first: backgrounds in the heat map, and rings of gauges.
var (
	bandColours = []colour{{238, 180, 167}, {245, 213, 187}, {243, 235, 208}, {207, 228, 220}, {159, 205, 193}}
	arcColours  = []colour{{184, 64, 47}, {194, 111, 31}, {165, 138, 28}, {63, 143, 124}, {31, 117, 101}}
)

// A document is a PDF that is drawn from top to bottom.
type document struct {
	*fpdf.Fpdf
	y          float64 // top of the next line
	style      string  // of the next text: "" or "B"
	size       float64 // of the next text, in points
	colour     colour  // of the next text
	target     linkTarget
	faces      [2]*face
	extraFonts []subset // for characters that the built-in fonts lack, in the order in which they are tried
	missing    Missing  // characters that no font has
	brand      *brand.Brand

	links     map[string]int  // ids of link targets in fpdf, by place
	onPageOne map[string]bool // ids of the findings on page one

	state         pageState
	fillOperators map[colour]string      // cache of PDF operators
	layouts       map[layoutKey][]string // cache of lines
	scratch       []byte                 // buffer for a text object
}

// pageState is the font and fill colour that are set on the page. It saves operators: fpdf
// writes one for each choice, even if it changes nothing.
type pageState struct {
	family, style string
	size          float64
	colour        colour
}

// A linkTarget is a URL or a place in the document. The zero value is no link.
type linkTarget struct{ url, place string }

// frontPage is the place of page one. The place of a finding is its id.
const frontPage = "\x00front"

// linkID returns the id of a place in fpdf.
func (d *document) linkID(place string) int {
	if _, known := d.links[place]; !known {
		d.links[place] = d.AddLink()
	}
	return d.links[place]
}

// setPlace puts a place at the top of the next line.
func (d *document) setPlace(name string) { d.SetLink(d.linkID(name), d.y, d.PageNo()) }

// addLink links an area to the present target, if there is one.
func (d *document) addLink(x, y, width, height float64) {
	switch {
	case d.target.url != "":
		d.LinkString(x, y, width, height, d.target.url)
	case d.target.place != "":
		d.Link(x, y, width, height, d.linkID(d.target.place))
	}
}

// withTarget calls draw with a link target.
func (d *document) withTarget(to linkTarget, draw func()) {
	before := d.target
	d.target = to
	draw()
	d.target = before
}

// newDocument starts a document. Its dates are the day of the assessment, so that the same
// assessment gives the same bytes.
func newDocument(a *scoring.Assessment, o Options, extra []subset) *document {
	d := &document{
		Fpdf: fpdf.New("P", "mm", "A4", ""), faces: newFaces(), fillOperators: map[colour]string{}, brand: o.Brand, extraFonts: extra, missing: Missing{},
		links: map[string]int{}, onPageOne: map[string]bool{}, layouts: map[layoutKey][]string{},
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

// attachReview attaches the review file to the document.
func attachReview(d *document, a *scoring.Assessment) {
	if len(a.Record.Source) == 0 {
		return
	}
	name := path.Base(text.Clean(a.File, false))
	if a.File == "" {
		name = "review.yaml"
	}
	d.SetAttachments([]fpdf.Attachment{{Content: a.Record.Source, Filename: name, Description: "The review file, SHA-256 " + a.Record.Digest}})
}

// drawFooters writes the name of the workload and the page number on each page.
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

// newPage starts a page.
func (d *document) newPage() {
	d.AddPage()
	d.state.colour = colour{}
	d.y = topEdge
}

// ensureSpace starts a page if less than height millimetres are left on this one.
func (d *document) ensureSpace(height float64) {
	if d.y+height > bottomEdge {
		d.newPage()
	}
}

// setFont sets the style and size of the next text.
func (d *document) setFont(style string, size float64) { d.style, d.size = style, size }

// bookmark adds an entry to the outline that leads to the next line.
func (d *document) bookmark(title string, level int) {
	title, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(title)
	d.SetError(err)
	d.Bookmark(title, level, d.y)
}

// setColour sets the colour of the next text.
func (d *document) setColour(c colour) { d.colour = c }

// setFill sets the colour of areas and text; in PDF both use the fill colour. It writes the
// operator itself, because fpdf formats it anew each time.
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

// printable makes text printable and records characters that are shown by code point.
func (d *document) printable(s string) string {
	s, missing := printable(s, d.hasGlyph)
	for _, r := range missing {
		d.missing[r] = true
	}
	return s
}

// singleLine is printable for one line: line breaks and tabs become spaces.
func (d *document) singleLine(s string) string { return collapseSpaces(d.printable(s)) }

// lineHeight returns the height of a line of text in millimetres. Lines of the ledger are
// closer.
func lineHeight(size float64) float64 {
	if size == ledgerSize {
		return size * point * 1.24
	}
	return size * point * lineSpacing
}

// textAt writes one line with its top at y, shortened with an ellipsis if it is wider than
// most. Text of a review reaches a page only through textAt, textRightAt and block.
func (d *document) textAt(x, y, size, most float64, s string) {
	d.Text(x, y+size*point*1.05, d.clip(d.singleLine(s), most))
}

// textRightAt writes one line that ends at x.
func (d *document) textRightAt(x, y, size float64, s string) {
	s = d.singleLine(s)
	d.Text(x-d.GetStringWidth(s), y+size*point*1.05, s)
}

// textCentredAt writes one line with its middle at x.
func (d *document) textCentredAt(x, y, size float64, s string) {
	d.textRightAt(x+d.GetStringWidth(d.singleLine(s))/2, y, size, s)
}

// clip shortens printable text to a width, with an ellipsis.
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

// lines breaks text into lines of at most a width in the present font.
func (d *document) lines(s string, width float64) []string {
	return wrap(d.printable(s), width, d.GetStringWidth)
}

// block writes text from d.y on, over as many lines and pages as necessary.
func (d *document) block(x, width float64, style string, size float64, c colour, s string) {
	d.setFont(style, size)
	d.writeLines(x, style, size, c, d.lines(s, width))
}

func (d *document) writeLines(x float64, style string, size float64, c colour, lines []string) {
	height := lineHeight(size)
	for len(lines) > 0 {
		d.ensureSpace(height)
		n, y := 0, d.y
		for n < len(lines) && (n == 0 || y+height <= bottomEdge) {
			n, y = n+1, y+height
		}
		d.setFont(style, size)
		d.setColour(c)
		d.textLines(x, d.y+size*point*1.05, height, lines[:n])
		for _, line := range lines[:n] {
			if d.target != (linkTarget{}) {
				d.addLink(x, d.y, d.GetStringWidth(line), height)
			}
			d.y += height
		}
		lines = lines[n:]
	}
}

// headingHeight is the height of a heading within a page.
const headingHeight = 15.0

// drawHeading writes the title of a section and adds it to the outline. It starts a page
// unless there is room for the heading and follows millimetres below it.
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

// separator draws a hairline at d.y.
func (d *document) separator(x1, x2 float64) {
	d.setPen(hairlineColour, 0.2)
	d.Line(x1, d.y, x2, d.y)
}
