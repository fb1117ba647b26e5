package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func htmlFindings(s *sheet, a *scoring.Assessment) {
	if len(a.Findings) == 0 {
		s.put("<p>None. Everything that was assessed is in place.</p>\n")
		return
	}
	htmlFilters(s, a)
	s.put("<ol class=\"findings\" id=\"list\">\n")
	for i := range a.Findings {
		htmlFinding(s, a, i)
	}
	s.put("</ol>\n<p class=\"empty\" hidden>No finding matches. Reset the filters to see all.</p>\n")
}

// A choice is one value of a filter.
type choice struct{ value, words string }

// htmlFilters writes the controls that the script brings to life. They are
// hidden without it.
func htmlFilters(s *sheet, a *scoring.Assessment) {
	s.put(`<form class="filters" id="filters" hidden aria-label="Findings: search, filter and sort">
<label class="wide">Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="id, words, owner"></label>
`)
	has := func(keep func(scoring.Finding) bool) bool { return slices.ContainsFunc(a.Findings, keep) }
	var severities, statuses, pillars, layers, efforts, whens []choice
	for _, l := range []lens.Level{lens.High, lens.Medium, lens.Low} {
		if has(func(f scoring.Finding) bool { return f.Severity == l }) {
			severities = append(severities, choice{string(l), levelSigns[l] + " " + string(l)})
		}
	}
	for _, l := range []lens.Level{lens.Low, lens.Medium, lens.High} {
		if has(func(f scoring.Finding) bool { return f.Effort == l }) {
			efforts = append(efforts, choice{string(l), string(l)})
		}
	}
	for _, st := range review.Statuses() {
		if has(func(f scoring.Finding) bool { return f.Status == st }) {
			statuses = append(statuses, choice{string(st), st.Words()})
		}
	}
	for _, p := range a.Pillars {
		if p.Findings > 0 {
			pillars = append(pillars, choice{p.ID, p.Name})
		}
	}
	for _, l := range a.Layers {
		if l.Findings > 0 {
			layers = append(layers, choice{l.ID, l.Name})
		}
	}
	for _, w := range []string{"now", "next", "later", "waived"} {
		if has(func(f scoring.Finding) bool { return when(f) == w }) {
			whens = append(whens, choice{w, w})
		}
	}
	picker(s, "severity", "Severity", severities)
	picker(s, "status", "Status", statuses)
	picker(s, "pillar", "Pillar", pillars)
	picker(s, "layer", "Layer", layers)
	picker(s, "effort", "Effort", efforts)
	picker(s, "when", "When", whens)
	s.put(`<label>Sort by <select id="sort"><option value="n">priority</option><option value="severity">severity</option><option value="effort">effort, least first</option><option value="due">due date</option><option value="owner">owner</option><option value="id">id</option></select></label>
<p class="buttons"><button type="button" id="all">Reset</button> <button type="button" id="unfold">Open all</button> <button type="button" id="fold">Close all</button></p>
<p class="shown" role="status" id="shown">% of % shown</p>
</form>
`, len(a.Findings), text.Count(len(a.Findings), "finding"))
}

func picker(s *sheet, id, name string, choices []choice) {
	s.put(`<label>% <select id="f-%" data-filter="%"><option value="">all</option>`, name, id, id)
	for _, c := range choices {
		s.put(`<option value="%">%</option>`, c.value, c.words)
	}
	s.put("</select></label>\n")
}

// when is the horizon of a finding, or that it is waived.
func when(f scoring.Finding) string {
	if f.Waived {
		return "waived"
	}
	return string(f.Horizon)
}

func htmlFinding(s *sheet, a *scoring.Assessment, i int) {
	f := a.Findings[i]
	s.put(`<li id="finding-%" data-n="%" data-severity="%" data-status="%" data-pillar="%" data-layer="%" data-effort="%" data-when="%" data-due="%" data-owner="%"><details><summary>`,
		f.ID, i+1, string(f.Severity), string(f.Status), f.Pillar, strings.Join(f.Layers, " "), string(f.Effort), when(f), f.Due, f.Owner)
	s.put(`<span class="rank">%</span><span class="what"><h3><span class="fid">%</span> %</h3><span class="meta">% · % · <span dir="auto">%</span> · <span class="date">%</span>`,
		i+1, f.ID, f.Title, f.Status.Words(), f.PillarName, or(f.Owner, "no owner"), or(f.Due, "no date"))
	if f.Due != "" && f.Due < a.Today && !f.Waived {
		s.put(` <strong>(overdue)</strong>`)
	}
	s.put(`</span></span><span class="chips">%`, levelChip(f.Severity))
	if f.Waived {
		s.put(`<span class="chip none">◇ waived</span>`)
	} else {
		s.put(`<span class="chip plain">%</span>`, string(f.Quadrant))
	}
	s.put(`</span><span class="prio" title="priority"><span class="seen">priority </span>%<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="bar" width="%" height="6"/></svg></span></summary>`+"\n<div class=\"body\">\n", f.Priority, f.Priority)
	findingWhy(s, f)
	findingFacts(s, a, f)
	s.put("</div></details></li>\n")
}

