package ci

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
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

// GitHub writes an annotation for each finding, by priority, as GitHub
// shows the first ten of a kind in a step. A "don't know" is at most a
// warning and what is waived a notice; what is not assessed is one warning, and so is a
// verdict that is not good without any of these.
func GitHub(w io.Writer, a *scoring.Assessment) error {
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
			property("line", strconv.Itoa(line))
		}
		property("title", title)
		b.WriteString("::" + commandData.Replace(text.Clean(message, true)) + "\n")
	}
	for _, i := range issues(a)[:len(a.Findings)] {
		level := annotation[i.Severity]
		switch {
		case i.waived():
			level = "notice"
		case i.Status == review.CannotDetermine && level == "error":
			level = "warning"
		}
		command(level, i.line(), i.ID+" "+view.Headline(i.Practice), i.details)
	}
	if n := len(a.Unassessed); n > 0 {
		ids := view.List(a.Unassessed, func(p *scoring.Practice) string { return p.ID })
		command("warning", 1, text.CountOf(n, "best practice is", "best practices are")+" not assessed", strings.Join(ids, ", "))
	}
	if c := view.Conclude(a); b.Len() == 0 && c.Badge.Tone != view.Good {
		command("warning", 1, c.Badge.Words, c.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary writes the summary of a GitHub job, in Markdown: the verdict, the scores,
// what to do first, waivers, and what is not assessed. The whole report is for a
// file; a summary has at most 1 MB.
func Summary(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("## %s review: %s", text.Markdown(a.LensShort), text.Markdown(a.Workload.Name))
	p.Line("")
	p.Line("%s", text.Markdown(view.Verdict(a)))
	sections := []view.Section{view.TopRisks(a), view.WhatToDoFirst(a), view.WhatThatBuys(a), view.Scores(a)}
	if len(a.Waivers) > 0 {
		sections = append(sections, view.Waivers(a))
	}
	if n := len(a.Unassessed); n > 0 {
		sections = append(sections, view.Section{Intro: text.CountOf(n, "best practice is", "best practices are") + " not assessed."})
	}
	return plain.MarkdownSections(w, p, sections)
}
