// Package pdf draws a report without a browser: two pages for the sponsor, then
// the questions at high risk, the findings and the other sections. The page that the HTML report prints has more;
// this one is made where there is no browser, by a pipeline.
package pdf

import (
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
	d.page()
	for _, s := range append([]view.Section{
		view.HighRisk(a), view.Findings(a), view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a),
	}, view.NoPlace(a)...) {
		d.section(s)
	}
	method := view.Method(a)
	if n := len(d.missing); n > 0 {
		method.Facts = append(method.Facts, view.Text{Label: "Characters", Text: "This PDF has glyphs for Latin, Greek and Cyrillic scripts, and those of the fonts it was made with. " +
			text.CountOf(n, "character of another script or a symbol is", "characters of other scripts or symbols are") +
			" shown by code point, as in [U+4E2D]; the HTML report shows them."})
	}
	d.section(method)
	d.footers(a)
	return d
}

// firstPage is page one, as every format has it.
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
	d.y += 4
	front := view.PageOne(a)
	d.verdict(front.Verdict)
	d.y += 4
	for _, s := range front.Sections() {
		if s.ID == front.Risks.ID && len(s.Groups) > 0 {
			d.risks(s)
		} else {
			d.part(s)
		}
	}
}

// title writes the title of a part of page one.
func (d *pdfDoc) title(s view.Section) {
	d.font("B", 10)
	d.ink(ink)
	d.at(pdfLeft, d.y, 10, pdfWide, s.Title)
	x := pdfLeft + d.GetStringWidth(s.Title) + 2
	d.font("", small)
	d.ink(muted)
	d.at(x, d.y+0.4, small, 60, s.Count)
	d.y += step(10) + 0.8
}

// part writes a part of page one that is a list or a table.
func (d *pdfDoc) part(s view.Section) {
	d.need(24)
	d.title(s)
	if s.Intro != "" {
		d.block(pdfLeft, pdfWide, "", small, ink, s.Intro)
	}
	d.table(s.Table)
	for _, g := range s.Groups {
		if g.Title != "" {
			d.need(2 * step(small))
			d.block(pdfLeft, pdfWide, "B", small, ink, g.Heading())
		}
		for _, item := range g.Items {
			d.bullet(item)
		}
	}
	if s.Note != "" {
		d.y += 0.8
		d.block(pdfLeft, pdfWide, "", label, muted, s.Note)
	}
	d.y += 3.5
}

// bullet writes an entry of a list on page one.
func (d *pdfDoc) bullet(item view.Item) {
	d.need(step(small))
	d.shape("●", pdfLeft, d.y+2.4, 1.1, rule)
	s := item.Title
	if item.ID != "" {
		s = item.ID + " " + s
	}
	for _, t := range item.Texts {
		s += ": " + t.Text
	}
	d.block(pdfLeft+3, pdfWide-3, "", small, ink, s)
	d.y += 0.3
}

// risks draws what is wrong, a row each: what it is and what was said of it, what can
// happen, and who does what by when.
func (d *pdfDoc) risks(s view.Section) {
	d.need(40)
	d.title(s)
	const gap, left, middle = 5.0, 74.0, 50.0
	const right = pdfWide - left - middle - 2*gap
	for _, item := range s.Groups[0].Items {
		d.need(20)
		d.fill(tones[item.Sign.Tone].front)
		d.Rect(pdfLeft, d.y, pdfWide, 0.35, "F")
		d.y += 1.5
		top, deepest := d.y, d.y
		column := func(x, wide float64, draw func(x, wide float64)) {
			d.y = top
			draw(x, wide)
			deepest = max(deepest, d.y)
		}
		column(pdfLeft, left, func(x, wide float64) {
			d.sign(item.Sign, x, d.y+2.5, 1.9)
			d.font("", label)
			d.ink(muted)
			d.at(x+4, d.y, label, wide-4, item.ID+" · "+item.Sign.Words+" severity")
			d.y += step(label) + 0.3
			d.clamp(x, wide, "B", small, ink, 3, item.Title)
			d.clamp(x, wide, "", label, ink, 6, item.Texts[0].Label+": "+item.Texts[0].Text)
		})
		column(pdfLeft+left+gap, middle, func(x, wide float64) {
			for _, t := range item.Texts[1:] {
				if t.Label == view.WhatCanHappen {
					d.clamp(x, wide, "B", label, ink, 1, t.Label)
					d.clamp(x, wide, "", label, muted, 8, t.Text)
				}
			}
		})
		column(pdfLeft+left+middle+2*gap, right, func(x, wide float64) {
			for _, t := range item.Texts[1:] {
				if t.Label != view.WhatCanHappen {
					d.clamp(x, wide, "", label, ink, 7, t.Label+": "+t.Text)
				}
			}
		})
		d.y = deepest + 1.6
	}
	d.y += 2.5
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
