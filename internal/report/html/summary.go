package html

import (
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func title(s *sheet, a *scoring.Assessment) {
	s.put(`<header class="title">
<p class="eyebrow">% review, as of <time datetime="%">%</time></p>
<h1 dir="auto">%</h1>
`, a.LensName, a.Today, a.Today, a.Workload.Name)
	if a.Workload.Description != "" {
		s.put("<p class=\"lede\" dir=\"auto\">%</p>\n", a.Workload.Description)
	}
	if facts := view.Workload(a); len(facts) > 0 {
		s.put(`<ul class="facts">`)
		for _, f := range facts {
			s.put("<li>%</li>", f)
		}
		s.put("</ul>\n")
	}
	s.put("</header>\n")
}

// summary answers on the first screen what is at risk, what to do first and what
// it takes.
func summary(s *sheet, a *scoring.Assessment) {
	badge := view.Badge(a)
	s.put("<div class=\"verdict %\"><p class=\"badge\">%</p><p class=\"say\">%</p></div>\n", badge.Tone, badge.String(), view.Verdict(a))
	s.put("<div class=\"trio\">\n")
	atRisk(s, a)
	first(s, a)
	takes(s, a)
	s.put("</div>\n<div class=\"dials\">\n")
	for _, d := range view.Dials(a) {
		dial(s, d)
	}
	s.put("</div>\n")
	qs := view.AtRisk(a, scoring.RiskHigh)
	if len(qs) == 0 {
		return
	}
	s.put("<h3 class=\"gravest\">Questions at high risk</h3>\n<ul class=\"rows two\">")
	for _, q := range qs {
		s.put(`<li class="high"><span class="sign" aria-hidden="true">▲</span> <span class="fid">%</span> %</li>`+"\n", q.ID, view.Ask(q))
	}
	s.put("</ul>\n")
}

func atRisk(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>What is at risk</h3>\n<dl class=\"tallies\">")
	for _, r := range view.Risks(a) {
		s.put(`<div class="%"><dt><span class="sign" aria-hidden="true">%</span> %</dt><dd>%</dd></div>`, r.Tone, r.Mark, r.Words, r.N)
	}
	s.put("</dl>\n<p class=\"note\">% by risk.</p>\n", text.Count(len(a.Questions), "question"))
	if in := view.HighRiskIn(a); in != "" {
		s.put("<p>%</p>\n", in)
	}
	s.put("</div>\n")
}

func first(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>%</h3>\n", view.WhatFirst)
	list := view.First(a, view.FirstShown)
	if len(list) == 0 {
		s.put("<p>There is no open finding.</p></div>\n")
		return
	}
	s.put(`<ol class="first">`)
	for _, f := range list {
		s.put(`<li><a href="#finding-%">%</a><span class="meta">%</span></li>`, f.ID, f.Title, view.Who(f))
	}
	s.put("</ol></div>\n")
}

func takes(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>What it takes</h3>\n<dl class=\"takes\">")
	for _, h := range view.Plan(a) {
		s.put(`<div><dt>% <span class="meta">%</span></dt><dd>%</dd></div>`, h.Name, h.When, len(h.Findings))
	}
	s.put("</dl>\n<ul class=\"plain\">")
	for _, line := range view.Effort(a) {
		s.put("<li>%</li>", line)
	}
	s.put("</ul></div>\n")
}

// dial draws a percentage as part of a ring, with the number in it. A coverage has
// one colour: a small one is no risk, only less known.
func dial(s *sheet, d view.Dial) {
	size, class := "small", bandClass(d.Value, d.OK)
	if d.Main {
		size = "large"
	}
	if d.Coverage {
		class = "covered"
	}
	s.put(`<figure class="dial %"><svg viewBox="0 0 100 100" role="img" aria-label="%"><circle class="track" cx="50" cy="50" r="42" pathLength="100"/>`, size, d.Words())
	if d.OK && d.Value > 0 {
		s.put(`<circle class="arc %" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="% 100" transform="rotate(-90 50 50)"/>`, class, tenth(d.Value))
	}
	s.put(`<text x="50" y="59" text-anchor="middle">%</text></svg><figcaption>%<span class="meta">%</span></figcaption></figure>`+"\n", d.Shown(), d.Name, d.Note)
}
