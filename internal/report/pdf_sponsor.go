package report

import (
	"strings"

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
	if facts := profileFacts(a); len(facts) > 0 {
		d.y++
		d.block(pdfLeft, pdfWide, "", small, muted, strings.Join(facts, " · "))
	}
	d.y += 5
	d.verdict(a)
	d.y += 7
	d.need(90)
	top := d.y
	deepest := top
	const gap = 8.0
	widths := []float64{40, 70, pdfWide - 110 - 2*gap}
	x := pdfLeft
	for i, column := range []func(*scoring.Assessment, float64, float64){d.atRisk, d.first, d.takes} {
		d.y = top
		d.font("B", 10)
		d.ink(ink)
		d.at(x, d.y, 10, []string{"What is at risk", "What to do first", "What it takes"}[i])
		d.y += step(10) + 1
		d.line(x, x+widths[i], hairline)
		d.y += 2.2
		column(a, x, widths[i])
		deepest = max(deepest, d.y)
		x += widths[i] + gap
	}
	d.y = deepest + 4
	d.need(40)
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 5
	d.rings(a)
	d.gravest(a)
}

// gravest lists the questions at high risk in plain words, as many as the first
// page holds, and says how many more there are.
func (d *pdfDoc) gravest(a *scoring.Assessment) {
	qs := atRisk(a, scoring.RiskHigh)
	if len(qs) == 0 {
		return
	}
	d.y += 4
	if d.y+20 > pdfBottom {
		return // a long description has taken the room; the questions are in every other format
	}
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 5
	d.font("B", 10)
	d.ink(ink)
	d.at(pdfLeft, d.y, 10, "Questions at high risk")
	d.y += step(10) + 1.5
	for i, q := range qs {
		ask := or(q.Ask, q.Title)
		if d.y+d.height(pdfWide-26, "", small, ask)+step(small) > pdfBottom {
			d.block(pdfLeft, pdfWide, "", small, muted, "and "+itoa(len(qs)-i)+" more")
			return
		}
		d.sign("high", pdfLeft, d.y+2.7, 1.9, tones["high"].front)
		d.font("", small)
		d.ink(muted)
		d.fit(pdfLeft+4, d.y, small, 21, q.ID)
		d.block(pdfLeft+26, pdfWide-26, "", small, ink, ask)
		d.y += 0.9
	}
}

func (d *pdfDoc) verdict(a *scoring.Assessment) {
	class, words := mood(a)
	_, word, _ := strings.Cut(string(words), " ")
	tone := tones[class]
	d.font("", 11.5)
	high := d.height(pdfWide-14, "", 11.5, Verdict(a)) + step(small) + 8
	d.fill(tone.back)
	d.Rect(pdfLeft, d.y, pdfWide, high, "F")
	d.fill(tone.front)
	d.Rect(pdfLeft, d.y, 1.2, high, "F")
	d.sign(class, pdfLeft+6, d.y+6.1, 2.4, tone.front)
	d.font("B", body)
	d.ink(tone.front)
	d.at(pdfLeft+10, d.y+3, body, word)
	bottom := d.y + high
	d.y += 3.4 + step(body)
	d.block(pdfLeft+6, pdfWide-14, "", 11.5, ink, Verdict(a))
	d.y = bottom
}

// row writes a name and its number at the two ends of a line.
func (d *pdfDoc) row(x, width float64, name, note, value string, c tint) {
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
	d.atRight(x+width, d.y-0.2, 10, value)
	d.y += step(10) + 0.4
}

func (d *pdfDoc) atRisk(a *scoring.Assessment, x, width float64) {
	total := 0
	for _, r := range riskRows {
		n := len(atRisk(a, r.risk))
		total += n
		if n == 0 && r.risk != scoring.RiskHigh && r.risk != scoring.RiskMedium {
			continue
		}
		d.sign(signClass(r.sign, r.class), x, d.y+3.1, 2.1, tones[r.class].front)
		d.row(x+4, width-4, r.words, "", itoa(n), tones[r.class].front)
	}
	d.y += 0.8
	d.block(x, width, "", label, muted, or(a.LensBy, "The lens")+"'s "+text.Count(total, "question")+" by risk.")
	if hit := hardestHit(a); hit != "" {
		d.y += 0.8
		d.block(x, width, "", small, ink, hit)
	}
}

