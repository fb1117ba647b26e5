package html

import (
	"math"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

func title(s *htmlPage, a *scoring.Assessment) {
	s.put(`<header class="title">
<p class="eyebrow">%, as of <time datetime="%">%</time></p>
<h1 dir="auto">%</h1>
`, view.LensTitle(a), a.Today, a.Today, a.Workload.Name)
	if a.Workload.Description != "" {
		s.put("<p class=\"lede\" dir=\"auto\">%</p>\n", a.Workload.Description)
	}
	if facts := view.WorkloadFacts(a); len(facts) > 0 {
		s.put(`<ul class="facts">`)
		for _, f := range facts {
			s.put("<li>%</li>", f)
		}
		s.put("</ul>\n")
	}
	s.put("</header>\n")
}

// summary is page one, with the scores of the whole below it.
func summary(s *htmlPage, a *scoring.Assessment) {
	front := view.NewPageOne(a)
	c := front.Conclusion
	s.put("<div class=\"verdict %\"><p class=\"badge\">%</p><p class=\"sentence\">%</p>", c.Badge.Tone, c.Badge.String(), c.Risk)
	if c.Effect != "" {
		s.put("<p class=\"effect\">%</p>", c.Effect)
	}
	for _, more := range c.Notes {
		s.put("<p>%</p>", more)
	}
	s.put("</div>\n")
	for _, part := range front.Sections() {
		s.put("<div class=\"front %\"><h3 class=\"subtitle\">% <span class=\"count\">%</span></h3>\n", part.ID, part.Title, part.Count)
		if part.ID == front.Risks.ID && len(part.Groups) > 0 {
			risks(s, part.Groups[0].Items)
		} else {
			section(s, part)
		}
		s.put("</div>\n")
	}
	s.put("<div class=\"dials\">\n")
	for _, d := range view.Gauges(a) {
		gauge(s, d)
	}
	s.put("</div>\n")
	if high := view.HighRiskQuestions(a); !high.Empty() {
		s.put("<h3 class=\"subtitle\">%</h3>\n", high.Title)
		section(s, high)
	}
}

// risks writes what is wrong, a row each: what it is and what was said of it, what can
// happen, and who does what.
func risks(s *htmlPage, list []view.Item) {
	s.put("<ul class=\"risks\">\n")
	for _, item := range list {
		s.put(`<li class="%"><div><p class="meta"><span class="fid">%</span> `, item.Badge.Tone, item.ID)
		chip(s, item.Badge)
		s.put(`</p><p class="said" dir="auto"><a href="#finding-%">%</a></p>`, item.ID, item.Title)
		for _, t := range item.Texts {
			if t.Label != view.LabelNote && t.Label != view.LabelDecision { // the next column
				s.put("</div><div>")
			}
			s.put(`<p class="note" dir="auto"><b>%</b> %</p>`, t.Label, t.Text)
		}
		s.put("</div></li>\n")
	}
	s.put("</ul>\n")
}

// gauge draws a percentage as part of a ring, with the number in it. A coverage has
// one colour: a small one is not a risk, only less is known.
func gauge(s *htmlPage, d view.Gauge) {
	size, class := "small", bandClass(d.Value, d.Known)
	if d.Overall {
		size = "large"
	}
	if d.Coverage {
		class = "covered"
	}
	s.put(`<figure class="dial %"><svg viewBox="0 0 100 100" role="img" aria-label="%"><circle class="track" cx="50" cy="50" r="42" pathLength="100"/>`, size, d.Words())
	if d.Known && d.Value > 0 {
		s.put(`<circle class="arc %" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="% 100" transform="rotate(-90 50 50)"/>`, class, tenth(d.Value))
	}
	s.put(`<text x="50" y="59" text-anchor="middle">%</text></svg><figcaption>%<span class="meta">%</span></figcaption></figure>`+"\n", d.Text(), d.Name, d.Note)
}

// tenth rounds a coordinate, so that a drawing is the same on every machine.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }
