package ci

import (
	"io"
	"net/url"
	"slices"
	"strconv"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// sarifFingerprint identifies a result across runs: by the best practice,
// wherever its answer has moved to. It is not GitHub's primaryLocationLineHash,
// which the upload action computes from the source and complains about where
// another program did.
const sarifFingerprint = "iotlensPractice/v1"

// securitySeverity is a severity on GitHub's scale, in the middle of its range.
var securitySeverity = map[lens.Level]string{lens.High: "8.0", lens.Medium: "5.5", lens.Low: "2.0"}

var (
	sarifLevel      = map[lens.Level]sarif.Level{lens.High: sarif.Error, lens.Medium: sarif.Warning, lens.Low: sarif.Note}
	problemSeverity = map[lens.Level]string{lens.High: "error", lens.Medium: "warning", lens.Low: "recommendation"}
)

// SARIF writes a result for each finding, by priority, and for each best
// practice that is not assessed, in lens order: what is missing is not in place
// either. "Don't know" is a result to review, "not assessed" an open one
// (SARIF 2.1.0, section 3.27.9). What is implemented or does not apply has no
// result.
func SARIF(w io.Writer, a *scoring.Assessment) error {
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
	for _, i := range issues(a) {
		r := sarif.Result{
			RuleID: i.ID, RuleIndex: rules[i.ID], Level: sarifLevel[i.Severity], Message: sarif.Text(i.message()),
			Fingerprints: map[string]string{sarifFingerprint: a.LensID + "/" + i.ID},
			Properties:   map[string]any{"status": view.Or(string(i.Status), "unanswered"), "severity": string(i.Severity)},
		}
		if a.File != "" {
			r.Locations = sarif.At(a.File, i.line(), 0)
		}
		if i.finding != nil {
			r.Properties["priority"] = i.finding.Priority
		}
		if i.waived() {
			r.Suppressions = []sarif.Suppression{{
				Kind: "external", Status: "accepted", Justification: text.Clean(view.Waiver(*i.finding.Waiver), true),
			}}
		}
		switch i.Status {
		case review.CannotDetermine:
			r.Kind, r.Level = sarif.Review, sarif.None
		case review.Unanswered:
			r.Kind, r.Level = sarif.Open, sarif.None
		}
		run.Results = append(run.Results, r)
	}
	return sarif.Write(w, run)
}

func sarifRule(a *scoring.Assessment, p *scoring.Practice) sarif.Rule {
	r := sarif.Rule{
		ID: p.ID, Name: text.Shorten(text.Clean(p.Title, false), sarif.MaxName),
		ShortDescription: sarif.Text(text.Shorten(p.Title, sarif.MaxDescription/2)),
		FullDescription:  sarif.Text(text.Shorten(view.Or(p.Guide.Why, p.Title), sarif.MaxDescription-64)),
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
	for _, r := range append(slices.Clone(p.Guide.Resources), lens.Resource{URL: a.LensSource}) {
		if u, err := url.Parse(r.URL); err == nil && u.Scheme == "https" {
			return u.String()
		}
	}
	return ""
}

// helpText is what to do, in plain text.
func helpText(p *scoring.Practice) string {
	out := view.Or(p.Guide.Why, p.Title)
	if s := view.NumberedSteps(p); s != "" {
		out += "\n\nHow to do it:\n" + s
	}
	return out
}

// helpMarkdown is the card of a best practice, for GitHub's page of an alert.
func helpMarkdown(p *scoring.Practice) string {
	out := text.Markdown(view.Or(p.Guide.Why, p.Title))
	numbers := func(i int) string { return strconv.Itoa(i+1) + ". " }
	dashes := func(int) string { return "- " }
	list := func(title string, bullet func(int) string, lines []string) {
		if len(lines) > 0 {
			out += "\n\n**" + title + "**\n"
		}
		for i, line := range lines {
			out += "\n" + bullet(i) + text.Markdown(line)
		}
	}
	list("How to do it", numbers, view.Steps(p))
	list("Ask to be shown", dashes, p.Guide.Evidence)
	list("Red flags", dashes, p.Guide.RedFlags)
	list("Read", dashes, view.List(p.Guide.Resources, func(r lens.Resource) string { return r.Title + ": " + r.URL }))
	return out
}
