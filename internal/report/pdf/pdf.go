// Package pdf draws a report without a browser: page one for who decides,
// then the scores, the plan, the findings, and the ledger for the auditor. It is made where
// there is no browser, by a pipeline.
package pdf

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// draw draws a report.
func draw(a *scoring.Assessment, o Options, extra []subset) *pdfDoc {
	d := newPDF(a, o, extra)
	d.firstPage(a)
	d.secondPage(a)
	for _, s := range slices.Concat([]view.Section{
		view.HighRiskQuestions(a), view.Findings(a), view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a),
	}, view.Frameworks(a), view.NoPlace(a), view.EvidencePack(a)) {
		d.section(s)
	}
	method := view.Method(a)
	if n := len(d.missing); n > 0 {
		method.Facts = append(method.Facts, view.Text{Label: "Characters", Text: "This PDF has glyphs for Latin, Greek and Cyrillic scripts, and those of the fonts it was made with. " +
			text.Plural(n, "character of another script or a symbol is", "characters of other scripts or symbols are") +
			" shown by code point, as in [U+4E2D]; the HTML report shows them."})
	}
	d.section(method)
	d.footers(a)
	return d
}

// firstPage is page one, as every format has it.
func (d *pdfDoc) firstPage(a *scoring.Assessment) {
	d.brandHead()
	d.block(pdfLeft, pdfWide, "", small, muted, view.LensTitle(a)+", as of "+a.Today)
	d.bookmark("Summary", 0)
	d.place(frontPage)
	d.block(pdfLeft, pdfWide, "B", 18, ink, a.Workload.Name)
	d.y++
	if a.Workload.Description != "" {
		d.block(pdfLeft, pdfWide, "", body, muted, a.Workload.Description)
	}
	if facts := view.WorkloadFacts(a); len(facts) > 0 {
		d.y++
		d.block(pdfLeft, pdfWide, "", small, muted, strings.Join(facts, " · "))
	}
	d.y += 3
	front := view.NewPageOne(a)
	d.verdict(front.Conclusion)
	d.y += 3.5
	d.front(front)
}

// secondPage shows the plan and where the gaps are.
func (d *pdfDoc) secondPage(a *scoring.Assessment) {
	d.page()
	d.rings(a)
	if len(a.Layers) > 0 {
		d.heading(view.HeatMapTitle, "", 30)
		d.heatMap(a)
	}
	d.section(view.Plan(a))
	d.section(view.Owners(a))
}