// levelChip is a severity in sign, word and colour.
func levelChip(l lens.Level) markup {
	switch l {
	case lens.High:
		return `<span class="chip high"><span aria-hidden="true">▲</span> high</span>`
	case lens.Medium:
		return `<span class="chip medium"><span aria-hidden="true">■</span> medium</span>`
	}
	return `<span class="chip low"><span aria-hidden="true">●</span> low</span>`
}

func findingWhy(s *sheet, f scoring.Finding) {
	s.put(`<div class="prose"><h4>Why it ranks here</h4><p>%.</p>`, sentence(strings.Join(f.Because, "; ")))
	if f.Guide.Why != "" {
		s.put(`<h4>What can happen</h4><p>%</p>`, f.Guide.Why)
	}
	if f.Waiver != nil {
		s.put(`<h4>Waiver</h4><p dir="auto">%</p>`, sentence(waiverState(*f.Waiver))+". "+waiverWords(*f.Waiver))
	}
	if f.Note != "" {
		s.put(`<h4>What was said</h4>`)
		long(s, f.Note)
	}
	if len(f.Evidence) > 0 {
		s.put(`<h4>What was shown</h4><ul class="seenlist">`)
		for _, e := range f.Evidence {
			s.put(`<li dir="auto">%</li>`, e)
		}
		s.put(`</ul>`)
	}
	if len(f.Guide.How) > 0 {
		s.put(`<h4>What to do</h4><ol class="steps">`)
		for _, h := range f.Guide.How {
			s.put(`<li>%</li>`, h.Do)
		}
		s.put(`</ol>`)
	}
	s.put(`<div class="unprinted">`)
	bullets(s, "Then ask to be shown", f.Guide.Evidence)
	s.put("</div>")
	s.put("</div>\n")
}

func bullets(s *sheet, title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	s.put(`<h4>%</h4><ul>`, title)
	for _, t := range texts {
		s.put(`<li>%</li>`, t)
	}
	s.put(`</ul>`)
}

func findingFacts(s *sheet, a *scoring.Assessment, f scoring.Finding) {
	s.put(`<dl class="factlist">`)
	fact := func(name, value string) {
		if value != "" {
			s.put(`<div><dt>%</dt><dd dir="auto">%</dd></div>`, name, value)
		}
	}
	rated := map[string]string{"aws": "rated by AWS", "rules": "from the question's rules"}[f.RatedBy]
	fact("Severity", string(f.Severity)+", "+or(rated, "rated by this lens"))
	fact("Effort", f.Effort.String())
	fact("Plan", fmt.Sprintf("%s, %s", f.Quadrant, when(f)))
	if f.Fix != "" {
		fact("Closed by", card.FixWords(f.Fix))
	}
	if f.Compensate {
		fact("Beware", "it can't be mended on what has shipped: look for a compensating control")
	}
	fact("Layers", strings.Join(f.LayerNames, ", "))
	fact("Owner", or(f.Owner, "nobody yet"))
	fact("Due", or(f.Due, "no date"))
	if f.By != "" || f.At != "" {
		fact("Answered", strings.TrimSpace(f.By+" "+f.At))
	}
	if a.File != "" && f.Line > 0 {
		fact("Source", fmt.Sprintf("%s, line %d", a.File, f.Line))
	}
	fact("AWS services", strings.Join(f.Guide.Services, ", "))
	if len(f.Guide.Resources) > 0 {
		s.put(`<div class="unprinted"><dt>Read</dt>`)
		for _, r := range f.Guide.Resources {
			s.put("<dd>")
			htmlLink(s, r)
			s.put("</dd>")
		}
		s.put(`</div>`)
	}
	s.put("</dl>\n")
}

// htmlLink writes a link to a page of the bank. Only an https address becomes one;
// any other is shown, not linked.
func htmlLink(s *sheet, r lens.Resource) {
	if strings.HasPrefix(r.URL, "https://") {
		s.put(`<a href="%" rel="noopener noreferrer">%</a>`, r.URL, r.Title)
		return
	}
	s.put(`% (%)`, r.Title, r.URL)
}

// fold is how many bytes of a text are shown at once; the rest is folded away.
const fold = 1200

// long writes text of people, line breaks kept, its end folded away where it is
// very long. Printed, the end stays folded and the page says how much that is.
func long(s *sheet, t string) {
	if len(t) <= fold+fold/4 {
		s.put(`<p class="said" dir="auto">%</p>`, t)
		return
	}
	at := fold
	for !utf8.RuneStart(t[at]) {
		at--
	}
	if blank := strings.LastIndexAny(t[:at], " \n"); blank > fold/2 {
		at = blank
	}
	s.put(`<p class="said" dir="auto">%</p><details class="more"><summary>% more characters</summary><p class="said" dir="auto">%</p></details>`,
		t[:at], thousands(utf8.RuneCountInString(t[at:])), t[at:])
}

// sentence begins a text with a capital letter.
func sentence(t string) string {
	r, n := utf8.DecodeRuneInString(t)
	return strings.ToUpper(string(r)) + t[min(n, len(t)):]
}
