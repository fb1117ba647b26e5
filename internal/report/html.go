package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"slices"

	"github.com/iotlens/iotlens/internal/scoring"
)

var (
	//go:embed html/report.css
	htmlStyle string
	//go:embed html/report.js
	htmlScript string
)

// writeHTML writes one page that needs nothing but itself: for the sponsor
// first, for the team below, and for the printer. Without its script the page is
// complete, only not sorted and filtered.
func writeHTML(w io.Writer, a *scoring.Assessment) error {
	s := &sheet{w: w, b: make([]byte, 0, 2*piece)}
	htmlHead(s, a)
	htmlSections(s, a)
	s.put("<script>%</script>\n</body>\n</html>\n", markup(htmlScript))
	s.flush()
	return s.err
}

// htmlHead writes all that comes before the sections. The policy lets the page
// load nothing at all, and run and apply only our script and style, which it
// knows by their hash. Source: Content Security Policy Level 3, 2.3.1.
func htmlHead(s *sheet, a *scoring.Assessment) {
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

// A htmlSection is one section of the page and its entry in the contents.
type htmlSection struct {
	id, title string
	count     string // beside the title; empty: none
	write     func(*sheet, *scoring.Assessment)
}

func htmlContents(a *scoring.Assessment) []htmlSection {
	n := func(n int) string { return fmt.Sprint(n) }
	all := []htmlSection{
		{"summary", "Summary", "", htmlSummary},
		{"scores", "Scores by pillar", "", htmlScores},
		{"map", "Layers by pillars", "", htmlHeatMap},
		{"quadrant", "Impact and effort", "", htmlQuadrant},
		{"plan", "Plan", "", htmlPlan},
		{"findings", "Findings", n(len(a.Findings)), htmlFindings},
		{"scenarios", "Scenarios, step by step", "", htmlScenarios},
		{"questions", "Risk of each question", n(len(a.Questions)), htmlQuestions},
		{"kept", "In place", n(len(inPlace(a))), htmlInPlace},
		{"waivers", "Waivers", n(len(a.Waivers)), htmlWaivers},
		{"parked", "Parked topics", n(len(a.Parked)), htmlParked},
		{"open", "Not assessed", n(len(a.Unassessed)), htmlOpen},
		{"excluded", "Not applicable", n(len(a.Excluded)), htmlExcluded},
		{"method", "Method", "", htmlMethod},
	}
	return slices.DeleteFunc(all, func(s htmlSection) bool { // a lens may have no layers, no scenarios and no efforts
		switch s.id {
		case "map":
			return len(a.Layers) == 0
		case "scenarios":
			return len(a.Layers)+len(a.Scenarios) == 0
		case "quadrant":
			return len(a.Findings) > 0 && len(sizedFindings(a)) == 0
		}
		return false
	})
}

func htmlSections(s *sheet, a *scoring.Assessment) {
	contents := htmlContents(a)
	s.put(`<a class="skip" href="#summary">Skip to the summary</a>
<div class="frame">
<nav aria-label="Contents">
<p class="brand">% review</p>
<ol>
`, a.LensShort)
	for _, c := range contents {
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
	htmlTitle(s, a)
	for _, c := range contents {
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
