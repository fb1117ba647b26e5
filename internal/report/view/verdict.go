package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// GateResult is a verdict with what it was made of.
type GateResult struct {
	File        string // as it was given
	RepoPath    string // the same as a pipeline names it: from the root of the repository, with slashes; empty where it is not known
	RuleSources map[string]string
	Explain     bool   // show which rule decided (text and Markdown; JSON always does)
	Program     string // version of iotlens that judged
	Bank        Bank   // the lens that it was judged with

	Assessment *scoring.Assessment // nil where a review of another tool was judged
	Baseline   *compare.Comparison // nil where there is none
	Verdict    gate.Verdict
	Err        error // why it could not be judged; there is no verdict then
}

// WorstOutcome is the outcome of several verdicts: the worst.
func WorstOutcome(js []GateResult) gate.Outcome {
	worst := gate.Passed
	for _, j := range js {
		worst = max(worst, j.Verdict.Outcome)
	}
	return worst
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

// PolicyName names the policy: "default policy", "policy .iotlens.yaml".
func (j GateResult) PolicyName() string {
	if len(j.Verdict.PolicyFiles) == 0 {
		return "default policy"
	}
	return "policy " + strings.Join(j.Verdict.PolicyFiles, ", ")
}

// RuleSource is where the setting behind a rule was made.
func (j GateResult) RuleSource(rule gate.Rule) string {
	if f, ok := j.RuleSources[rule.String()]; ok {
		return f
	}
	return "always"
}

// PolicyFiles names the policy files that decided.
func (j GateResult) PolicyFiles() string {
	return OrDefault(strings.Join(j.Verdict.PolicyFiles, ", "), "the default, as there is no policy file")
}

// ScoreLine are the day, score and coverage, as the first line of a verdict has them.
func (j GateResult) ScoreLine() string {
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

// Sections lists the culprits of a verdict, what to do next, the review and the lens, its
// notes, what changed since the baseline, and with Explain the rules. What is as in the baseline is a count,
// unless Explain lists it.
func (j GateResult) Sections() []Section {
	var culprits, notes Section
	culprits.Table.Header = []string{"outcome", "about", "why", "rule"}
	for _, c := range j.Cases() {
		if c.Blocking() {
			rule := c.Reasons[0].Rule
			culprits.Table.addRow(j.terminalLine(c), c.Outcome.String(), c.ID, c.Explanation(), rule.String()+" ("+j.RuleSource(rule)+")")
		}
	}
	for _, n := range j.Verdict.Notes {
		notes.Table.addRow("note        "+n.String(), "Note: "+n.String())
	}
	var next, facts Section
	if j.Verdict.NextStep != "" {
		next.Intro = "Next: " + j.Verdict.NextStep + "."
	}
	for _, f := range [][2]string{{"review", j.File + " (" + j.ScoreLine() + ")"}, {"lens", j.Bank.String()}, {"policy", j.PolicyFiles()}} {
		facts.Table.addRow(fmt.Sprintf("%-10s  %s", f[0], f[1]), capitalize(f[0])+": "+f[1])
	}
	out := []Section{culprits, next, facts, notes}
	if j.Baseline != nil {
		changed := *j.Baseline
		changed.Findings = filter(changed.Findings, func(f compare.Finding) bool { return j.Explain || f.Class != compare.StillOpen })
		out = append(out, Section{Intro: "Since " + j.Baseline.Old.Name + ": " + classCounts(j.Baseline), Table: findingChanges(&changed)})
	}
	if j.Explain {
		out = append(out, j.rulesSection(), j.reasonsSection())
	}
	return out
}

// rulesSection lists every rule with its result.
func (j GateResult) rulesSection() Section {
	out := Section{Intro: "Rules (no policy file was found):", Table: Table{Header: []string{"rule", "required", "set by", "result"}}}
	if n := len(j.Verdict.PolicyFiles); n > 0 {
		out.Intro = "Rules (the policy file is " + j.PolicyFiles() + "):"
		if n > 1 {
			out.Intro = "Rules (the policy files are " + j.PolicyFiles() + "):"
		}
	}
	for _, c := range j.Verdict.Checks {
		rule, set, result := c.Rule.String(), j.RuleSource(c.Rule), j.checkText(c)
		out.Table.addRow(rule+" = "+c.Want+" ("+set+"): "+result, rule, c.Want, set, result)
	}
	return out
}

// reasonsSection lists every reason, and what would have been one but for a rule.
func (j GateResult) reasonsSection() Section {
	out := Section{Table: Table{Header: []string{"outcome", "about", "why", "rule"}}}
	for _, r := range slices.Concat(j.Verdict.Reasons, j.Verdict.Exempted) {
		outcome, about := r.Outcome.String(), r.Subject+": "
		if r.Outcome == gate.Passed {
			outcome = "exempted"
		}
		if r.Subject == "" {
			about = ""
		}
		out.Table.addRow(fmt.Sprintf("%-10s  %s%s [%s]", outcome, about, r.Text, r.Rule), outcome, r.Subject, r.Text, r.Rule.String())
	}
	if len(out.Table.Rows) > 0 {
		out.Intro = "Decided, and by which rule:"
	}
	return out
}

// checkText is the result of a rule.
func (j GateResult) checkText(c gate.Check) string {
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
