package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// SourceText names one side of a comparison: "plant.review.yaml (review, lens 2025-07-02)".
func SourceText(s compare.Source) string {
	t := s.Name + " (" + string(s.Kind)
	if s.LensVersion != "" {
		t += ", lens " + s.LensVersion
	}
	if s.AsOf != "" {
		t += ", as of " + s.AsOf
	}
	return t + ")"
}

// DiffSummary returns a comparison in a sentence.
func DiffSummary(c *compare.Comparison) string {
	worse := len(c.Of(compare.Regressed)) + len(c.Of(compare.New))
	better := len(c.Of(compare.Resolved))
	lost := len(c.Of(compare.Unknown)) + len(c.Of(compare.Gone))
	var s string
	if old := c.Old.Workload; old != "" && old != c.New.Workload {
		other := *c
		other.Old.Workload = c.New.Workload
		other.Relaxations = c.Relaxations[1:] // the workload is the first of them
		return fmt.Sprintf("Two workloads are compared, %q and %q. %s", old, c.New.Workload, DiffSummary(&other))
	}
	switch {
	case worse+better+lost == 0 && len(c.Answers)+len(c.LeftScope)+len(c.JoinedScope)+len(c.Profile.Words())+len(c.Waivers)+len(c.Relaxations) == 0:
		return "Nothing changed; " + text.Plural(len(c.Of(compare.StillOpen)), "finding is", "findings are") + " still open."
	case worse == 0 && better == 0:
		s = "No finding is new and none was resolved"
	default:
		s = fmt.Sprintf("%s new or regressed, %d resolved", text.Plural(worse, "finding is", "findings are"), better)
	}
	if lost > 0 {
		s += fmt.Sprintf("; %d cannot be determined any more, which is not a pass", lost)
	}
	if n := len(c.Relaxations); n > 0 {
		s += "; " + text.Plural(n, "change makes", "changes make") + " it easier to pass a gate"
	}
	return s + "."
}

// areaName names an area of which a number changed.
func areaName(m compare.AreaChange) string {
	switch m.Is.Kind {
	case compare.Pillar, compare.Layer:
		return string(m.Is.Kind) + " " + m.Is.Name
	}
	return m.Is.Name
}

// fromTo returns "A to B", or only the value if it did not change.
func fromTo(was, is string) string {
	if was == is {
		return is
	}
	return was + " to " + is
}

// percentOr returns a percentage, or a text if it is unknown.
func percentOr(unknown string, p compare.Percent) string {
	if !p.Known {
		return unknown
	}
	return text.Percent(p.Value)
}

// riskText returns a risk; that of a question that was not in scope is empty.
func riskText(r scoring.Risk) string { return OrDefault(string(r), "not in scope") }

// answerText says how an answer changed and by whom.
func answerText(a compare.AnswerChange) string {
	s := a.Was.Status.Words() + " to " + a.Is.Status.Words()
	switch a.Is.Status {
	case review.Unanswered:
		return s + byWhom(", which was the answer of ", a.Was.By, a.Was.At)
	case a.Was.Status:
		s = "still " + a.Is.Status.Words() + "; changed: " + strings.Join(a.Changed, ", ")
	}
	return s + byWhom(", by ", a.Is.By, a.Is.At)
}

func byWhom(lead, by, at string) string {
	if by == "" && at == "" {
		return ""
	}
	if by == "" {
		by = "an unnamed person"
	}
	if at == "" {
		return lead + by
	}
	return lead + by + " on " + review.DayOf(at)
}

// classWords returns a class as words.
func classWords(c compare.Class) string {
	if c == compare.Unknown {
		return review.CannotDetermine.Words()
	}
	return string(c)
}

// classCounts counts the findings of a comparison by class, in a line.
func classCounts(c *compare.Comparison) string {
	return strings.Join(Map(compare.Classes(), func(class compare.Class) string {
		return fmt.Sprintf("%d %s", len(c.Of(class)), classWords(class))
	}), ", ") + "."
}

// findingChanges lists the findings of a comparison by class.
func findingChanges(c *compare.Comparison) Table {
	t := Table{Header: []string{"", "best practice", "now", ""}}
	for _, f := range c.Findings {
		t.addRow(fmt.Sprintf("%-10s  %s: %s (%s)", classWords(f.Class), f.ID, f.Title, classText(f)), classWords(f.Class), f.ID, classText(f), f.Title)
	}
	return t
}

