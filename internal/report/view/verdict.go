package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Judged is a verdict with what it was made of: all that a gate says.
type Judged struct {
	File       string // as it was given
	PolicyFile string // as it was found; empty where there is none
	From       map[string]string
	Explain    bool   // say which rule decided what (text and Markdown; JSON always does)
	Program    string // version of iotlens that judged
	Bank       Bank   // the lens that it was judged with

	Assessment *scoring.Assessment // nil where a review of another tool was judged
	Baseline   *compare.Comparison // nil where there is none
	Verdict    gate.Verdict
}

// A Bank is the lens behind a verdict.
type Bank struct {
	ID, Version string // of the lens
	Revision    int
	Digest      string // SHA-256 of its content, in hex
	Folder      string // as it was given; empty for the one in the program
	Shipped     bool   // it says what the one in the program says
}

// String names the lens: "aws-iot 2025-07-02, revision 1". One that is not the
// program's own is named with its digest and folder, too.
func (b Bank) String() string {
	s := fmt.Sprintf("%s %s, revision %d", b.ID, b.Version, b.Revision)
	if !b.Shipped {
		s += fmt.Sprintf(", digest %s, from %s: not the lens that iotlens ships", lens.ShortDigest(b.Digest), b.Folder)
	}
	return s
}

// Set says where the setting behind a rule was made.
func (j Judged) Set(rule gate.Rule) string {
	if f, ok := j.From[rule.String()]; ok {
		return f
	}
	return "always"
}

// Numbers are the day, score and coverage, as the first line of a verdict has them.
func (j Judged) Numbers() string {
	day := "as of " + j.Verdict.AsOf + ", "
	if j.Assessment == nil {
		return day + "against " + j.Baseline.Old.Name
	}
	score, coverage := "no score", "no coverage"
	if s, ok := j.Assessment.Lens.Score(); ok {
		score = "score " + text.Percent(s)
	}
	if c, ok := j.Assessment.Lens.Coverage(); ok {
		coverage = "coverage " + text.Percent(c)
	}
	return day + score + ", " + coverage
}

// CheckText is a rule with what it came to, for --explain.
func (j Judged) CheckText(c gate.Check) string {
	what := []string{c.Outcome.String()}
	if c.Got != "" {
		what = append(what, c.Got)
	}
	of := func(list []gate.Reason) int {
		return len(filter(list, func(r gate.Reason) bool { return r.Rule == c.Rule }))
	}
	if n := of(j.Verdict.Reasons); n > 0 {
		what = append(what, text.Count(n, "reason"))
	}
	if n := of(j.Verdict.Exempted); n > 0 {
		what = append(what, fmt.Sprintf("%d %s", n, Exempted))
	}
	return strings.Join(what, ", ")
}

// Exempted is what is said of a finding that a rule lets pass.
const Exempted = "exempted"

// ClassText says a finding's severity, what it is and what it was, and the reason
// for its class where those don't say it.
func ClassText(f compare.Finding) string {
	severity := Or(string(f.Severity), "unrated")
	var s string
	switch f.Class {
	case compare.Gone:
		return severity + ", was " + f.Was.Words() + "; " + f.Why.Words()
	case compare.Resolved:
		return f.Status.Words() + ", was " + f.Was.Words()
	case compare.StillOpen:
		s = severity + ", " + f.Status.Words()
	default:
		s = severity + ", " + f.Status.Words()
		if f.Why == compare.NotAsked || f.Why == compare.NotInScope {
			return s + "; " + f.Why.Words()
		}
	}
	if f.Was != f.Status {
		s += ", was " + f.Was.Words()
	}
	if f.Why == compare.Rerated || f.Why == compare.Unwaived {
		s += "; " + f.Why.Words()
	}
	return s
}

// ClassCounts is a comparison's findings in a line.
func ClassCounts(c *compare.Comparison) string {
	return strings.Join(List(compare.Classes(), func(class compare.Class) string {
		return fmt.Sprintf("%d %s", len(c.Of(class)), class)
	}), ", ")
}
