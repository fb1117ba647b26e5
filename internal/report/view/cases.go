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

// A Case is a subject of a verdict with everything that was decided about it: a best
// practice, a question, a provision of a framework, or a rule that is about the whole
// review. All formats of a verdict are written from the same cases, so that each of them
// fails exactly what the gate fails.
type Case struct {
	ID          string                  // of the best practice, question or provision, else the key of the rule
	Title       string                  // may be empty
	Question    string                  // id of the question of a best practice; may be empty
	Severity    lens.Level              // may be empty
	Practice    *scoring.Practice       // nil unless it is a best practice in scope
	Finding     *scoring.Finding        // nil unless it is a finding
	Required    *gate.RequiredProvision // nil unless it is a provision of a framework
	Class       compare.Class           // since the baseline; empty without one
	ClassReason compare.Cause           // why it is in the class; may be empty
	Outcome     gate.Outcome
	Reasons     []gate.Reason // worst first; if it passed, the rules that exempted it, if any
	Line        int           // in the review file; 0 if unknown
}

// Blocking reports whether the case fails the gate or makes it incomplete.
func (c Case) Blocking() bool { return c.Outcome != gate.Passed }

// Exempted reports whether the case would be blocking but for a rule.
func (c Case) Exempted() bool { return !c.Blocking() && len(c.Reasons) > 0 }

// Accepted reports whether somebody accepted the case: by a waiver, by a baseline, or by a
// rule about the best practice. A case that is exempted and not accepted is below the
// severity that fails.
func (c Case) Accepted() bool {
	return c.Exempted() && slices.Contains([]string{"waivers", "baseline", "soft", "at_least"}, c.Reasons[0].Rule.Setting)
}

