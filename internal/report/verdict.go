package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
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

// from says where the setting behind a rule was made.
func (j Judged) from(rule gate.Rule) string {
	if f, ok := j.From[rule.String()]; ok {
		return f
	}
	return "always"
}

// numbers are the day, score and coverage, as the first line of a verdict has them.
func (j Judged) numbers() string {
	day := "as of " + j.Verdict.AsOf + ", "
	if j.Assessment == nil {
		return day + "against " + j.Baseline.Old.Name
	}
	score, coverage := "no score", "no coverage"
	if s, ok := j.Assessment.Lens.Score(); ok {
		score = "score " + gate.Percent(s)
	}
	if c, ok := j.Assessment.Lens.Coverage(); ok {
		coverage = "coverage " + gate.Percent(c)
	}
	return day + score + ", " + coverage
}

// A VerdictFormat is a way to write a verdict.
type VerdictFormat struct {
	Name  string
	Write func(io.Writer, Judged) error
}

// VerdictFormats lists the formats of a verdict.
func VerdictFormats() []VerdictFormat {
	return []VerdictFormat{{"text", verdictText}, {"markdown", verdictMarkdown}, {"json", verdictJSON}}
}

// VerdictFormatNames lists their names.
func VerdictFormatNames() []string {
	return list(VerdictFormats(), func(f VerdictFormat) string { return f.Name })
}

// FindVerdictFormat returns the format with a name. The error lists the names.
func FindVerdictFormat(name string) (VerdictFormat, error) {
	for _, f := range VerdictFormats() {
		if f.Name == name {
			return f, nil
		}
	}
	return VerdictFormat{}, unknownFormat(name, VerdictFormatNames())
}

func unknownFormat(name string, known []string) error {
	return errors.New(suggest.Unknown("format", name, known))
}

// checkText is a rule with what it came to, for --explain.
func checkText(j Judged, c gate.Check) string {
	var what []string
	if c.Got != "" {
		what = append(what, c.Got)
	}
	for _, n := range []struct {
		list      []gate.Reason
		one, many string
	}{{j.Verdict.Reasons, "reason", "reasons"}, {j.Verdict.Exempted, "exempted", "exempted"}} {
		k := 0
		for _, r := range n.list {
			if r.Rule == c.Rule {
				k++
			}
		}
		if k > 0 {
			what = append(what, text.CountOf(k, n.one, n.many))
		}
	}
	s := c.Outcome.String()
	if len(what) > 0 {
		s += ", " + strings.Join(what, ", ")
	}
	return s
}

// classText says a finding's severity, what it is and what it was, and the reason
// for its class where those don't say it.
func classText(f compare.Finding) string {
	severity := or(string(f.Severity), "unrated")
	var s string
	switch f.Class {
	case compare.Gone:
		return severity + ", was " + f.Was.Words() + "; " + string(f.Why)
	case compare.Resolved:
		return f.Status.Words() + ", was " + f.Was.Words()
	case compare.StillOpen:
		s = severity + ", " + f.Status.Words()
	default:
		s = severity + ", " + f.Status.Words()
		if f.Why == compare.NotAsked || f.Why == compare.NotInScope {
			return s + "; " + string(f.Why)
		}
	}
	if f.Was != f.Status {
		s += ", was " + f.Was.Words()
	}
	if f.Why == compare.Rerated || f.Why == compare.Unwaived {
		s += "; " + string(f.Why)
	}
	return s
}

// classCounts is a comparison's findings in a line.
func classCounts(c *compare.Comparison) string {
	return strings.Join(list(compare.Classes(), func(class compare.Class) string {
		return fmt.Sprintf("%d %s", len(c.Of(class)), class)
	}), ", ")
}