func (d *pdfDoc) first(a *scoring.Assessment, x, width float64) {
	open := filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
	if len(open) == 0 {
		d.block(x, width, "", body, ink, "There is no open finding.")
		return
	}
	for i, f := range open[:min(topFindings, len(open))] {
		d.fill(accent)
		d.Circle(x+2, d.y+2, 2, "F")
		d.font("B", label)
		d.ink(white)
		d.middle(x+2, d.y+0.65, label, itoa(i+1))
		d.brief(x+6, width-6, body, ink, 3, f.Title)
		d.brief(x+6, width-6, label, muted, 2, f.ID+" · "+or(f.Owner, "no owner")+" · "+or(f.Due, "no date")+" · "+f.Effort.String()+" effort")
		d.y += 1.4
	}
}

func (d *pdfDoc) takes(a *scoring.Assessment, x, width float64) {
	for _, h := range scoring.Horizons() {
		name, when, _ := strings.Cut(strings.TrimSuffix(horizonWords[h], ")"), " (")
		d.row(x, width, name, when, itoa(len(inHorizon(a, h))), ink)
	}
	d.y += 0.8
	for _, line := range effortFacts(a) {
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
		d.heading("Layers by pillars", "")
		d.heatMap(a)
	}
	d.heading("Plan at a glance", "")
	top, deepest := d.y, d.y
	const gap = 7.0
	width := (pdfWide - 2*gap) / 3
	for i, h := range scoring.Horizons() {
		x := pdfLeft + (width+gap)*float64(i)
		fs := inHorizon(a, h)
		d.y = top
		name, when, _ := strings.Cut(strings.TrimSuffix(horizonWords[h], ")"), " (")
		d.row(x, width, name, when, itoa(len(fs)), ink)
		d.line(x, x+width, hairline)
		d.y += 2
		if len(fs) == 0 {
			d.block(x, width, "", small, muted, "None.")
		}
		shown := 0
		for ; shown < min(atAGlance, len(fs)) && d.y+(glanceLines+2)*step(small) <= pdfBottom; shown++ {
			d.glance(fs[shown], x, width)
		}
		if shown < len(fs) {
			d.block(x, width, "", label, muted, "and "+itoa(len(fs)-shown)+" more among the findings")
		}
		deepest = max(deepest, d.y)
	}
	d.y = deepest + 2
	d.openAtAGlance(a)
}

// glanceLines is how many lines a title has there.
const glanceLines = 3

// glance draws a finding of the plan. Where the column is too narrow for all of
// its last line, what is asked least goes.
func (d *pdfDoc) glance(f scoring.Finding, x, width float64) {
	d.sign(levelClass(f.Severity), x, d.y+2.6, 1.8, tones[string(f.Severity)].front)
	d.brief(x+4, width-4, small, ink, glanceLines, f.Title)
	words := or(f.Due, "no date") + " · " + or(f.Owner, "no owner") + " · " + f.Effort.String() + " effort"
	if f.Quadrant == scoring.QuickWin {
		words = "quick win · " + words
	}
	d.font("", label)
	d.ink(muted)
	d.fit(x+4, d.y, label, width-4, words)
	d.y += step(label) + 1.2
}

// openAtAGlance says on the sponsor's page what the picture leaves out.
func (d *pdfDoc) openAtAGlance(a *scoring.Assessment) {
	var parts []string
	if n := len(a.Unassessed); n > 0 {
		parts = append(parts, text.CountOf(n, "best practice is not assessed", "best practices are not assessed"))
	}
	if a.OutOfScope > 0 {
		parts = append(parts, text.CountOf(a.OutOfScope, "is out of scope", "are out of scope"))
	}
	states := map[scoring.WaiverState]int{}
	for _, w := range a.Waivers {
		states[w.State]++
	}
	for _, s := range []struct {
		state     scoring.WaiverState
		one, many string
	}{
		{scoring.WaiverExpired, "waiver has expired", "waivers have expired"},
		{scoring.WaiverExpiring, "waiver ends soon", "waivers end soon"},
		{scoring.WaiverActive, "waiver holds", "waivers hold"},
	} {
		if n := states[s.state]; n > 0 {
			parts = append(parts, text.CountOf(n, s.one, s.many))
		}
	}
	if len(parts) > 0 && d.y+step(small) < pdfBottom {
		d.block(pdfLeft, pdfWide, "", small, muted, sentence(strings.Join(parts, "; "))+".")
	}
}
