package report

import (
	"io"

	"github.com/iotlens/iotlens/internal/scoring"
)

// writePDF draws the report without a browser: two pages for the sponsor, then
// the findings and what else must be said. The page that the HTML report prints
// says more; this one is made where there is no browser, by a pipeline.
func writePDF(w io.Writer, a *scoring.Assessment) error {
	d := newPDF(a)
	d.firstPage(a)
	d.secondPage(a)
	d.findings(a)
	d.scenarios(a)
	d.waivers(a)
	d.parked(a)
	d.open(a)
	d.excluded(a)
	d.method(a)
	return d.finish(w)
}
