package pdf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// indent is where the text of a finding begins.
const indent = pdfLeft + 9

func (d *pdfDoc) findings(a *scoring.Assessment) {
	d.page()
	d.heading("Findings", strconv.Itoa(len(a.Findings)))
	if len(a.Findings) == 0 {
		d.block(pdfLeft, pdfWide, "", body, ink, "None. Everything that was assessed is in place.")
	}
	for i, f := range a.Findings {
		d.finding(a, i+1, f)
	}
}

func (d *pdfDoc) finding(a *scoring.Assessment, n int, f scoring.Finding) {
	const wide = pdfRight - indent
	const title = wide - 26
	head := d.height(title, "B", 10, f.Title) + step(small) + 6
	d.need(head + d.height(wide, "", body, f.Guide.Why) + 12)
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 2.6
	d.Bookmark(d.one(fmt.Sprintf("%d. %s %s", n, f.ID, f.Title)), 1, d.y)
	top := d.y
	d.font("B", 10)
	d.ink(muted)
	d.atRight(indent-3, top, 10, strconv.Itoa(n))
	d.ink(ink)
	d.atRight(pdfRight, top, 10, strconv.Itoa(f.Priority))
	d.font("", label)
	d.ink(muted)
	d.atRight(pdfRight-7, top+0.6, label, "priority")
	d.bar(pdfRight-20, top+5, 20, f.Priority)
	d.block(indent, title, "B", 10, ink, f.Title)
	d.y += 0.8
	severity := view.Severity(f.Severity)
	severity.Words += " severity"
	d.chip(severity, indent, f.ID+" · "+view.Meta(f))
	overdue := ""
	if view.Overdue(a, f) {
		overdue = " (overdue)"
	}
	d.block(indent, wide, "", small, muted, view.Where(f.Practice)+". Owner: "+view.Owner(f)+". Due: "+view.Due(f)+overdue+".")
	d.y++
	for _, t := range view.FindingTexts(f) {
		d.labelled(indent, wide, t)
	}
	d.y += 3
}

// labelled writes a label and its text beside it.
func (d *pdfDoc) labelled(x, width float64, t view.Text) {
	const side = 27.0
	labelHigh := d.height(side-2, "", small, t.Label)
	d.need(max(2*step(body), labelHigh))
	top, page := d.y, d.PageNo()
	d.block(x, side-2, "", small, muted, t.Label)
	d.y = top
	d.block(x+side, width-side, "", body, ink, d.shorter(t.Text))
	if d.PageNo() == page {
		d.y = max(d.y, top+labelHigh)
	}
	d.y++
}

// shorter leaves the end of a very long text to the review file, and says so.
func (d *pdfDoc) shorter(s string) string {
	shown, rest := view.Fold(s)
	if rest == "" {
		return s
	}
	return shown + " … (" + view.Thousands(utf8.RuneCountInString(rest)) + " more characters in the review file)"
}

// section draws a section of the ledger; one that says nothing is left out.
func (d *pdfDoc) section(s view.Section) {
	if s.Intro == "" && len(s.Groups) == 0 {
		return
	}
	d.heading(s.Title, s.Count)
	if s.Intro != "" {
		d.block(pdfLeft, pdfWide, "", body, ink, s.Intro)
		d.y++
	}
	for _, g := range s.Groups {
		if g.Title != "" {
			d.need(14)
			d.block(pdfLeft, pdfWide, "B", body, ink, view.Titled(g))
			d.y += 0.8
		}
		for _, item := range g.Items {
			d.item(item)
		}
		d.y += 2
	}
	if s.Note != "" {
		d.block(pdfLeft, pdfWide, "", small, muted, s.Note)
	}
}

// item draws an entry: sign, id, title, and below them what else is said.
func (d *pdfDoc) item(item view.Item) {
	side := 30.0
	if utf8.RuneCountInString(item.ID) < 3 {
		side = 10
	}
	d.need(2*step(small) + 1)
	if item.Sign.Words != "" {
		d.sign(item.Sign, pdfLeft, d.y+2.6, 1.8)
	}
	d.font("", small)
	d.ink(muted)
	d.fit(pdfLeft+4, d.y, small, side-5, item.ID)
	d.block(pdfLeft+side, pdfWide-side, "", small, ink, d.shorter(item.Title))
	var more []string
	if item.Sign.Words != "" {
		more = append(more, item.Sign.Words)
	}
	for _, t := range item.Texts {
		s := d.shorter(t.Text)
		if t.Label != "" {
			s = t.Label + ": " + s
		}
		more = append(more, s)
	}
	if len(more) > 0 {
		d.block(pdfLeft+side, pdfWide-side, "", small, muted, strings.Join(more, " · "))
	}
	d.y += 0.9
}

func (d *pdfDoc) method(a *scoring.Assessment) {
	d.heading("Method", "")
	for i, s := range view.Method(a) {
		d.need(2 * step(body))
		d.font("", body)
		d.ink(muted)
		d.atRight(pdfLeft+5, d.y, body, strconv.Itoa(i+1))
		d.block(pdfLeft+8, pdfWide-8, "", body, ink, s)
		d.y += 0.8
	}
	d.y += 2
	for _, t := range view.About(a) {
		d.labelled(pdfLeft, pdfWide, t)
	}
	if d.missing > 0 {
		d.labelled(pdfLeft, pdfWide, view.Text{Label: "Characters", Text: "This PDF has glyphs for Latin, Greek and Cyrillic scripts. " +
			text.CountOf(d.missing, "character of another script or a symbol is", "characters of other scripts or symbols are") +
			" shown by code point, as in [U+4E2D]; the HTML report shows them."})
	}
}