// classText returns the severity of a finding, its status now and before, and the reason
// for its class unless the statuses show it.
func classText(f compare.Finding) string {
	if f.Class == compare.Resolved {
		return f.Status.Words() + ", was " + f.Was.Words()
	}
	parts := []string{OrDefault(string(f.Severity), "unrated")}
	if f.Class != compare.Gone {
		parts = append(parts, f.Status.Words())
	}
	first := f.Cause == compare.CauseNotAskedBefore || f.Cause == compare.CauseNotInScopeBefore
	if f.Class == compare.Gone || f.Was != f.Status && !first {
		parts = append(parts, "was "+f.Was.Words())
	}
	s := strings.Join(parts, ", ")
	if f.Class == compare.Gone || first || f.Cause == compare.CauseSeverityRose || f.Cause == compare.CauseWaiverRemoved {
		s += "; " + f.Cause.Words()
	}
	return s
}

// DiffSections returns the sections of a comparison; those without changes are left out.
func DiffSections(c *compare.Comparison) []Section {
	out := []Section{{Title: "Findings", Intro: classCounts(c), Table: findingChanges(c)}}
	add := func(title string, items []Item) {
		if len(items) > 0 {
			out = append(out, Section{Title: title, Groups: []Group{{Items: items}}})
		}
	}
	entry := func(id, title, text string) Item { return Item{ID: id, Title: title, Texts: []Text{{Text: text}}} }
	practice := func(p compare.Practice) Item { return entry(p.ID, p.Title, p.Status.Words()) }
	line := func(s string) Item { return Item{Title: sentence(s)} }
	add("What makes passing easier", Map(c.Relaxations, func(r compare.Relaxation) Item { return line(gate.Note{Subject: r.Subject, Text: r.String()}.String()) }))
	add("Waivers that changed", Map(c.Waivers, func(w compare.WaiverChange) Item { return line(w.Practice + ": " + w.Words()) }))
	if len(c.Areas) > 0 {
		out = append(out, Section{Title: "Scores that changed", Table: Table{
			Header: []string{"", "score", "coverage", "high", "medium", "findings"},
			Rows: Map(c.Areas, func(m compare.AreaChange) []string {
				count := func(was, is int) string { return fromTo(fmt.Sprint(was), fmt.Sprint(is)) }
				return []string{
					areaName(m), fromTo(percentOr("none", m.Was.Score), percentOr("none", m.Is.Score)), fromTo(percentOr("none", m.Was.Coverage), percentOr("none", m.Is.Coverage)),
					count(m.Was.High, m.Is.High), count(m.Was.Medium, m.Is.Medium), count(m.Was.Findings, m.Is.Findings),
				}
			}),
		}})
	}
	add("Risks that changed", Map(c.Risks, func(r compare.RiskChange) Item { return entry(r.ID, r.Title, fromTo(riskText(r.Was), riskText(r.Is))) }))
	add("Answers that changed", Map(c.Answers, func(a compare.AnswerChange) Item { return entry(a.ID, a.Title, answerText(a)) }))
	add("No longer in scope", Map(c.LeftScope, practice))
	add("Newly in scope", Map(c.JoinedScope, practice))
	add("Profile", Map(c.Profile.Words(), line))
	add("Limits of the comparison", Map(c.Caveats, line))
	add("The lens", Map(lensLines(c.Lens), line))
	return out
}

// lensLines describes the changes of the lens itself, in sentences; empty if it is the same.
func lensLines(c compare.LensChange) []string {
	var out []string
	if c.Changed() {
		was, is := c.Words()
		out = append(out, fmt.Sprintf("The older state answered the lens of %s, the newer one that of %s.", was, is))
		if !c.Complete {
			out = append(out, "One of the two lenses is not available, so the lists of added, dropped and reworded questions are incomplete; set --old-bank or --new-bank.")
		}
	}
	if ids := c.NewPractices(); len(ids) > 0 {
		out = append(out, fmt.Sprintf("This version asks %s: %s.", text.Plural(len(ids), "new practice", "new practices"), strings.Join(ids, ", ")))
	}
	for _, l := range []struct {
		what string
		list []compare.LensItemChange
	}{{"Added", c.Added}, {"Dropped", c.Dropped}, {"Reworded", c.Reworded}} {
		for _, w := range l.list {
			s := l.what + ": " + w.ID + " " + OrDefault(w.Is, w.Was)
			if len(w.Changed) > 0 {
				s += " (" + strings.Join(w.Changed, ", ") + ")"
			}
			out = append(out, s)
		}
	}
	return out
}
