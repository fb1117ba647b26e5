package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// tenth rounds a coordinate, so that a drawing is the same on every machine.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// band sorts a score into one of five classes of colour. The bands are for the
// eye only; no rule depends on them.
func band(percent float64) int {
	switch {
	case percent < 40:
		return 0
	case percent < 60:
		return 1
	case percent < 75:
		return 2
	case percent < 90:
		return 3
	}
	return 4
}

// bandClass is the band of a score as a class of the style sheet.
func bandClass(percent float64, ok bool) string {
	if !ok {
		return "unknown"
	}
	return fmt.Sprintf("band%d", band(percent))
}

// dial draws a score as part of a ring, with the number in it.
func dial(s *sheet, name, note string, t scoring.Tally, large bool) {
	v, ok := t.Score()
	drawDial(s, name, note, "score", v, ok, bandClass(v, ok), large)
}

// coverageDial draws how much was answered. It has one colour: a small coverage
// is no risk, only less known.
func coverageDial(s *sheet, name, note string, t scoring.Tally) {
	v, ok := t.Coverage()
	drawDial(s, name, note, "coverage", v, ok, "covered", true)
}

func drawDial(s *sheet, name, note, what string, v float64, ok bool, class string, large bool) {
	size := "small"
	if large {
		size = "large"
	}
	shown := "–"
	if ok {
		shown = fmt.Sprint(whole(v))
	}
	s.put(`<figure class="dial %"><svg viewBox="0 0 100 100" role="img" aria-label="%">`, size, name+": "+what+" "+Percent(v, ok))
	s.put(`<circle class="track" cx="50" cy="50" r="42" pathLength="100"/>`)
	if ok && v > 0 {
		s.put(`<circle class="arc %" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="% 100" transform="rotate(-90 50 50)"/>`, class, tenth(v))
	}
	s.put(`<text x="50" y="59" text-anchor="middle">%</text></svg><figcaption>%<span class="meta">%</span></figcaption></figure>`+"\n", shown, name, note)
}

// whole is a percentage as people read it: rounded down, so that 99.9 is not 100.
func whole(v float64) int { return int(v + 1e-9) }

func htmlScores(s *sheet, a *scoring.Assessment) {
	s.put(`<div class="pair"><div class="scroll" tabindex="0" role="region" aria-label="Scores by pillar, table">
<table><thead><tr><th scope="col">Pillar</th><th scope="col" class="n">Score</th><th scope="col" class="n">Coverage</th>`)
	for _, r := range riskRows[:4] {
		s.put(`<th scope="col" class="n"><span class="sign %" aria-hidden="true">%</span> %</th>`, r.class, r.sign, r.words)
	}
	s.put(`<th scope="col" class="n">Findings</th></tr></thead><tbody>` + "\n")
	for _, p := range a.Pillars {
		if p.Lens.InScope+p.LayerBanks.InScope == 0 {
			continue
		}
		s.put(`<tr><th scope="row">%</th><td class="n">%</td><td class="n">%</td>`, p.Name, score(p.Lens), coverage(p.Lens))
		for _, r := range riskRows[:4] {
			s.put(`<td class="n">%</td>`, p.Risks[r.risk])
		}
		s.put("<td class=\"n\">%</td></tr>\n", p.Findings)
	}
	s.put("</tbody></table></div>\n")
	radar(s, a)
	s.put("</div>\n<p class=\"note\">%A score says how much of what was assessed is in place, weighted by severity; coverage says how much of what applies was answered.</p>\n", scored(a))
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
		said = append(said, p.Name+" "+score(p.Lens))
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
		value = fmt.Sprint(whole(v))
	}
	s.put(`<text x="%" y="%" text-anchor="%">%<tspan class="value" x="%" dy="14">%</tspan></text>`, x, tenth(y), anchor, short2(p.Name), x, value)
}

// short2 is the first word of a name where the whole would not fit beside a drawing.
func short2(name string) string {
	if len(name) <= 12 {
		return name
	}
	word, _, _ := strings.Cut(name, " ")
	return word
}

// levelSigns are the signs of severities, always beside their word or a legend.
var levelSigns = map[lens.Level]string{lens.High: "▲", lens.Medium: "■", lens.Low: "●"}

// scored says what scores and risks are of, where there is more than the lens
// itself.
func scored(a *scoring.Assessment) string {
	if len(a.Layers) == 0 {
		return ""
	}
	return "Scores and risks are of " + or(a.LensBy, "the lens") + "'s questions; findings also count those of the layer banks. "
}
