// Package html writes a report as one page that needs nothing but itself: for the
// sponsor first, for the team below, and for the printer. Without its script the
// page is complete, only not sorted and filtered.
//
// The page is written by hand under a policy that allows nothing else
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
	toolsScript string // of what tools writes, for every page
)

// Write writes the page.
func Write(w io.Writer, a *scoring.Assessment) error { return Branded(nil)(w, a) }

// Branded makes a writer of the page with a brand, which may be nil.
func Branded(b *brand.Brand) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		s := &htmlPage{page.New(w)}
		s.Head(a.LensShort+" review: "+a.Workload.Name, htmlStyle, toolsScript+htmlScript, b)
		sections(s, a, b)
		s.Foot(toolsScript + htmlScript)
		return s.Flush()
	}
}

// A pageSection is a section of the page and its entry in the contents.
type pageSection struct {
	view.Section
	draw func(*htmlPage, *scoring.Assessment) // what stands before the lists; may be nil
}

// contents lists the chapters. A lens may have no layers, scenarios or efforts.
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

func sections(s *htmlPage, a *scoring.Assessment, b *brand.Brand) {
	list := contents(a)
	s.put(`<a class="skip" href="#summary">Skip to the summary</a>
<div class="frame">
<nav aria-label="Contents">
<p class="brand">% review</p>
<ol>
`, a.LensShort)
	for _, c := range list {
		s.put("<li><a href=\"#%\">% <span class=\"count\">%</span></a></li>\n", c.ID, c.Title, c.Count)
	}
	s.put("</ol>\n")
	s.tools()
	s.put("</nav>\n<main>\n")
	s.Brand(b)
	title(s, a)
	for _, c := range list {
		s.put(`<section id="%" aria-labelledby="h-%">`, c.ID, c.ID)
		s.put("<h2 id=\"h-%\">% <span class=\"count\">%</span></h2>\n", c.ID, c.Title, c.Count)
		if c.draw != nil {
			c.draw(s, a)
		}
		section(s, c.Section)
		s.put("</section>\n")
	}
	s.put("</main>\n</div>\n")
}

// tools writes what readers set beside the contents of a page.
func (s *htmlPage) tools() {
	s.put(`<div class="tools" hidden>
<label for="theme">Colours</label>
<select id="theme"><option value="">as the system</option><option value="light">light</option><option value="dark">dark</option></select>
<button type="button" id="print">Print or save as PDF</button>
</div>
`)
}
