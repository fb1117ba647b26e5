// Package view is what a report says, once: its sentences, the words and marks
// for severities, risks and states, and the blocks that every format draws.
//
// A format decides how something looks, never what is said or which of it. All
// texts are as their authors wrote them: making them harmless is up to the format.
package view

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Verdict is the assessment in a sentence. It counts every question in scope.
func Verdict(a *scoring.Assessment) string {
	high, medium, none := len(AtRisk(a, scoring.RiskHigh)), len(AtRisk(a, scoring.RiskMedium)), len(AtRisk(a, scoring.RiskNone))
	total, open := len(a.Questions), len(AtRisk(a, scoring.RiskUnanswered))
	var s string
	switch {
	case a.Lens.Answered+a.LayerBanks.Answered == 0:
		return "Nothing has been assessed yet."
	case high > 0:
		s = fmt.Sprintf("%d of %d questions %s a high risk and %d a medium one", high, total, carry(high), medium)
	case medium > 0:
		s = fmt.Sprintf("No question carries a high risk; %d of %d %s a medium one", medium, total, carry(medium))
	case none > 0:
		s = fmt.Sprintf("None of the %d questions answered so far carries a risk", total-open)
	default:
		s = "No question has enough answers for a risk yet"
	}
	if first := First(a, 1); len(first) > 0 {
		s += "; start with " + first[0].ID + " (" + first[0].Title + ")"
	}
	s += "."
	if n := len(a.Unassessed); n > 0 {
		s += fmt.Sprintf(" %s not assessed, so the picture is incomplete.", text.CountOf(n, "best practice is", "best practices are"))
	}
	return s
}

func carry(n int) string {
	if n == 1 {
		return "carries"
	}
	return "carry"
}

// AtRisk lists the questions in scope that carry a risk.
func AtRisk(a *scoring.Assessment, r scoring.Risk) []scoring.Question {
	return filter(a.Questions, func(q scoring.Question) bool { return q.Risk == r })
}

// Differing lists the questions on which the letter of the risk rules and their
// monotone form differ.
func Differing(a *scoring.Assessment) []scoring.Question {
	return filter(a.Questions, func(q scoring.Question) bool { return q.Differs })
}

// QuestionIDs lists the ids of questions, for a sentence.
func QuestionIDs(qs []scoring.Question) string {
	return strings.Join(List(qs, func(q scoring.Question) string { return q.ID }), ", ")
}

// Ask is what a question asks in plain words, or its title.
func Ask(q scoring.Question) string { return Or(q.Ask, q.Title) }

// Open lists the findings that no waiver covers, by priority.
func Open(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
}

// FirstShown is how many findings stand under WhatFirst.
const FirstShown = 5

// WhatFirst is the heading of First in every report and on the screen.
const WhatFirst = "What to do first"

// First lists the findings to close first: the open ones of highest priority, at
// most n.
func First(a *scoring.Assessment, n int) []scoring.Finding {
	open := Open(a)
	return open[:min(n, len(open))]
}

// QuickWins lists the open findings that are important and cheap to close.
func QuickWins(a *scoring.Assessment) []scoring.Finding {
	return filter(Open(a), func(f scoring.Finding) bool { return f.Quadrant == scoring.QuickWin })
}

// A Horizon is a part of the plan.
type Horizon struct {
	ID       scoring.Horizon
	Name     string // Now
	When     string // this month
	Findings []scoring.Finding
}

// Plan sorts the open findings by when to close them.
func Plan(a *scoring.Assessment) []Horizon {
	out := []Horizon{
		{ID: scoring.Now, Name: "Now", When: "this month"},
		{ID: scoring.Next, Name: "Next", When: "this quarter"},
		{ID: scoring.Later, Name: "Later", When: "when it comes up"},
	}
	for i, h := range out {
		out[i].Findings = filter(Open(a), func(f scoring.Finding) bool { return f.Horizon == h.ID })
	}
	return out
}

// InPlace lists the best practices that are implemented, in lens order.
func InPlace(a *scoring.Assessment) []*scoring.Practice {
	var out []*scoring.Practice
	for i := range a.Practices {
		if a.Practices[i].Status == review.Implemented {
			out = append(out, &a.Practices[i])
		}
	}
	return out
}

// A Row is one line of the table of scores.
type Row struct {
	Name     string
	Tally    scoring.Tally
	Risks    map[scoring.Risk]int // of its questions
	Findings int
}

// Totals lists the tallies of the whole: of the lens itself, and of the layer
// banks where it has any.
func Totals(a *scoring.Assessment) []Row {
	out := []Row{{Name: a.OwnPractices(), Tally: a.Lens}}
	if len(a.Layers) > 0 {
		out = append(out, Row{Name: LayerBanks, Tally: a.LayerBanks})
	}
	return out
}

// LayerBanks names what the layer banks ask beyond the lens itself.
const LayerBanks = "Layer banks"

// Pillars lists the pillars of which something is in scope, then the layer banks,
// whose questions belong to no pillar.
func Pillars(a *scoring.Assessment) []Row {
	var out []Row
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			out = append(out, Row{Name: p.Name, Tally: p.Lens, Risks: p.Risks, Findings: p.Findings})
		}
	}
	if a.LayerBanks.InScope == 0 {
		return out
	}
	banks := Row{Name: LayerBanks, Tally: a.LayerBanks, Risks: map[scoring.Risk]int{}}
	for _, q := range a.Questions {
		if !q.AWS() {
			banks.Risks[q.Risk]++
		}
	}
	for _, f := range a.Findings {
		if f.FromLayer {
			banks.Findings++
		}
	}
	return append(out, banks)
}

// Score is a tally's score in words.
func Score(t scoring.Tally) string { return percent(t.Score()) }

// Coverage is a tally's coverage in words.
func Coverage(t scoring.Tally) string { return percent(t.Coverage()) }

func percent(p float64, ok bool) string {
	if !ok {
		return "not assessed"
	}
	return text.Percent(p)
}

// Answered says how many best practices of a tally are answered.
func Answered(t scoring.Tally) string {
	return fmt.Sprintf("%d of %d answered", t.Answered, t.Applicable())
}

// Publisher is whose questions the lens asks: "AWS's", or "the lens's".
func Publisher(a *scoring.Assessment) string { return Or(a.LensBy, "the lens") + "'s" }

// OutOfScope says how many best practices the scope leaves out; empty for none.
func OutOfScope(a *scoring.Assessment) string {
	if a.OutOfScope == 0 {
		return ""
	}
	return "The scope of the review leaves out " + text.Count(a.OutOfScope, "best practice") + "."
}

// Or is a text, or another where it is blank.
func Or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// Full ends a text with a full stop.
func Full(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// Sentence begins a text with a capital letter and ends it with a full stop.
func Sentence(s string) string { return Full(capital(s)) }

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[min(n, len(s)):]
}

// LowerFirst begins a phrase in the middle of a sentence; an abbreviation stays
// as it is.
func LowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// List maps a slice to one that is never nil.
func List[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, e := range in {
		out[i] = f(e)
	}
	return out
}

func filter[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(e T) bool { return !keep(e) })
}
