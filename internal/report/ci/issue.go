// Package ci writes reports for pipelines: SARIF for code scanning, JUnit for test
// reports, and what GitHub and GitLab show.
package ci

import (
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// An issue is a finding, or a best practice that is not assessed: that is not in
// place either.
type issue struct {
	*scoring.Practice
	finding *scoring.Finding // nil where it is not assessed
	details string
}

// issues lists the findings, by priority, and what is not assessed, in lens order.
func issues(a *scoring.Assessment) []issue {
	var out []issue
	for i := range a.Findings {
		f := &a.Findings[i]
		out = append(out, issue{f.Practice, f, view.Story(f)})
	}
	for _, p := range a.Unassessed {
		out = append(out, issue{p, nil, "It is not answered yet."})
	}
	return out
}

// waived reports whether a waiver covers the issue.
func (i issue) waived() bool { return i.finding != nil && i.finding.Waived }

// message is all of an issue, beginning with its status and title.
func (i issue) message() string { return view.Full(view.Headline(i.Practice)) + " " + i.details }

// line is that of the answer in the review file; the first where there is none.
func (i issue) line() int { return max(i.Line, 1) }