// Cases returns the cases of a verdict: those that failed, those that are incomplete, those
// that are exempted, then the other best practices in scope and required provisions.
func (result GateResult) Cases() []Case {
	subjects := result.subjects()
	size := len(subjects.practices) + len(subjects.required)
	out, index := make([]Case, 0, size), make(map[string]int, size)
	add := func(c Case) int {
		index[c.ID] = len(out)
		out = append(out, c)
		return index[c.ID]
	}
	decide := func(reasons []gate.Reason) {
		for _, r := range reasons {
			i, ok := index[result.subjectID(r)]
			if !ok {
				i = add(result.caseOf(r, subjects))
			}
			c := &out[i]
			c.Reasons = append(c.Reasons, r)
			c.Outcome = max(c.Outcome, r.Outcome)
		}
	}
	decide(result.Verdict.Reasons)
	decide(result.Verdict.Exempted)
	if result.Assessment != nil {
		for i := range result.Assessment.Practices {
			id := result.Assessment.Practices[i].ID
			if _, ok := index[id]; !ok {
				add(result.caseOf(gate.Reason{Subject: id}, subjects))
			}
		}
	}
	for _, r := range result.Verdict.Required {
		if _, ok := index[r.Subject]; !ok {
			add(result.caseOf(gate.Reason{Subject: r.Subject}, subjects))
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

// position is the sort key of Cases: 0 failed, 1 incomplete, 2 exempted, 3 other.
func (c *Case) position() int {
	switch {
	case c.Blocking():
		return int(gate.Failed - c.Outcome)
	case c.Exempted():
		return 2
	}
	return 3
}

// A subjectIndex has everything that a reason can be about, by id.
type subjectIndex struct {
	practices map[string]*scoring.Practice
	findings  map[string]*scoring.Finding
	questions map[string]*scoring.Question
	required  map[string]*gate.RequiredProvision
}

func (result GateResult) subjects() subjectIndex {
	out := subjectIndex{required: byID(result.Verdict.Required, func(r *gate.RequiredProvision) string { return r.Subject })}
	if a := result.Assessment; a != nil {
		out.practices = byID(a.Practices, func(p *scoring.Practice) string { return p.ID })
		out.findings = byID(a.Findings, func(f *scoring.Finding) string { return f.ID })
		out.questions = byID(a.Questions, func(q *scoring.Question) string { return q.ID })
	}
	return out
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	out := make(map[string]*T, len(list))
	for i := range list {
		out[id(&list[i])] = &list[i]
	}
	return out
}

// subjectID returns the id of the case that a reason is about.
func (result GateResult) subjectID(r gate.Reason) string {
	return OrDefault(r.Subject, r.Rule.String())
}

// caseOf returns the case that a reason is about, without outcome and reasons.
func (result GateResult) caseOf(r gate.Reason, subjects subjectIndex) Case {
	c := Case{ID: result.subjectID(r), Practice: subjects.practices[r.Subject], Finding: subjects.findings[r.Subject], Required: subjects.required[r.Subject]}
	if c.Required != nil {
		c.Title = c.Required.Title
	}
	if result.Baseline != nil {
		if f, ok := result.Baseline.Finding(r.Subject); ok {
			c.Title, c.Question, c.Severity, c.Class, c.ClassReason = f.Title, f.Question, f.Severity, f.Class, f.Cause
		}
	}
	if p := c.Practice; p != nil {
		c.Title, c.Question, c.Severity, c.Line = p.Title, p.Question, p.Severity, p.Line
		if own := p.OwnSeverity.Level; own != "" && result.usesOwnSeverity() {
			c.Severity = own
		}
	}
	if q := subjects.questions[r.Subject]; q != nil {
		c.Title, c.Question = q.Title, q.ID
	}
	return c
}

// usesOwnSeverity reports whether the policy judges by our severities instead of AWS's.
func (result GateResult) usesOwnSeverity() bool {
	return slices.ContainsFunc(result.Verdict.Checks, func(c gate.Check) bool { return c.Rule.Setting == "severity" })
}

// SeverityAndStatus describes a case in a few words: "high, not implemented", "high, new".
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

// decidedByStatus reports whether the status of a best practice is the first reason. The
// text of any other reason (a waiver, the baseline) says more than the status.
func (c Case) decidedByStatus() bool {
	return c.Practice != nil && len(c.Reasons) > 0 && slices.Contains([]string{"fail_on", "hard", "unanswered", "unknown"}, c.Reasons[0].Rule.Setting)
}

// Explanation describes a case in one line, without its id: what is wrong according to the
// note, who closes it by when, and what to do first.
func (c Case) Explanation() string {
	if c.Required != nil {
		return WithFullStop(c.Title) + " " + upperFirst(c.Reasons[0].Text)
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
			out = WithFullStop(out) + " " + upperFirst(r.Text)
		}
	}
	if first := p.Guide.FirstStep(); first != "" && p.Status != review.Unanswered && p.Status != review.CannotDetermine {
		out = WithFullStop(out) + " First: " + first
	}
	return out
}

// ReasonText says why a case fails, is incomplete or is exempted, with the rules and where
// each is set.
func (result GateResult) ReasonText(c Case) string {
	return strings.Join(Map(c.Reasons, func(r gate.Reason) string {
		return r.Text + " [" + r.Rule.String() + ", " + result.RuleSource(r.Rule) + "]"
	}), "; ")
}

// terminalLine returns a case as a line that begins with FILE:LINE or FILE.
func (result GateResult) terminalLine(c Case) string {
	at, why := result.File, c.ID+" "+c.Explanation()
	if c.Line > 0 {
		at = fmt.Sprintf("%s:%d", result.File, c.Line)
	}
	if !c.decidedByStatus() {
		why = c.ID + ": " + c.Explanation()
	}
	return at + " " + why
}

// Headline returns the outcome with counts: "Stopped: 1 new high risk; 14 known and
// accepted".
func (result GateResult) Headline() string {
	words := map[gate.Outcome]string{gate.Failed: "Stopped", gate.Incomplete: "Incomplete", gate.Passed: "Passed"}
	if result.Err != nil {
		return "Could not run"
	}
	var blocking, parts []string
	counts := map[string]int{}
	accepted, below := 0, 0
	for _, c := range result.Cases() {
		switch {
		case c.Blocking():
			category := c.category()
			if counts[category]++; counts[category] == 1 {
				blocking = append(blocking, category)
			}
		case c.ID == c.Question, c.Required != nil: // its best practices are counted
		case c.Accepted():
			accepted++
		case c.Exempted():
			below++
		}
	}
	for i, category := range blocking {
		blocking[i] = text.Plural(counts[category], category, pluralOf(category))
	}
	if len(blocking) > 0 {
		parts = append(parts, strings.Join(blocking, ", "))
	}
	if accepted > 0 {
		parts = append(parts, fmt.Sprintf("%d known and accepted", accepted))
	}
	if below > 0 {
		parts = append(parts, fmt.Sprintf("%d below the level that fails", below))
	}
	if len(parts) == 0 {
		return words[result.Verdict.Outcome]
	}
	return words[result.Verdict.Outcome] + ": " + strings.Join(parts, "; ")
}

// category returns what a headline counts a blocking case as, in the singular.
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
	result := GateResult{
		File: a.File, RepoPath: a.File, Program: a.Program, Assessment: a, Verdict: gate.Judge(a, gate.Default(), nil), RuleSources: map[string]string{},
		Bank: Bank{ID: a.LensID, Version: a.LensVersion, Revision: a.LensRevision, Digest: a.LensDigest, Shipped: true},
	}
	for _, c := range result.Verdict.Checks {
		result.RuleSources[c.Rule.String()] = result.PolicyName()
	}
	return result
}
