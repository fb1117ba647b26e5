package report

import (
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// sarifFingerprint names what tells results of two runs apart: the best practice,
// wherever its answer has moved to. It is not GitHub's primaryLocationLineHash,
// which the upload action computes from the source and complains about where
// somebody else did.
const sarifFingerprint = "iotlensPractice/v1"

// securitySeverity is a severity on GitHub's scale, in the middle of its range.
var securitySeverity = map[lens.Level]string{lens.High: "8.0", lens.Medium: "5.5", lens.Low: "2.0"}

var (
	sarifLevel      = map[lens.Level]sarif.Level{lens.High: sarif.Error, lens.Medium: sarif.Warning, lens.Low: sarif.Note}
	problemSeverity = map[lens.Level]string{lens.High: "error", lens.Medium: "warning", lens.Low: "recommendation"}
)

// writeSARIF writes a result for each finding, by priority, and for each best
// practice that is not assessed, in lens order: what is missing is not in place
// either. "Don't know" is a result to review, "not assessed" an open one
// (SARIF 2.1.0, section 3.27.9). What is implemented or does not apply has no
// result.
func writeSARIF(w io.Writer, a *scoring.Assessment) error {
	run := sarif.Run{
		Tool: sarif.Tool{Driver: sarif.Program(text.Clean(a.Program, false))},
		Properties: map[string]any{
			"lens": a.LensID, "lensVersion": text.Clean(a.LensVersion, false), "asOf": a.Today, "scoring": string(a.Mode),
			"lensRevision": a.LensRevision, "lensDigest": text.Clean(a.LensDigest, false), "workload": text.Clean(a.Workload.Name, false),
		},
	}
	if a.File != "" {
		run.Automation = &sarif.Automation{ID: "iotlens/" + text.Clean(a.File, false) + "/"}
	}
	rules := map[string]int{}
	for i := range a.Practices {
		if p := &a.Practices[i]; p.Finding() || p.Status == review.Unanswered {
			rules[p.ID] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule(a, p))
		}
	}
	result := func(p *scoring.Practice, message string) sarif.Result {
		r := sarif.Result{
			RuleID: p.ID, RuleIndex: rules[p.ID], Level: sarifLevel[p.Severity], Message: sarif.Text(message),
			Fingerprints: map[string]string{sarifFingerprint: a.LensID + "/" + p.ID},
			Properties:   map[string]any{"status": or(string(p.Status), "unanswered"), "severity": string(p.Severity)},
		}
		if a.File != "" {
			r.Locations = sarif.At(a.File, max(p.Line, 1), 0)
		}
		switch p.Status {
		case review.CannotDetermine:
			r.Kind, r.Level = sarif.Review, sarif.None
		case review.Unanswered:
			r.Kind, r.Level = sarif.Open, sarif.None
		}
		return r
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		r := result(f.Practice, full(headline(f.Practice))+" "+story(f))
		r.Properties["priority"] = f.Priority
		if f.Waived {
			r.Suppressions = []sarif.Suppression{{
				Kind: "external", Status: "accepted", Justification: text.Clean(waiverText(*f.Waiver), true),
			}}
		}
		run.Results = append(run.Results, r)
	}
	for _, p := range a.Unassessed {
		run.Results = append(run.Results, result(p, full(headline(p))+" Nobody has answered it yet."))
	}
	return sarif.Write(w, run)
}

func sarifRule(a *scoring.Assessment, p *scoring.Practice) sarif.Rule {
	r := sarif.Rule{
		ID: p.ID, Name: sarif.Cut(text.Clean(p.Title, false), sarif.MaxName),
		ShortDescription: sarif.Text(sarif.Cut(p.Title, sarif.MaxDescription/2)),
		FullDescription:  sarif.Text(sarif.Cut(or(p.Guide.Why, p.Title), sarif.MaxDescription-64)),
		HelpURI:          helpURI(a, p),
		Help:             sarif.Message{Text: sarif.Text(helpText(p)).Text, Markdown: helpMarkdown(p)},
		Default:          sarif.Configuration{Level: sarifLevel[p.Severity]},
		Properties: sarif.RuleProperties{
			Tags: append([]string{a.LensID, p.Pillar}, p.Layers[:min(len(p.Layers), 8)]...), Precision: "high",
			ProblemSeverity: problemSeverity[p.Severity],
		},
	}
	if p.Pillar == "security" {
		r.Properties.SecuritySeverity = securitySeverity[p.Severity]
	}
	return r
}

// helpURI is a page to read: the best practice's first, or that of the lens.
func helpURI(a *scoring.Assessment, p *scoring.Practice) string {
	links := []string{a.LensSource}
	for _, r := range p.Guide.Resources {
		links = append(links, r.URL)
	}
	for _, link := range append(links[1:], links[0]) {
		if u, err := url.Parse(link); err == nil && u.Scheme == "https" {
			return u.String()
		}
	}
	return ""
}

// helpText is what to do, in plain text.
func helpText(p *scoring.Practice) string {
	out := or(p.Guide.Why, p.Title)
	if s := steps(p); s != "" {
		out += "\n\nHow to do it:\n" + s
	}
	return out
}

// helpMarkdown is the card of a best practice, for GitHub's page of an alert.
func helpMarkdown(p *scoring.Practice) string {
	var b strings.Builder
	b.Grow(4 << 10)
	b.WriteString(md(or(p.Guide.Why, p.Title)))
	list := func(title, sign string, n int, item func(i int) string) {
		if n == 0 {
			return
		}
		b.WriteString("\n\n**" + title + "**\n")
		for i := range n {
			b.WriteByte('\n')
			if sign == "1." {
				b.WriteString(strconv.Itoa(i+1) + ". ")
			} else {
				b.WriteString(sign + " ")
			}
			b.WriteString(item(i))
		}
	}
	list("How to do it", "1.", len(p.Guide.How), func(i int) string { return md(p.Guide.How[i].Do) })
	list("Ask to be shown", "-", len(p.Guide.Evidence), func(i int) string { return md(p.Guide.Evidence[i]) })
	list("Red flags", "-", len(p.Guide.RedFlags), func(i int) string { return md(p.Guide.RedFlags[i]) })
	list("Read", "-", len(p.Guide.Resources), func(i int) string {
		return md(p.Guide.Resources[i].Title) + ": " + md(p.Guide.Resources[i].URL)
	})
	return b.String()
}
