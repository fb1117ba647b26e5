package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// methodSentences explain the scoring in five sentences, with the weights that
// were used.
func methodSentences(a *scoring.Assessment) []string {
	w := a.Weights
	n := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	reading := "their monotone form, in which doing more never raises a risk"
	if a.Mode == scoring.AWS {
		reading = "their letter, as the AWS Well-Architected Tool reads them"
	}
	return []string{
		fmt.Sprintf("A score is the weighted share of what was assessed that is in place: implemented counts %s, partially implemented %s, everything else 0, and a best practice weighs %s, %s or %s by its severity, high, medium or low.",
			n(w.Credit.Implemented), n(w.Credit.PartiallyImplemented), n(w.Severity.High), n(w.Severity.Medium), n(w.Severity.Low)),
		"What does not apply is left out, and what nobody answered has no score, which is neither 0 nor 100; therefore coverage, the answered share of what applies, stands beside every score.",
		"The risk of a question comes from " + a.TheirRules() + " over its answers, in " + reading + ".",
		"The priority of a finding, 0 to 100, is severity x gap x exposure x reversibility: how grave, how much is missing, what the workload makes of it, and what waiting costs once devices have shipped.",
		fmt.Sprintf("From priority %d on a finding is important, from %d on urgent; with its effort that gives the quadrant and the time in the plan, and a waiver takes a finding out of the plan without moving any score.",
			w.Plan.Important, w.Plan.Urgent),
	}
}

func htmlMethod(s *sheet, a *scoring.Assessment) {
	s.put(`<ol class="method">`)
	for _, t := range methodSentences(a) {
		s.put("<li>%</li>", t)
	}
	s.put("</ol>\n<dl class=\"factlist wide\">")
	for _, f := range about(a) {
		s.put(`<div><dt>%</dt><dd dir="auto">%</dd></div>`, f.value, f.words)
	}
	s.put("</dl>\n")
}

// about is the small print: what was reviewed, by which lens, as of when. Each
// choice is a name and what stands beside it.
func about(a *scoring.Assessment) []choice {
	var out []choice
	add := func(name string, parts ...string) {
		if t := strings.Join(parts, ", "); t != "" {
			out = append(out, choice{name, t})
		}
	}
	add("Lens", a.LensName+" "+a.LensVersion)
	if a.ReviewLensVersion != "" && a.ReviewLensVersion != a.LensVersion {
		add("Beware", "the review answered version "+a.ReviewLensVersion+" of the lens")
	}
	add("Published at", source(a)...)
	add("As of", a.Today+", the day on which waivers and due dates are judged")
	if a.File != "" {
		add("Review file", a.File)
	}
	if !a.Scope.Empty() {
		add("Scope", narrowed(a)...)
	}
	w, p := a.Workload, a.Workload.Profile
	add("Architecture", nonEmpty(w.Design)...)
	add("Industry", nonEmpty(w.Industry)...)
	add("AWS Regions", w.Regions...)
	add("AWS accounts", w.Accounts...)
	add("Device classes", p.DeviceClasses...)
	add("Protocols", p.Protocols...)
	add("Power", p.Power...)
	add("Connectivity", p.Connectivity...)
	return out
}

func source(a *scoring.Assessment) []string { return nonEmpty(a.LensSource) }

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func narrowed(a *scoring.Assessment) []string {
	var out []string
	for _, d := range review.Dimensions() {
		if ids := d.IDs(a.Scope); len(ids) > 0 {
			out = append(out, d.Key+" "+strings.Join(ids, " "))
		}
	}
	return append(out, text.CountOf(a.OutOfScope, "best practice is left out", "best practices are left out"))
}
