// Package html writes reports and portfolios as self-contained HTML pages, for the screen and
// for print. A page loads nothing. Without its script it has the same content, but cannot be
// sorted and filtered.
//
// The markup is written by hand with package page
// (docs/adr/0015-the-html-report-is-written-by-hand.md).
package html

import (
	_ "embed"
	"io"
	"slices"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

var (
	//go:embed report.css
	htmlStyle string
	//go:embed report.js
	htmlScript string
	//go:embed tools.js
	toolsScript string // of the controls that tools writes, for every page
)

// Write writes the page of a report.
func Write(w io.Writer, a *scoring.Assessment) error { return Branded(nil)(w, a) }

// Branded returns a writer of the page with a brand, which may be nil.
func Branded(b *brand.Brand) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		s := page.New(w)
		s.Head(a.LensShort+" review: "+a.Workload.Name, htmlStyle, toolsScript+htmlScript, b)
		sections(s, a, b)
		s.Foot(toolsScript + htmlScript)
		return s.Flush()
	}
}

// A pageSection is a section of the page.
type pageSection struct {
	view.Section
	draw func(*page.Writer, *scoring.Assessment) // writes what precedes the lists; may be nil
}

// contents returns the sections of the page. Those that a lens has nothing for, such as the
// heat map of a lens without layers, are left out.
func contents(a *scoring.Assessment) []pageSection {
	list := []pageSection{
		{view.Section{ID: "summary", Title: "Summary"}, summary},
		{view.Pillars(a), nil},
		{view.Section{ID: "map", Title: view.HeatMapTitle}, heatMap},
		{view.Section{ID: "quadrant", Title: "Impact and effort"}, quadrant},
		{view.Plan(a), nil},
		{view.Owners(a), nil},
		{view.FindingsHeader(a), findings},
	}
	for _, v := range slices.Concat([]view.Section{
		view.Scenarios(a), view.Questions(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a), view.SetAside(a),
	}, view.Frameworks(a), view.NoPlace(a), view.EvidencePack(a), []view.Section{view.Method(a)}) {
		list = append(list, pageSection{v, nil})
	}
	return slices.DeleteFunc(list, func(c pageSection) bool {
		switch c.ID {
		case "map":
			return len(a.Layers)*len(a.Pillars) == 0
		case "quadrant":
			return len(a.Findings) > 0 && len(withEffort(a)) == 0
		}
		return c.draw == nil && c.Empty()
	})
}

func sections(s *page.Writer, a *scoring.Assessment, b *brand.Brand) {
	list := contents(a)
	s.Put(`<a class="skip" href="#summary">Skip to the summary</a>
<div class="frame">
<nav aria-label="Contents">
<p class="brand">% review</p>
<ol>
`, a.LensShort)
	for _, c := range list {
		s.Put("<li><a href=\"#%\">% <span class=\"count\">%</span></a></li>\n", c.ID, c.Title, c.Count)
	}
	s.Put("</ol>\n")
	tools(s)
	s.Put("</nav>\n<main>\n")
	s.Brand(b)
	title(s, a)
	for _, c := range list {
		s.Put(`<section id="%" aria-labelledby="h-%">`, c.ID, c.ID)
		s.Put("<h2 id=\"h-%\">% <span class=\"count\">%</span></h2>\n", c.ID, c.Title, c.Count)
		if c.draw != nil {
			c.draw(s, a)
		}
		section(s, c.Section)
		s.Put("</section>\n")
	}
	s.Put("</main>\n</div>\n")
}

// tools writes the controls below the contents: colours and print.
func tools(s *page.Writer) {
	s.Put(`<div class="tools" hidden>
<label for="theme">Colours</label>
<select id="theme"><option value="">as the system</option><option value="light">light</option><option value="dark">dark</option></select>
<button type="button" id="print">Print or save as PDF</button>
</div>
`)
}
