package html

import (
	"math"

	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

func title(s *page.Writer, a *scoring.Assessment) {
	s.Put(`<header class="title">
<p class="eyebrow">%, as of <time datetime="%">%</time></p>
<h1 dir="auto">%</h1>
`, view.LensTitle(a), a.Today, a.Today, a.Workload.Name)
	if a.Workload.Description != "" {
		s.Put("<p class=\"lede\" dir=\"auto\">%</p>\n", a.Workload.Description)
	}
	if facts := view.WorkloadFacts(a); len(facts) > 0 {
		s.Put(`<ul class="facts">`)
		for _, f := range facts {
			s.Put("<li>%</li>", f)
		}
		s.Put("</ul>\n")
	}
	s.Put("</header>\n")
}

// summary writes page one, the gauges, and the questions at high risk.
func summary(s *page.Writer, a *scoring.Assessment) {
	pageOne := view.NewPageOne(a)
	c := pageOne.Conclusion
	s.Put("<div class=\"verdict %\"><p class=\"badge\">%</p><p class=\"sentence\">%</p>", c.Badge.Tone, c.Badge.String(), c.Risk)
	if c.Effect != "" {
		s.Put("<p class=\"effect\">%</p>", c.Effect)
	}
	for _, note := range c.Notes {
		s.Put("<p>%</p>", note)
	}
	s.Put("</div>\n")
	for _, part := range pageOne.Sections() {
		s.Put("<div class=\"front %\"><h3 class=\"subtitle\">% <span class=\"count\">%</span></h3>\n", part.ID, part.Title, part.Count)
		if part.ID == pageOne.Risks.ID && len(part.Groups) > 0 {
			risks(s, part.Groups[0].Items)
		} else {
			section(s, part)
		}
		s.Put("</div>\n")
	}
	s.Put("<div class=\"dials\">\n")
	for _, d := range view.Gauges(a) {
		gauge(s, d)
	}
	s.Put("</div>\n")
	if high := view.HighRiskQuestions(a); !high.Empty() {
		s.Put("<h3 class=\"subtitle\">%</h3>\n", high.Title)
		section(s, high)
	}
}

// risks writes the top risks in three columns: title and note, what can happen, owner and
// decision.
func risks(s *page.Writer, list []view.Item) {
	s.Put("<ul class=\"risks\">\n")
	for _, item := range list {
		s.Put(`<li class="%"><div><p class="meta"><span class="fid">%</span> `, item.Badge.Tone, item.ID)
		chip(s, item.Badge)
		s.Put(`</p><p class="said" dir="auto"><a href="#finding-%">%</a></p>`, item.ID, item.Title)
		for _, t := range item.Texts {
			if t.Label != view.LabelNote && t.Label != view.LabelDecision { // the next column
				s.Put("</div><div>")
			}
			s.Put(`<p class="note" dir="auto"><b>%</b> %</p>`, t.Label, t.Text)
		}
		s.Put("</div></li>\n")
	}
	s.Put("</ul>\n")
}

// gauge draws a gauge. All coverages have the same colour, because a low coverage is no risk.
func gauge(s *page.Writer, d view.Gauge) {
	size, class := "small", bandClass(d.Value, d.Known)
	if d.Overall {
		size = "large"
	}
	if d.Coverage {
		class = "covered"
	}
	s.Put(`<figure class="dial %"><svg viewBox="0 0 100 100" role="img" aria-label="%"><circle class="track" cx="50" cy="50" r="42" pathLength="100"/>`, size, d.Words())
	if d.Known && d.Value > 0 {
		s.Put(`<circle class="arc %" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="% 100" transform="rotate(-90 50 50)"/>`, class, tenth(d.Value))
	}
	s.Put(`<text x="50" y="59" text-anchor="middle">%</text></svg><figcaption>%<span class="meta">%</span></figcaption></figure>`+"\n", d.Text(), d.Name, d.Note)
}

// tenth rounds a coordinate to one decimal, so that a drawing is the same on every machine.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }
