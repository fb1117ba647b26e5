// Package view builds the content of reports, verdicts, comparisons and portfolios: the
// sentences, the badges of severities, risks and states, and the sections. All formats
// show the same content.
//
// A format decides only about layout. Texts are returned as their authors wrote them; each
// format escapes them.
//
// The main types are Section (a titled part with tables and lists), PageOne (the summary of
// a report), Badge (a coloured symbol with a word) and GateResult (the verdict of a gate on
// one review).
package view

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// questionsAtRisk returns the questions in scope that carry a risk.
func questionsAtRisk(a *scoring.Assessment, r scoring.Risk) []scoring.Question {
	return filter(a.Questions, func(q scoring.Question) bool { return q.Risk == r })
}

// countAtRisk counts the questions in scope that carry one of the risks.
func countAtRisk(a *scoring.Assessment, risks ...scoring.Risk) int {
	return count(a.Questions, func(q scoring.Question) bool { return slices.Contains(risks, q.Risk) })
}

// questionIDs joins the ids of questions with commas.
func questionIDs(qs []scoring.Question) string {
	return strings.Join(Map(qs, func(q scoring.Question) string { return q.ID }), ", ")
}

// topic returns the topic of a question or, if the lens has none, what it asks.
func topic(q scoring.Question) string { return OrDefault(q.Topic, OrDefault(q.Ask, q.Title)) }

// OpenFindings returns the findings that no waiver covers, by priority.
func OpenFindings(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, isOpen)
}

func isOpen(f scoring.Finding) bool { return !f.Waived }

func openCount(a *scoring.Assessment) int { return count(a.Findings, isOpen) }

// QuickWins returns the open findings that are important and cheap to close.
func QuickWins(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return isOpen(f) && f.Quadrant == scoring.QuickWin })
}

// A horizon is a part of the plan: Now, Next or Later.
type horizon struct {
	Name          string // "Now"
	When          string // "until 2026-12-28"
	HighRiskAfter int    // questions at high risk once it and those before are closed
	Findings      []scoring.Finding
}

func (h horizon) note() string { return h.When + ", " + text.Count(len(h.Findings), "item") }

// planHorizons groups the open findings by when to close them. A finding that is closed by
// another one is left out.
func planHorizons(a *scoring.Assessment) []horizon {
	out := []horizon{{Name: "Now", When: "this month"}, {Name: "Next", When: "this quarter"}, {Name: "Later", When: "when it comes up"}}
	if e := a.Effect; e != nil {
		out[0].HighRiskAfter, out[1].HighRiskAfter = e.AfterNow, e.AfterNext
	}
	for i, h := range scoring.Horizons() {
		out[i].Findings = filter(a.Findings, func(f scoring.Finding) bool { return isOpen(f) && f.Horizon == h && f.ClosedBy == "" })
		if end := a.HorizonEnd(h); end != "" {
			out[i].When = "until " + end
		}
	}
	return out
}

// A scoreRow is a row of the table of scores.
type scoreRow struct {
	name  string
	tally scoring.Tally
	risks map[scoring.Risk]int // number of questions at each risk
}

// ownBanksTitle names the banks of our own that are in scope: "Layer banks", or "Layer and
// product banks" if a part is in scope, too.
func ownBanksTitle(a *scoring.Assessment) string {
	names := "Layer"
	for _, part := range partNames(a) {
		names += " and " + strings.ToLower(part)
	}
	return names + " banks"
}

// partNames returns the names of the parts with questions in scope, in lens order.
func partNames(a *scoring.Assessment) []string {
	var names []string
	for _, q := range a.Questions {
		if q.Part != "" && !slices.Contains(names, q.Part) {
			names = append(names, q.Part)
		}
	}
	return names
}

