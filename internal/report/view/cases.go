package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Case is one subject of a verdict with everything that was decided about it: a best
// practice, a question, a provision of a framework, or a rule of the whole or of a part. Every format of a verdict
// is written from the same cases, so none can fail what the gate does not.
type Case struct {
	ID          string                  // of the best practice or question; the key of the rule elsewhere
	Title       string                  // may be empty
	Question    string                  // id of the question of a best practice; may be empty
	Severity    lens.Level              // may be empty
	Practice    *scoring.Practice       // nil where it is no best practice in scope
	Finding     *scoring.Finding        // nil where it is no finding
	Required    *gate.RequiredProvision // nil where it is no provision of a framework
	Class       compare.Class           // empty where there is no baseline, or the baseline says nothing
	ClassReason compare.Cause           // the reason for the class; may be empty
	Outcome     gate.Outcome
	Reasons     []gate.Reason // the worst first; of what passed, the rules that exempted it; none where it is in place
	Line        int           // in the review file; 0 where it has none
}

// Blocking tells whether the case fails the gate or makes it incomplete.
func (c Case) Blocking() bool { return c.Outcome != gate.Passed }

// Exempted tells whether only a rule keeps the case from being a culprit.
func (c Case) Exempted() bool { return !c.Blocking() && len(c.Reasons) > 0 }

// Accepted tells whether somebody accepted the case, rather than its severity being
// below the level: by a waiver, a baseline, or a rule about the best practice.
func (c Case) Accepted() bool {
	return c.Exempted() && slices.Contains([]string{"waivers", "baseline", "soft", "at_least"}, c.Reasons[0].Rule.Setting)
}

// Cases lists what a verdict decided about: what failed, what is incomplete, what is
// exempted, then the other best practices in scope and provisions that are required.
func (j GateResult) Cases() []Case {
	of := j.subjects()
	size := len(of.practices) + len(of.required)
	out, at := make([]Case, 0, size), make(map[string]int, size)
	add := func(c Case) int {
		at[c.ID] = len(out)
		out = append(out, c)
		return at[c.ID]
	}
	decide := func(reasons []gate.Reason) {
		for _, r := range reasons {
			i, ok := at[j.subjectID(r)]
			if !ok {
				i = add(j.caseOf(r, of))
			}
			c := &out[i]
			c.Reasons = append(c.Reasons, r)
			c.Outcome = max(c.Outcome, r.Outcome)
		}
	}
	decide(j.Verdict.Reasons)
	decide(j.Verdict.Exempted)
	if j.Assessment != nil {
		for i := range j.Assessment.Practices {
			id := j.Assessment.Practices[i].ID
			if _, ok := at[id]; !ok {
				add(j.caseOf(gate.Reason{Subject: id}, of))
			}
		}
	}
	for _, r := range j.Verdict.Required {
		if _, ok := at[r.Subject]; !ok {
			add(j.caseOf(gate.Reason{Subject: r.Subject}, of))
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i].Reasons, func(a, b gate.Reason) int { return cmp.Compare(b.Outcome, a.Outcome) })
	}
	inOrder := make([]Case, 0, len(out))
	for place := range 4 {
		for i := range out {
			if out[i].position() == place {
				inOrder = append(inOrder, out[i])
			}
		}
	}
	return inOrder
}

// position orders cases: what failed, what is incomplete, what is exempted, the others.
func (c *Case) position() int {
	switch {
	case c.Blocking():
		return int(gate.Failed - c.Outcome)
	case c.Exempted():
		return 2
	}
	return 3
}

// subjects are what a reason can be about, by id.
type subjects struct {
	practices map[string]*scoring.Practice
	findings  map[string]*scoring.Finding
	questions map[string]*scoring.Question
	required  map[string]*gate.RequiredProvision
}

func (j GateResult) subjects() subjects {
	of := subjects{required: byID(j.Verdict.Required, func(r *gate.RequiredProvision) string { return r.Subject })}
	if a := j.Assessment; a != nil {
		of.practices = byID(a.Practices, func(p *scoring.Practice) string { return p.ID })
		of.findings = byID(a.Findings, func(f *scoring.Finding) string { return f.ID })
		of.questions = byID(a.Questions, func(q *scoring.Question) string { return q.ID })
	}
	return of
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	out := make(map[string]*T, len(list))
	for i := range list {
		out[id(&list[i])] = &list[i]
	}
	return out
}

// subjectID identifies the case that a reason is about.
func (j GateResult) subjectID(r gate.Reason) string { return OrDefault(r.Subject, r.Rule.String()) }

// caseOf is the case that a reason is about, without an outcome.
func (j GateResult) caseOf(r gate.Reason, of subjects) Case {
	c := Case{ID: j.subjectID(r), Practice: of.practices[r.Subject], Finding: of.findings[r.Subject], Required: of.required[r.Subject]}
	if c.Required != nil {
		c.Title = c.Required.Title
	}
	if j.Baseline != nil {
		if f, ok := j.Baseline.Finding(r.Subject); ok {
			c.Title, c.Question, c.Severity, c.Class, c.ClassReason = f.Title, f.Question, f.Severity, f.Class, f.Cause
		}
	}
	if p := c.Practice; p != nil {
		c.Title, c.Question, c.Severity, c.Line = p.Title, p.Question, p.Severity, p.Line
		if own := p.OwnSeverity.Level; own != "" && j.usesOwnSeverity() {
			c.Severity = own
		}
	}
	if q := of.questions[r.Subject]; q != nil {
		c.Title, c.Question = q.Title, q.ID
	}
	return c
}

// usesOwnSeverity tells whether our severities decided, where they differ from AWS's.
func (j GateResult) usesOwnSeverity() bool {
	return slices.ContainsFunc(j.Verdict.Checks, func(c gate.Check) bool { return c.Rule.Setting == "severity" })
}

// SeverityAndStatus is the case in a few words: its severity, and its class or status.
func (c Case) SeverityAndStatus() string {
	if !c.decidedByStatus() {
		return ""
	}
	words := c.Practice.Words()
	if c.Class == compare.New || c.Class == compare.Regressed {
		words = string(c.Class)
		if c.ClassReason != compare.CausePassedBefore { // which a regression means anyway
			words += " (" + c.ClassReason.Words() + ")"
		}
	}
	if list := "on the hard list, "; strings.HasPrefix(c.Reasons[0].Text, list) {
		words = list + words
	}
	return OrDefault(string(c.Severity), "unrated") + ", " + words
}

// decidedByStatus tells whether the status of a best practice is the reason, and not a waiver,
// the baseline or another rule, whose text says more.
func (c Case) decidedByStatus() bool {
	return c.Practice != nil && len(c.Reasons) > 0 && slices.Contains([]string{"fail_on", "hard", "unanswered", "unknown"}, c.Reasons[0].Rule.Setting)
}

// Explanation is the case in a line, without its id: what is wrong, in the words of whoever
// answered, who closes it by when, and what to do first.
func (c Case) Explanation() string {
	if c.Required != nil {
		return WithFullStop(c.Title) + " " + capitalize(c.Reasons[0].Text)
	}
	if !c.decidedByStatus() {
		return strings.Join(Map(c.Reasons, func(r gate.Reason) string { return r.Text }), "; ")
	}
	p := c.Practice
	out := c.SeverityAndStatus() + ": " + text.Shorten(OrDefault(strings.Join(strings.Fields(p.Note), " "), p.Title), 300)
	var who []string
	if p.Owner != "" {
		who = append(who, p.Owner)
	}
	if p.Due != "" {
		who = append(who, "due "+p.Due)
	}
	if len(who) > 0 {
		out = strings.TrimSuffix(out, ".") + " (" + strings.Join(who, ", ") + ")"
	}
	for _, r := range c.Reasons[1:] {
		if r.Rule.Setting == "waivers" && r.Outcome == gate.Failed {
			out = WithFullStop(out) + " " + capitalize(r.Text)
		}
	}
	if first := p.Guide.FirstStep(); first != "" && p.Status != review.Unanswered && p.Status != review.CannotDetermine {
		out = WithFullStop(out) + " First: " + first
	}
	return out
}

// ReasonText is why the case fails, is incomplete or is exempted, with the rules and where
// each was set.
func (j GateResult) ReasonText(c Case) string {
	return strings.Join(Map(c.Reasons, func(r gate.Reason) string {
		return r.Text + " [" + r.Rule.String() + ", " + j.RuleSource(r.Rule) + "]"
	}), "; ")
}

