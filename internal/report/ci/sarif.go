package ci

import (
	"io"
	"net/url"
	"slices"
	"strconv"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// securitySeverity has the severities on GitHub's scale: the middle of the range of each.
var securitySeverity = map[lens.Level]string{lens.High: "8.0", lens.Medium: "5.5", lens.Low: "2.0"}

var (
	sarifLevel      = map[lens.Level]sarif.Level{lens.High: sarif.Error, lens.Medium: sarif.Warning, lens.Low: sarif.Note}
	problemSeverity = map[lens.Level]string{lens.High: "error", lens.Medium: "warning", lens.Low: "recommendation"}
)

// SARIF writes a run for each review, with a result for each case that failed, is incomplete
// or was exempted by a rule, in this order. Only cases that failed have the level error. Cases
// that somebody accepted are suppressed with the reason; those below the severity that fails
// are warnings or notes. A "don't know" has the kind review, an unanswered best practice the
// kind open (SARIF 2.1.0, section 3.27.9).
func SARIF(w io.Writer, results []view.GateResult) error {
	return sarif.Write(w, view.Map(results, sarifRun)...)
}

func sarifRun(result view.GateResult) sarif.Run {
	run := sarif.Run{
		Tool: sarif.Tool{Driver: sarif.ProgramDriver(text.Clean(result.Program, false))},
		Properties: map[string]any{
			"lens": result.Bank.ID, "lensVersion": text.Clean(result.Bank.Version, false), "lensRevision": result.Bank.Revision,
			"lensDigest": text.Clean(result.Bank.Digest, false), "policy": text.Clean(result.PolicyName(), false),
		},
	}
	if result.RepoPath != "" {
		run.Automation = &sarif.Automation{ID: "iotlens/" + text.Clean(result.RepoPath, false) + "/"}
	}
	if result.Err != nil {
		run.Invocations = []sarif.Invocation{{Notifications: []sarif.Notification{{Level: sarif.Error, Message: sarif.Text(result.Err.Error())}}}}
		return run
	}
	run.Properties["asOf"], run.Properties["outcome"] = result.Verdict.AsOf, result.Verdict.Outcome.String()
	if a := result.Assessment; a != nil {
		run.Properties["scoring"], run.Properties["workload"] = string(a.Mode), text.Clean(a.Workload.Name, false)
	}
	for i, c := range issues(result) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule(result, c))
		run.Results = append(run.Results, sarifResult(result, c, i))
	}
	return run
}

func sarifResult(result view.GateResult, c view.Case, rule int) sarif.Result {
	r := sarif.Result{
		RuleID: c.ID, RuleIndex: rule, Level: sarif.Error, Message: sarif.Text(view.WithFullStop(issueTitle(c)) + " " + issueDetails(result, c)),
		Fingerprints: map[string]string{
			// The key by which GitHub matches alerts. Its upload action would compute it from the
			// text of the line, which changes with the status, but keeps a key that is there.
			"primaryLocationLineHash": fingerprint(result.Bank.ID, c.ID) + ":1",
			"iotlensPractice/v1":      result.Bank.ID + "/" + c.ID,
		},
		Properties: map[string]any{"severity": string(c.Severity), "outcome": c.Outcome.String()},
	}
	if result.RepoPath != "" {
		r.Locations = sarif.LocationsAt(result.RepoPath, lineOrFirst(c), 0)
	}
	if c.Practice != nil {
		r.Properties["status"] = view.OrDefault(string(c.Practice.Status), "unanswered")
	}
	if c.Finding != nil {
		r.Properties["priority"] = c.Finding.Priority
	}
	if c.Accepted() {
		why := result.ReasonText(c)
		if c.Finding != nil && c.Finding.Waived {
			why = view.WaiverText(*c.Finding.Waiver)
		}
		r.Suppressions = []sarif.Suppression{{Kind: "external", Status: "accepted", Justification: text.Clean(why, true)}}
	}
	switch {
	case c.Outcome == gate.Failed:
	case c.Practice != nil && c.Practice.Status == review.Unanswered:
		r.Kind, r.Level = sarif.Open, sarif.None
	case c.Blocking() || c.Practice.Status == review.CannotDetermine:
		r.Kind, r.Level = sarif.Review, sarif.None
	default:
		r.Level = sarifLevel[c.Severity]
		if r.Level == sarif.Error {
			r.Level = sarif.Warning
		}
	}
	return r
}

func sarifRule(result view.GateResult, c view.Case) sarif.Rule {
	a, p := result.Assessment, c.Practice
	if p == nil {
		return sarif.Rule{
			ID: c.ID, Name: text.Shorten(text.Clean(issueTitle(c), false), sarif.MaxName),
			ShortDescription:     sarif.Text(text.Shorten(issueTitle(c), sarif.MaxDescription/2)),
			FullDescription:      sarif.Text(text.Shorten(result.ReasonText(c), sarif.MaxDescription-64)),
			Help:                 sarif.Message{Text: sarif.Text(result.ReasonText(c)).Text, Markdown: text.EscapeMarkdown(result.ReasonText(c))},
			DefaultConfiguration: sarif.Configuration{Level: sarif.Error},
			Properties:           sarif.RuleProperties{Tags: []string{result.Bank.ID}, Precision: "high", ProblemSeverity: "error"},
		}
	}
	r := sarif.Rule{
		ID: p.ID, Name: text.Shorten(text.Clean(p.Title, false), sarif.MaxName),
		ShortDescription:     sarif.Text(text.Shorten(p.Title, sarif.MaxDescription/2)),
		FullDescription:      sarif.Text(text.Shorten(view.OrDefault(p.Guide.Why, p.Title), sarif.MaxDescription-64)),
		HelpURI:              helpURI(a, p),
		Help:                 sarif.Message{Text: sarif.Text(helpText(p)).Text, Markdown: helpMarkdown(p)},
		DefaultConfiguration: sarif.Configuration{Level: sarifLevel[p.Severity]},
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

// helpURI returns the first https page of a best practice, or else that of the lens.
func helpURI(a *scoring.Assessment, p *scoring.Practice) string {
	for _, r := range append(slices.Clone(p.Guide.Resources), lens.Resource{URL: a.LensSource}) {
		if u, err := url.Parse(r.URL); err == nil && u.Scheme == "https" {
			return u.String()
		}
	}
	return ""
}

// helpText returns why a best practice matters and what to do, as plain text.
func helpText(p *scoring.Practice) string {
	out := view.OrDefault(p.Guide.Why, p.Title)
	if s := view.NumberedSteps(p); s != "" {
		out += "\n\nHow to do it:\n" + s
	}
	return out
}

// helpMarkdown returns the guidance of a best practice as Markdown, which GitHub shows on the
// page of an alert.
func helpMarkdown(p *scoring.Practice) string {
	out := text.EscapeMarkdown(view.OrDefault(p.Guide.Why, p.Title))
	numbers := func(i int) string { return strconv.Itoa(i+1) + ". " }
	dashes := func(int) string { return "- " }
	list := func(title string, bullet func(int) string, lines []string) {
		if len(lines) > 0 {
			out += "\n\n**" + title + "**\n"
		}
		for i, line := range lines {
			out += "\n" + bullet(i) + text.EscapeMarkdown(line)
		}
	}
	list("How to do it", numbers, view.Steps(p))
	list("Ask to be shown", dashes, p.Guide.Evidence)
	list("Red flags", dashes, p.Guide.RedFlags)
	list("Read", dashes, view.Map(p.Guide.Resources, func(r lens.Resource) string { return r.Title + ": " + r.URL }))
	return out
}
