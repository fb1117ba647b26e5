// Package pdf draws a report without a browser: two pages for the sponsor, then
// the questions at high risk, the findings and the other sections. The page that the HTML report prints has more;
// this one is made where there is no browser, by a pipeline.
package pdf

import (
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Write draws the report.
func Write(w io.Writer, a *scoring.Assessment) error {
	d := newPDF(a)
	d.firstPage(a)
	d.secondPage(a)
	d.page()
	for _, s := range append([]view.Section{
		view.HighRisk(a), view.Findings(a), view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a),
	}, view.NoPlace(a)...) {
		d.section(s)
	}
	method := view.Method(a)
	if d.missing > 0 {
		method.Facts = append(method.Facts, view.Text{Label: "Characters", Text: "This PDF has glyphs for Latin, Greek and Cyrillic scripts. " +
			text.CountOf(d.missing, "character of another script or a symbol is", "characters of other scripts or symbols are") +
			" shown by code point, as in [U+4E2D]; the HTML report shows them."})
	}
	d.section(method)
	d.footers(a)
	if err := d.Error(); err != nil {
		return err
	}
	return d.Output(w)
}

// firstPage answers what is wrong, what to do first and what that buys.
func (d *pdfDoc) firstPage(a *scoring.Assessment) {
	d.block(pdfLeft, pdfWide, "", small, muted, view.Lens(a)+", as of "+a.Today)
	d.y++
	d.Bookmark("Summary", 0, d.y)
	d.block(pdfLeft, pdfWide, "B", 20, ink, a.Workload.Name)
	d.y++
	if a.Workload.Description != "" {
		d.block(pdfLeft, pdfWide, "", body, muted, a.Workload.Description)
	}
	if facts := view.Workload(a); len(facts) > 0 {
		d.y++
		d.block(pdfLeft, pdfWide, "", small, muted, strings.Join(facts, " · "))
	}
	d.y += 5
	d.verdict(a)
	d.y += 5
	d.risks(view.TopRisks(a))
	d.need(80)
	d.columns(view.Front(a).Groups, 1.8, 1.25, 1)
	d.y++
	if d.y+31 > pdfBottom {
		return // a long description has taken the room
	}
	d.line(pdfLeft, pdfRight)
	d.y += 3
	d.rings(a)
}

// risks draws what is wrong: side by side what the team said, what can happen, and who
// closes it.
func (d *pdfDoc) risks(s view.Section) {
	if s.Empty() {
		return
	}
	d.need(60)
	d.block(pdfLeft, pdfWide, "B", 10, ink, s.Title)
	d.y += 1.2
	const gap = 6.0
	list := s.Groups[0].Items
	wide := (pdfWide - 2*gap) / 3
	top, deepest := d.y, d.y
	for i, item := range list {
		x := pdfLeft + float64(i)*(wide+gap)
		d.y = top
		d.fill(tones[item.Sign.Tone].front)
		d.Rect(x, d.y, wide, 0.7, "F")
		d.y += 2.2
		d.sign(item.Sign, x, d.y+2.5, 1.9)
		d.font("", label)
		d.ink(muted)
		d.at(x+4, d.y, label, wide-4, item.ID+" · "+item.Sign.Words+" severity")
		d.y += step(label) + 0.6
		d.clamp(x, wide, "B", small, ink, 6, item.Title)
		for _, t := range item.Texts {
			d.y += 0.8
			d.clamp(x, wide, "", label, muted, 7, t.Label+": "+t.Text)
		}
		deepest = max(deepest, d.y)
	}
	d.y = deepest + 5
}

// secondPage shows the plan and where the gaps are.
func (d *pdfDoc) secondPage(a *scoring.Assessment) {
	d.page()
	if len(a.Layers) > 0 {
		d.heading(view.MapTitle, "")
		d.heatMap(a)
	}
	d.section(view.Plan(a))
}
