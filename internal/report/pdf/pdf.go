// Package pdf draws a report without a browser: two pages for the sponsor, then
// the findings and what else must be said. The page that the HTML report prints
// says more; this one is made where there is no browser, by a pipeline.
package pdf

import (
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Write draws the report.
func Write(w io.Writer, a *scoring.Assessment) error {
	d := newPDF(a)
	d.firstPage(a)
	d.secondPage(a)
	d.findings(a)
	for _, s := range []view.Section{view.Scenarios(a), view.Waivers(a), view.Parked(a), view.NotAssessed(a), view.NotApplicable(a)} {
		d.section(s)
	}
	d.method(a)
	return d.finish(w)
}
