package ci

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// The JUnit layout as Jenkins, GitLab and the rest agree on it.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		Time    string       `xml:"time,attr"`
		Skipped *string      `xml:"skipped"`
		Error   *junitResult `xml:"error"`
		Failure *junitResult `xml:"failure"`
	}
	junitResult struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes a suite a pillar and a case a best practice in scope. A gap
// is a failure, "don't know" and "not assessed" are errors (the test could not be
// carried out, which is not a pass), a gap under a waiver and what does not apply
// are skipped. Where no case fails and a gate with its default policy would not pass,
// a case of its own says so.
func JUnit(w io.Writer, a *scoring.Assessment) error {
	byID := map[string]issue{}
	for _, i := range issues(a) {
		byID[i.ID] = i
	}
	out := junitSuites{Name: xmlText(a.LensShort + ": " + a.Workload.Name)}
	for _, pillar := range a.Pillars {
		s := junitSuite{Name: xmlText(pillar.Name), Time: "0"}
		for i := range a.Practices {
			if p := &a.Practices[i]; p.Pillar == pillar.ID {
				s.add(junitCaseOf(a, p, byID[p.ID]))
			}
		}
		if s.Tests == 0 {
			continue
		}
		out.Suites = append(out.Suites, s)
		out.Tests, out.Failures, out.Errors = out.Tests+s.Tests, out.Failures+s.Failures, out.Errors+s.Errors
	}
	if c := view.Conclude(a); out.Failures+out.Errors == 0 && c.Badge.Tone != view.Good {
		s := junitSuite{Name: "Verdict", Time: "0"}
		s.add(junitCase{Name: "Verdict", Class: a.LensID, Time: "0", Error: &junitResult{
			Type: c.Outcome.String(), Message: xmlText(c.Badge.Words), Text: xmlText(c.String()),
		}})
		out.Suites = append(out.Suites, s)
		out.Tests, out.Errors = out.Tests+1, out.Errors+1
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Skipped != nil:
		s.Skipped++
	case c.Error != nil:
		s.Errors++
	case c.Failure != nil:
		s.Failures++
	}
}

// junitCaseOf is the case of a best practice; i is the zero value where it is in
// place or does not apply.
func junitCaseOf(a *scoring.Assessment, p *scoring.Practice, i issue) junitCase {
	c := junitCase{Name: xmlText(p.ID + " " + p.Title), Class: a.LensID + "." + p.Question, Time: "0"}
	skipped := func(why string) *string {
		why = xmlText(why)
		return &why
	}
	switch {
	case i.waived():
		c.Skipped = skipped(view.Full(view.Headline(p)) + " Waiver: " + view.Waiver(*i.finding.Waiver))
	case p.Status == review.NotApplicable:
		c.Skipped = skipped("Not applicable: " + p.Reason)
	case i.Practice != nil:
		details := i.details
		if p.Line > 0 {
			details += fmt.Sprintf("\n%s:%d", a.File, p.Line)
		}
		result := &junitResult{Type: view.Or(string(p.Status), "unanswered"), Message: xmlText(view.Headline(p)), Text: xmlText(details)}
		if p.Status == review.Unanswered || p.Status == review.CannotDetermine {
			c.Error = result
		} else {
			c.Failure = result
		}
	}
	return c
}

// xmlText makes text safe for XML: what drives a terminal is visible, and what
// XML has no place for (encoding/xml sees to it) is the replacement character.
func xmlText(s string) string { return text.Clean(s, true) }
