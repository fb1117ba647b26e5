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

// Judged is a verdict with what it was made of.
type Judged struct {
	File    string // as it was given
	From    map[string]string
	Explain bool   // show which rule decided (text and Markdown; JSON always does)
	Program string // version of iotlens that judged
	Bank    Bank   // the lens that it was judged with

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
	Shipped     bool   // it has the content of the one in the program
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

// Set is where the setting behind a rule was made.
func (j Judged) Set(rule gate.Rule) string {
	if f, ok := j.From[rule.String()]; ok {
		return f
	}
	return "always"
}

// Policy names the policy files that decided.
func (j Judged) Policy() string {
	return Or(strings.Join(j.Verdict.Policies, ", "), "the default, as there is no policy file")
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

// Sections lists the reasons and notes of a verdict, what changed since the baseline,
// with Explain the rules, and what to do next.
func (j Judged) Sections() []Section {
	var reasons, notes Section
	reasons.Table.Heads = []string{"outcome", "about", "why", "rule"}
	for _, r := range j.Verdict.Reasons {
		line := r.Text
		if r.Subject != "" {
			line = r.Subject + ": " + r.Text
		}
		if j.Explain {
			line += " [" + r.Rule.String() + "]"
		}
		reasons.Table.row(fmt.Sprintf("%-10s  %s", r.Outcome, line), r.Outcome.String(), r.Subject, r.Text, r.Rule.String()+" ("+j.Set(r.Rule)+")")
	}
	for _, n := range j.Verdict.Notes {
		notes.Table.row("note        "+n.String(), "Note: "+n.String())
	}
	out := []Section{reasons, notes}
	if j.Baseline != nil {
		out = append(out, Section{Intro: "Since " + j.Baseline.Old.Name + ": " + classCounts(j.Baseline), Table: findingChanges(j.Baseline)})
	}
	if j.Explain {
		out = append(out, j.rules(), j.exempted())
	}
	if j.Verdict.Next != "" {
		out = append(out, Section{Intro: "Next: " + j.Verdict.Next + "."})
	}
	return out
}

// rules lists every rule with its result.
func (j Judged) rules() Section {
	out := Section{Intro: "Rules (no policy file was found):", Table: Table{Heads: []string{"rule", "required", "set by", "result"}}}
	if n := len(j.Verdict.Policies); n > 0 {
		out.Intro = "Rules (the policy file is " + j.Policy() + "):"
		if n > 1 {
			out.Intro = "Rules (the policy files are " + j.Policy() + "):"
		}
	}
	for _, c := range j.Verdict.Checks {
		rule, set, result := c.Rule.String(), j.Set(c.Rule), j.checkText(c)
		out.Table.row(rule+" = "+c.Want+" ("+set+"): "+result, rule, c.Want, set, result)
	}
	return out
}

// exempted lists what would have been a reason but for a rule.
func (j Judged) exempted() Section {
	out := Section{Table: Table{Heads: []string{"exempted", "why", "rule"}}}
	for _, r := range j.Verdict.Exempted {
		out.Table.row("exempted    "+r.Subject+": "+r.Text+" ["+r.Rule.String()+"]", r.Subject, r.Text, r.Rule.String())
	}
	if len(out.Table.Rows) > 0 {
		out.Intro = "Exempted, and by which rule:"
	}
	return out
}

// checkText is the result of a rule.
func (j Judged) checkText(c gate.Check) string {
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
		what = append(what, fmt.Sprintf("%d exempted", n))
	}
	return strings.Join(what, ", ")
}
