package html

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func findings(s *sheet, a *scoring.Assessment) {
	if len(a.Findings) == 0 {
		s.put("<p>None. Everything that was assessed is in place.</p>\n")
		return
	}
	filters(s, a)
	s.put("<ol class=\"findings\" id=\"list\">\n")
	for i := range a.Findings {
		finding(s, a, i)
	}
	s.put("</ol>\n<p class=\"empty\" hidden>No finding matches. Reset the filters to see all.</p>\n")
}

// filters writes the controls that the script brings to life. They are hidden
// without it.
func filters(s *sheet, a *scoring.Assessment) {
	s.put(`<form class="filters" id="filters" hidden aria-label="Findings: search, filter and sort">
<label class="wide">Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="id, words, owner"></label>
`)
	picker(s, "severity", "Severity", func(choose chooser) {
		for _, l := range []lens.Level{lens.High, lens.Medium, lens.Low} {
			choose(string(l), view.Severity(l).String(), has(a, func(f scoring.Finding) bool { return f.Severity == l }))
		}
	})
	picker(s, "status", "Status", func(choose chooser) {
		for _, st := range review.Statuses() {
			choose(string(st), st.Words(), has(a, func(f scoring.Finding) bool { return f.Status == st }))
		}
	})
	picker(s, "pillar", "Pillar", func(choose chooser) {
		for _, p := range a.Pillars {
			choose(p.ID, p.Name, p.Findings > 0)
		}
	})
	picker(s, "layer", "Layer", func(choose chooser) {
		for _, l := range a.Layers {
			choose(l.ID, l.Name, l.Findings > 0)
		}
	})
	picker(s, "effort", "Effort", func(choose chooser) {
		for _, l := range []lens.Level{lens.Low, lens.Medium, lens.High} {
			choose(string(l), string(l), has(a, func(f scoring.Finding) bool { return f.Effort == l }))
		}
	})
	picker(s, "when", "When", func(choose chooser) {
		for _, w := range []string{"now", "next", "later", "waived"} {
			choose(w, w, has(a, func(f scoring.Finding) bool { return view.When(f) == w }))
		}
	})
	s.put(`<label>Sort by <select id="sort"><option value="n">priority</option><option value="severity">severity</option><option value="effort">effort, least first</option><option value="due">due date</option><option value="owner">owner</option><option value="id">id</option></select></label>
<p class="buttons"><button type="button" id="all">Reset</button> <button type="button" id="unfold">Open all</button> <button type="button" id="fold">Close all</button></p>
<p class="shown" role="status" id="shown">% of % shown</p>
</form>
`, len(a.Findings), text.Count(len(a.Findings), "finding"))
}

func has(a *scoring.Assessment, is func(scoring.Finding) bool) bool {
	return slices.ContainsFunc(a.Findings, is)
}

// A chooser writes one value of a filter, where a finding has it.
type chooser func(value, words string, there bool)

func picker(s *sheet, id, name string, choices func(chooser)) {
	s.put(`<label>% <select id="f-%" data-filter="%"><option value="">all</option>`, name, id, id)
	choices(func(value, words string, there bool) {
		if there {
			s.put(`<option value="%">%</option>`, value, words)
		}
	})
	s.put("</select></label>\n")
}

func finding(s *sheet, a *scoring.Assessment, i int) {
	f := a.Findings[i]
	s.put(`<li id="finding-%" data-n="%" data-severity="%" data-status="%" data-pillar="%" data-layer="%" data-effort="%" data-when="%" data-due="%" data-owner="%"><details><summary>`,
		f.ID, i+1, string(f.Severity), string(f.Status), f.Pillar, strings.Join(f.Layers, " "), string(f.Effort), view.When(f), f.Due, f.Owner)
	s.put(`<span class="rank">%</span><span class="what"><h3><span class="fid">%</span> %</h3><span class="meta">% · % · <span dir="auto">%</span> · <span class="date">%</span>`,
		i+1, f.ID, f.Title, f.Status.Words(), f.PillarName, view.Owner(f), view.Due(f))
	if view.Overdue(a, f) {
		s.put(` <strong>(overdue)</strong>`)
	}
	s.put(`</span></span><span class="chips">%`, chip(view.Severity(f.Severity)))
	if f.Waived {
		s.put(`<span class="chip none">◇ waived</span>`)
	} else {
		s.put(`<span class="chip plain">%</span>`, string(f.Quadrant))
	}
	s.put(`</span><span class="prio" title="priority"><span class="seen">priority </span>%<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="bar" width="%" height="6"/></svg></span></summary>`+"\n<div class=\"body\">\n<div class=\"prose\">", f.Priority, f.Priority)
	for _, t := range view.FindingTexts(f) {
		labelled(s, t)
	}
	if len(f.Guide.Evidence) > 0 {
		s.put(`<div class="unprinted">`)
		labelled(s, view.Text{Label: "Then ask to be shown", Items: f.Guide.Evidence})
		s.put("</div>")
	}
	s.put("</div>\n<dl class=\"factlist\">")
	facts(s, view.FindingFacts(a, f))
	if len(f.Guide.Resources) > 0 {
		s.put(`<div class="unprinted"><dt>Read</dt>`)
		for _, r := range f.Guide.Resources {
			s.put("<dd>")
			link(s, r)
			s.put("</dd>")
		}
		s.put(`</div>`)
	}
	s.put("</dl>\n</div></details></li>\n")
}

// chip is a sign in mark, word and colour.
func chip(v view.Sign) markup {
	s := &sheet{}
	s.put(`<span class="chip %"><span aria-hidden="true">%</span> %</span>`, v.Tone, v.Mark, v.Words)
	return markup(s.b)
}

// labelled writes a text, or its list, below its label.
func labelled(s *sheet, t view.Text) {
	var list markup = "ul"
	if t.Ordered {
		list, t.Label = "ol", "What to do"
	}
	s.put(`<h4>%</h4>`, t.Label)
	if len(t.Items) == 0 {
		long(s, t.Text)
		return
	}
	s.put("<%>", list)
	for _, item := range t.Items {
		s.put(`<li dir="auto">%</li>`, item)
	}
	s.put("</%>", list)
}

// link writes a link to a page of the bank. Only an https address becomes one;
// any other is shown, not linked.
func link(s *sheet, r lens.Resource) {
	if strings.HasPrefix(r.URL, "https://") {
		s.put(`<a href="%" rel="noopener noreferrer">%</a>`, r.URL, r.Title)
		return
	}
	s.put(`% (%)`, r.Title, r.URL)
}

// long writes text of people, line breaks kept, its end folded away where it is
// very long. Printed, the end stays folded and the page says how much that is.
func long(s *sheet, t string) {
	shown, rest := view.Fold(t)
	s.put(`<p class="said" dir="auto">%</p>`, shown)
	if rest != "" {
		s.put(`<details class="more"><summary>% more characters</summary><p class="said" dir="auto">%</p></details>`,
			view.Thousands(utf8.RuneCountInString(rest)), rest)
	}
}
