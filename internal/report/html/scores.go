package html

import (
	"fmt"
	"math"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// tenth rounds a coordinate, so that a drawing is the same on every machine.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }

func scores(s *sheet, a *scoring.Assessment) {
	s.put(`<div class="pair"><div class="scroll" tabindex="0" role="region" aria-label="Scores by pillar, table">
<table><thead><tr><th scope="col">Pillar</th><th scope="col" class="n">Score</th><th scope="col" class="n">Coverage</th>`)
	for _, r := range scoring.Risks()[:4] {
		sign := view.Risk(r)
		s.put(`<th scope="col" class="n"><span class="sign %" aria-hidden="true">%</span> %</th>`, sign.Tone, sign.Mark, sign.Words)
	}
	s.put(`<th scope="col" class="n">Findings</th></tr></thead><tbody>` + "\n")
	for _, row := range view.Pillars(a) {
		s.put(`<tr><th scope="row">%</th><td class="n">%</td><td class="n">%</td>`, row.Name, view.Score(row.Tally), view.Coverage(row.Tally))
		for _, r := range scoring.Risks()[:4] {
			s.put(`<td class="n">%</td>`, row.Risks[r])
		}
		s.put("<td class=\"n\">%</td></tr>\n", row.Findings)
	}
	s.put("</tbody></table></div>\n")
	radar(s, a)
	s.put("</div>\n<p class=\"note\">A score says how much of what was assessed is in place, weighted by severity; coverage says how much of what applies was answered.</p>\n")
}

const (
	radarX, radarY = 200.0, 155.0 // the middle
	radarR         = 108.0        // of 100 %
)

// radar draws the scores of the pillars on as many axes. A pillar without a
// score has no point: it is neither 0 nor 100.
func radar(s *sheet, a *scoring.Assessment) {
	var parts []scoring.Part
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			parts = append(parts, p)
		}
	}
	if len(parts) < 3 {
		s.put(`<p class="note">A radar needs three pillars in scope.</p>`)
		return
	}
	spoke := func(i int, percent float64) (x, y float64) {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(parts)))
		return tenth(radarX + radarR*percent/100*sin), tenth(radarY - radarR*percent/100*cos)
	}
	var said []string
	for _, p := range parts {
		said = append(said, p.Name+" "+view.Score(p.Lens))
	}
	s.put(`<figure class="radar"><svg viewBox="0 0 400 310" role="img" aria-label="%">`, "Radar of scores: "+strings.Join(said, ", "))
	for _, ring := range []float64{25, 50, 75, 100} {
		s.put(`<polygon class="ring" points="`)
		for i := range parts {
			x, y := spoke(i, ring)
			s.put("%,% ", x, y)
		}
		s.put(`"/>`)
	}
	for i := range parts {
		x, y := spoke(i, 100)
		s.put(`<line class="ring" x1="%" y1="%" x2="%" y2="%"/>`, radarX, radarY, x, y)
	}
	radarShape(s, parts, spoke)
	for i, p := range parts {
		radarLabel(s, p, i, len(parts), spoke)
	}
	s.put("</svg><figcaption class=\"note\">Rings at 25, 50, 75 and 100 %.</figcaption></figure>\n", "%")
}

// radarShape joins the points of neighbours, and fills the shape where every
// pillar has a score.
func radarShape(s *sheet, parts []scoring.Part, spoke func(int, float64) (float64, float64)) {
	complete := true
	for _, p := range parts {
		_, ok := p.Lens.Score()
		complete = complete && ok
	}
	if complete {
		s.put(`<polygon class="shape" points="`)
		for i, p := range parts {
			v, _ := p.Lens.Score()
			x, y := spoke(i, v)
			s.put("%,% ", x, y)
		}
		s.put(`"/>`)
	}
	for i, p := range parts {
		v, ok := p.Lens.Score()
		if !ok {
			continue
		}
		x, y := spoke(i, v)
		next := (i + 1) % len(parts)
		if w, ok := parts[next].Lens.Score(); ok {
			x2, y2 := spoke(next, w)
			s.put(`<line class="edge" x1="%" y1="%" x2="%" y2="%"/>`, x, y, x2, y2)
		}
		s.put(`<circle class="point" cx="%" cy="%" r="3.5"/>`, x, y)
	}
}

func radarLabel(s *sheet, p scoring.Part, i, n int, spoke func(int, float64) (float64, float64)) {
	x, y := spoke(i, 112)
	anchor := "middle"
	switch {
	case x > radarX+1:
		anchor = "start"
	case x < radarX-1:
		anchor = "end"
	}
	switch {
	case i == 0:
		y -= 14
	case 2*i == n:
		y += 12
	}
	v, ok := p.Lens.Score()
	value := "?"
	if ok {
		value = fmt.Sprint(text.Whole(v))
	}
	s.put(`<text x="%" y="%" text-anchor="%">%<tspan class="value" x="%" dy="14">%</tspan></text>`, x, tenth(y), anchor, short(p.Name), x, value)
}

// short is the first word of a name where the whole would not fit beside a drawing.
func short(name string) string {
	if len(name) <= 12 {
		return name
	}
	word, _, _ := strings.Cut(name, " ")
	return word
}
