package html

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func findings(s *page.Writer, a *scoring.Assessment) {
	if len(a.Findings) == 0 {
		return
	}
	list := findingFilters(a)
	filterForm(s, a, list)
	s.Put("<ol class=\"findings\" id=\"list\">\n")
	for i := range a.Findings {
		finding(s, a, i, list)
	}
	s.Put("</ol>\n<p class=\"empty\" hidden>No finding matches. Reset the filters to see all.</p>\n")
}

// A findingFilter is a drop-down list that filters the findings by a value.
type findingFilter struct {
	id       page.Markup
	name     string
	options  []filterOption
	valuesOf func(scoring.Finding) string // the values of a finding, separated by spaces
}

// A filterOption is a value of a filter and its label.
type filterOption struct{ value, words string }

func findingFilters(a *scoring.Assessment) []findingFilter {
	level := func(l lens.Level) filterOption { return filterOption{string(l), string(l)} }
	part := func(p scoring.Part) filterOption { return filterOption{p.ID, p.Name} }
	return []findingFilter{
		{"severity", "Severity", view.Map([]lens.Level{lens.High, lens.Medium, lens.Low}, level), func(f scoring.Finding) string { return string(f.Severity) }},
		{"status", "Status", view.Map(review.Statuses(), func(s review.Status) filterOption { return filterOption{string(s), s.Words()} }), func(f scoring.Finding) string { return string(f.Status) }},
		{"pillar", "Pillar", view.Map(a.Pillars, part), func(f scoring.Finding) string { return f.Pillar }},
		{"layer", "Layer", view.Map(a.Layers, part), func(f scoring.Finding) string { return strings.Join(f.Layers, " ") }},
		{"effort", "Effort", view.Map(efforts, level), func(f scoring.Finding) string { return string(f.Effort) }},
		{"when", "When", view.Map([]string{"now", "next", "later", "waived"}, func(w string) filterOption { return filterOption{w, w} }), func(f scoring.Finding) string { return view.OrDefault(string(f.Horizon), "waived") }},
	}
}

// filterForm writes the form to search, filter and sort the findings. It needs the script and
// is hidden without it.
func filterForm(s *page.Writer, a *scoring.Assessment, list []findingFilter) {
	s.Put(`<form class="filters" id="filters" hidden aria-label="Findings: search, filter and sort">
<label class="wide">Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="id, words, owner"></label>
`)
	for _, p := range list {
		s.Put(`<label>% <select id="f-%" data-filter="%"><option value="">all</option>`, p.name, p.id, p.id)
		for _, c := range p.options {
			if slices.ContainsFunc(a.Findings, func(f scoring.Finding) bool { return slices.Contains(strings.Fields(p.valuesOf(f)), c.value) }) {
				s.Put(`<option value="%">%</option>`, c.value, c.words)
			}
		}
		s.Put("</select></label>\n")
	}
	s.Put(`<label>Sort by <select id="sort"><option value="n">priority</option><option value="severity">severity</option><option value="effort">effort, least first</option><option value="due">due date</option><option value="owner">owner</option><option value="id">id</option></select></label>
<p class="buttons"><button type="button" id="all">Reset</button> <button type="button" id="unfold">Open all</button> <button type="button" id="fold">Close all</button></p>
<p class="shown" role="status" id="shown">% of % shown</p>
</form>
`, len(a.Findings), text.Count(len(a.Findings), "finding"))
}

func finding(s *page.Writer, a *scoring.Assessment, i int, list []findingFilter) {
	f := a.Findings[i]
	s.Put(`<li id="finding-%" data-n="%" data-due="%" data-owner="%"`, f.ID, i+1, f.Due, f.Owner)
	for _, p := range list {
		s.Put(` data-%="%"`, p.id, p.valuesOf(f))
	}
	s.Put(`><details><summary><span class="rank">%</span><span class="what"><h3><span class="fid">%</span> %</h3><span class="meta">% · % · <span dir="auto">%</span> · <span class="date">%</span></span></span><span class="chips">`,
		i+1, f.ID, f.Title, f.Words(), f.PillarName, view.OwnerOrNone(f), view.DueWords(f))
	chip(s, view.SeverityBadge(f.Severity))
	if f.Waived {
		s.Put(`<span class="chip none">◇ waived</span>`)
	} else {
		s.Put(`<span class="chip plain">%, %</span>`, string(f.Horizon), string(f.Quadrant))
	}
	s.Put(`</span><span class="prio" title="priority"><span class="seen">priority </span>%<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="bar" width="%" height="6"/></svg></span></summary>`+"\n<div class=\"body\">\n<div class=\"prose\">", f.Priority, f.Priority)
	for _, t := range view.FindingTexts(f) {
		labelledText(s, t)
	}
	if len(f.Guide.Evidence) > 0 {
		s.Put(`<div class="unprinted">`)
		labelledText(s, view.Text{Label: "Then ask to be shown", Items: f.Guide.Evidence})
		s.Put("</div>")
	}
	s.Put("</div>\n<dl class=\"factlist\">")
	facts(s, view.FindingFacts(a, f))
	if len(f.Guide.Resources) > 0 {
		s.Put(`<div class="unprinted"><dt>Read</dt>`)
		for _, r := range f.Guide.Resources {
			s.Put("<dd>")
			link(s, r)
			s.Put("</dd>")
		}
		s.Put(`</div>`)
	}
	s.Put("</dl>\n</div></details></li>\n")
}

// link writes a link to a resource. A URL that is not https is shown without a link.
func link(s *page.Writer, r lens.Resource) {
	if strings.HasPrefix(r.URL, "https://") {
		s.Put(`<a href="%" rel="noopener noreferrer">%</a>`, r.URL, r.Title)
		return
	}
	s.Put(`% (%)`, r.Title, r.URL)
}