// totalRows returns the row of the lens itself and, if any layer bank is in scope, that of
// all layer banks.
func totalRows(a *scoring.Assessment) []scoreRow {
	own := scoreRow{a.PracticesName(), a.Lens, map[scoring.Risk]int{}}
	banks := scoreRow{ownBanksTitle(a), a.LayerBanks, map[scoring.Risk]int{}}
	for _, q := range a.Questions {
		if q.AWS() {
			own.risks[q.Risk]++
		} else {
			banks.risks[q.Risk]++
		}
	}
	if a.LayerBanks.InScope == 0 {
		return []scoreRow{own}
	}
	return []scoreRow{own, banks}
}

// scoreRows returns a row for each pillar in scope, the rows of totalRows if there are two,
// and a row for all questions.
func scoreRows(a *scoring.Assessment) []scoreRow {
	var out []scoreRow
	for _, p := range a.Pillars {
		if p.Lens.InScope+p.LayerBanks.InScope > 0 {
			out = append(out, scoreRow{p.Name, p.Lens, p.Risks})
		}
	}
	if whole := totalRows(a); len(whole) > 1 {
		out = append(out, whole...)
	}
	all := scoreRow{name: "All questions", risks: map[scoring.Risk]int{}}
	for _, q := range a.Questions {
		all.risks[q.Risk]++
	}
	return append(out, all)
}

// scoreText returns the score of a tally: "75 %", or "not assessed".
func scoreText(t scoring.Tally) string { return percentOrNotAssessed(t.Score()) }

// coverageText returns the coverage of a tally: "75 %", or "not assessed".
func coverageText(t scoring.Tally) string { return percentOrNotAssessed(t.Coverage()) }

func percentOrNotAssessed(p float64, ok bool) string {
	if !ok {
		return "not assessed"
	}
	return text.Percent(p)
}

// answeredText counts the answered best practices of a tally: "3 of 5 answered".
func answeredText(t scoring.Tally) string {
	return fmt.Sprintf("%d of %d answered", t.Answered, t.Applicable())
}

// LensTitle names the lens of an assessment with version and revision: "AWS IoT Lens
// 2025-07-02, revision 1".
func LensTitle(a *scoring.Assessment) string {
	s := a.LensName + " " + a.LensVersion
	if a.LensRevision > 0 {
		s += fmt.Sprintf(", revision %d", a.LensRevision)
	}
	return s
}

// publisherPossessive returns the publisher of the lens as a possessive: "AWS's", or "the
// lens's" if it is unknown.
func publisherPossessive(a *scoring.Assessment) string { return OrDefault(a.LensBy, "the lens") + "'s" }

// outOfScopeNote says how many best practices the scope leaves out; empty for none.
func outOfScopeNote(a *scoring.Assessment) string {
	if a.OutOfScope == 0 {
		return ""
	}
	return "The scope of the review leaves out " + text.Count(a.OutOfScope, "best practice") + "."
}

// OrDefault returns s, or the default if s is empty or only white space.
func OrDefault(s, defaultText string) string {
	if strings.TrimSpace(s) == "" {
		return defaultText
	}
	return s
}

// WithFullStop returns s trimmed and with a full stop at its end, unless it is empty or
// ends with a full stop or a question mark.
func WithFullStop(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// sentence returns s with a capital letter at its beginning and a full stop at its end.
func sentence(s string) string { return WithFullStop(upperFirst(s)) }

func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[min(n, len(s)):]
}

// lowerFirst returns s with its first letter in lower case, unless s begins with an
// abbreviation.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// Map applies f to each element of a slice. The result is never nil.
func Map[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, e := range in {
		out[i] = f(e)
	}
	return out
}

// filter returns a new slice of the elements to keep.
func filter[T any](list []T, keep func(T) bool) []T {
	out := make([]T, 0, count(list, keep))
	for _, e := range list {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out
}

func count[T any](list []T, match func(T) bool) int {
	n := 0
	for _, e := range list {
		if match(e) {
			n++
		}
	}
	return n
}
