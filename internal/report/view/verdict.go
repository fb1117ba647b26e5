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

// A GateResult is the verdict of a gate on one review, with what it was made from.
type GateResult struct {
	File        string            // as it was given
	RepoPath    string            // from the root of the repository, with slashes; empty if unknown
	RuleSources map[string]string // by rule: where its setting was made
	Explain     bool              // text and Markdown show the rules; JSON always does
	Program     string            // version of iotlens
	Bank        Bank

	Assessment *scoring.Assessment // nil for a review of another tool
	Baseline   *compare.Comparison // nil for none
	Verdict    gate.Verdict
	Err        error // why there is no verdict
}

// WorstOutcome returns the worst outcome of several verdicts.
func WorstOutcome(results []GateResult) gate.Outcome {
	worst := gate.Passed
	for _, result := range results {
		worst = max(worst, result.Verdict.Outcome)
	}
	return worst
}

// A Bank identifies the bank that a review was judged with.
type Bank struct {
	ID, Version string // of the lens
	Revision    int
	Digest      string // SHA-256 of its content, in hex
	Folder      string // as it was given; empty for the bank in the program
	Shipped     bool   // whether its content is that of the bank in the program
}

// String names the lens: "aws-iot 2025-07-02, revision 1". If it is not the lens that the
// program ships, digest and folder follow.
func (b Bank) String() string {
	s := fmt.Sprintf("%s %s, revision %d", b.ID, b.Version, b.Revision)
	if !b.Shipped {
		s += fmt.Sprintf(", digest %s, from %s: not the lens that iotlens ships", lens.ShortDigest(b.Digest), b.Folder)
	}
	return s
}

// PolicyName returns "default policy" or, with policy files, "policy .iotlens.yaml".
func (result GateResult) PolicyName() string {
	if len(result.Verdict.PolicyFiles) == 0 {
		return "default policy"
	}
	return "policy " + strings.Join(result.Verdict.PolicyFiles, ", ")
}

// RuleSource returns where the setting behind a rule was made, such as ".iotlens.yaml:3", or
// "always".
func (result GateResult) RuleSource(rule gate.Rule) string {
	if f, ok := result.RuleSources[rule.String()]; ok {
		return f
	}
	return "always"
}

// PolicyFiles returns the names of the policy files, or a phrase that there is none.
func (result GateResult) PolicyFiles() string {
	return OrDefault(strings.Join(result.Verdict.PolicyFiles, ", "), "the default, as there is no policy file")
}

// ScoreLine returns the day, the score and the coverage: "as of 2026-11-28, score 75 %,
// coverage 90 %".
func (result GateResult) ScoreLine() string {
	day := "as of " + result.Verdict.AsOf + ", "
	if result.Assessment == nil {
		return day + "against " + result.Baseline.Old.Name
	}
	score, coverage := "no score", "no coverage"
	if s, ok := result.Assessment.Lens.Score(); ok {
		score = "score " + text.Percent(s)
	}
	if c, ok := result.Assessment.Lens.Coverage(); ok {
		coverage = "coverage " + text.Percent(c)
	}
	return day + score + ", " + coverage
}

// Sections returns the blocking cases of a verdict, what to do next, the review, lens and
// policy, the notes, and what changed since the baseline. Explain adds the rules and the
// findings that are as in the baseline.
func (result GateResult) Sections() []Section {
	var blocking, notes Section
	blocking.Table.Header = []string{"outcome", "about", "why", "rule"}
	for _, c := range result.Cases() {
		if c.Blocking() {
			rule := c.Reasons[0].Rule
			blocking.Table.addRow(result.terminalLine(c), c.Outcome.String(), c.ID, c.Explanation(), rule.String()+" ("+result.RuleSource(rule)+")")
		}
	}
	for _, n := range result.Verdict.Notes {
		notes.Table.addRow("note        "+n.String(), "Note: "+n.String())
	}
	var next, facts Section
	if result.Verdict.NextStep != "" {
		next.Intro = "Next: " + result.Verdict.NextStep + "."
	}
	for _, f := range [][2]string{{"review", result.File + " (" + result.ScoreLine() + ")"}, {"lens", result.Bank.String()}, {"policy", result.PolicyFiles()}} {
		facts.Table.addRow(fmt.Sprintf("%-10s  %s", f[0], f[1]), upperFirst(f[0])+": "+f[1])
	}
	out := []Section{blocking, next, facts, notes}
	if result.Baseline != nil {
		changed := *result.Baseline
		changed.Findings = filter(changed.Findings, func(f compare.Finding) bool { return result.Explain || f.Class != compare.StillOpen })
		out = append(out, Section{Intro: "Since " + result.Baseline.Old.Name + ": " + classCounts(result.Baseline), Table: findingChanges(&changed)})
	}
	if result.Explain {
		out = append(out, result.rulesSection(), result.reasonsSection())
	}
	return out
}

// rulesSection shows every rule with its source and its result.
func (result GateResult) rulesSection() Section {
	out := Section{Intro: "Rules (no policy file was found):", Table: Table{Header: []string{"rule", "required", "set by", "result"}}}
	if n := len(result.Verdict.PolicyFiles); n > 0 {
		out.Intro = "Rules (the policy file is " + result.PolicyFiles() + "):"
		if n > 1 {
			out.Intro = "Rules (the policy files are " + result.PolicyFiles() + "):"
		}
	}
	for _, c := range result.Verdict.Checks {
		rule, set, result := c.Rule.String(), result.RuleSource(c.Rule), result.checkText(c)
		out.Table.addRow(rule+" = "+c.Want+" ("+set+"): "+result, rule, c.Want, set, result)
	}
	return out
}

// reasonsSection shows every reason, and what a rule exempted.
func (result GateResult) reasonsSection() Section {
	out := Section{Table: Table{Header: []string{"outcome", "about", "why", "rule"}}}
	for _, r := range slices.Concat(result.Verdict.Reasons, result.Verdict.Exempted) {
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

// checkText returns the result of a rule with the number of reasons and exemptions.
func (result GateResult) checkText(c gate.Check) string {
	parts := []string{c.Outcome.String()}
	if c.Got != "" {
		parts = append(parts, c.Got)
	}
	countFor := func(list []gate.Reason) int {
		return len(filter(list, func(r gate.Reason) bool { return r.Rule == c.Rule }))
	}
	if n := countFor(result.Verdict.Reasons); n > 0 {
		parts = append(parts, text.Count(n, "reason"))
	}
	if n := countFor(result.Verdict.Exempted); n > 0 {
		parts = append(parts, fmt.Sprintf("%d exempted", n))
	}
	return strings.Join(parts, ", ")
}
