package ci

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// The elements of JUnit XML that Jenkins, GitLab and others have in common.
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

// JUnit writes a suite for each pillar with a case for each best practice in scope, a suite
// for each framework with a case for each required provision, and a suite "Gate" for the
// rest. A case that failed is a failure, and one that is incomplete is an error, because the
// test could not be carried out. A case that a rule exempted is skipped with the reason, and
// so is one that is not applicable. Blocking cases come first.
func JUnit(w io.Writer, results []view.GateResult) error {
	out := junitSuites{Name: "iotlens gate"}
	for _, result := range results {
		prefix, class := "", xmlText(result.Bank.ID)
		if len(results) > 1 { // cases of two reviews have the same names
			prefix, class = xmlText(result.File)+": ", strings.NewReplacer(".", "_", "/", "_").Replace(xmlText(view.OrDefault(result.RepoPath, result.File)))
		} else if a := result.Assessment; a != nil {
			out.Name = xmlText(a.LensShort + ": " + a.Workload.Name + ", by the " + result.PolicyName())
		}
		at := map[string]int{}
		add := func(suite string, c junitCase) {
			i, ok := at[suite]
			if !ok {
				i = len(out.Suites)
				at[suite] = i
				out.Suites = append(out.Suites, junitSuite{Name: prefix + xmlText(suite), Time: "0"})
			}
			c.Class, c.Time = class+"."+c.Class, "0"
			out.Suites[i].add(c)
		}
		if result.Err != nil {
			message := xmlText(result.Err.Error())
			add("Gate", junitCase{Name: "could not run", Class: "gate", Error: &junitResult{"error", message, message}})
		}
		for _, c := range result.Cases() {
			suite := "Gate"
			switch {
			case c.Practice != nil:
				suite = c.Practice.PillarName
			case c.Required != nil:
				suite = c.Required.Framework
			}
			add(suite, junitCaseOf(result, c))
		}
	}
	for _, s := range out.Suites {
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

func junitCaseOf(result view.GateResult, c view.Case) junitCase {
	out := junitCase{Name: xmlText(strings.TrimSpace(c.ID + " " + c.Title)), Class: xmlText(view.OrDefault(c.Question, "gate"))}
	skipped := func(why string) *string {
		why = xmlText(why)
		return &why
	}
	switch p := c.Practice; {
	case c.Blocking():
		more := issueDetails(result, c)
		if c.Line > 0 {
			more += fmt.Sprintf("\n%s:%d", result.RepoPath, c.Line)
		}
		result := &junitResult{Type: c.Reasons[0].Rule.Setting, Message: xmlText(issueTitle(c)), Text: xmlText(more)}
		if c.Outcome == gate.Failed {
			out.Failure = result
		} else {
			out.Error = result
		}
	case p != nil && p.Status == review.NotApplicable:
		out.Skipped = skipped("Not applicable: " + p.Reason)
	case c.Finding != nil && c.Finding.Waived:
		out.Skipped = skipped(view.WithFullStop(view.Headline(p)) + " Waiver: " + view.WaiverText(*c.Finding.Waiver))
	case c.Exempted():
		out.Skipped = skipped(result.ReasonText(c))
	}
	return out
}

// xmlText makes control characters visible. encoding/xml replaces characters that XML does
// not allow.
func xmlText(s string) string { return text.Clean(s, true) }
