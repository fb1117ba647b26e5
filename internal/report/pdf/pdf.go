// Package pdf draws a report without a browser: page one for who decides,
// then the scores, the plan, the findings, and the ledger for the auditor. It is made where
// there is no browser, by a pipeline.
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

// firstPage is page one, as every format has it.
func (d *pdfDoc) firstPage(a *scoring.Assessment) {
	d.block(pdfLeft, pdfWide, "", small, muted, view.Lens(a)+", as of "+a.Today)
	d.Bookmark("Summary", 0, d.y)
	d.block(pdfLeft, pdfWide, "B", 18, ink, a.Workload.Name)
	d.y++
	if a.Workload.Description != "" {
		d.block(pdfLeft, pdfWide, "", body, muted, a.Workload.Description)
	}
	if facts := view.Workload(a); len(facts) > 0 {
		d.y++
		d.block(pdfLeft, pdfWide, "", small, muted, strings.Join(facts, " · "))
	}
	d.y += 3
	front := view.PageOne(a)
	d.verdict(front.Verdict)
	d.y += 3.5
	d.front(front)
}

// secondPage shows the plan and where the gaps are.
func (d *pdfDoc) secondPage(a *scoring.Assessment) {
	d.page()
	d.rings(a)
	if len(a.Layers) > 0 {
		d.heading(view.MapTitle, "")
		d.heatMap(a)
	}
	d.section(view.Plan(a))
}