// terminalLine is a case in a line for a terminal, which begins with its place, FILE:LINE or FILE.
func (j GateResult) terminalLine(c Case) string {
	at, why := j.File, c.ID+" "+c.Explanation()
	if c.Line > 0 {
		at = fmt.Sprintf("%s:%d", j.File, c.Line)
	}
	if !c.decidedByStatus() {
		why = c.ID + ": " + c.Explanation()
	}
	return at + " " + why
}

// Headline is the outcome with counts, in a line: "Stopped: 1 new high risk; 14 known
// and accepted".
func (j GateResult) Headline() string {
	words := map[gate.Outcome]string{gate.Failed: "Stopped", gate.Incomplete: "Incomplete", gate.Passed: "Passed"}
	if j.Err != nil {
		return "Could not run"
	}
	var culprits, others []string
	counts := map[string]int{}
	accepted, below := 0, 0
	for _, c := range j.Cases() {
		switch {
		case c.Blocking():
			k := c.category()
			if counts[k]++; counts[k] == 1 {
				culprits = append(culprits, k)
			}
		case c.ID == c.Question, c.Required != nil: // its best practices are counted
		case c.Accepted():
			accepted++
		case c.Exempted():
			below++
		}
	}
	for i, k := range culprits {
		culprits[i] = text.Plural(counts[k], k, pluralOf(k))
	}
	if len(culprits) > 0 {
		others = append(others, strings.Join(culprits, ", "))
	}
	if accepted > 0 {
		others = append(others, fmt.Sprintf("%d known and accepted", accepted))
	}
	if below > 0 {
		others = append(others, fmt.Sprintf("%d below the level that fails", below))
	}
	if len(others) == 0 {
		return words[j.Verdict.Outcome]
	}
	return words[j.Verdict.Outcome] + ": " + strings.Join(others, "; ")
}

// category groups the culprits of a headline.
func (c Case) category() string {
	switch setting := c.Reasons[0].Rule.Setting; {
	case setting == "waivers":
		return "expired waiver"
	case setting == "relaxations":
		return "relaxation"
	case c.Required != nil && c.Outcome == gate.Failed:
		return "provision not met"
	case c.Required != nil:
		return "provision open"
	case setting == "require":
		return "framework without markets"
	case setting == "min_score" || setting == "min_coverage":
		return "threshold not reached"
	case c.decidedByStatus() && c.Practice.Status == review.Unanswered:
		return "unanswered"
	case c.decidedByStatus() && c.Practice.Status == review.CannotDetermine:
		return `"don't know"`
	case c.Class == compare.New || c.Class == compare.Regressed:
		return string(c.Class) + " " + OrDefault(string(c.Severity), "unrated") + " risk"
	case c.Class == compare.Gone:
		return "missing since the baseline"
	case c.decidedByStatus():
		return OrDefault(string(c.Severity), "unrated") + " risk"
	case c.Title != "" && c.Question == c.ID:
		return "question at risk"
	default:
		return "by " + c.Reasons[0].Rule.String()
	}
}

func pluralOf(kind string) string {
	switch {
	case strings.HasSuffix(kind, " risk"), strings.HasSuffix(kind, " waiver"), kind == "relaxation":
		if kind == "question at risk" {
			return "questions at risk"
		}
		return kind + "s"
	case strings.HasPrefix(kind, "provision"):
		return strings.Replace(kind, "provision", "provisions", 1)
	case strings.HasPrefix(kind, "framework"):
		return strings.Replace(kind, "framework", "frameworks", 1)
	case strings.HasPrefix(kind, "threshold"):
		return strings.Replace(kind, "threshold", "thresholds", 1)
	}
	return kind
}

// DefaultGateResult judges an assessment by the default policy. The report formats for
// pipelines show it.
func DefaultGateResult(a *scoring.Assessment) GateResult {
	j := GateResult{
		File: a.File, RepoPath: a.File, Program: a.Program, Assessment: a, Verdict: gate.Judge(a, gate.Default(), nil), RuleSources: map[string]string{},
		Bank: Bank{ID: a.LensID, Version: a.LensVersion, Revision: a.LensRevision, Digest: a.LensDigest, Shipped: true},
	}
	for _, c := range j.Verdict.Checks {
		j.RuleSources[c.Rule.String()] = j.PolicyName()
	}
	return j
}
