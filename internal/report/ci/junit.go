package ci

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

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
// carried out, which is no pass), a gap under a waiver and what does not apply
// are skipped.
func JUnit(w io.Writer, a *scoring.Assessment) error {
	findings := map[string]*scoring.Finding{}
	for i := range a.Findings {
		findings[a.Findings[i].ID] = &a.Findings[i]
	}
	out := junitSuites{Name: xmlText(a.LensShort + ": " + a.Workload.Name)}
	for _, pillar := range a.Pillars {
		s := junitSuite{Name: xmlText(pillar.Name), Time: "0"}
		for i := range a.Practices {
			if p := &a.Practices[i]; p.Pillar == pillar.ID {
				s.add(junitCaseOf(a, p, findings[p.ID]))
			}
		}
		if s.Tests == 0 {
			continue
		}
		out.Suites = append(out.Suites, s)
		out.Tests, out.Failures, out.Errors = out.Tests+s.Tests, out.Failures+s.Failures, out.Errors+s.Errors
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

func junitCaseOf(a *scoring.Assessment, p *scoring.Practice, f *scoring.Finding) junitCase {
	c := junitCase{Name: xmlText(p.ID + " " + p.Title), Class: a.LensID + "." + p.Question, Time: "0"}
	where := ""
	if p.Line > 0 {
		where = fmt.Sprintf("\n%s:%d", a.File, p.Line)
	}
	result := func(kind string, details string) *junitResult {
		return &junitResult{Type: kind, Message: xmlText(view.Headline(p)), Text: xmlText(strings.TrimSpace(details + where))}
	}
	skipped := func(why string) *string {
		why = xmlText(why)
		return &why
	}
	switch {
	case f != nil && f.Waived:
		c.Skipped = skipped(view.Full(view.Headline(p)) + " Waiver: " + view.Waiver(*f.Waiver))
	case p.Status == review.NotApplicable:
		c.Skipped = skipped("Not applicable: " + p.Reason)
	case p.Status == review.Unanswered:
		c.Error = result("unanswered", "It is not answered yet.")
	case p.Status == review.CannotDetermine && f != nil:
		c.Error = result(string(p.Status), view.Story(f))
	case f != nil:
		c.Failure = result(string(p.Status), view.Story(f))
	}
	return c
}

// xmlText makes text safe for XML: what drives a terminal is visible, and what
// XML has no place for (encoding/xml sees to it) is the replacement character.
func xmlText(s string) string { return text.Clean(s, true) }
