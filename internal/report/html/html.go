// Package html writes a report as one page that needs nothing but itself: for the
// sponsor first, for the team below, and for the printer. Without its script the
// page is complete, only not sorted and filtered.
//
// The page is written by hand under a policy that allows nothing else
// (docs/adr/0015-the-html-report-is-written-by-hand.md).
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

var (
	//go:embed report.css
	htmlStyle string
	//go:embed report.js
	htmlScript string
)

// Write writes the page.
func Write(w io.Writer, a *scoring.Assessment) error {
	s := &sheet{}
	head(s, a)
	sections(s, a)
	s.put("<script>%</script>\n</body>\n</html>\n", markup(htmlScript))
	_, err := w.Write(s.b)
	return err
}

// head writes all that comes before the sections. The policy lets the page load
// nothing at all, and run and apply only our script and style, which it knows by
// their hash. Source: Content Security Policy Level 3, 2.3.1.
func head(s *sheet, a *scoring.Assessment) {
	s.put(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src %; script-src %; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="iotlens">
<title>% review: %</title>
<style>%</style>
</head>
<body>
`, sourceHash(htmlStyle), sourceHash(htmlScript), a.LensShort, a.Workload.Name, markup(htmlStyle))
}

func sourceHash(source string) markup {
	sum := sha256.Sum256([]byte(source))
	return markup("'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
}

// A section is one section of the page and its entry in the contents.
type section struct {
	id, title string
	count     string // beside the title; may be empty
	write     func(*sheet, *scoring.Assessment)
}

// contents lists the sections. A lens may have no layers, scenarios or efforts.
func contents(a *scoring.Assessment) []section {
	var out []section
	add := func(there bool, id, title, count string, write func(*sheet, *scoring.Assessment)) {
		if there {
			out = append(out, section{id: id, title: title, count: count, write: write})
		}
	}
	list := func(v view.Section) {
		add(true, v.ID, v.Title, v.Count, func(s *sheet, _ *scoring.Assessment) { ledger(s, v) })
	}
	add(true, "summary", "Summary", "", summary)
	add(true, "scores", "Scores by pillar", "", scores)
	add(len(a.Layers)*len(a.Pillars) > 0, "map", view.MapTitle, "", heatMap)
	add(len(a.Findings) == 0 || len(sized(a)) > 0, "quadrant", "Impact and effort", "", quadrant)
	add(true, "plan", "Plan", "", plan)
	add(true, "findings", "Findings", fmt.Sprint(len(a.Findings)), findings)
	add(len(a.Scenarios) > 0, "scenarios", "Scenarios, step by step", "", scenarios)
	list(view.Questions(a))
	list(view.Kept(a))
	list(view.Waivers(a))
	list(view.Parked(a))
	list(view.NotAssessed(a))
	list(view.NotApplicable(a))
	add(true, "method", "Method", "", method)
	return out
}

func sections(s *sheet, a *scoring.Assessment) {
	list := contents(a)
	s.put(`<a class="skip" href="#summary">Skip to the summary</a>
<div class="frame">
<nav aria-label="Contents">
<p class="brand">% review</p>
<ol>
`, a.LensShort)
	for _, c := range list {
		s.put(`<li><a href="#%">%`, c.id, c.title)
		if c.count != "" {
			s.put(` <span class="count">%</span>`, c.count)
		}
		s.put("</a></li>\n")
	}
	s.put(`</ol>
<div class="tools" hidden>
<label for="theme">Colours</label>
<select id="theme"><option value="">as the system</option><option value="light">light</option><option value="dark">dark</option></select>
<button type="button" id="print">Print or save as PDF</button>
</div>
</nav>
<main>
`)
	title(s, a)
	for _, c := range list {
		s.put(`<section id="%" aria-labelledby="h-%">`, c.id, c.id)
		s.put(`<h2 id="h-%">%`, c.id, c.title)
		if c.count != "" {
			s.put(` <span class="count">%</span>`, c.count)
		}
		s.put("</h2>\n")
		c.write(s, a)
		s.put("</section>\n")
	}
	s.put("</main>\n</div>\n")
}

func method(s *sheet, a *scoring.Assessment) {
	s.put(`<ol class="method">`)
	for _, t := range view.Method(a) {
		s.put("<li>%</li>", t)
	}
	s.put("</ol>\n<dl class=\"factlist wide\">")
	facts(s, view.About(a))
	s.put("</dl>\n")
}

func facts(s *sheet, list []view.Text) {
	for _, f := range list {
		s.put(`<div><dt>%</dt><dd dir="auto">%</dd></div>`, f.Label, f.Text)
	}
}
