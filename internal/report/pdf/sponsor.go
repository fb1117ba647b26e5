package pdf

import (
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// firstPage says what is at risk, what to do first and what it takes.
func (d *pdfDoc) firstPage(a *scoring.Assessment) {
	d.block(pdfLeft, pdfWide, "", small, muted, a.LensName+" review, as of "+a.Today)
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
	d.columns(8, []column{
		{"What is at risk", 40, func(x, width float64) { d.atRisk(a, x, width) }},
		{view.WhatFirst, 70, func(x, width float64) { d.first(a, x, width) }},
		{"What it takes", pdfWide - 110 - 16, func(x, width float64) { d.takes(a, x, width) }},
	})
	d.y += 4
	d.need(40)
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 5
	d.rings(a)
	d.highRisk(a)
}

// A column is one of several side by side.
type column struct {
	title string
	width float64
	draw  func(x, width float64)
}

// columns draws columns side by side and goes on below the longest.
func (d *pdfDoc) columns(gap float64, list []column) {
	top, deepest, x := d.y, d.y, pdfLeft
	for _, c := range list {
		d.y = top
		if c.title != "" {
			d.font("B", 10)
			d.ink(ink)
			d.at(x, d.y, 10, c.title)
			d.y += step(10) + 1
			d.line(x, x+c.width, hairline)
			d.y += 2.2
		}
		c.draw(x, c.width)
		deepest = max(deepest, d.y)
		x += c.width + gap
	}
	d.y = deepest
}

// highRisk lists the questions at high risk in plain words, as many as the first
// page holds, and says how many more there are.
func (d *pdfDoc) highRisk(a *scoring.Assessment) {
	qs := view.AtRisk(a, scoring.RiskHigh)
	d.y += 4
	if len(qs) == 0 || d.y+20 > pdfBottom {
		return // a long description has taken the room; the questions are in every other format
	}
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 5
	d.font("B", 10)
	d.ink(ink)
	d.at(pdfLeft, d.y, 10, "Questions at high risk")
	d.y += step(10) + 1.5
	for i, q := range qs {
		ask := view.Ask(q)
		if d.y+d.height(pdfWide-26, "", small, ask)+0.9+step(small) > pdfBottom {
			d.block(pdfLeft, pdfWide, "", small, muted, "and "+strconv.Itoa(len(qs)-i)+" more")
			return
		}
		d.sign(view.Risk(q.Risk), pdfLeft, d.y+2.7, 1.9)
		d.font("", small)
		d.ink(muted)
		d.fit(pdfLeft+4, d.y, small, 21, q.ID)
		d.block(pdfLeft+26, pdfWide-26, "", small, ink, ask)
		d.y += 0.9
	}
}

func (d *pdfDoc) verdict(a *scoring.Assessment) {
	badge := view.Badge(a)
	tone := tones[badge.Tone]
	high := d.height(pdfWide-14, "", 11.5, view.Verdict(a)) + step(small) + 8
	d.fill(tone.back)
	d.Rect(pdfLeft, d.y, pdfWide, high, "F")
	d.fill(tone.front)
	d.Rect(pdfLeft, d.y, 1.2, high, "F")
	d.sign(badge, pdfLeft+6, d.y+6.1, 2.4)
	d.font("B", body)
	d.ink(tone.front)
	d.at(pdfLeft+10, d.y+3, body, badge.Words)
	bottom := d.y + high
	d.y += 3.4 + step(body)
	d.block(pdfLeft+6, pdfWide-14, "", 11.5, ink, view.Verdict(a))
	d.y = bottom
}

// row writes a name and its number at the two ends of a line.
func (d *pdfDoc) row(x, width float64, name, note string, n int, c tint) {
	d.font("", body)
	d.ink(ink)
	d.at(x, d.y, body, name)
	end := x + d.GetStringWidth(name) + 1.5
	if note != "" {
		d.font("", label)
		d.ink(muted)
		d.at(end, d.y+0.5, label, note)
	}
	d.font("B", 10)
	d.ink(c)
	d.atRight(x+width, d.y-0.2, 10, strconv.Itoa(n))
	d.y += step(10) + 0.4
}

func (d *pdfDoc) atRisk(a *scoring.Assessment, x, width float64) {
	for _, r := range view.Risks(a) {
		d.sign(r.Sign, x, d.y+3.1, 2.1)
		d.row(x+4, width-4, r.Words, "", r.N, tones[r.Tone].front)
	}
	d.y += 0.8
	d.block(x, width, "", label, muted, text.Count(len(a.Questions), "question")+" by risk.")
	if in := view.HighRiskIn(a); in != "" {
		d.y += 0.8
		d.block(x, width, "", small, ink, in)
	}
}

func (d *pdfDoc) first(a *scoring.Assessment, x, width float64) {
	list := view.First(a, view.FirstShown)
	if len(list) == 0 {
		d.block(x, width, "", body, ink, "There is no open finding.")
	}
	for i, f := range list {
		d.fill(accent)
		d.Circle(x+2, d.y+2, 2, "F")
		d.font("B", label)
		d.ink(white)
		d.middle(x+2, d.y+0.65, label, strconv.Itoa(i+1))
		d.brief(x+6, width-6, body, ink, 3, f.Title)
		d.brief(x+6, width-6, label, muted, 2, f.ID+" · "+view.Who(f))
		d.y += 1.4
	}
}

func (d *pdfDoc) takes(a *scoring.Assessment, x, width float64) {
	for _, h := range view.Plan(a) {
		d.row(x, width, h.Name, h.When, len(h.Findings), ink)
	}
	d.y += 0.8
	for _, line := range view.Effort(a) {
		d.block(x, width, "", small, muted, line)
		d.y += 0.5
	}
}

// atAGlance is how many findings of a horizon stand on the second page.
const atAGlance = 7

// secondPage shows where the gaps are and the plan at a glance.
func (d *pdfDoc) secondPage(a *scoring.Assessment) {
	d.page()
	if len(a.Layers) > 0 {
		d.heading(view.MapTitle, "")
		d.heatMap(a)
	}
	d.heading("Plan at a glance", "")
	var list []column
	const gap = 7.0
	for _, h := range view.Plan(a) {
		list = append(list, column{width: (pdfWide - 2*gap) / 3, draw: func(x, width float64) { d.horizon(h, x, width) }})
	}
	d.columns(gap, list)
	d.y += 2
	if left := view.LeftOut(a); left != "" && d.y+step(small) < pdfBottom {
		d.block(pdfLeft, pdfWide, "", small, muted, left)
	}
}

func (d *pdfDoc) horizon(h view.Horizon, x, width float64) {
	d.row(x, width, h.Name, h.When, len(h.Findings), ink)
	d.line(x, x+width, hairline)
	d.y += 2
	if len(h.Findings) == 0 {
		d.block(x, width, "", small, muted, "None.")
	}
	shown := 0
	for ; shown < min(atAGlance, len(h.Findings)) && d.y+(glanceLines+2)*step(small) <= pdfBottom; shown++ {
		d.glance(h.Findings[shown], x, width)
	}
	if shown < len(h.Findings) {
		d.block(x, width, "", label, muted, "and "+strconv.Itoa(len(h.Findings)-shown)+" more among the findings")
	}
}

// glanceLines is how many lines a title has there.
const glanceLines = 3

// glance draws a finding of the plan. Where the column is too narrow for all of
// its last line, the end of it goes.
func (d *pdfDoc) glance(f scoring.Finding, x, width float64) {
	d.sign(view.Severity(f.Severity), x, d.y+2.6, 1.8)
	d.brief(x+4, width-4, small, ink, glanceLines, f.Title)
	words := view.Who(f)
	if f.Quadrant == scoring.QuickWin {
		words = "quick win · " + words
	}
	d.font("", label)
	d.ink(muted)
	d.fit(x+4, d.y, label, width-4, words)
	d.y += step(label) + 1.2
}
