// Package pdf draws a report as a PDF: page one for decision makers, then scores, plan,
// findings, and the ledger for auditors. It needs no browser, so that pipelines can use it.
//
// It draws with fpdf and sets text with fonts of its own: see face.go for the built-in fonts,
// fonts.go for those that a user gives.
package pdf

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// drawReport draws a report.
func drawReport(a *scoring.Assessment, o Options, extra []subset) *document {
	d := newDocument(a, o, extra)
	d.drawFirstPage(a)
	d.drawSecondPage(a)
	for _, s := range slices.Concat([]view.Section{
		view.HighRiskQuestions(a), view.Findings(a), view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a),
	}, view.Frameworks(a), view.NoPlace(a), view.EvidencePack(a)) {
		d.drawSection(s)
	}
	method := view.Method(a)
	if n := len(d.missing); n > 0 {
		method.Facts = append(method.Facts, view.Text{Label: "Characters", Text: "This PDF has glyphs for Latin, Greek and Cyrillic scripts, and those of the fonts it was made with. " +
			text.Plural(n, "character of another script or a symbol is", "characters of other scripts or symbols are") +
			" shown by code point, as in [U+4E2D]; the HTML report shows them."})
	}
	d.drawSection(method)
	d.drawFooters(a)
	return d
}

// drawFirstPage draws page one.
func (d *document) drawFirstPage(a *scoring.Assessment) {
	d.drawBrandHeader()
	d.block(leftEdge, contentWidth, "", smallSize, mutedColour, view.LensTitle(a)+", as of "+a.Today)
	d.bookmark("Summary", 0)
	d.setPlace(frontPage)
	d.block(leftEdge, contentWidth, "B", 18, inkColour, a.Workload.Name)
	d.y++
	if a.Workload.Description != "" {
		d.block(leftEdge, contentWidth, "", bodySize, mutedColour, a.Workload.Description)
	}
	if facts := view.WorkloadFacts(a); len(facts) > 0 {
		d.y++
		d.block(leftEdge, contentWidth, "", smallSize, mutedColour, strings.Join(facts, " · "))
	}
	d.y += 3
	front := view.NewPageOne(a)
	d.drawConclusion(front.Conclusion)
	d.y += 3.5
	d.drawPageOne(front)
}

// drawSecondPage draws gauges, heat map, plan and owners.
func (d *document) drawSecondPage(a *scoring.Assessment) {
	d.newPage()
	d.drawGauges(a)
	if len(a.Layers) > 0 {
		d.drawHeading(view.HeatMapTitle, "", 30)
		d.drawHeatMap(a)
	}
	d.drawSection(view.Plan(a))
	d.drawSection(view.Owners(a))
}
