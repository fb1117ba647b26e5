package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// GitHub's workflow commands, and how their data and properties are escaped.
// Source: GitHub, "Workflow commands"; the runner undoes just these.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

var annotation = map[lens.Level]string{lens.High: "error", lens.Medium: "warning", lens.Low: "notice"}

// writeGitHub writes an annotation for each finding, by priority, as GitHub
// shows the first ten of a kind in a step. What nobody could say is at most a
// warning and what is waived a notice; what is not assessed is one warning.
func writeGitHub(w io.Writer, a *scoring.Assessment) error {
	var b strings.Builder
	command := func(level string, line int, title, message string) {
		b.WriteString("::" + level)
		sep := " "
		property := func(name, value string) {
			b.WriteString(sep + name + "=" + commandProperty.Replace(text.Clean(value, false)))
			sep = ","
		}
		if a.File != "" {
			property("file", a.File)
			property("line", fmt.Sprint(max(line, 1)))
		}
		property("title", title)
		b.WriteString("::" + commandData.Replace(text.Clean(message, true)) + "\n")
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		level := annotation[f.Severity]
		if f.Status == review.CannotDetermine && level == "error" {
			level = "warning"
		}
		if f.Waived {
			level = "notice"
		}
		command(level, f.Line, f.ID+" "+headline(f.Practice), story(f))
	}
	if n := len(a.Unassessed); n > 0 {
		var ids []string
		for _, p := range a.Unassessed {
			ids = append(ids, p.ID)
		}
		command("warning", 0, text.CountOf(n, "best practice is", "best practices are")+" not assessed", strings.Join(ids, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// GitHubSummary writes the summary of a job, in Markdown: the verdict, the
// scores, what to do first, waivers, and what is not assessed. The whole report
// is for a file; a summary has at most 1 MB.
func GitHubSummary(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("## %s review: %s", md(a.LensShort), md(a.Workload.Name))
	p.Line("")
	p.Line("%s", md(Verdict(a)))
	p.Line("")
	p.Line("| | score | coverage | answered |")
	p.Line("| --- | ---: | ---: | ---: |")
	for _, t := range tallies(a) {
		p.Line("| %s | %s | %s | %d of %d |", md(t.name), score(t.Tally), coverage(t.Tally), t.Answered, t.Applicable())
	}
	open := filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
	if len(open) > 0 {
		p.Line("")
		p.Line("| priority | severity | finding | status | owner | due |")
		p.Line("| ---: | --- | --- | --- | --- | --- |")
	}
	for _, f := range open[:min(len(open), summaryRows)] {
		p.Line("| %d | %s | **%s** %s | %s | %s | %s |", f.Priority, sign[f.Severity], f.ID, md(f.Title), md(f.Status.Words()),
			md(or(brief(f.Owner), "nobody yet")), or(f.Due, "no date"))
	}
	if n := len(open) - summaryRows; n > 0 {
		p.Line("")
		p.Line("And %s.", text.Count(n, "more finding"))
	}
	if len(a.Waivers) > 0 {
		p.Line("")
		for _, v := range a.Waivers {
			p.Line("- **%s** %s", v.Practice, md(waiverWorth(v)))
		}
	}
	if n := len(a.Unassessed); n > 0 {
		p.Line("")
		p.Line("%s not assessed.", text.CountOf(n, "best practice is", "best practices are"))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

const summaryRows = 20
