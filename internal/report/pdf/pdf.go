// Package pdf draws a report without a browser: two pages for the sponsor, then
// the findings and the other sections. The page that the HTML report prints has more;
// this one is made where there is no browser, by a pipeline.
package pdf

import (
	"fmt"
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
	for _, s := range []view.Section{view.Findings(a), view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a)} {
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

// firstPage answers what is at risk, what to do first and what that takes.
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
	d.y += 7
	d.need(90)
	d.columns(view.Front(a).Groups)
	d.y += 4
	d.need(40)
	d.line(pdfLeft, pdfRight)
	d.y += 5
	d.rings(a)
	d.highRisk(a)
}

// highRisk lists the questions at high risk in plain words, as many as the first
// page holds, and counts the others.
func (d *pdfDoc) highRisk(a *scoring.Assessment) {
	s := view.HighRisk(a)
	d.y += 4
	if s.Empty() || d.y+20 > pdfBottom {
		return // a long description has taken the room; every other format lists the questions
	}
	d.line(pdfLeft, pdfRight)
	d.y += 5
	d.block(pdfLeft, pdfWide, "B", 10, ink, s.Title)
	d.y += 1.5
	items := s.Groups[0].Items
	for i, item := range items {
		if d.y+3*step(small) > pdfBottom {
			d.block(pdfLeft, pdfWide, "", small, muted, fmt.Sprintf("and %d more", len(items)-i))
			return
		}
		d.item(item)
	}
}

// secondPage shows where the gaps are, and the plan.
func (d *pdfDoc) secondPage(a *scoring.Assessment) {
	d.page()
	if len(a.Layers) > 0 {
		d.heading(view.MapTitle, "")
		d.heatMap(a)
	}
	d.section(view.Plan(a))
}
