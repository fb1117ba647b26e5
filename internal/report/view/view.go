// Package view has the content of a report, once for all formats: its sentences, the
// words and marks for severities, risks and states, and the sections that every format
// draws.
//
// A format decides about the layout only, not about the content. All texts are as their
// authors wrote them: a format escapes them.
package view

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// atRisk lists the questions in scope that carry a risk.
func atRisk(a *scoring.Assessment, r scoring.Risk) []scoring.Question {
	return filter(a.Questions, func(q scoring.Question) bool { return q.Risk == r })
}

// numberAt counts the questions in scope that carry one of some risks.
func numberAt(a *scoring.Assessment, risks ...scoring.Risk) int {
	return count(a.Questions, func(q scoring.Question) bool { return slices.Contains(risks, q.Risk) })
}

// questionIDs lists the ids of questions, for a sentence.
func questionIDs(qs []scoring.Question) string {
	return strings.Join(List(qs, func(q scoring.Question) string { return q.ID }), ", ")
}

// topic is a question in a list: its topic, or what it asks where its lens has none.
func topic(q scoring.Question) string { return Or(q.Topic, Or(q.Ask, q.Title)) }

// Open lists the findings that no waiver covers, by priority.
func Open(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
}

// QuickWins lists the open findings that are important and cheap to close.
func QuickWins(a *scoring.Assessment) []scoring.Finding {
	return filter(Open(a), func(f scoring.Finding) bool { return f.Quadrant == scoring.QuickWin })
}

// A horizon is a part of the plan.
type horizon struct {
	Name     string // Now
	When     string // until 2026-12-28
	High     int    // questions at high risk once it is closed
	Findings []scoring.Finding
}

func (h horizon) note() string { return h.When + ", " + text.Count(len(h.Findings), "item") }

// plan sorts the open findings by when to close them. What another finding closes is not
// listed by itself.
func plan(a *scoring.Assessment) []horizon {
	out := []horizon{{Name: "Now", When: "this month"}, {Name: "Next", When: "this quarter"}, {Name: "Later", When: "when it comes up"}}
	if e := a.Effect; e != nil {
		out[0].High, out[1].High = e.AfterNow, e.AfterNext
	}
	for i, h := range scoring.Horizons() {
		out[i].Findings = filter(Open(a), func(f scoring.Finding) bool { return f.Horizon == h && f.ClosedBy == "" })
		if end := a.HorizonEnd(h); end != "" {
			out[i].When = "until " + end
		}
	}
	return out
}

// A part is one line of the table of scores.
type part struct {
	name  string
	tally scoring.Tally
	risks map[scoring.Risk]int // of its questions
}

// banksOf names what our own banks ask beyond the lens itself: "Layer banks", or "Layer
// and product banks" where a part is asked, too.
func banksOf(a *scoring.Assessment) string {
	names := "Layer"
	for _, part := range partsOf(a) {
		names += " and " + strings.ToLower(part)
	}
	return names + " banks"
}

// partsOf lists the names of the parts that have questions in scope, in lens order.
func partsOf(a *scoring.Assessment) []string {
	var names []string
	for _, q := range a.Questions {
		if q.Part != "" && !slices.Contains(names, q.Part) {
			names = append(names, q.Part)
		}
	}
	return names
}

// totals lists the whole: what the lens itself asks, and what the layer banks ask where
// any of them is in scope.
func totals(a *scoring.Assessment) []part {
	own := part{a.PracticesName(), a.Lens, map[scoring.Risk]int{}}
	banks := part{banksOf(a), a.LayerBanks, map[scoring.Risk]int{}}
	for _, q := range a.Questions {
		if q.AWS() {
			own.risks[q.Risk]++
		} else {
			banks.risks[q.Risk]++
		}
	}
	if a.LayerBanks.InScope == 0 {
		return []part{own}
	}
	return []part{own, banks}
}

// parts lists the pillars that are in scope with the risks of all their questions, then
// the whole, part by part and together.
func parts(a *scoring.Assessment) []part {
	var out []part
	for _, p := range a.Pillars {
		if p.Lens.InScope+p.LayerBanks.InScope > 0 {
			out = append(out, part{p.Name, p.Lens, p.Risks})
		}
	}
	if whole := totals(a); len(whole) > 1 {
		out = append(out, whole...)
	}
	all := part{name: "All questions", risks: map[scoring.Risk]int{}}
	for _, q := range a.Questions {
		all.risks[q.Risk]++
	}
	return append(out, all)
}

// score is a tally's score in words.
func score(t scoring.Tally) string { return percent(t.Score()) }

// coverage is a tally's coverage in words.
func coverage(t scoring.Tally) string { return percent(t.Coverage()) }

func percent(p float64, ok bool) string {
	if !ok {
		return "not assessed"
	}
	return text.Percent(p)
}

// answered counts the answered best practices of a tally.
func answered(t scoring.Tally) string {
	return fmt.Sprintf("%d of %d answered", t.Answered, t.Applicable())
}

// Lens names the lens of an assessment with its version and the revision of its bank:
// "AWS IoT Lens 2025-07-02, revision 1".
func Lens(a *scoring.Assessment) string {
	s := a.LensName + " " + a.LensVersion
	if a.LensRevision > 0 {
		s += fmt.Sprintf(", revision %d", a.LensRevision)
	}
	return s
}

// publisher is whose questions the lens asks: "AWS's", or "the lens's".
func publisher(a *scoring.Assessment) string { return Or(a.LensBy, "the lens") + "'s" }

// outOfScope counts the best practices that the scope leaves out; empty for none.
func outOfScope(a *scoring.Assessment) string {
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

// Full ends a text with a full stop; an empty one stays empty.
func Full(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// sentence begins a text with a capital letter and ends it with a full stop.
func sentence(s string) string { return Full(capital(s)) }

func capital(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[min(n, len(s)):]
}

// lowerFirst begins a phrase in the middle of a sentence; an abbreviation stays
// as it is.
func lowerFirst(s string) string {
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

// filter lists what is to be kept, in a list of its own.
func filter[T any](list []T, keep func(T) bool) []T {
	out := make([]T, 0, count(list, keep))
	for _, e := range list {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out
}

func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, e := range list {
		if is(e) {
			n++
		}
	}
	return n
}
